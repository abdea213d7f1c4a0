"""Who may read a report before it is out: by name, each with when they last did; and what stands on their copy.

Copies end with the minute of publication: from then on the public report is the one to read.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from inspectorate.inspections.models import InspectedProvider, Inspection
from inspectorate.inspections.queries import OUT, current_team
from inspectorate.people.access import Person, is_here
from inspectorate.people.models import Reading, Role, Tie, User
from inspectorate.reports.states import is_signed
from inspectorate.ui.words import written_date

KINDS = ("draft", "report")


@dataclass(frozen=True)
class Named:
    """One who may read it now: why, and when they last read a page of it or took a copy."""

    user: User
    why: str
    read_at: datetime | None


def is_out(inspection: Inspection) -> bool:
    """Say whether the minute of publication has come."""
    minute = inspection.public_from if inspection.state in OUT else None
    return minute is not None and minute <= timezone.now()


def has_ended(inspection: Inspection, person: Person) -> bool:
    """Say whether a copy from before publication is no longer for this person: for the body, once it is public."""
    return person.is_contact and is_out(inspection)


def mark_for(inspection: Inspection, person: Person) -> str:
    """Return what stands on every page of a copy from before publication: whose it is, and of which day."""
    if is_out(inspection):
        return ""
    return f"Copy of {person.full_name}, {written_date(timezone.localdate())}: not for publication"


def readers_of(inspection: Inspection) -> list[Named]:
    """Return everybody who may read a draft, or a signed report, before it is out; three queries.

    It follows from role, team and tie as they are now: whoever loses them is not on it any more.
    """
    team = {member.user_id: member.get_role_display() for member in current_team(inspection)}
    bodies = InspectedProvider.objects.filter(inspection=inspection).values("body__public_id")
    speaks = Tie.objects.holding().filter(
        user=OuterRef("pk"), kind=Tie.Kind.WORKS_FOR, subject_kind="body", subject_id__in=bodies
    )
    wanted = Q(role=Role.CHIEF_INSPECTOR) | Q(pk__in=team) | Q(Exists(speaks), role=Role.BODY_CONTACT)
    if is_signed(inspection):
        wanted |= Q(role=Role.PUBLICATIONS)
    users = User.objects.filter(wanted, is_active=True).exclude(role=Role.LOCAL_ASSESSOR)
    last = dict(
        Reading.objects.filter(inspection=inspection.public_id, subject_kind__in=KINDS)
        .values_list("reader")
        .annotate(last=Max("at"))
    )
    found = [
        Named(user, team.get(user.pk, user.get_role_display()), last.get(user.pk)) for user in users if is_here(user)
    ]
    return sorted(found, key=lambda one: (one.why, one.user.full_name))
