"""What the public sees. Before its minute a result answers exactly as one that does not exist."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspectorate.methodology import editions
from inspectorate.publication import downloads, queries, shown
from inspectorate.publication.forms import SearchForm
from inspectorate.publication.public import PublicResult, as_public
from inspectorate.reports import documents
from inspectorate.reports.shown import document

PAGE, IN_THE_FEED = 25, 50
START, RESULTS = {"text": "Start", "href": "/"}, {"text": "Results", "href": "/results/"}
"""Where the breadcrumbs begin."""


def result_or_404(public_id: str) -> PublicResult:
    """Return a public result; one whose minute has not come is not there."""
    release = queries.public_result(public_id, at=timezone.now())
    if release is None:
        raise Http404
    return as_public(release)


def result_context(result: PublicResult) -> dict[str, Any]:
    """Return what the page of a result needs; a preview shows the same."""
    edition = editions.load(result.results["edition"])
    return {
        "result": result,
        "content": result.content,
        "cases": result.results["cases"],
        "listed": result.results["listed"],
        "edition": edition,
        "edition_href": f"/editions/{edition.code}/",
        "headline": shown.bars(result, result.headline),
        "headline_table": shown.score_table(result.headline),
        "others": shown.bars(result, result.others),
        "others_table": shown.score_table(result.others),
        "overall": result.overall,
        "overall_href": shown.account_address(result, result.overall) if result.overall else "",
        "standards": shown.standard_table(result) if result.standards else None,
        "findings": shown.findings(result),
        "recommendations": shown.recommendations(result),
        "pieces": shown.parts(result),
        "body_href": result.inspection.body.get_absolute_url() if result.inspection.body else "",
    }


@require_safe
def results_page(request: HttpRequest) -> HttpResponse:
    """List what is public, newest first, with search and filter."""
    search, now = SearchForm(request.GET).search(), timezone.now()
    found = Paginator(queries.public_results(search, at=now), PAGE).get_page(request.GET.get("page"))
    programmes = [{"value": "", "text": "Any"}] + [
        {"value": code, "text": code, "selected": code == search.programme}
        for code in sorted({code.partition("/")[0] for code in editions.codes()})
    ]
    fields = [
        {"name": "q", "kind": "search", "label": "Body or title", "value": search.words},
        {"name": "programme", "kind": "select", "label": "Programme", "options": programmes, "value": search.programme},
    ]
    return render(
        request,
        "publication/results.html",
        {
            "found": found,
            "fields": fields,
            "searched": bool(search.words or search.programme),
            "query": request.GET.urlencode(),
            "crumbs": [START, {"text": "Results"}],
        },
    )


@require_safe
def results_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the same list, all of it, as CSV."""
    search = SearchForm(request.GET).search()
    root = f"{request.scheme}://{request.get_host()}"
    return downloads.list_as_csv(queries.public_results(search, at=timezone.now()), root)


@require_safe
def results_feed(request: HttpRequest) -> HttpResponse:
    """Hand out the newest results as an Atom feed."""
    found = list(queries.public_results(queries.ResultSearch(), at=timezone.now())[:IN_THE_FEED])
    root = f"{request.scheme}://{request.get_host()}"
    told = {"releases": found, "root": root, "updated": found[0].visible_from if found else timezone.now()}
    return render(request, "publication/feed.xml", told, content_type="application/atom+xml")


@require_safe
def result_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one result: how good the service is, and how we know."""
    result = result_or_404(public_id)
    crumbs = [START, RESULTS, {"text": result.content["title"]["en"]}]
    return render(request, "publication/result.html", {**result_context(result), "crumbs": crumbs})


@require_safe
def findings_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every finding that may be shown, the weakest first."""
    result = result_or_404(public_id)
    edition = editions.load(result.results["edition"])
    return render(
        request,
        "publication/findings.html",
        {"result": result, "content": result.content, "edition": edition, "crumbs": _crumbs(result, "Findings")},
    )


@require_safe
def account_page(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """Show how one score or rating came about."""
    result = result_or_404(public_id)
    step = result.step(code)
    if step is None or step.get("held_back"):
        raise Http404
    told = {
        "result": result,
        "content": result.content,
        "step": step,
        "bar": shown.bars(result, [step])[0] if step.get("per_cent") is not None else None,
        "account": step["account"],
        "crumbs": _crumbs(result, step["title"]["en"]),
    }
    return render(request, "publication/account.html", told)


@require_safe
def report_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the report as it was signed."""
    result = result_or_404(public_id)
    told = {"result": result, "content": result.content, "doc": document(result.content)}
    return render(request, "publication/report.html", told | {"crumbs": _crumbs(result, "Report")})


@require_safe
def result_file(_request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Hand out a result as CSV, JSON or PDF."""
    result = result_or_404(public_id)
    if kind == "csv":
        return downloads.as_csv(result)
    if kind == "json":
        return downloads.as_json(result)
    name = f"{'invented-' if result.inspection.invented else ''}report-{public_id[:8]}.pdf"
    return downloads.attached(documents.pdf(result.signed), "application/pdf", name)


def _crumbs(result: PublicResult, last: str) -> list[dict[str, str]]:
    return [
        START,
        RESULTS,
        {"text": result.content["title"]["en"], "href": f"/results/{result.public_id}/"},
        {"text": last},
    ]
