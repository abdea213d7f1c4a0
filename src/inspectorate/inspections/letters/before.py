"""What must hold before an inspection is announced, as it is now."""

from datetime import timedelta

from django.utils import timezone

from inspectorate.inspections.models import Inspection, TeamRole


def held_for_announcing(inspection: Inspection, by: tuple[str, str]) -> set[str]:
    """Return which conditions of announcing hold now; an invented inspection may lie in the past."""
    holds = set()
    if inspection.team.filter(role=TeamRole.LEAD, left_at__isnull=True).exists():
        holds.add("lead_named")
    if inspection.fieldwork_on:
        holds.add("week_set")
        end = inspection.fieldwork_on + timedelta(7 * inspection.fieldwork_weeks)
        if end > timezone.localdate() or inspection.invented or by[0] == "system":
            holds.add("week_ahead")
    return holds
