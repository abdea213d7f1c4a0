"""The judgements behind a score, case by case: question, answer, reasons, and the evidence written beside them.

Whoever has an interest in a case finds it nowhere. Evidence is for those who may read the assessment of the case: the
chief inspector, the lead, and whoever has the case; others of the team see how it was judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import Resolver404, resolve

from inspectorate.fieldwork.models import Entry
from inspectorate.fieldwork.queries import current_entries, relations_to_case, seen_by
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.answers import KindAnswers
from inspectorate.methodology.forms import ABSENT, COUNTS, Question, judged
from inspectorate.methodology.results import Result
from inspectorate.people.access import Person, may
from inspectorate.ratings.in_database import counting
from inspectorate.ratings.scored import Scored
from inspectorate.sampling.models import Case

WORDS = {
    COUNTS["sufficient"]: ("Sufficient", "action"),
    COUNTS["not_sufficient"]: ("Not sufficient", "care"),
    COUNTS["not_applicable"]: ("Does not apply", "plain"),
}


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case that somebody may know of; ``may_read`` says whether its assessment is for them too."""

    public_id: str
    reference: str
    may_read: bool
    href: str
    """Where its assessment is read; empty where it is not for them."""


SeenCases = Mapping[tuple[str, str], SeenCase]
"""By kind and reference, as scores name them."""


def seen_cases(person: Person, inspection: Inspection, relations: frozenset[str]) -> SeenCases:
    """Return the assessed cases that a person may know of, in one query."""
    found = {}
    cases = Case.objects.filter(pk__in=counting().values("case"), case_list__inspection=inspection)
    for case in seen_by(person, cases).order_by("pk"):
        may_read = may(person, "assessment.read", relations_to_case(person, case, relations))
        href = _form_address(inspection, case.public_id) if may_read else ""
        one = SeenCase(case.public_id, case.reference, may_read, href)
        found[case.kind, case.reference] = found[case.kind, f"{case.reference} ({case.kind})"] = one
    return found


def _form_address(inspection: Inspection, case: str) -> str:
    below = f"cases/{case}/"
    return f"{inspection.get_absolute_url()}{below}" if _answers_at() else ""


@cache
def _answers_at() -> bool:
    """Say whether the product has pages of cases."""
    try:
        resolve(f"/inspections/{'0' * 32}/cases/{'0' * 32}/")
    except Resolver404:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Opened:
    """The judgements that were asked for: all in one case, or all of one question."""

    title: str
    rows: list[dict[str, Any]]
    case: SeenCase | None = None
    question: Question | None = None


def opened(scored: Scored, result: Result, seen: SeenCases, asked: Mapping[str, str]) -> Opened | None:
    """Return the judgements of the case or the question that an address names; None where it names neither.

    A score of one question opens at that question.
    """
    questions = result.step.questions
    case = next((one for one in seen.values() if one.public_id == asked.get("case")), None)
    if case:
        rows = _rows(scored, questions, seen, {case.public_id})
        return Opened(f"Case {case.reference}", rows, case=case) if rows else None
    code = asked.get("question", questions[0] if len(questions) == 1 else "")
    if code not in questions:
        return None
    question = scored.given.edition.form.question(code)
    everyone = {one.public_id for one in seen.values()}
    return Opened(f"{code} {question.text}", _rows(scored, (code,), seen, everyone), question=question)


def _rows(scored: Scored, codes: Iterable[str], seen: SeenCases, cases: set[str]) -> list[dict[str, Any]]:
    found = [
        _judgement(part, row, column, case)
        for part in scored.given.answers.kinds
        for row, (_, reference) in enumerate(part.keys)
        if (case := seen.get((part.kind.code, reference))) and case.public_id in cases
        for code in codes
        if (column := part.kind.place.get(code)) is not None and part.values[row, column] != ABSENT
    ]
    return _with_evidence(found)


def _judgement(part: KindAnswers, row: int, column: int, case: SeenCase) -> dict[str, Any]:
    question = part.kind.questions[column]
    words = {reason.code: reason.text for reason in question.reasons}
    counts = int(judged(part.kind, part.values[row : row + 1])[0, column])
    title, tone = WORDS.get(counts, ("", "plain"))
    return {
        "case": case,
        "question": question,
        "answer": question.options[part.values[row, column]].text,
        "counts": title,
        "tone": tone,
        "reasons": [words[code] for code in part.reasons.get((row, column), ()) if code in words],
        "evidence": "",
    }


def _with_evidence(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add what was written beside each judgement, for the cases whose assessment the person may read."""
    readable = {row["case"].public_id for row in rows if row["case"].may_read}
    if not readable:
        return rows
    codes = {row["question"].code for row in rows}
    notes = current_entries(counting().filter(case__public_id__in=readable)).filter(
        part=Entry.Part.NOTE, question__in=codes
    )
    texts: dict[tuple[str, str], list[str]] = {}
    for case, question, text in notes.order_by("sequence").values_list(
        "assessment__case__public_id", "question", "text"
    ):
        texts.setdefault((case, question), []).append(text)
    for row in rows:
        row["evidence"] = "\n\n".join(filter(None, texts.get((row["case"].public_id, row["question"].code), [])))
    return rows
