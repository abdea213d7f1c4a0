"""How long a file is held: keeping it, and erasing it now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from inspectorate.people.asking import who_asks
from inspectorate.ratings import actions
from inspectorate.ratings.models import ScoredFile
from inspectorate.ratings.views.asking import crumbs, file_or_404, held_page

VERBS = ("keep", "erase")


@require_http_methods(["GET", "HEAD", "POST"])
@held_page
def held_file_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say how long a file is held, and keep it or erase it; an example of the product stays as it is."""
    file = file_or_404(public_id)
    verb = request.POST.get("verb")
    if request.method != "POST":
        return render(request, "ratings/held.html", {"file": file, "crumbs": crumbs(file, "How long it is held")})
    if file.example or verb not in VERBS:
        raise Http404
    return _keep(request, file) if verb == "keep" else _erase(request, file)


def _keep(request: HttpRequest, file: ScoredFile) -> HttpResponse:
    try:
        return redirect(actions.keep(file=file, by=who_asks(request)))
    except ScoredFile.DoesNotExist as gone:
        raise Http404 from gone


def _erase(request: HttpRequest, file: ScoredFile) -> HttpResponse:
    try:
        actions.erase(file=file, by=who_asks(request))
    except ScoredFile.DoesNotExist as gone:
        raise Http404 from gone
    return render(request, "ratings/erased.html", {"title": file.title})
