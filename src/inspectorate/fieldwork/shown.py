"""The case form as data for its template: sections, one question a card, what is answered, missing, or in doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

from inspectorate.fieldwork.models import Entry
from inspectorate.fieldwork.standing import Key, Standing, falls_short
from inspectorate.methodology.conditions import as_data
from inspectorate.methodology.forms import Form, Kind, Question
from inspectorate.standards.queries import shelf
from inspectorate.standards.queries.sentences import when_asked
from inspectorate.ui.words import in_language

ANSWER, REASONS, NOTE = Entry.Part.ANSWER.value, Entry.Part.REASONS.value, Entry.Part.NOTE.value
PARTS = {ANSWER: "answer", REASONS: "reasons", NOTE: "evidence"}


@dataclass(frozen=True)
class Plain:
    """What a card shows whatever the case: made once for each edition, kind and language."""

    question: Question
    text: str
    section: str
    options: tuple[tuple[str, str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    guidance: SafeString
    when: str


@lru_cache(maxsize=32)
def plain_cards(edition: str, digest: str, kind: str, language: str) -> tuple[Plain, ...]:  # noqa: ARG001 - two name what is cached
    """Return the cards of a kind of case without what is answered."""
    held = shelf.held(edition)
    form = held.edition.form
    return tuple(
        Plain(
            question=question,
            text=str(in_language(question.text)),
            section=section.code,
            options=tuple(
                (str(number), option.code, str(in_language(option.text)))
                for number, option in enumerate(question.options, 1)
            ),
            reasons=tuple((reason.code, str(in_language(reason.text))) for reason in question.reasons),
            guidance=in_language(held.guidance[question.code]) if question.code in held.guidance else SafeString(""),
            when=when_asked(form, question) if question.asked_when else "",
        )
        for section in form.kind(kind).sections
        for question in section.questions
    )


@dataclass
class Side:
    """One of two entries side by side: what it says, who wrote it and when."""

    id: str
    says: str
    entry: Entry
    by: str = ""


@dataclass
class Card:
    """One question of one case."""

    plain: Plain
    asked: bool
    value: str = ""
    ticked: tuple[str, ...] = ()
    note: str = ""
    was: dict[str, str] = field(default_factory=dict)
    """By part: the id of the entry that is shown, empty where there is none. A part in doubt is not in it."""
    doubts: dict[str, list[Side]] = field(default_factory=dict)
    short: bool = False
    answered: bool = False
    missing: bool = False
    decision: Any = None

    @property
    def code(self) -> str:
        """The code of the question."""
        return self.plain.question.code


@dataclass(frozen=True)
class Part:
    """One section of the form with its progress."""

    code: str
    title: str
    cards: tuple[Card, ...]

    @property
    def asked(self) -> int:
        """How many of its questions are asked."""
        return sum(card.asked for card in self.cards)

    @property
    def answered(self) -> int:
        """How many of those are answered."""
        return sum(card.answered for card in self.cards)


def parts_of(standing: Standing, edition: str, digest: str, language: str) -> tuple[Part, ...]:
    """Return the sections of the form as the assessment stands."""
    cards: dict[str, list[Card]] = {}
    for plain in plain_cards(edition, digest, standing.kind.code, language):
        cards.setdefault(plain.section, []).append(card_of(standing, plain))
    return tuple(
        Part(section.code, str(in_language(section.title)), tuple(cards.get(section.code, ())))
        for section in standing.kind.sections
    )


def card_of(standing: Standing, plain: Plain) -> Card:
    """Return one question as the assessment stands."""
    question = plain.question
    card = Card(plain, standing.asked[question.code])
    for part in (ANSWER, REASONS, NOTE):
        entries = standing.current.get((question.code, part), ())
        if len(entries) > 1:
            card.doubts[part] = [Side(one.public_id, said(plain, one), one) for one in entries]
        else:
            card.was[part] = entries[0].public_id if entries else ""
    card.value = standing.value(question.code)
    reasons, note = standing.only(question.code, REASONS), standing.only(question.code, NOTE)
    card.ticked = tuple(reasons.value.split(";")) if reasons and reasons.value else ()
    card.note = note.text if note else ""
    card.short = falls_short(question, card.value)
    card.answered = card.asked and standing.answered(question)
    card.missing = card.asked and not card.answered and question.required
    return card


def said(plain: Plain, entry: Entry) -> str:
    """Return what an entry says, in words."""
    if entry.part == NOTE:
        return entry.text or "No evidence: it was taken back."
    if entry.part == REASONS:
        words = dict(plain.reasons)
        return "; ".join(words.get(code, code) for code in entry.value.split(";") if code) or "No reason ticked."
    return next((text for _, code, text in plain.options if code == entry.value), "") or "No answer: it was taken back."


def routing(form: Form, kind: Kind) -> dict[str, Any]:
    """Return what a browser needs to show and hide questions: the edition's own rules, nothing that scores."""
    named = dict.fromkeys(code for question in kind.questions for code in question.asked_when)
    return {
        "questions": [
            {
                "code": question.code,
                "options": [option.code for option in question.options],
                "short": [option.code for option in question.options if option.counts == "not_sufficient"],
                "asked_when": list(question.asked_when),
                "required": question.required,
            }
            for question in kind.questions
        ],
        "rules": {code: as_data(form.rules[code].when) for code in named},
    }


def overlaid(parts: Sequence[Part], given: Mapping[Key, tuple[str, str]]) -> None:
    """Put what a person sent, and could not be stored, back onto the cards, so that nothing typed is lost."""
    for part in parts:
        for card in part.cards:
            for kind in card.was:
                if (card.code, kind) not in given:
                    continue
                value, text = given[card.code, kind]
                if kind == ANSWER:
                    card.value, card.short = value, falls_short(card.plain.question, value)
                elif kind == REASONS:
                    card.ticked = tuple(value.split(";")) if value else ()
                else:
                    card.note = text
