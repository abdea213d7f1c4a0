"""The headers that every answer carries: what a page may load, and what a browser may let it do."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MAY_LOAD = {
    "default-src": "'self'",
    "img-src": "'self' data:",  # the marks inside the vendored stylesheet are data
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
if settings.OIDC_SERVER:  # the button leads there, and browsers hold its redirect against this too
    MAY_LOAD["form-action"] += " " + "://".join(urlsplit(settings.OIDC_SERVER)[:2])
CONTENT = "; ".join(f"{what} {where}" for what, where in MAY_LOAD.items())
# Without Expires, which tells the time: what is not there and what is not there yet answer alike to the last byte.
NEVER_KEPT = "max-age=0, no-cache, no-store, must-revalidate, private"
NOTHING_OF = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")


class SendStrictHeaders:
    """Nothing but our own files, no script or style inside a page, no device: also where something slipped in.

    Django's own middleware adds the rest: no sniffing, no referrer to others, no frames, windows kept apart.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT)
        response.headers.setdefault("Permissions-Policy", ", ".join(f"{device}=()" for device in NOTHING_OF))
        if _is_private(request, response) and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = NEVER_KEPT
        return response


def _is_private(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether nobody may keep an answer: to somebody with a session, and whatever is not there, or not yet."""
    return response.status_code != HTTPStatus.OK or settings.SESSION_COOKIE_NAME in request.COOKIES
