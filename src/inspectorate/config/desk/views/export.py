"""Handing over everything of one inspection."""

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from inspectorate.config.desk import export
from inspectorate.inspections.asking import Asked, inspection_page


@require_safe
@inspection_page("inspection.export")
def export_view(asked: Asked) -> HttpResponse:
    """Hand over everything of an inspection as it stands, whatever its state."""
    made = export.make(asked.inspection, asked.person, timezone.now())
    name = f"{slugify(asked.inspection.title)[:60] or 'inspection'}-{asked.inspection.public_id[:8]}.zip"
    return FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")  # type: ignore[return-value]
