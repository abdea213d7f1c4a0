"""Giving cases to assessors, never to somebody who has an interest in the case; and declaring such an interest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from inspectorate.fieldwork.asking import require_on
from inspectorate.fieldwork.models import Allocation, Assessment
from inspectorate.fieldwork.queries import OPEN, interest_in, live_assessment, people_with_ties, visible_sample
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection, TeamMember
from inspectorate.people.access import SELF, Person, require
from inspectorate.people.models import Tie, User
from inspectorate.record.actions import append
from inspectorate.sampling.models import Case

ALLOCATING = ("sampled", "fieldwork")
"""The states of an inspection in which cases are given to assessors."""
AGAIN = "It was given to somebody else."
Wish = tuple[Case, User]


@dataclass(frozen=True)
class Unfit:
    """One case that was not given to one person, and why."""

    case: Case
    user: User
    code: Refusal
    sentence: str


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
    look = _Look(held, person, wishes)
    refused = tuple(found for case, user in wishes if (found := look.unfit(case, user)))
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


class _Look:
    """What has to be known of some wishes, asked once for all of them."""

    def __init__(self, inspection: Inspection, person: Person, wishes: Sequence[Wish]) -> None:
        ids = {case.pk for case, _ in wishes}
        self.sample: Mapping[int, Case] = {
            case.pk: case for case in visible_sample(person, inspection).filter(pk__in=ids)
        }
        team = TeamMember.objects.filter(inspection=inspection, left_at__isnull=True, user__is_active=True)
        self.team = set(team.values_list("user", flat=True))
        allocations = Allocation.objects.filter(case__in=ids, ended_at__isnull=True)
        self.has = dict(allocations.values_list("case", "assessor"))
        open_ = Assessment.objects.filter(case__in=ids, purpose=Assessment.Purpose.LIVE, state__in=OPEN)
        self.under_way: dict[int, str] = dict(open_.values_list("case", "assessor_id"))
        self.people = people_with_ties({user for _, user in wishes})

    def unfit(self, case: Case, user: User) -> Unfit | None:
        """Return why this person cannot have this case, or None."""
        in_sample = self.sample.get(case.pk)
        for bad, code, sentence in (
            (in_sample is None, Refusal.NOT_IN_SAMPLE, f"Case {case} is not in the sample now: choose one that is."),
            (
                user.pk not in self.team,
                Refusal.NOT_IN_THE_TEAM,
                f"{user.full_name} is not in the team: take them in first.",
            ),
            (
                in_sample is not None and interest_in(self.people[user.pk], in_sample),
                Refusal.HAS_AN_INTEREST,
                f"{user.full_name} has an interest in case {case}: give it to somebody else.",
            ),
            (
                self.has.get(case.pk) == user.pk,
                Refusal.ALREADY_ALLOCATED,
                f"{user.full_name} has case {case} already.",
            ),
            (
                self.under_way.get(case.pk, user.public_id) != user.public_id,
                Refusal.ASSESSMENT_UNDER_WAY,
                f"The assessment of case {case} has been begun: hand it over on the page of the case, with the reason.",
            ),
        ):
            if bad:
                return Unfit(case, user, code, sentence)
        return None


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
