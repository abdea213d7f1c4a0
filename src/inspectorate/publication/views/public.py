"""What the public sees. Before its minute a result answers exactly as one that does not exist."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from inspectorate.methodology import editions
from inspectorate.publication import downloads, queries, shown
from inspectorate.publication.forms import SearchForm
from inspectorate.publication.public import PublicResult, as_public
from inspectorate.reports import documents
from inspectorate.reports.shown import document

PAGE, IN_THE_FEED = 25, 50
KEPT_SECONDS = 30
"""So long may others keep what is released, before they ask whether it is still so."""
START, RESULTS = {"text": "Start", "href": "/"}, {"text": "Results", "href": "/results/"}
"""Where the breadcrumbs begin."""


class TakenDownError(Exception):
    """It was public, and is not for now."""


def result_or_404(public_id: str) -> PublicResult:
    """Return a public result; one whose minute has not come is not there."""
    release = queries.released_result(public_id, at=timezone.now())
    if release is None:
        raise Http404
    if release.taken_down_at is not None:
        raise TakenDownError
    return as_public(release)


def of_a_result(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the public result of its address, and let others keep the answer for a while.

    What is taken down says so. Whatever else is not public is not there, and nobody keeps that: see ``config.headers``.
    """

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, public_id: str, **named: Any) -> HttpResponse:
        try:
            response = view(request, result_or_404(public_id), **named)
        except TakenDownError:
            crumbs = [START, RESULTS, {"text": "Taken down"}]
            response = render(request, "publication/taken_down.html", {"crumbs": crumbs}, status=HTTPStatus.GONE)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return response  # the frame of the page names who has signed in
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}, must-revalidate"
        if response.status_code != HTTPStatus.OK:
            return response
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response

    return answer


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


@of_a_result
def result_page(request: HttpRequest, result: PublicResult) -> HttpResponse:
    """Show one result: how good the service is, and how we know."""
    crumbs = [START, RESULTS, {"text": result.content["title"]["en"]}]
    return render(request, "publication/result.html", {**result_context(result), "crumbs": crumbs})


@of_a_result
def findings_page(request: HttpRequest, result: PublicResult) -> HttpResponse:
    """Show every finding that may be shown, the weakest first."""
    edition = editions.load(result.results["edition"])
    return render(
        request,
        "publication/findings.html",
        {"result": result, "content": result.content, "edition": edition, "crumbs": _crumbs(result, "Findings")},
    )


@of_a_result
def account_page(request: HttpRequest, result: PublicResult, code: str) -> HttpResponse:
    """Show how one score or rating came about."""
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


@of_a_result
def report_page(request: HttpRequest, result: PublicResult) -> HttpResponse:
    """Show the report as it was signed."""
    told = {"result": result, "content": result.content, "doc": document(result.content)}
    return render(request, "publication/report.html", told | {"crumbs": _crumbs(result, "Report")})


@of_a_result
def result_file(_request: HttpRequest, result: PublicResult, kind: str) -> HttpResponse:
    """Hand out a result as CSV, JSON or PDF."""
    if kind == "csv":
        return downloads.as_csv(result)
    if kind == "json":
        return downloads.as_json(result)
    name = f"{'invented-' if result.inspection.invented else ''}report-{result.public_id[:8]}.pdf"
    return downloads.attached(documents.pdf(result.signed), "application/pdf", name)


def _crumbs(result: PublicResult, last: str) -> list[dict[str, str]]:
    return [
        START,
        RESULTS,
        {"text": result.content["title"]["en"], "href": f"/results/{result.public_id}/"},
        {"text": last},
    ]
