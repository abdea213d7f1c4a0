"""Where something cannot be written or read just now, it is said so: 503, when to try again, and nothing half done.

A database that is locked, stopped or silent, and a full disk, are nobody's mistake and pass: the answer is not "error"
but "not saved", with what was written to be copied, and JSON for a script, which keeps it and tries again.
"""

import errno
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from inspectorate.config.bounds import read_to_the_end
from inspectorate.config.doorkeeper import signed_in
from inspectorate.people.asking import words_sent
from inspectorate.people.security import note_error

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Cause:
    """Why it cannot be done just now: a code for programs, a sentence for people, seconds until it may be tried."""

    code: str
    sentence: str
    retry_after: int


BUSY = Cause("busy", "Others were writing for too long.", 5)
AWAY = Cause("database-away", "The database does not answer just now.", 15)
FULL = Cause("disk-full", "The disk of this service is full, or cannot be written to. Whoever runs it has to act.", 60)

OF_SQLITE = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_PROTOCOL": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR": FULL,
    "SQLITE_CANTOPEN": FULL,
    "SQLITE_READONLY": FULL,
}
"""By the beginning of the name of the error."""
OF_POSTGRESQL = {
    "08": AWAY,
    "25P03": BUSY,  # a transaction was idle for too long
    "40": BUSY,  # two transactions were in each other's way
    "53100": FULL,
    "53": BUSY,
    "55P03": BUSY,  # a lock was waited for too long
    "57": AWAY,
    "58030": FULL,
}
"""By the beginning of the SQLSTATE; where there is none, the connection itself failed."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


def cause_of(error: BaseException | None) -> Cause | None:
    """Return why it cannot be done just now, or None where the error is another and a fault of ours."""
    seen = 0
    while error is not None and seen < 10:
        found = _cause_of_one(error)
        if found:
            return found
        error, seen = error.__cause__ or error.__context__, seen + 1
    return None


def _cause_of_one(error: BaseException) -> Cause | None:
    if isinstance(error, OSError):
        return FULL if error.errno in NO_ROOM else None
    if not isinstance(error, DatabaseError):
        return None
    raw = error.__cause__
    if (name := getattr(raw, "sqlite_errorname", None)) is not None:
        return _by_beginning(OF_SQLITE, name)
    if (state := getattr(raw, "sqlstate", None)) is not None:
        return _by_beginning(OF_POSTGRESQL, state)
    about_connection = isinstance(error, OperationalError | InterfaceError) and type(raw).__module__ != "sqlite3"
    return AWAY if about_connection else None


def _by_beginning(table: dict[str, Cause], name: str) -> Cause | None:
    fitting = [beginning for beginning in table if name.startswith(beginning)]
    return table[max(fitting, key=len)] if fitting else None


class SayNotSaved:
    """Say 503 where the database or the disk is at fault; keep the last of the disk free for signing in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; refuse to write where hardly any room is left."""
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not room_is_left() and not _signs_in(request):
            answer = answer_to(request, FULL)
            read_to_the_end(request)
            return answer
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view that met a cause of ours."""
        cause = cause_of(error)
        return answer_to(request, cause) if cause else None


def room_is_left() -> bool:
    """Say whether the folder of this installation has more room than is kept for signing in and for the record."""
    try:
        return shutil.disk_usage(settings.VAR).free >= settings.KEEP_FREE_MEGABYTES * MEGABYTE
    except OSError:
        return True  # what is wrong with it shows where it is written to


def _signs_in(request: HttpRequest) -> bool:
    try:
        return str(resolve(request.path_info).url_name).startswith(("account_", "mfa_"))
    except Resolver404:
        return False


def answer_to(request: HttpRequest, cause: Cause) -> HttpResponse:
    """Return the answer: JSON to a script that sent or wants it, else a page that needs no database."""
    writing = request.method not in {"GET", "HEAD", "OPTIONS"}
    headers = {"Retry-After": str(cause.retry_after), "Cache-Control": "no-store"}
    if "application/json" in (request.content_type, *request.headers.get("Accept", "").split(",")):
        words = f"Not saved. {cause.sentence} Try again in a moment." if writing else cause.sentence
        return JsonResponse({"code": cause.code, "sentence": words}, status=503, headers=headers)
    written = words_sent(request) if writing and not _signs_in(request) else []
    given = {"cause": cause, "writing": writing, "written": written}
    return HttpResponse(render_to_string("503.html", given), status=503, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error that no view met, such as of the session: 503 where it is one of these causes, else 500.

    The page shows the number under which the security log says where it happened.
    """
    error = sys.exc_info()[1]
    cause = cause_of(error)
    if cause:
        return answer_to(request, cause)
    number = note_error(request, error, signed_in(request))
    return HttpResponse(render_to_string("500.html", {"number": number}), status=500)
