"""Reading an inspection: its overview."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from inspectorate.inspections.asking import Asked, inspection_page


@require_safe
@inspection_page("inspection.read")
def overview_page(asked: Asked) -> HttpResponse:
    """Show one inspection: where it stands, its dates, its team, its modules."""
    return asked.page("inspections/overview.html")
