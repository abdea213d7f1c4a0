"""No request is larger than anything that a page here takes: what is, is refused before it is looked at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

MEGABYTE = 1024 * 1024
MOST_SENT = 60
"""Megabytes: five files of evidence at once, of ten megabytes each, and their form."""
MOST_ASKED = 8_000
"""Bytes of a question in an address: pages ask for a few words, and write none there."""


class RefuseTooLarge:
    """Say 413 to a body that is too large, and 414 to a question in an address that is too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse; what is still being sent is taken and not kept, so that the refusal is heard."""
        if _whole(request.META.get("CONTENT_LENGTH")) > MOST_SENT * MEGABYTE:
            read_to_the_end(request)
            return _refused(
                request, 413, f"At most {MOST_SENT} MB can be sent at once: send less, or in several parts."
            )
        if len(request.META.get("QUERY_STRING", "")) > MOST_ASKED:
            return _refused(request, 414, "What is asked for in this address is too long: ask for less.")
        return self.get_response(request)


def read_to_the_end(request: HttpRequest) -> None:
    """Take what is still being sent, up to twice what is ever taken: who is cut off never hears the answer."""
    left = 2 * MOST_SENT * MEGABYTE
    while left > 0 and (some := request.read(65536)):
        left -= len(some)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    if request.content_type == "application/json":
        return JsonResponse({"code": "too-large", "sentence": sentence}, status=status)
    return HttpResponse(render_to_string("too_large.html", {"sentence": sentence}), status=status)
