"""How fast one person may hand in and take away: more than anybody does by hand, and less than a program would."""

import re
from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inspectorate.people.asking import words_sent

TAKES_AWAY = re.compile(r"\.(csv|xlsx|ods|pdf|zip|json|xml|html|docx)$|/file/|^files?/|download")
"""What the pattern of an address looks like that hands over a file."""


class SlowDown:
    """Say 429 where one person sends, or takes away, more files in an hour than are allowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _named: Any) -> HttpResponse | None:
        """Count it, where it is one of these."""
        if request.method == "POST" and request.content_type == "multipart/form-data":
            return _counted(request, "uploads", settings.UPLOADS_AN_HOUR)
        match = request.resolver_match
        takes = match is not None and settings.SESSION_COOKIE_NAME in request.COOKIES and TAKES_AWAY.search(match.route)
        if takes and request.user.is_authenticated:  # asked last: other pages are not to ask the database for it
            return _counted(request, "downloads", settings.DOWNLOADS_AN_HOUR)
        return None


def _counted(request: HttpRequest, what: str, most: int) -> HttpResponse | None:
    """Count one; return the refusal where there were too many. People are counted by themselves, visitors by place."""
    person = request.user.is_authenticated
    config = {what: f"{most}/h/{'user' if person else 'ip'}"}
    user = request.user if person else None
    if ratelimit.consume(request, app="inspectorate", action=what, config=config, user=user, limit_get=True):
        return None
    _sent = request.POST  # read now, so that the words of the form can be given back
    return render(request, "429.html", {"written": words_sent(request)}, status=429)
