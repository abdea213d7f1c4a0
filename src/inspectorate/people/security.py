"""The security log: what happens at the doors of the product, one line each, never with what somebody typed.

A line goes two ways: as one line of JSON to wherever INSPECTORATE_SECURITY_LOG says, which does not need the database,
and into ``SecurityEvent``, where auditors and administrators read it. Writing costs one statement, and never makes
a page fail. So that nobody fills the disk by being refused, what repeats within a minute is written once, and each
process writes only so many lines in a minute and a day; how many it left out is a line of its own.
"""

import hashlib
import hmac
import json
import logging
import secrets
import threading
import traceback
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest

from inspectorate.people.models import SecurityEvent, User

Kind = SecurityEvent.Kind
LOGGER = logging.getLogger("inspectorate.security")
LONGEST = 200
ONCE_A_MINUTE = frozenset({Kind.REFUSED, Kind.NOT_FOUND, Kind.THROTTLED, Kind.FORGED, Kind.TOO_LARGE})
"""What somebody can repeat as fast as they can ask; of the rest each one counts."""
SECRET_PARTS = frozenset({"token", "key", "uidb36"})
"""Parts of an address that open something: such an address is written as its pattern."""
FIGURES = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another when it is read out
OURS = str(Path(__file__).resolve().parents[1])
MOST_FRAMES = 15


@dataclass
class Budget:
    """How many lines may still be written in this minute and on this day, and how many were left out."""

    a_minute: int
    a_day: int
    minute: datetime | None = None
    day: date | None = None
    in_minute: int = 0
    in_day: int = 0
    left_out: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, at: datetime) -> tuple[bool, int]:
        """Say whether a line may be written at that time; and how many were left out since the last one."""
        with self.lock:
            minute = at.replace(second=0, microsecond=0)
            if minute != self.minute:
                self.minute, self.in_minute = minute, 0
            if at.date() != self.day:
                self.day, self.in_day = at.date(), 0
            if self.in_minute >= self.a_minute or self.in_day >= self.a_day:
                self.left_out += 1
                return False, 0
            self.in_minute, self.in_day = self.in_minute + 1, self.in_day + 1
            missed, self.left_out = self.left_out, 0
            return True, missed


BUDGETS = {"strangers": Budget(120, 20_000), "people": Budget(240, 40_000), "errors": Budget(60, 5_000)}
"""For each process. Strangers cannot use up what is kept for people who signed in, nor either that of errors."""


def new_number() -> str:
    """Return a number by which somebody on the telephone and whoever reads the log speak of the same thing."""
    return "-".join("".join(secrets.choice(FIGURES) for _ in range(4)) for _ in range(2))


def plain(text: str) -> str:
    """Return a text that fits into one line of a log: nothing that is not printed, and not too long."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text[:LONGEST])


def place_of(request: HttpRequest | None) -> str:
    """Return from where a request came, as the limits of signing in count it; nothing where it is not known."""
    from allauth.core.internal.httpkit import get_client_ip  # noqa: PLC0415 - applications are loaded by then

    return str(get_client_ip(request) or "") if request is not None and request.META.get("REMOTE_ADDR") else ""


def page_of(request: HttpRequest | None) -> str:
    """Return the page that was asked for, without its question; by its pattern where its address opens something."""
    if request is None or not request.method:
        return ""
    match = request.resolver_match
    if match is not None and SECRET_PARTS & set(match.kwargs):
        return f"{request.method} /{match.route}"
    return f"{request.method} {request.path_info}"


def fingerprint(typed: str) -> str:
    """Return by what two tries with the same unknown address are seen as the same; nobody reads the address from it.

    Somebody who is in a hurry types their password where the address belongs.
    """
    key = hashlib.sha256(f"inspectorate security log {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, typed.strip().lower().encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:12]


def note(
    kind: str,
    *,
    request: HttpRequest | None = None,
    user: User | None = None,
    about: str | None = None,
    detail: str = "",
    number: str = "",
) -> str:
    """Write one line, and return its number; nothing of it makes the page fail that it is about."""
    at, number = datetime.now(UTC), number or new_number()
    purse = "errors" if kind == Kind.ERROR else "strangers" if user is None else "people"
    may, missed = BUDGETS[purse].take(at)
    if missed:
        said = f"{missed} lines about {purse} were left out: there were too many."
        _write(_line(Kind.LEFT_OUT, at, new_number(), detail=said))
    if may:
        who = user.public_id if user is not None else ""
        about = page_of(request) if about is None else about
        _write(_line(kind, at, number, who=who, place=place_of(request), about=about, detail=detail))
    return number


def note_sign_in_failed(request: HttpRequest | None, typed: str) -> None:
    """Write down a sign-in that failed: for whom, where there is such a person; else no word of what was typed."""
    user = User.objects.filter(email=typed.strip().lower().replace("\0", "")).first() if typed else None
    detail = "wrong password, or not let in" if user else f"nobody by that address, {fingerprint(typed)}"
    note(Kind.SIGN_IN_FAILED, request=request, user=user, detail=detail)


def note_file_refused(request: HttpRequest, code: str) -> None:
    """Write down that a file was refused, by the kind of fault; its name and what is in it stay out."""
    user = getattr(request, "user", None)
    note(
        Kind.FILE_REFUSED,
        request=request,
        user=user if user is not None and user.is_authenticated else None,
        detail=code,
    )


def note_error(request: HttpRequest | None, error: BaseException | None, user: User | None = None) -> str:
    """Write down an error that nobody expected, with where it happened and without its words; return its number.

    The words of an error may hold what somebody wrote. The way to it goes with the line of JSON alone.
    """
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    way = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
    ours = [f"{Path(one.filename).name}:{one.lineno}" for one in frames if one.filename.startswith(OURS)]
    detail = f"{type(error).__name__} in {(ours or way or ['an unknown place'])[-1]}"
    number = note(Kind.ERROR, request=request, user=user, detail=detail)
    LOGGER.error(json.dumps({"number": number, "kind": "error_way", "way": way[-MOST_FRAMES:]}))
    return number


def _line(kind: str, at: datetime, number: str, **given: str) -> SecurityEvent:
    told = {name: plain(text) for name, text in given.items()}
    told["place"] = told.get("place", "")[:45]
    once = number
    if kind in ONCE_A_MINUTE:
        same = "\n".join([f"{at:%Y-%m-%d %H:%M}", kind, told.get("who", ""), told["place"], told.get("about", "")])
        once = hashlib.sha256(same.encode()).hexdigest()
    return SecurityEvent(kind=kind, at=at, number=number, once=once, **told)


def as_data(line: SecurityEvent) -> dict[str, Any]:
    """Return a line as plain values, its time in UTC."""
    about = {name: getattr(line, name) for name in ("number", "kind", "who", "place", "about", "detail")}
    return {"at": line.at.astimezone(UTC).isoformat(), **about}


def _write(line: SecurityEvent) -> None:
    LOGGER.info(json.dumps(as_data(line)))
    try:
        SecurityEvent.objects.bulk_create([line], ignore_conflicts=True)
    except DatabaseError:  # it is away, or full: the line of JSON says what happened, and the page is what matters
        LOGGER.warning(json.dumps({"number": line.number, "kind": "not_in_database"}))
