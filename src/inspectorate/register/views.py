"""The pages of the register: bodies, programme-years, years of the inspectorate, reports. All of it is public."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspectorate.register import downloads, pages, queries
from inspectorate.register.forms import BodySearchForm, ReportSearchForm
from inspectorate.register.models import Body
from inspectorate.register.tables import ORGANISATION, ProgrammeYear, as_data

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
    now = timezone.now()
    reports = list(queries.reports_of(one, at=now))
    years = list(queries.programme_years(at=now)) if reports else []
    told = pages.body_page(one, queries.history_of(one), queries.results_of(one, at=now), reports, years)
    return render(request, "register/body.html", told)


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """List the programme-years."""
    years = queries.programme_years(at=timezone.now()).exclude(programme=ORGANISATION)
    return render(request, "register/programmes.html", pages.programmes_page(years))


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """List the years of the inspectorate itself."""
    found = queries.programme_years(at=timezone.now()).filter(programme=ORGANISATION)
    return render(request, "register/years.html", pages.years_page(found))


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show the reports that the reader asks for."""
    search, now = ReportSearchForm(request.GET).search(), timezone.now()
    found = Paginator(queries.find_reports(search, at=now), PAGE).get_page(request.GET.get("page"))
    told = pages.reports_page(search, found, queries.report_counts(at=now), queries.programme_years(at=now))
    return render(request, "register/reports.html", told)


@require_safe
def reports_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the same reports, all of them, as CSV."""
    search = ReportSearchForm(request.GET).search()
    return downloads.reports_as_csv(queries.find_reports(search, at=timezone.now()))


@require_safe
def programme_year(request: HttpRequest, year: str, programme: str = ORGANISATION) -> HttpResponse:
    """Show the tables of one programme-year, or of one year of the inspectorate itself."""
    shape = _shape(programme, year)
    kept = queries.drawn_charts(pages.digests(shape))
    return render(
        request, "register/programme_year.html", pages.programme_year_page(shape, kept, request.GET.get("sort", ""))
    )


@require_safe
def programme_year_csv(_request: HttpRequest, year: str, programme: str = ORGANISATION) -> HttpResponse:
    """Hand out the same tables as CSV."""
    return downloads.programme_year_as_csv(_shape(programme, year))


@require_safe
def sheets_csv(_request: HttpRequest, year: str, programme: str = ORGANISATION, code: str = "") -> HttpResponse:
    """Hand out the other tables of the page as CSV: all of them, a line for each figure, or the one named."""
    shape = _shape(programme, year)
    if not code:
        return downloads.sheets_as_csv(shape)
    sheet = next((sheet for sheet in shape.sheets if sheet.code == code), None)
    if sheet is None:
        raise Http404
    return downloads.sheet_as_csv(shape, sheet)


@require_safe
def programme_year_json(_request: HttpRequest, year: str, programme: str = ORGANISATION) -> HttpResponse:
    """Hand out the same tables as JSON, as ``inspectorate published --json`` prints them."""
    return JsonResponse(as_data(_shape(programme, year)), json_dumps_params={"ensure_ascii": False, "indent": 2})


def _shape(programme: str, year: str) -> ProgrammeYear:
    """Return a programme-year; one that is not yet visible answers exactly as one that does not exist."""
    found = queries.programme_year(programme, year, at=timezone.now())
    if found is None:
        raise Http404
    return found
