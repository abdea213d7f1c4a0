"""What the database holds of one or several inspections, to be scored: their lists, assessments and current answers.

Nothing is half scored: ``answers_of`` reads every current answer once and tells every fault by case and question.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Aggregate, CharField, QuerySet, Value
from django.db.models.functions import Concat

from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.queries import current_entries
from inspectorate.methodology.answers import Answers, KindAnswers
from inspectorate.methodology.cases import Key
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.forms import ABSENT, Form, Kind, Question
from inspectorate.sampling.models import Case

if TYPE_CHECKING:
    from inspectorate.inspections.models import Inspection

BETWEEN, AFTER = "\x1f", "\x1e"
"""What parts the fields of an entry, and the entries of an assessment; no answer can hold either."""


@dataclass(frozen=True)
class Scope:
    """What is scored: the assessments of one purpose in some inspections, by one edition."""

    edition: Edition
    inspections: "QuerySet[Inspection]"
    purpose: str = Assessment.Purpose.LIVE

    def assessments(self) -> "QuerySet[Assessment]":
        """Return the assessments that count."""
        return Assessment.objects.filter(
            case__case_list__inspection__in=self.inspections, purpose=self.purpose, edition=self.edition.code
        )

    def cases(self) -> "QuerySet[Case]":
        """Return every case on the lists whose kind the edition has."""
        kinds = [kind.code for kind in self.edition.form.kinds]
        return Case.objects.filter(case_list__inspection__in=self.inspections, case_list__kind__in=kinds)

    def names(self) -> dict[int, str]:
        """Return how each inspection is named in keys and strata: not at all where there is only one."""
        found = dict(self.inspections.values_list("pk", "public_id"))
        return found if len(found) > 1 else dict.fromkeys(found, "")


class Joined(Aggregate):
    """Texts put together, each followed by ``AFTER`` but the last; order does not matter."""

    output_field = CharField()

    def __init__(self, expression: Any) -> None:
        super().__init__(expression, Value(AFTER))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it for SQLite."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it for PostgreSQL."""
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


@dataclass
class _Assessed:
    """One assessment with what was found in it."""

    key: Key
    kind: str
    where: str
    current: str
    values: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)


def answers_of(scope: Scope) -> Answers:
    """Return the current answers as coded arrays; raise Refused with every fault.

    Faults: two current answers to one question, questions and options that the edition lacks, answers to what was not
    asked and none to what was, two assessments of one case, an assessment in another version of the edition.
    """
    form = scope.edition.form
    assessed = _assessed(scope)
    faults = _second_assessments(assessed) + _other_versions(scope)
    for one in assessed:
        faults += _take_apart(one, form)
    kinds = []
    for kind in form.kinds:
        part = [one for one in assessed if one.kind == kind.code]
        answers = _matrix(kind, part)
        faults += _routing(form, answers, part) if not faults else []
        kinds.append(answers)
    if faults:
        raise Refused(sorted(faults, key=lambda fault: (fault.file, fault.column or "", fault.why)))
    return Answers(form, tuple(kinds))


def _assessed(scope: Scope) -> list[_Assessed]:
    """Return every assessment with its current answers and reasons, one row of the database for each."""
    parts = current_entries(scope.assessments()).filter(part__in=[Entry.Part.ANSWER, Entry.Part.REASONS])
    text = Concat("part", Value(BETWEEN), "question", Value(BETWEEN), "value", output_field=CharField())
    current = dict(parts.order_by().values("assessment").annotate(all=Joined(text)).values_list("assessment", "all"))
    names = scope.names()
    rows = scope.assessments().values_list(
        "pk",
        "case__reference",
        "case__case_list__kind",
        "case__case_list__inspection",
        "case__case_list__inspection__title",
    )
    return [
        _Assessed((names[inspection], case), kind, f"{title}, case {case}", current.get(pk, ""))
        for pk, case, kind, inspection, title in rows.order_by("pk")
    ]


def _second_assessments(assessed: Iterable[_Assessed]) -> list[Fault]:
    times = Counter((one.where, one.kind) for one in assessed)
    remedy = "Keep one as the live assessment, and give the others the purpose they serve."
    return [
        Fault(FaultCode.SECOND_ASSESSMENT, where, f"the case has {count} assessments; it is scored once.", remedy)
        for (where, _), count in times.items()
        if count > 1
    ]


def _other_versions(scope: Scope) -> list[Fault]:
    others = scope.assessments().exclude(edition_digest=scope.edition.digest).count()
    if not others:
        return []
    why = f"{others} assessments were made in another version of {scope.edition.code}."
    remedy = "Score them with the version they were made in."
    return [Fault(FaultCode.CHANGED_AFTER_ADOPTION, "assessments", why, remedy)]


def _take_apart(one: _Assessed, form: Form) -> list[Fault]:
    """Read the joined text of one assessment into its answers and reasons; return what is wrong with them."""
    faults: list[Fault] = []
    seen: set[tuple[str, str]] = set()
    for entry in one.current.split(AFTER) if one.current else ():
        part, question, value = entry.split(BETWEEN)
        if (part, question) in seen:
            why = (
                f"there are two current {'answers' if part == Entry.Part.ANSWER else 'lists of reasons'} to {question}."
            )
            remedy = "Look at both and decide: the decision is an entry that supersedes each of them."
            faults.append(Fault(FaultCode.REPEATED_ANSWER, one.where, why, remedy, column=question))
            continue
        seen.add((part, question))
        if not value:
            continue  # it was taken back
        if part == Entry.Part.ANSWER:
            one.values[question] = value
        else:
            one.reasons[question] = tuple(code.strip() for code in value.split(";") if code.strip())
    return faults + _unknown(one, form)


def _unknown(one: _Assessed, form: Form) -> list[Fault]:
    faults = []
    for code in {**one.values, **one.reasons}:
        kind = form.kind_of.get(code)
        if kind is None:
            why, remedy = f"this edition has no question '{code}'.", "Take the answer back."
            faults.append(Fault(FaultCode.UNKNOWN_QUESTION, one.where, why, remedy, column=code))
        elif kind.code != one.kind:
            why = f"{code} is a question of {kind.code} cases, and this is a {one.kind} case."
            faults.append(Fault(FaultCode.MIXED_KINDS, one.where, why, "Take the answer back.", column=code))
        else:
            faults += _outside(one, form.question(code))
    return faults


def _outside(one: _Assessed, question: Question) -> list[Fault]:
    faults = []
    value, allowed = one.values.get(question.code), [option.code for option in question.options]
    if value is not None and value not in allowed:
        why, remedy = f"'{value}' is no answer to {question.code}.", f"Choose one of: {', '.join(allowed)}."
        faults.append(Fault(FaultCode.OUTSIDE_OPTIONS, one.where, why, remedy, column=question.code))
    ticked = [reason.code for reason in question.reasons]
    for reason in one.reasons.get(question.code, ()):
        if reason not in ticked:
            why = f"'{reason}' is no reason that may be ticked at {question.code}."
            remedy = f"Choose from: {', '.join(ticked)}." if ticked else "This question has no reasons to tick."
            faults.append(Fault(FaultCode.UNKNOWN_REASON, one.where, why, remedy, column=question.code))
    return faults


def _matrix(kind: Kind, part: Sequence[_Assessed]) -> KindAnswers:
    """Put the answers of one kind into a matrix; what is unknown has been told and is passed over."""
    numbers = {q.code: {option.code: n for n, option in enumerate(q.options)} for q in kind.questions}
    values = np.full((len(part), len(kind.questions)), ABSENT, dtype=np.int8)
    reasons = {}
    for row, one in enumerate(part):
        for question, value in one.values.items():
            if question in kind.place:
                values[row, kind.place[question]] = numbers[question].get(value, ABSENT)
        for question, codes in one.reasons.items():
            if question in kind.place:
                reasons[row, kind.place[question]] = codes
    return KindAnswers(kind, tuple(one.key for one in part), values, reasons)


def _routing(form: Form, answers: KindAnswers, part: Sequence[_Assessed]) -> list[Fault]:
    kind, asked, given = answers.kind, form.asked(answers.kind, answers.values), answers.values != ABSENT
    required = np.array([question.required for question in kind.questions], dtype=np.bool_)
    faults = []
    for row, column in np.argwhere(given & ~asked).tolist():
        question = kind.questions[column]
        rules = " and ".join(f"'{form.rules[code].title}'" for code in question.asked_when)
        why, remedy = f"{question.code} is asked only where {rules}.", "Take the answer back, or correct the fact."
        faults.append(Fault(FaultCode.ROUTED_OUT, part[row].where, why, remedy, column=question.code))
    for row, column in np.argwhere(~given & asked & required[None, :]).tolist():
        question = kind.questions[column]
        why, remedy = f"there is no answer to {question.code}, which is asked of it.", "Answer it."
        faults.append(Fault(FaultCode.UNANSWERED, part[row].where, why, remedy, column=question.code))
    return faults
