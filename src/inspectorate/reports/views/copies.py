"""Copies from before publication: read by those on a list of names, each reading written down, ended at the minute."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspectorate.inspections.asking import Asked, View, inspection_page
from inspectorate.people.actions import note_readings
from inspectorate.people.models import Reading
from inspectorate.people.queries import because_of
from inspectorate.reports.readers import has_ended, is_out, mark_for, readers_of
from inspectorate.ui.words import written_date


def copy_page(action: str) -> Callable[[View], View]:
    """Let a page show a report from before publication to whoever may, and to a body only until it is public."""

    def decorate(view: View) -> View:
        @inspection_page(action)
        @wraps(view)
        def shown(asked: Asked, **named: Any) -> HttpResponse:
            if has_ended(asked.inspection, asked.person):
                return asked.page("reports/ended.html", last="Draft", status=410)
            return view(asked, **named)

        return shown

    return decorate


def note_copy(asked: Asked, kind: str, public_id: str, way: str = Reading.Way.PAGE) -> str:
    """Write down that this person is shown it, unless it is public; return what stands on their copy."""
    if is_out(asked.inspection):
        return ""
    because = because_of(asked.person, asked.relations)
    inspection = asked.inspection.public_id
    note_readings(subjects=[(kind, public_id)], inspection=inspection, way=way, because=because, by=asked.person)
    return mark_for(asked.inspection, asked.person)


@require_safe
@inspection_page("report.read")
def readers_page(asked: Asked) -> HttpResponse:
    """List by name who may read it before publication, and when each last did."""
    rows = [
        [
            one.user.full_name,
            one.why,
            f"{written_date(timezone.localdate(one.read_at))}, {timezone.localtime(one.read_at):%H:%M}"
            if one.read_at
            else "not yet",
        ]
        for one in readers_of(asked.inspection)
    ]
    columns = [{"title": title} for title in ("Name", "What they are here", "Last read")]
    given = {"rows": rows, "columns": columns, "out": is_out(asked.inspection)}
    return asked.page("reports/readers.html", given, last="Who may read it")
