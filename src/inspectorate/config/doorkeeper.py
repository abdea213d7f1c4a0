"""What is turned away is written down: refused pages of people who signed in, forged forms, too many, too large."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views import csrf

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


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form without our token, as Django does, and have it written down as what it is."""
    request.turned_away = Kind.FORGED  # type: ignore[attr-defined]
    return csrf.csrf_failure(request, reason=reason)
