"""A rush on what has just been released is answered from memory, so that those who work inside do not notice.

At half past nine many ask for the same few pages in the same seconds. Each process keeps such an answer for some
seconds and gives it again without asking the database. Only what a view itself calls public is kept, and only for
visitors without a cookie; so nothing is kept before its minute, and what is taken down is gone after those seconds.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

MOST_KEPT, MOST_BYTES = 128, 4 * 1024 * 1024
"""Answers, and bytes of one: beyond that nothing more is kept, and the database answers."""
GZIP = re.compile(r"\bgzip\b")
Key = tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """One answer, until when it is given, and of what it is made."""

    until: float
    status: int
    headers: dict[str, str]
    content: bytes

    def again(self, request: HttpRequest) -> HttpResponse:
        """Make the same answer anew, or say that it has not changed."""
        made = HttpResponse(self.content, status=self.status, headers=self.headers)
        mark = self.headers.get("ETag")
        return (get_conditional_response(request, etag=mark, response=made) if mark else None) or made


class AnswerRushFromMemory:
    """Give the answers that are public again for some seconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.kept: dict[Key, Kept] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer from memory, or let it be answered and keep that where it may be kept."""
        if not settings.RUSH_SECONDS or request.method != "GET" or request.META.get("HTTP_COOKIE"):
            return self.get_response(request)
        key, now = _key(request), time.monotonic()
        found = self.kept.get(key)
        if found and now < found.until:
            return found.again(request)
        response = self.get_response(request)
        if _may_be_kept(response):
            until, headers = now + settings.RUSH_SECONDS, dict(response.headers)
            self._keep(key, Kept(until, response.status_code, headers, response.content), now)
        return response

    def _keep(self, key: Key, answer: Kept, now: float) -> None:
        if len(self.kept) >= MOST_KEPT:
            self.kept = {one: kept for one, kept in self.kept.items() if now < kept.until}
        if len(self.kept) < MOST_KEPT:
            self.kept[key] = answer


def _key(request: HttpRequest) -> Key:
    """Return what an answer depends on for a visitor; a host that is not ours is refused further in and never kept."""
    packed = "gzip" if GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) else ""
    return str(request.scheme), request.META.get("HTTP_HOST", ""), request.get_full_path(), packed


def _may_be_kept(response: HttpResponse) -> bool:
    public = response.headers.get("Cache-Control", "").startswith("public,")
    plain = response.status_code in {HTTPStatus.OK, HTTPStatus.GONE} and not response.streaming
    cookies = response.cookies or response.has_header("Set-Cookie")
    return public and plain and not cookies and len(response.content) <= MOST_BYTES
