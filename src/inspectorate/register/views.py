"""The pages of the register: bodies, one body, programme-years, one programme-year. All of it is public."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspectorate.register import downloads, pages, queries
from inspectorate.register.forms import BodySearchForm
from inspectorate.register.models import Body
from inspectorate.register.tables import ProgrammeYear, as_data

PAGE = 50


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Show the bodies that the reader asks for."""
    search = BodySearchForm(request.GET).search()
    found = Paginator(queries.find_bodies(search, day=timezone.localdate()), PAGE).get_page(request.GET.get("page"))
    told = pages.bodies_page(search, found, queries.counts(), queries.regions())
    return render(request, "register/bodies.html", told)


@require_safe
def bodies_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the same bodies, all of them, as CSV."""
    search = BodySearchForm(request.GET).search()
    return downloads.bodies_as_csv(queries.find_bodies(search, day=timezone.localdate()))


@require_safe
def body(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one body: what it is, what became of it, what was found there."""
    one = get_object_or_404(Body.objects.prefetch_related("local_delivery_units"), public_id=public_id)
    results = queries.results_of(one, at=timezone.now())
    return render(request, "register/body.html", pages.body_page(one, queries.history_of(one), results))


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """List the programme-years."""
    return render(
        request, "register/programmes.html", pages.programmes_page(queries.programme_years(at=timezone.now()))
    )


@require_safe
def programme_year(request: HttpRequest, programme: str, year: str) -> HttpResponse:
    """Show the tables of one programme-year, with charts, lowest, highest, median and aggregate."""
    shape = _shape(programme, year)
    kept = queries.drawn_charts(pages.digests(shape))
    return render(
        request, "register/programme_year.html", pages.programme_year_page(shape, kept, request.GET.get("sort", ""))
    )


@require_safe
def programme_year_csv(_request: HttpRequest, programme: str, year: str) -> HttpResponse:
    """Hand out the same tables as CSV."""
    return downloads.programme_year_as_csv(_shape(programme, year))


@require_safe
def programme_year_json(_request: HttpRequest, programme: str, year: str) -> HttpResponse:
    """Hand out the same tables as JSON, as ``inspectorate published --json`` prints them."""
    return JsonResponse(as_data(_shape(programme, year)), json_dumps_params={"ensure_ascii": False, "indent": 2})


def _shape(programme: str, year: str) -> ProgrammeYear:
    """Return a programme-year; one that is not yet visible answers exactly as one that does not exist."""
    found = queries.programme_year(programme, year, at=timezone.now())
    if found is None:
        raise Http404
    return found
