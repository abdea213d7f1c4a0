"""Reading what comes of a file: its scores, the account of each, and the findings by question."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from inspectorate.ratings import explained, laid_out, queries, shown
from inspectorate.ratings.intake import NotReadError
from inspectorate.ratings.models import ScoredFile
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.subject import of_file
from inspectorate.ratings.views.asking import crumbs, file_or_404, held_page
from inspectorate.ratings.views.comparing import compared


@require_safe
@held_page
def scores_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show scores and ratings as chart and table, each opening its account."""
    file = file_or_404(public_id)
    try:
        scored = queries.scored(file)
    except NotReadError as refused:
        return _changed(request, file, refused)
    return render(request, "ratings/scores.html", _frame(file, scored, "scores") | _scores(file, scored, request))


@require_safe
@held_page
def account_page(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """Show how one result came about, step by step, and what would change it."""
    file = file_or_404(public_id)
    try:
        scored = queries.scored(file)
    except NotReadError as refused:
        return _changed(request, file, refused)
    result = scored.result(code)
    if result is None:
        raise Http404
    given = explained.account(of_file(file), scored, result, which=request.GET.get("show", ""))
    return render(request, "ratings/account.html", _frame(file, scored, "") | given)


@require_safe
@held_page
def findings_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the findings by question, largest failings first, narrowed as asked."""
    file = file_or_404(public_id)
    try:
        scored = queries.scored(file)
    except NotReadError as refused:
        return _changed(request, file, refused)
    given = laid_out.findings(of_file(file), scored, request.GET, request.GET.urlencode())
    return render(request, "ratings/findings.html", _frame(file, scored, "findings") | given)


def _frame(file: ScoredFile, scored: Scored, here: str) -> dict[str, Any]:
    """Return what stands around every page of a file."""
    edition = scored.given.edition
    parts = [("scores", "Scores and ratings"), ("findings", "Findings by question")]
    return {
        "file": file,
        "scored": scored,
        "edition": edition,
        "edition_href": shown.edition_address(edition.code),
        "changed": edition.digest != file.edition_digest,
        "status_tone": "plain" if edition.status == "adopted" else "care",
        "crumbs": crumbs(file, {"scores": "", "findings": "Findings"}.get(here, "Account")),
        "held_href": reverse("ratings:held", args=[file.public_id]),
        "parts": [
            {"text": text, "href": reverse(f"ratings:{name}", args=[file.public_id]), "current": name == here}
            for name, text in parts
        ],
    }


def _scores(file: ScoredFile, scored: Scored, request: HttpRequest) -> dict[str, Any]:
    beside = compared(file, scored, request)
    marks = beside["against"]["marks"] if beside["against"] else {}
    given = laid_out.scores(of_file(file), scored, by=request.GET.get("by", ""), marks=marks)
    kept = [{"name": "against", "value": request.GET["against"]}] if beside["against"] else []
    return beside | given | {"kept_against": kept}


def _changed(request: HttpRequest, file: ScoredFile, refused: NotReadError) -> HttpResponse:
    """Say that the edition, not adopted yet, has changed so that the file no longer fits it."""
    return render(request, "ratings/changed.html", {"file": file, "faults": len(refused.faults)}, status=409)
