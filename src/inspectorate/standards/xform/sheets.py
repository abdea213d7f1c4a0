"""A kind of case as the three sheets of an XLSForm, ``survey``, ``choices`` and ``settings``, in a plain dict.

Names that we add hold a hyphen (``A01-reasons``), which no code of an edition can, so that they never clash.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Kind, Option, Question, Section
from inspectorate.methodology.texts import Text
from inspectorate.standards.xform import routing
from inspectorate.standards.xform.plain import paragraphs

ENGLISH, WELSH = "English (en)", "Cymraeg (cy)"
REFERENCE = "case-reference"
OUR_WORDS = {
    "reference": Text("Case reference", "Cyfeirnod yr achos"),
    "reasons": Text("Reasons", "Rhesymau"),
    "evidence": Text("Evidence", "Tystiolaeth"),
}
Row = dict[str, str]


def sheets(edition: Edition, kind: Kind) -> dict[str, list[Row]]:
    """Return the sheets of one kind of case.

    The version is made of the digests of the edition and of the form: a form whose Welsh has grown, or that we write
    in another way, is another version, and its first part says which edition it asks.
    """
    survey = [{column: words for column, words in row.items() if words} for row in _survey(edition, kind)]
    made = {"survey": survey, "choices": list(_choices(kind))}
    digest = hashlib.sha256(json.dumps(made, ensure_ascii=False).encode()).hexdigest()
    settings = {
        "form_id": form_id(edition, kind),
        "form_title": f"{edition.title.en}, {edition.code.split('/')[1]}: {kind.title.en}",
        "version": f"{edition.digest[:12]}.{digest[:8]}",
        "default_language": ENGLISH,
        "instance_name": f"${{{REFERENCE}}}",
    }
    return {**made, "settings": [settings]}


def form_id(edition: Edition, kind: Kind) -> str:
    """Return the name under which a server keeps the form: ``iaow-2013-case``."""
    return f"{edition.code.replace('/', '-')}-{kind.code}"


def _survey(edition: Edition, kind: Kind) -> Iterator[Row]:
    asked = routing.when_asked(kind, edition.form.rules)
    yield {"type": "text", "name": REFERENCE, "required": "yes", **_said("label", OUR_WORDS["reference"])}
    for section in kind.sections:
        label = _said("label", section.title)
        yield {"type": "begin_group", "name": f"section-{section.code}", "relevant": _shown(section, asked), **label}
        yield from _introduction(edition, section)
        for question in section.questions:
            yield from _question(edition, kind, question, asked[question.code])
        yield {"type": "end_group"}


def _shown(section: Section, asked: Mapping[str, str]) -> str:
    """Return when any question of the section is asked; empty where one always is.

    It is empty too where that hangs on a question of the section itself: clients refuse that as a circle.
    """
    relevant = routing.either(tuple(asked[question.code] for question in section.questions))
    inside = any(f"${{{question.code}}}" in relevant for question in section.questions)
    return "" if inside else relevant


def _introduction(edition: Edition, section: Section) -> Iterator[Row]:
    text = edition.guidance.get(section.code)
    if text:
        words = Text(_joined(text.en), _joined(text.cy) if text.cy else None)
        yield {"type": "note", "name": f"introduction-{section.code}", **_said("label", words)}


def _question(edition: Edition, kind: Kind, question: Question, asked: str) -> Iterator[Row]:
    yield {
        "type": f"select_one {_lists(kind)[question.options]}",
        "name": question.code,
        "required": "yes" if question.required else "",
        "relevant": asked,
        **_said("label", _numbered(question)),
        **_hints(edition.guidance.get(question.code)),
    }
    poor = tuple(option.code for option in question.options if option.counts == "not_sufficient")
    if question.reasons and poor:
        yield {
            "type": f"select_multiple {_lists(kind)[question.reasons]}",
            "name": f"{question.code}-reasons",
            "relevant": routing.both(asked, routing.any_of(question.code, poor)),
            **_said("label", _ours("reasons", question)),
        }
    if question.role == "judgement":
        yield {
            "type": "text",
            "name": f"{question.code}-evidence",
            "relevant": asked,
            "appearance": "multiline",
            **_said("label", _ours("evidence", question)),
        }


def _choices(kind: Kind) -> Iterator[Row]:
    for options, name in _lists(kind).items():
        for option in options:
            yield {"list_name": name, "name": option.code, **_said("label", option.text)}


def _lists(kind: Kind) -> dict[tuple[Option, ...], str]:
    """Return the name of each set of answers or reasons; a set that several questions share is told once."""
    found: dict[tuple[Option, ...], str] = {}
    for question in kind.questions:
        found.setdefault(question.options, f"{question.code}-answers")
        if question.reasons:
            found.setdefault(question.reasons, f"{question.code}-reasons")
    return found


def _hints(guidance: Text | None) -> Row:
    """Return the first paragraph as the hint, which is always shown, and the rest as guidance, shown on demand."""
    if not guidance:
        return {}
    english, welsh = paragraphs(guidance.en), paragraphs(guidance.cy or "")
    first = Text(english[0], welsh[0] if welsh else None)
    rest = Text("\n\n".join(english[1:]), "\n\n".join(welsh[1:]) or None)
    return {**_said("hint", first), **(_said("guidance_hint", rest) if rest.en else {})}


def _numbered(question: Question) -> Text:
    welsh = question.text.cy
    return Text(f"{question.code}. {question.text.en}", f"{question.code}. {welsh}" if welsh else None)


def _ours(word: str, question: Question) -> Text:
    text = OUR_WORDS[word]
    return Text(f"{text.en}: {question.code}", f"{text.cy}: {question.code}")


def _said(column: str, text: Text) -> Row:
    """Return the text in both languages; English stands in where no Welsh has been written yet."""
    return {f"{column}::{ENGLISH}": _literal(text.en), f"{column}::{WELSH}": _literal(text.cy or text.en)}


def _literal(words: str) -> str:
    """Keep ``${`` from being read as the answer to a question."""
    return words.replace("${", "$ {")


def _joined(markdown: str) -> str:
    return "\n\n".join(paragraphs(markdown))
