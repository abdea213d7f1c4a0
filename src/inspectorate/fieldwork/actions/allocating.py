"""Giving cases to assessors, never to somebody who has an interest in the case; and declaring such an interest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from inspectorate.fieldwork.asking import require_on
from inspectorate.fieldwork.fitting import ALLOCATING, Look, Unfit, Wish
from inspectorate.fieldwork.models import Allocation, Assessment
from inspectorate.fieldwork.queries import live_assessment
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import SELF, Person, require
from inspectorate.people.models import Tie, User
from inspectorate.record.actions import append
from inspectorate.sampling.models import Case

AGAIN = "It was given to somebody else."


@dataclass(frozen=True)
class Allocated:
    """What became of several wishes: the allocations that hold now, and those refused."""

    given: tuple[Allocation, ...]
    refused: tuple[Unfit, ...]


@transaction.atomic
def allocate_cases(
    *, inspection: Inspection, wishes: Sequence[Wish], by: tuple[str, str] | Person, why: str = ""
) -> Allocated:
    """Give cases of the current sample to people of the team; one that cannot be given stops no other.

    A case that somebody has already goes over to the new person, unless its assessment is under way: see
    ``hand_over``. Refused, case by case: not in the sample; not in the team; an interest in the case; has it already.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="case.allocate", by=by)
    if held.state not in ALLOCATING:
        sentence = "Cases are given to assessors once the sample is drawn and until fieldwork ends: not now."
        raise RefusedError(Refusal.FIELDWORK_CLOSED, sentence)
    look = Look(held, person, wishes)
    refused = tuple(found for case, user in wishes if (found := look.unfit(case, user)))
    for one in refused:
        if one.code == Refusal.HAS_AN_INTEREST:
            told = {"case": one.case.public_id}
            append(stream=held.name, by=person.name, verb="interest.refused", subject=one.user.name, payload=told)
    not_given = {(one.case.pk, one.user.pk) for one in refused}
    wanted = {case.pk: (case, user) for case, user in wishes if (case.pk, user.pk) not in not_given}
    at = datetime.now(UTC)
    Allocation.objects.filter(case__in=list(wanted), ended_at__isnull=True).update(
        ended_at=at, ended_because=why.strip()[:300] or AGAIN
    )
    given = Allocation.objects.bulk_create(
        Allocation(case=case, assessor=user, allocated_at=at) for case, user in wanted.values()
    )
    if given:
        told = {"cases": {case.public_id: user.public_id for case, user in wanted.values()}}
        append(stream=held.name, by=person.name, verb="cases.allocated", subject=held.name, payload=told, why=why)
    return Allocated(tuple(given), refused)


def allocate_case(*, case: Case, user: User, by: tuple[str, str] | Person, why: str = "") -> Allocation:
    """Give one case to one person; refused by name where it cannot be."""
    done = allocate_cases(inspection=case.case_list.inspection, wishes=[(case, user)], by=by, why=why)
    if done.refused:
        raise RefusedError(done.refused[0].code, done.refused[0].sentence)
    return done.given[0]


@transaction.atomic
def declare_interest(*, case: Case, note: str, by: tuple[str, str]) -> Tie:
    """Declare that one knows the person or the case: from now on it is hidden, and the lead gives it to somebody else.

    During fieldwork one's assessment of it is withdrawn and kept; whoever takes the case begins anew.
    """
    inspection = Inspection.objects.select_for_update().get(pk=case.case_list.inspection_id)
    person = require_on(case=case, action="assessment.list", by=by)
    require(person, "people.declare", {SELF})
    if person.user is None:
        raise RefusedError(Refusal.NOT_THEIRS, "Only a person can declare an interest: sign in first.")
    at = datetime.now(UTC)
    tie, _ = Tie.objects.get_or_create(
        user=person.user,
        kind=Tie.Kind.CASE_KNOWN,
        subject_kind="case",
        subject_id=case.public_id,
        ended_at=None,
        defaults={"note": note.strip()[:300], "declared_at": at},
    )
    because = "The assessor declared an interest."
    case.allocations.filter(assessor=person.user, ended_at__isnull=True).update(ended_at=at, ended_because=because)
    open_ = live_assessment(case) if inspection.state == "fieldwork" else None
    own = open_ if open_ and open_.assessor == person.name else None
    if own:
        Assessment.objects.filter(pk=own.pk).update(state="withdrawn", state_at=at)
    append(
        stream=inspection.name,
        by=person.name,
        verb="interest.declared",
        subject=("case", case.public_id),
        payload={"withdrawn": own.public_id if own else None},
        why=note.strip(),
    )
    return tie
