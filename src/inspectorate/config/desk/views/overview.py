"""The overview of one inspection: what its own stage says, and what later stages count of it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from inspectorate.fieldwork import counted
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.pages.overview import overview


@require_safe
@inspection_page("inspection.read")
def overview_page(asked: Asked) -> HttpResponse:
    """Show one inspection: where it stands, what is next, its cases, its dates, its team, its modules."""
    return asked.page("inspections/overview.html", overview(asked) | {"cases": counted.cases(asked)})
