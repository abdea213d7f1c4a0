"""How an assessment stands: current answers, what is asked, what is missing, what stands side by side.

Routing and completeness are those of ``methodology.forms``. Nothing here scores.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.queries import current_entries
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import ABSENT, Form, Kind, Question
from inspectorate.standards.queries import shelf
from inspectorate.ui.words import in_language

Key = tuple[str, str]
"""Question and part."""


class Written(Protocol):
    """What is needed of an entry."""

    question: str
    part: str
    value: str
    text: str


def edition_of(assessment: Assessment) -> Edition:
    """Return the edition that an assessment was begun in; refuse one whose files are others by now."""
    found = shelf.held(assessment.edition).edition
    if found.digest != assessment.edition_digest:
        sentence = f"{assessment.edition} has changed since this assessment was begun in it: put its files back."
        raise RefusedError(Refusal.EDITION_CHANGED, sentence)
    return found


def title_of(code: str) -> str:
    """Return what an edition is called, with its year."""
    held = shelf.held(code)
    return f"{in_language(held.edition.title)}, {held.year}"


@dataclass(frozen=True)
class Standing:
    """One assessment as it stands, by the current entries of each part of each question."""

    form: Form
    kind: Kind
    current: Mapping[Key, Sequence[Entry]] = field(repr=False)

    def only(self, question: str, part: str = Entry.Part.ANSWER) -> Entry | None:
        """Return the current entry; None where there is none, or where two stand side by side."""
        entries = self.current.get((question, part), ())
        return entries[0] if len(entries) == 1 else None

    def value(self, question: str) -> str:
        """Return the answer that holds, or nothing."""
        entry = self.only(question)
        return entry.value if entry else ""

    @cached_property
    def asked(self) -> Mapping[str, bool]:
        """Say of each question whether it is asked."""
        codes = {code: self.value(code) for code in self.kind.place}
        row = self.form.asked(self.kind, coded(self.kind, [codes]))[0].tolist()
        return dict(zip(self.kind.place, row, strict=True))

    @cached_property
    def conflicts(self) -> tuple[Key, ...]:
        """Where two entries stand side by side, in the order of the form."""
        found = {key for key, entries in self.current.items() if len(entries) > 1}
        return tuple(sorted(found, key=lambda key: (self.kind.place.get(key[0], len(self.kind.place)), key)))

    @cached_property
    def missing(self) -> tuple[Question, ...]:
        """The questions that are asked and have to be answered, and are not."""
        return tuple(
            one for one in self.kind.questions if self.asked[one.code] and one.required and not self.answered(one)
        )

    def answered(self, question: Question) -> bool:
        """Say whether one answer of the options holds."""
        return self.value(question.code) in {option.code for option in question.options}

    @cached_property
    def progress(self) -> tuple[int, int]:
        """How many of the questions asked are answered, and how many there are."""
        asked = [one for one in self.kind.questions if self.asked[one.code]]
        return sum(map(self.answered, asked)), len(asked)

    @cached_property
    def left_over(self) -> tuple[Key, ...]:
        """What is written but no longer called for: all of a question not asked, reasons beside a sufficient answer."""
        return tuple(
            (code, part)
            for (code, part), entries in self.current.items()
            if any(entry.value or entry.text for entry in entries) and not self._called_for(code, part)
        )

    def _called_for(self, code: str, part: str) -> bool:
        if not self.asked.get(code, False):
            return False
        return part != Entry.Part.REASONS or falls_short(self.form.question(code), self.value(code))


def falls_short(question: Question, value: str) -> bool:
    """Say whether an answer counts as not sufficient, so that reasons may be ticked."""
    return any(option.code == value and option.counts == "not_sufficient" for option in question.options)


def coded(kind: Kind, answers: Sequence[Mapping[str, str]]) -> NDArray[np.int8]:
    """Return answers as the methodology takes them: the number of the option chosen, by case and question."""
    values = np.full((len(answers), len(kind.questions)), ABSENT, dtype=np.int8)
    for row, given in enumerate(answers):
        for column, question in enumerate(kind.questions):
            word = given.get(question.code)
            if word:
                codes = [option.code for option in question.options]
                values[row, column] = codes.index(word) if word in codes else ABSENT
    return values


def standing_of(assessment: Assessment, entries: Iterable[Entry] | None = None) -> Standing:
    """Return how an assessment stands now, in one query."""
    found = entries
    if found is None:
        found = current_entries(Assessment.objects.filter(pk=assessment.pk)).order_by("sequence")
    current: dict[Key, list[Entry]] = {}
    for entry in found:
        current.setdefault((entry.question, entry.part), []).append(entry)
    form = edition_of(assessment).form
    return Standing(form, form.kind(assessment.case.kind), current)


def progress_of(rows: Sequence[tuple[int, str, str]]) -> dict[int, tuple[int, int]]:
    """Return (answered, asked) of several assessments by key, in one query; a row is (key, edition, kind of case)."""
    answers: dict[int, dict[str, list[str]]] = {pk: {} for pk, _, _ in rows}
    current = current_entries(Assessment.objects.filter(pk__in=list(answers))).filter(part=Entry.Part.ANSWER)
    for pk, question, value in current.values_list("assessment", "question", "value"):
        answers[pk].setdefault(question, []).append(value)
    found: dict[int, tuple[int, int]] = {}
    for edition, kind_code in {(edition, kind) for _, edition, kind in rows}:
        form = shelf.held(edition).edition.form
        kind = form.kind(kind_code)
        part = [pk for pk, *of in rows if of == [edition, kind_code]]
        given = [{code: all_[0] for code, all_ in answers[pk].items() if len(all_) == 1} for pk in part]
        values = coded(kind, given)
        asked = form.asked(kind, values)
        done = asked & (values != ABSENT)
        found |= {pk: (int(done[row].sum()), int(asked[row].sum())) for row, pk in enumerate(part)}
    return found
