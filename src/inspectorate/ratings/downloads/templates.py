"""What to start from: invented examples, an empty file, the questions of an edition with their answers."""

from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Kind, Question
from inspectorate.ratings.downloads import as_csv
from inspectorate.ratings.downloads.rows import Sheet
from inspectorate.ratings.invented import DEMONSTRATION, HEADS, demonstration

QUESTION_HEADS = ("question", "kind", "section", "text", "role", "answers", "reasons", "asked_only_where")


def make(edition: Edition, what: str) -> bytes | None:
    """Return a file to start from; None where there is none of that name for the edition."""
    if what == "empty-judgements":
        return as_csv.make(Sheet("Judgements", HEADS, []))
    if what == "questions":
        return as_csv.make(questions(edition))
    example = next((name for name, one in DEMONSTRATION.items() if one.edition == edition.code), None)
    if example is None:
        return None
    handed_in = demonstration(example)
    files = {"example-judgements": handed_in.answers, "example-case-list": handed_in.case_list}
    file = files.get(what)
    return file.content if file else None


def offered(edition: Edition, what: str) -> bool:
    """Say whether there is a file of that name for an edition: not every edition has an invented example."""
    return not what.startswith("example-") or any(one.edition == edition.code for one in DEMONSTRATION.values())


def questions(edition: Edition) -> Sheet:
    """Return every question in working order, with the answers it takes."""
    rows = [
        _question(edition, kind, str(section.title), question)
        for kind in edition.form.kinds
        for section in kind.sections
        for question in section.questions
    ]
    return Sheet("Questions", QUESTION_HEADS, list(rows))


def _question(edition: Edition, kind: Kind, section: str, question: Question) -> tuple[str, ...]:
    return (
        question.code,
        kind.code,
        section,
        question.text.en,
        question.role,
        "; ".join(option.code for option in question.options),
        "; ".join(reason.code for reason in question.reasons),
        " and ".join(edition.form.rules[code].title.en for code in question.asked_when),
    )
