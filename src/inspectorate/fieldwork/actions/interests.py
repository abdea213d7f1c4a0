"""An interest in a body comes up in mid-inspection: the part in the team ends, and with it every case, at once."""

from datetime import UTC, date, datetime

from django.db import transaction

from inspectorate.fieldwork.models import Allocation, Assessment
from inspectorate.fieldwork.queries import interest_in
from inspectorate.inspections.models import Inspection, TeamMember
from inspectorate.inspections.queries import relations
from inspectorate.people import actions
from inspectorate.people.access import INTEREST, Person, person_of_user
from inspectorate.people.models import Tie, User
from inspectorate.record.actions import append
from inspectorate.sampling.queries import BODIES_OF_A_CASE

OVER = ("released", "closed", "cancelled")
"""What is over stays as it was: the team that did it is part of what was found. Nobody with an interest reads it."""
UNDER_WAY = ("begun", "submitted", "returned")
BECAUSE = "They have an interest in a body of this inspection."


@transaction.atomic
def declare_body_interest(
    *, user: User, kind: str, body: str, note: str = "", until: date | None = None, by: tuple[str, str]
) -> Tie:
    """Declare an interest of one's own in a body, and part with every inspection of it that is under way.

    Refused as ``people.actions.declare_interest`` refuses.
    """
    tie = actions.declare_interest(user=user, kind=kind, subject=("body", body), note=note, until=until, by=by)
    _part(user, by)
    return tie


@transaction.atomic
def tie_and_part(*, user: User, body: str, by: tuple[str, str]) -> Tie:
    """Write down that somebody works for a body, as when a local assessor changes their job in mid-inspection.

    Refused as ``people.actions.tie_to_body`` refuses.
    """
    tie = actions.tie_to_body(user=user, body=body, by=by)
    _part(user, by)
    return tie


@transaction.atomic
def team_and_part(*, user: User, team: str, by: tuple[str, str]) -> Tie:
    """Write down in which team a local assessor works, and take its cases from them in every inspection under way.

    Refused as ``people.actions.tie_to_team`` refuses.
    """
    tie = actions.tie_to_team(user=user, team=team, by=by)
    _part(user, by)
    return tie


def _part(user: User, by: tuple[str, str]) -> None:
    """End somebody's part in each team whose inspection they now have an interest in.

    Their cases are nobody's from now on, which is a task of the lead; what they wrote is kept and does not count.
    """
    person = person_of_user(User.objects.get(pk=user.pk))
    current = TeamMember.objects.filter(user=user, left_at__isnull=True).exclude(inspection__state__in=OVER)
    for pk in current.order_by("inspection").values_list("inspection", flat=True):
        inspection = Inspection.objects.select_for_update().get(pk=pk)
        if INTEREST in relations(person, inspection):
            _part_with(inspection, user, by)
        else:
            _give_back(inspection, person, by)


def _give_back(inspection: Inspection, person: Person, by: tuple[str, str]) -> None:
    """End what somebody who stays has of cases in which they have an interest, as those of their own team."""
    mine = Allocation.objects.filter(
        assessor=person.user, ended_at__isnull=True, case__case_list__inspection=inspection
    ).select_related("case__case_list__inspection", *(f"case__{role}" for role in BODIES_OF_A_CASE))
    barred = [one for one in mine if interest_in(person, one.case)]
    if not barred:
        return
    at, cases = datetime.now(UTC), [one.case_id for one in barred]
    Allocation.objects.filter(pk__in=[one.pk for one in barred]).update(ended_at=at, ended_because=BECAUSE)
    theirs = Assessment.objects.filter(
        case__in=cases, assessor_kind="user", assessor_id=person.name[1], state__in=UNDER_WAY
    )
    withdrawn = sorted(theirs.values_list("public_id", flat=True))
    theirs.update(state="withdrawn", state_at=at)
    told = {"cases": len(barred), "withdrawn": withdrawn}
    append(stream=inspection.name, by=by, verb="interest.given-back", subject=person.name, payload=told, why=BECAUSE)


def _part_with(inspection: Inspection, user: User, by: tuple[str, str]) -> None:
    at = datetime.now(UTC)
    member = TeamMember.objects.get(inspection=inspection, user=user, left_at__isnull=True)
    member.left_at, member.left_because = at, BECAUSE
    member.save(update_fields=["left_at", "left_because"])
    cases = Allocation.objects.filter(assessor=user, ended_at__isnull=True, case__case_list__inspection=inspection)
    given_back = cases.update(ended_at=at, ended_because=BECAUSE)
    theirs = Assessment.objects.filter(
        case__case_list__inspection=inspection, assessor_kind="user", assessor_id=user.public_id, state__in=UNDER_WAY
    )
    withdrawn = sorted(theirs.values_list("public_id", flat=True))
    theirs.update(state="withdrawn", state_at=at)
    told = {"role": member.role, "cases": given_back, "withdrawn": withdrawn}
    append(stream=inspection.name, by=by, verb="interest.parted", subject=user.name, payload=told, why=BECAUSE)
