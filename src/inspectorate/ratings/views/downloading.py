"""Handing over files: what a page shows, every fault, and what to start from."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from inspectorate.ratings import queries, scored
from inspectorate.ratings.downloads import as_csv, as_json, as_pdf, as_xlsx, rows, templates, wide_sheet
from inspectorate.ratings.forms import SheetAsked
from inspectorate.ratings.intake import NotReadError
from inspectorate.ratings.models import ScoredFile
from inspectorate.ratings.narrowed import narrowed
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.views.asking import file_or_404
from inspectorate.ratings.views.comparing import beside_or_404
from inspectorate.ratings.views.handing_in import edition_or_404

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "pdf": "application/pdf",
}


@require_safe
def scores(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Hand over the scores, broken down as on the page."""
    file = file_or_404(public_id)
    given = _scored_or_404(file)
    by = request.GET.get("by", "")
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: as_csv.make(rows.scores(file, given, by)),
        "xlsx": lambda: as_xlsx.make(_book(file, given, by), title=file.title, at=file.created_at),
        "json": lambda: as_json.make({"file": as_json.origin(file), **scored.as_data(given, by)}),
        "pdf": lambda: as_pdf.make(file, given, by),
    }
    return _made(makers, kind, _named(file, "scores"))


@require_safe
def findings(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Hand over the findings, narrowed as on the page."""
    file = file_or_404(public_id)
    given = _scored_or_404(file)
    found = narrowed(given, request.GET).findings
    sheet = rows.findings(file, given, found)
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: as_csv.make(sheet),
        "xlsx": lambda: as_xlsx.make([sheet, rows.about(file, given)], title=file.title, at=file.created_at),
        "json": lambda: as_json.make(
            {
                "file": as_json.origin(file),
                "edition": file.edition,
                "digest": given.given.edition.digest,
                "findings": [finding.as_data() for finding in found],
            }
        ),
    }
    return _made(makers, kind, _named(file, "findings"))


@require_safe
def beside_published(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand over the scores beside a published result."""
    file = file_or_404(public_id)
    title, found = beside_or_404(file, _scored_or_404(file), request)
    return _attached(as_csv.make(rows.beside(file, title, found)), "csv", _named(file, "beside"))


@require_safe
def judgements(request: HttpRequest, public_id: str) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Hand over the ratings made by people, as the command line takes them."""
    file = file_or_404(public_id)
    if not file.judgements:
        raise Http404
    return _attached(as_json.make(file.judgements), "json", "judgements")


@require_safe
def faults(request: HttpRequest, public_id: str) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Hand over every fault of a file that was refused."""
    refused = queries.refused_file(public_id=public_id, at=timezone.now())
    if refused is None:
        raise Http404
    return _attached(as_csv.make(rows.faults(refused)), "csv", "faults")


@require_safe
def for_handing_in(request: HttpRequest, programme: str, year: int, what: str) -> HttpResponse:  # noqa: ARG001 - as above
    """Hand over what to start from: an example, an empty file, the questions of an edition."""
    edition = edition_or_404(f"{programme}/{year}")
    content = templates.make(edition, what)
    if content is None:
        raise Http404
    return _attached(content, "csv", f"{programme}-{year}-{what}")


@require_safe
def sheet_to_fill_in(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Hand over a sheet of one case a row, for a kind of case and a number of rows."""
    edition = edition_or_404(f"{programme}/{year}")
    asked = SheetAsked(request.GET, edition=edition)
    if not asked.is_valid():
        return redirect(f"{reverse('ratings:new', args=[programme, year])}?{request.GET.urlencode()}#sheet")
    kind = edition.form.kind(asked.cleaned_data["kind"])
    content = wide_sheet.make(edition, kind, asked.cleaned_data["cases"], at=timezone.now())
    return _attached(content, "xlsx", f"{programme}-{year}-{kind.code}-sheet")


def _book(file: ScoredFile, given: Scored, by: str) -> list[rows.Sheet]:
    found = rows.findings(file, given, given.findings)
    return [rows.scores(file, given, by), found, rows.accounts(given), rows.about(file, given)]


def _scored_or_404(file: ScoredFile) -> Scored:
    try:
        return queries.scored(file)
    except NotReadError as refused:
        raise Http404 from refused


def _named(file: ScoredFile, what: str) -> str:
    name = slugify(file.title)[:60].strip("-") or "file"
    return f"{name}-{what}" if not file.invented or "invented" in name else f"invented-{name}-{what}"


def _made(makers: dict[str, Callable[[], bytes]], kind: str, name: str) -> HttpResponse:
    if kind not in makers:
        raise Http404
    return _attached(makers[kind](), kind, name)


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to be saved, never shown in place, and stored by nobody on the way."""
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    add_never_cache_headers(response)
    return response
