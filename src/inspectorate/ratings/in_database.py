"""What the database holds of one or several inspections, to be scored: their lists, assessments and current answers.

Only what was accepted counts, and only of cases that are in the sample now. Nothing is half scored: ``answers_of``
reads every current answer once and tells every fault by case and question.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Aggregate, CharField, Q, QuerySet, Value
from django.db.models.functions import Concat

from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.queries import current_entries
from inspectorate.methodology.answers import Answers, KindAnswers
from inspectorate.methodology.cases import CaseList, Key
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.forms import ABSENT, Form, Kind, Question
from inspectorate.sampling.models import Case, DrawnCase

if TYPE_CHECKING:
    from inspectorate.inspections.models import Inspection

BETWEEN, AFTER = "\x1f", "\x1e"
"""What parts question and value, and the entries of an assessment; no answer can hold either."""
ACCEPTED = "accepted"


@dataclass(frozen=True)
class Scope:
    """What is scored: the accepted assessments of one purpose in some inspections, by one edition.

    ``named`` says how each inspection is named in keys, where that is known without asking the database.
    """

    edition: Edition
    inspections: "QuerySet[Inspection]"
    purpose: str = Assessment.Purpose.LIVE
    named: Mapping[int, str] | None = None

    def assessments(self) -> "QuerySet[Assessment]":
        """Return the assessments that count."""
        return counting(self.purpose).filter(
            case__case_list__inspection__in=self.inspections, edition=self.edition.code
        )

    def cases(self) -> "QuerySet[Case]":
        """Return every case on the lists whose kind the edition has."""
        kinds = [kind.code for kind in self.edition.form.kinds]
        return Case.objects.filter(
            case_list__inspection__in=self.inspections,
            case_list__kind__in=kinds,
            case_list__superseded_at__isnull=True,
        )

    def case_list(self) -> CaseList:
        """Return the lists as the methodology knows them: kinds, strata and characteristics of every case."""
        found = [(self.key(inspection, case, kind), kind, *others) for inspection, case, kind, *others in self._listed]
        keys, kinds, strata, about = zip(*found, strict=True) if found else ((), (), (), ())
        heads = dict.fromkeys(head for facts in about for head in facts)
        return CaseList(keys, kinds, strata, {head: [facts.get(head, "") for facts in about] for head in heads})

    def key(self, inspection: int, reference: str, kind: str) -> Key:
        """Return the key of a case; one whose reference stands on the list of another kind too is told by its kind."""
        twice = (inspection, reference) in self._on_two_lists
        return (self._names[inspection], f"{reference} ({kind})" if twice else reference)

    @cached_property
    def _names(self) -> Mapping[int, str]:
        return self.names()

    @cached_property
    def _on_two_lists(self) -> set[tuple[int, str]]:
        if len(self.edition.form.kinds) == 1:
            return set()
        times = Counter((inspection, reference) for inspection, reference, *_ in self._listed)
        return {case for case, count in times.items() if count > 1}

    @cached_property
    def _listed(self) -> list[tuple[Any, ...]]:
        wanted = ("case_list__inspection", "reference", "case_list__kind", "stratum", "characteristics")
        return list(self.cases().order_by("pk").values_list(*wanted))

    def names(self) -> Mapping[int, str]:
        """Return how each inspection is named in keys and strata: not at all where there is only one."""
        if self.named is not None:
            return self.named
        found = dict(self.inspections.values_list("pk", "public_id"))
        return found if len(found) > 1 else dict.fromkeys(found, "")


def counting(purpose: str = Assessment.Purpose.LIVE) -> "QuerySet[Assessment]":
    """Return the assessments that count in scores: accepted ones, of cases that are in the sample now.

    A list without a sample counts whole: of a few cases all are inspected.
    """
    drawn, brought_in = Q(case__drawn__role=DrawnCase.Role.DRAWN), Q(case__drawn__replaces__isnull=False)
    in_it = Q(case__drawn__isnull=True) | drawn | brought_in | Q(case__drawn__extension__isnull=False)
    return Assessment.objects.filter(
        in_it,
        case__drawn__replaced_by__isnull=True,
        case__case_list__superseded_at__isnull=True,
        purpose=purpose,
        state=ACCEPTED,
    )


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
    version: str
    answers: str
    ticked: str
    values: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)


def answers_of(scope: Scope) -> Answers:
    """Return the current answers as coded arrays; raise Refused with every fault.

    Faults: two current answers to one question, questions and options that the edition lacks, answers to what was not
    asked and none to what was, two assessments of one case, an assessment in another version of the edition.
    """
    form = scope.edition.form
    assessed = _assessed(scope)
    faults = _second_assessments(assessed) + _other_versions(scope, assessed)
    kinds = []
    for kind in form.kinds:
        part = [one for one in assessed if one.kind == kind.code]
        answers, wrong = _matrix(form, kind, part)
        wrong += _routing(form, answers, part) if not wrong else []
        faults += wrong
        kinds.append(answers)
    if faults:
        raise Refused(sorted(faults, key=lambda fault: (fault.file, fault.column or "", fault.why)))
    return Answers(form, tuple(kinds))


def _assessed(scope: Scope) -> list[_Assessed]:
    """Return every assessment with its current answers and reasons."""
    joined = _joined(scope)
    rows = scope.assessments().values_list(
        "pk",
        "case__reference",
        "case__case_list__kind",
        "case__case_list__inspection",
        "case__case_list__inspection__title",
        "edition_digest",
    )
    return [
        _Assessed(
            scope.key(inspection, case, kind),
            kind,
            f"{title}, case {case}",
            version,
            joined.get((pk, Entry.Part.ANSWER), ""),
            joined.get((pk, Entry.Part.REASONS), ""),
        )
        for pk, case, kind, inspection, title, version in rows.order_by("pk")
    ]


def _joined(scope: Scope) -> dict[tuple[int, str], str]:
    """Return all that is current, by assessment and part: question and value of each entry, put together."""
    text = Concat("question", Value(BETWEEN), "value", output_field=CharField())
    scored = (Entry.Part.ANSWER, Entry.Part.REASONS)
    current = current_entries(scope.assessments()).filter(part__in=scored).order_by()
    rows = current.values("assessment", "part").annotate(all=Joined(text))
    return {(pk, part): text for pk, part, text in rows.values_list("assessment", "part", "all")}


def _second_assessments(assessed: Iterable[_Assessed]) -> list[Fault]:
    times = Counter((one.where, one.kind) for one in assessed)
    remedy = "Keep one as the live assessment, and give the others the purpose they serve."
    return [
        Fault(FaultCode.SECOND_ASSESSMENT, where, f"the case has {count} assessments; it is scored once.", remedy)
        for (where, _), count in times.items()
        if count > 1
    ]


def _other_versions(scope: Scope, assessed: Iterable[_Assessed]) -> list[Fault]:
    others = sum(one.version != scope.edition.digest for one in assessed)
    if not others:
        return []
    why = f"{others} assessments were made in another version of {scope.edition.code}."
    remedy = "Score them with the version they were made in."
    return [Fault(FaultCode.CHANGED_AFTER_ADOPTION, "assessments", why, remedy)]


def _take_apart(one: _Assessed, form: Form) -> list[Fault]:
    """Read the joined texts of one assessment into its answers and reasons; return what is wrong with them."""
    faults = []
    reasons: dict[str, str] = {}
    for text, found, what in ((one.answers, one.values, "answers"), (one.ticked, reasons, "lists of reasons")):
        entries = [entry.split(BETWEEN) for entry in text.split(AFTER)] if text else []
        for question, times in Counter(question for question, _ in entries).items():
            if times > 1:
                why = f"there are {times} current {what} to {question}."
                remedy = "Look at them and decide: the decision is an entry that supersedes the others."
                faults.append(Fault(FaultCode.REPEATED_ANSWER, one.where, why, remedy, column=question))
        found.update((question, value) for question, value in entries if value)  # an empty one was taken back
    for question, value in reasons.items():
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


class _Cells(dict[str, int]):
    """The text of an entry -> its cell: the column times ``WIDTH`` plus the number of the option, or -1 for a fault."""

    WIDTH = 128

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    def __missing__(self, text: str) -> int:
        question, value = text.split(BETWEEN)
        column = self.kind.place.get(question)
        codes = [] if column is None else [option.code for option in self.kind.questions[column].options]
        self[text] = column * self.WIDTH + codes.index(value) if column is not None and value in codes else -1
        return self[text]


def _matrix(form: Form, kind: Kind, part: Sequence[_Assessed]) -> tuple[KindAnswers, list[Fault]]:
    """Put the answers of one kind into a matrix; return it with what is wrong with them.

    Most assessments have nothing but one known option for each question; only the others are looked at one by one.
    """
    values = np.full((len(part), len(kind.questions)), ABSENT, dtype=np.int8)
    reasons: dict[tuple[int, int], tuple[str, ...]] = {}
    cells, faults = _Cells(kind), list[Fault]()
    for row, one in enumerate(part):
        known = np.array([cells[text] for text in one.answers.split(AFTER)] if one.answers else [], dtype=np.int64)
        columns, options = np.divmod(known[known >= 0], cells.WIDTH)
        values[row, columns] = options
        if one.ticked or len(columns) < len(known) or np.bincount(columns, minlength=1).max() > 1:
            faults += _take_apart(one, form)
            reasons |= {(row, kind.place[code]): why for code, why in one.reasons.items() if code in kind.place}
    return KindAnswers(kind, tuple(one.key for one in part), values, reasons), faults


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
