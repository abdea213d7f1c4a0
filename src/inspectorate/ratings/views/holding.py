"""Keeping a file, and erasing it: each asks first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from inspectorate.ratings import actions
from inspectorate.ratings.models import ScoredFile
from inspectorate.ratings.views.asking import file_or_404, held_page, who_asks


@require_http_methods(["GET", "HEAD", "POST"])
@held_page
def keep_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask whether to keep a file, and keep it."""
    file = _own(public_id)
    if request.method != "POST":
        return render(request, "ratings/keep.html", {"file": file})
    try:
        return redirect(actions.keep(file=file, by=who_asks(request)))
    except ScoredFile.DoesNotExist as gone:
        raise Http404 from gone


@require_http_methods(["GET", "HEAD", "POST"])
@held_page
def erase_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask whether to erase a file, and erase it."""
    file = _own(public_id)
    if request.method != "POST":
        return render(request, "ratings/erase.html", {"file": file})
    try:
        actions.erase(file=file, by=who_asks(request))
    except ScoredFile.DoesNotExist as gone:
        raise Http404 from gone
    return render(request, "ratings/erased.html", {"title": file.title})


def _own(public_id: str) -> ScoredFile:
    """Return a file that may be kept and erased from its page: every one that is no example of the product."""
    file = file_or_404(public_id)
    if file.example:
        raise Http404
    return file
