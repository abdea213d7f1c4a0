"""Handing over files: what a page shows, every fault, and what to start from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspectorate.ratings import handed_over, queries
from inspectorate.ratings.downloads import as_csv, as_json, rows, templates, wide_sheet
from inspectorate.ratings.forms import SheetAsked
from inspectorate.ratings.handed_over import attached, named
from inspectorate.ratings.intake import NotReadError
from inspectorate.ratings.models import ScoredFile
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.subject import of_file
from inspectorate.ratings.views.asking import file_or_404
from inspectorate.ratings.views.comparing import beside_or_404
from inspectorate.ratings.views.handing_in import edition_or_404


@require_safe
def scores(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Hand over the scores, broken down as on the page."""
    file = file_or_404(public_id)
    return handed_over.scores(of_file(file), _scored_or_404(file), kind=kind, by=request.GET.get("by", ""))


@require_safe
def findings(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Hand over the findings, narrowed as on the page."""
    file = file_or_404(public_id)
    return handed_over.findings(of_file(file), _scored_or_404(file), kind=kind, asked=request.GET)


@require_safe
def beside_published(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand over the scores beside a published result."""
    file = file_or_404(public_id)
    title, found = beside_or_404(file, _scored_or_404(file), request)
    return attached(as_csv.make(rows.beside(of_file(file), title, found)), "csv", named(of_file(file), "beside"))


@require_safe
def judgements(request: HttpRequest, public_id: str) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Hand over the ratings made by people, as the command line takes them."""
    file = file_or_404(public_id)
    if not file.judgements:
        raise Http404
    return attached(as_json.make(file.judgements), "json", "judgements")


@require_safe
def faults(request: HttpRequest, public_id: str) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Hand over every fault of a file that was refused."""
    refused = queries.refused_file(public_id=public_id, at=timezone.now())
    if refused is None:
        raise Http404
    return attached(as_csv.make(rows.faults(refused)), "csv", "faults")


@require_safe
def for_handing_in(request: HttpRequest, programme: str, year: int, what: str) -> HttpResponse:  # noqa: ARG001 - as above
    """Hand over what to start from: an example, an empty file, the questions of an edition."""
    edition = edition_or_404(f"{programme}/{year}")
    content = templates.make(edition, what)
    if content is None:
        raise Http404
    return attached(content, "csv", f"{programme}-{year}-{what}")


@require_safe
def sheet_to_fill_in(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Hand over a sheet of one case a row, for a kind of case and a number of rows."""
    edition = edition_or_404(f"{programme}/{year}")
    asked = SheetAsked(request.GET, edition=edition)
    if not asked.is_valid():
        return redirect(f"{reverse('ratings:new', args=[programme, year])}?{request.GET.urlencode()}#sheet")
    kind = edition.form.kind(asked.cleaned_data["kind"])
    content = wide_sheet.make(edition, kind, asked.cleaned_data["cases"], at=timezone.now())
    return attached(content, "xlsx", f"{programme}-{year}-{kind.code}-sheet")


def _scored_or_404(file: ScoredFile) -> Scored:
    try:
        return queries.scored(file)
    except NotReadError as refused:
        raise Http404 from refused
