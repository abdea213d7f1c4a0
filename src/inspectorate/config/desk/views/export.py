"""Handing over everything of one inspection."""

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from inspectorate.config.desk import export
from inspectorate.fieldwork.queries import visible_cases
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.actions import note_readings
from inspectorate.people.queries import because_of


@require_safe
@inspection_page("inspection.export")
def export_view(asked: Asked) -> HttpResponse:
    """Hand over everything of an inspection as it stands, whatever its state."""
    cases = visible_cases(asked.person, asked.inspection).values_list("public_id", flat=True)
    about = {"inspection": asked.inspection.public_id, "because": because_of(asked.person, asked.relations)}
    note_readings(subjects=[("case", one) for one in cases], way="export", by=asked.person, **about)
    made = export.make(asked.inspection, asked.person, timezone.now())
    name = f"{slugify(asked.inspection.title)[:60] or 'inspection'}-{asked.inspection.public_id[:8]}.zip"
    return FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")  # type: ignore[return-value]
