"""What every view of a file needs: who asks, the file while it may be seen, and answers that nobody stores."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from inspectorate.ratings import queries
from inspectorate.ratings.models import ScoredFile

View = Callable[..., HttpResponse]


def file_or_404(public_id: str) -> ScoredFile:
    """Return the file; what has run out or was erased is answered like what never was."""
    file = queries.held_file(public_id=public_id, at=timezone.now())
    if file is None:
        raise Http404
    return file


def crumbs(file: ScoredFile, last: str = "") -> list[dict[str, str]]:
    """Return where a page of a file stands: the scores themselves, or a page below them."""
    found = [{"text": "Start", "href": "/"}, {"text": "Score a file", "href": reverse("ratings:start")}]
    if not last:
        return [*found, {"text": file.title}]
    return [*found, {"text": file.title, "href": file.get_absolute_url()}, {"text": last}]


def held_page(view: View) -> View:
    """Let nobody store or list a page: its address is all that guards it."""

    @wraps(view)
    def answered(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(request, *arguments, **named)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answered
