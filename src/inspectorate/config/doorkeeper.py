"""What is turned away is written down: refused pages of people who signed in, forged forms, too many, too large."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inspectorate.people.asking import words_sent
from inspectorate.people.models import SecurityEvent, User
from inspectorate.people.security import note

Kind = SecurityEvent.Kind
OF_ANYBODY = {
    HTTPStatus.TOO_MANY_REQUESTS: Kind.THROTTLED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Kind.TOO_LARGE,
    HTTPStatus.REQUEST_URI_TOO_LONG: Kind.TOO_LARGE,
}
OF_PEOPLE = {HTTPStatus.FORBIDDEN: Kind.REFUSED, HTTPStatus.NOT_FOUND: Kind.NOT_FOUND}


class WriteDownRefusals:
    """Write a line for an answer that turned somebody away; to a page that was answered it adds nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and write down what was refused."""
        response = self.get_response(request)
        kind = getattr(request, "turned_away", None) or OF_ANYBODY.get(HTTPStatus(response.status_code))
        expected = OF_PEOPLE.get(HTTPStatus(response.status_code))
        if kind or expected:
            user = signed_in(request)
            if kind or user:
                note(kind or str(expected), request=request, user=user)
        return response


def signed_in(request: HttpRequest) -> User | None:
    """Return whoever signed in, where that can be told; a visitor's cookie is not even looked for."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user: Any = getattr(request, "user", AnonymousUser())
    try:
        known = user.is_authenticated
    except DatabaseError:
        return None
    return user if known else None


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django gives it; it is no news
    """Refuse a form without our token, and have it written down as what it is.

    Where a page of ours sent it, its words are given back: who signs in again in another tab has a new token, and the
    old page has not. A stranger's words are never shown under our name.
    """
    request.turned_away = Kind.FORGED  # type: ignore[attr-defined]
    written = words_sent(request) if _is_ours(request) else []
    return render(request, "403_csrf.html", {"written": written}, status=403)


def _is_ours(request: HttpRequest) -> bool:
    """Say whether the browser says that a page of ours sent this."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
