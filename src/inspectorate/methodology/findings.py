"""Findings by question: judgements counted among the cases where the question applied, with interval and reasons.

Prompts and judgements are listed; facts are not. A question added in mid-programme has its own base, and says so.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspectorate.methodology.accounts import counted
from inspectorate.methodology.answers import Answers
from inspectorate.methodology.bands import per_cent
from inspectorate.methodology.cases import CaseList
from inspectorate.methodology.forms import COUNTS, Kind, Question, judged
from inspectorate.methodology.intervals import refuse_confidence
from inspectorate.methodology.plans import Step
from inspectorate.methodology.rating import evidence_from
from inspectorate.methodology.scoring.case_share import case_interval
from inspectorate.methodology.tallies import Tally
from inspectorate.methodology.texts import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """The result at one question. ``values`` counts each answer; ``reasons`` counts what was ticked, most first."""

    question: Question
    kind: str
    sufficient: int
    applicable: int
    per_cent: int | None
    low: float | None
    high: float | None
    values: Mapping[str, int]
    reasons: Mapping[str, int]

    @property
    def failing(self) -> int:
        """How many applicable judgements were not sufficient."""
        return self.applicable - self.sufficient

    @property
    def sentence(self) -> str:
        """The finding in words; worded as a failing where fewer than half were sufficient."""
        if self.per_cent is None:
            return f"{self.question.code}: the question applied in no case."
        added = date.fromisoformat(self.question.added) if self.question.added else None
        since = f" The question was added on {added:%-d %B %Y} and has its own base." if added else ""
        relevant = counted(self.applicable, "relevant case")
        if 2 * self.sufficient < self.applicable:
            share = per_cent(self.failing, self.applicable)
            return f"In {share} per cent of {relevant} this was not sufficient.{since}"
        return f"In {self.per_cent} per cent of {relevant} this was sufficient.{since}"

    def as_data(self) -> dict[str, Any]:
        """Return the finding as plain values, under the names that the command line promises."""
        return {
            "code": self.question.code,
            "question": self.question.text.en,
            "criterion": self.question.criterion,
            "kind": self.kind,
            "sufficient": self.sufficient,
            "applicable": self.applicable,
            "per_cent": self.per_cent,
            "low": self.low,
            "high": self.high,
            "values": dict(self.values),
            "reasons": dict(self.reasons),
            "sentence": self.sentence,
        }


def findings(answers: Answers, case_list: CaseList | None = None, confidence: float = 0.95) -> tuple[Finding, ...]:
    """Return the finding at every question that counts, largest failings first, then in the order of the form."""
    refuse_confidence(confidence)
    read = evidence_from(answers, case_list)
    found = []
    for part in answers.kinds:
        counted = judged(part.kind, part.values)
        for column, question in enumerate(part.kind.questions):
            if question.role == "fact":
                continue
            step = Step(question.code, Text(question.code), "case-share@1", questions=(question.code,))
            tally = read(step).tally
            values = _values(question, part.values[:, column].tolist())
            reasons = _reasons(part.kind, column, part.reasons, counted[:, column].tolist())
            found.append(_finding(question, part.kind.code, tally, (values, reasons), confidence))
    return tuple(sorted(found, key=_worst_first))


def findings_by(
    answers: Answers, case_list: CaseList, column: str, confidence: float = 0.95
) -> dict[str, tuple[Finding, ...]]:
    """Return the findings for each value in a column of the case list, each with its own base."""
    return {
        value: findings(answers.within(case_list, column, value), case_list.within(column, value), confidence)
        for value in sorted(set(case_list.column(column)))
    }


def _worst_first(finding: Finding) -> tuple[float, int]:
    share = finding.failing / finding.applicable if finding.applicable else -1.0
    return -share, -finding.applicable


def _finding(
    question: Question, kind: str, tally: Tally, counts: tuple[dict[str, int], dict[str, int]], confidence: float
) -> Finding:
    sufficient, applicable = tally.sufficient, tally.applicable
    if applicable == 0:
        return Finding(question, kind, 0, 0, None, None, None, *counts)
    interval = case_interval(tally, confidence)
    return Finding(
        question=question,
        kind=kind,
        sufficient=sufficient,
        applicable=applicable,
        per_cent=per_cent(sufficient, applicable),
        low=None if interval.low is None else 100 * interval.low,
        high=None if interval.high is None else 100 * interval.high,
        values=counts[0],
        reasons=counts[1],
    )


def _values(question: Question, chosen: list[int]) -> dict[str, int]:
    counted = Counter(chosen)
    return {option.code: counted[number] for number, option in enumerate(question.options) if counted[number]}


def _reasons(
    kind: Kind, column: int, ticked: Mapping[tuple[int, int], tuple[str, ...]], counted: list[int]
) -> dict[str, int]:
    """Count the reasons ticked where the judgement was not sufficient, most often first."""
    if not kind.questions[column].reasons:
        return {}
    given = Counter(
        code
        for (case, place), codes in ticked.items()
        if place == column and counted[case] == COUNTS["not_sufficient"]
        for code in codes
    )
    return dict(given.most_common())
