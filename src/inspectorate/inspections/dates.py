"""The dates of an inspection, worked out from the timetable of its edition and its fieldwork week."""

from collections.abc import Collection
from datetime import date

from inspectorate.inspections.models import Inspection


def due_date(inspection: Inspection, codes: Collection[str]) -> date | None:  # noqa: ARG001 - filled in next
    """Return the day of the first of these dates that the inspection has; None where there is none."""
    return None
