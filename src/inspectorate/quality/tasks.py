"""What the stage of quality hands to "my work": assessments that wait for a decision."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from inspectorate.fieldwork.models import Assessment
from inspectorate.inspections.models import TeamMember
from inspectorate.inspections.queries import visible_to
from inspectorate.people.access import CHIEF, LEAD, Person
from inspectorate.people.tasks import Task
from inspectorate.sampling.models import Case
from inspectorate.sampling.queries import without_interest


def tasks_of(person: Person, at: datetime) -> list[Task]:  # noqa: ARG001 - nothing here falls due on a day
    """Return one task for each inspection with assessments that wait for this person; one query.

    A lead inspector of the team decides on those of others; the chief on those of whoever leads.
    """
    if person.user is None or person.role not in (LEAD, CHIEF):
        return []
    in_team = TeamMember.objects.filter(
        inspection=OuterRef("case__case_list__inspection"), user=person.user, left_at__isnull=True
    )
    leads = TeamMember.objects.filter(
        inspection=OuterRef("case__case_list__inspection"),
        user__public_id=OuterRef("assessor_id"),
        left_at__isnull=True,
        role="lead",
    )
    waits = Assessment.objects.filter(
        Exists(in_team) if person.role == LEAD else Exists(leads),
        purpose=Assessment.Purpose.LIVE,
        state="submitted",
        case__case_list__inspection__in=visible_to(person).filter(state="fieldwork").values("pk"),
        case__drawn__replaced_by__isnull=True,
        case__in=without_interest(Case.objects.all(), person),
    ).exclude(Q(assessor_kind=person.name[0], assessor_id=person.name[1]))
    found = waits.values_list("case__case_list__inspection__public_id", "case__case_list__inspection__title").annotate(
        number=Count("pk")
    )
    return [
        Task(f"Decide on {number} assessment{'' if number == 1 else 's'}", title, f"/inspections/{public_id}/checks/")
        for public_id, title, number in found.order_by("case__case_list__inspection__title")
    ]
