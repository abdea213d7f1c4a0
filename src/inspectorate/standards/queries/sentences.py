"""An edition's data in plain words: when a question is asked, how its answers count, what a method does, its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from inspectorate.methodology.criteria import Source
from inspectorate.methodology.forms import Condition, Form, Question
from inspectorate.methodology.texts import Text
from inspectorate.ui.words import in_language

STATES = {
    "draft": "Being written. Nobody should inspect with it yet.",
    "piloted": "Complete and being tried. Its questions, bands and figures may still change.",
    "adopted": "Frozen. Its digest is kept and a change to its files is refused; only a new edition can replace it.",
}
TONES = {"draft": "plain", "piloted": "care", "adopted": "action", "unreadable": "stop"}
LEVELS = {"domain": "Domain", "standard": "Standard", "key_question": "Key question", "criterion": "Criterion"}
DOCUMENTS = {
    "plan_2006_07": "Inspection plan 2006-07",
    "corporate_plan_2017_20": "Corporate plan 2017-20",
    "annual_report_2013_14": "Annual report 2013-14",
    "annual_report_2011_12": "Annual report 2011-12",
    "framework_2013": "Framework for the Inspection of Adult Offending Work, 2013",
    "notes": "Notes of this project",
}
COUNTED = (
    ("sufficient", "Counts as sufficient"),
    ("not_sufficient", "Counts as not sufficient"),
    ("not_applicable", "Leaves the count"),
)


@dataclass(frozen=True, slots=True)
class Method:
    """One way of scoring, named and explained."""

    name: str
    text: str


METHODS = {
    "pooled-share@1": Method(
        "Share of answers",
        "The answers to all questions of the score are put together, over all cases. The score is the share of them "
        "that were sufficient. An answer that a question did not apply is left out, above and below the line.",
    ),
    "case-share@1": Method(
        "Share of cases",
        "One summary question in each case decides. The score is the share of the cases it applied to in which the "
        "work was judged sufficient. The prompts before it inform that judgement; they are not added up.",
    ),
    "lowest-key-question@1": Method(
        "The lowest",
        "A standard takes the rating of its lowest key question. A good result at one cannot make up for a poor result "
        "at another.",
    ),
    "judgement@1": Method(
        "Judged by people",
        "Inspectors agree the rating from evidence about the organisation, without counting cases, and write down why.",
    ),
    "sum-of-points@1": Method(
        "Points added",
        "Each rating is worth a number of points. The points of all standards that count are added, without weights, "
        "and the total gives the overall rating.",
    ),
}


def said(text: Text | None) -> str:
    """Return a text in the reader's language, as plain words."""
    return str(in_language(text))


def joined(words: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does: a, b and c."""
    listed = list(words)
    return f" {last} ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)


def lowered(words: str) -> str:
    """Begin with a small letter, so that a title can stand inside a sentence; capitals such as DTO stay."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: 1 question, 1,200 questions."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def when_asked(form: Form, question: Question) -> str:
    """Say in which cases the question is asked."""
    if not question.asked_when:
        return "Asked in every case."
    return f"Asked only where {joined(lowered(said(form.rules[code].title)) for code in question.asked_when)}."


def told(form: Form, condition: Condition) -> list[dict[str, Any]]:
    """Return the facts that a condition looks at, each with the answers that it names in words."""
    found: dict[str, list[str]] = {}
    for code, value in condition.told():
        options = {option.code: said(option.text) for option in form.question(code).options}
        words = found.setdefault(code, [])
        if options[value] not in words:
            words.append(options[value])
    return [{"code": code, "answers": joined(words, "or")} for code, words in found.items()]


def how_answers_count(question: Question) -> list[tuple[str, str]]:
    """Return (how it counts, the answers that do); one row without a head where the answers say it themselves."""
    options = question.options
    if question.role != "judgement" or all(option.counts == option.code for option in options):
        return [("", " · ".join(said(option.text) for option in options))]
    return [
        (words, joined((said(option.text) for option in options if option.counts == code), "or"))
        for code, words in COUNTED
        if any(option.counts == code for option in options)
    ]


def sourced(source: Source | None) -> str:
    """Name the document and the paragraph that a fact is from."""
    if source is None:
        return ""
    name = DOCUMENTS.get(source.document, source.document)
    if not source.paragraph:
        return name
    mark = "paragraph " if source.paragraph[:1].isdigit() else ""
    return f"{name}, {mark}{source.paragraph}"


def column_in_words(name: str) -> str:
    """Turn the name of a column of the case list into words: risk_level becomes risk level."""
    return name.replace("_", " ")
