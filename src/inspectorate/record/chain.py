"""The arithmetic of the record: canonical JSON, commitments, hashes, and where a chain breaks.

Pure: no Django, clock, chance or database. The exact bytes are written down, with an example anybody can repeat, in
``docs/reference/record-format.md``; changing any of them needs a new format number, and the old one stays.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from inspectorate.record.names import Name, RefusedError

FORMAT = 1  # what new entries and seals are hashed by
GENESIS = "0" * 64  # stands before the first link of every chain
SALT_BYTES = 32
LARGEST_WHOLE = 2**53 - 1  # RFC 8785: beyond it other languages read a different number
DEEPEST = 50  # levels of nesting in a payload

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def instant(at: datetime) -> str:
    """Return a time as the record writes it: UTC, six decimals of a second, ``Z``."""
    if at.tzinfo is None:
        raise RefusedError("time", f"The time {at} has no zone: give an aware time, such as datetime.now(UTC).")
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def canonical(value: Any) -> str:
    """Return ``value`` as canonical JSON: keys in order, no white space, nothing escaped that need not be.

    Times become UTC text, dates ISO text, Decimal and UUID text; tuples become lists. Text is kept to the letter: it is
    not Unicode-normalised, because the record says what was written. Refuses what JSON has no single form for.
    """
    text = _encode(_plain(value, "payload", 0))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise RefusedError("text", "The payload holds half of a surrogate pair, which is no text: repair it.") from None
    return text


def _plain(value: Any, where: str, depth: int) -> Any:
    """Return ``value`` in JSON's own types, keys in UTF-16 order as in RFC 8785."""
    if isinstance(value, str):
        return str(value.value) if isinstance(value, Enum) else value
    if depth > DEEPEST:
        raise RefusedError("depth", f"{where} is nested more than {DEEPEST} deep: record something flatter.")
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, Mapping):
        return {key: _plain(value[key], f"{where}.{key}", depth + 1) for key in _ordered(value, where)}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{where}[{number}]", depth + 1) for number, item in enumerate(value)]
    return _scalar(value, where)


def _ordered(value: Mapping[Any, Any], where: str) -> list[str]:
    for key in value:
        if not isinstance(key, str):
            raise RefusedError("key", f"{where} has the key {key!r}, which is no text: write keys as text.")
    return sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))


def _scalar(value: Any, where: str) -> str | float | bool | None:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    _refuse_numbers(value, where)
    if value is None or isinstance(value, str | int | float):
        return value
    raise RefusedError("type", f"{where} is a {type(value).__name__}, which JSON cannot hold: record it as text.")


def _refuse_numbers(value: Any, where: str) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise RefusedError("number", f"{where} is {value}, which JSON cannot hold: record None or say it in words.")
    if isinstance(value, int) and abs(value) > LARGEST_WHOLE:
        raise RefusedError("number", f"{where} is beyond {LARGEST_WHOLE}: record so large a number as text.")


def committed_text(payload: Mapping[str, Any], why: str) -> str:
    """Return what a commitment is made to: the payload and the reason, so that both can be erased together."""
    return canonical({"payload": payload, "why": why})


def commitment(salt: bytes, text: str) -> str:
    """Return SHA-256(salt ‖ text as UTF-8) as 64 hexadecimal digits; ``salt`` is 32 random bytes."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


class Linked(Protocol):
    """What a chain is made of: entries in a stream, seals in the master chain."""

    @property
    def sequence(self) -> int:
        """Its number, from 1."""

    @property
    def previous(self) -> str:
        """The hash of the link before it, or ``GENESIS``."""

    @property
    def hash(self) -> str:
        """The hash it bears."""

    @property
    def format(self) -> int:
        """Which format it is hashed by."""

    def bytes(self) -> bytes:
        """Return the exact bytes that the hash is taken over."""


@dataclass(frozen=True, slots=True)
class EntryLink:
    """One entry as it is hashed; ``at`` as ``instant`` writes it, hashes as 64 hexadecimal digits."""

    stream: Name
    sequence: int
    at: str
    actor: Name
    verb: str
    subject: Name
    commitment: str
    previous: str
    hash: str = ""
    format: int = FORMAT

    def bytes(self) -> bytes:
        """Return format 1: a JSON object with its keys in order."""
        return _encode(
            {
                "actor": self.actor,
                "at": self.at,
                "commitment": self.commitment,
                "format": "entry@1",
                "previous": self.previous,
                "sequence": self.sequence,
                "stream": self.stream,
                "subject": self.subject,
                "verb": self.verb,
            },
        ).encode()


@dataclass(frozen=True, slots=True)
class SealLink:
    """One seal of the master chain: at that time ``stream`` had ``up_to`` entries, the last with ``stream_hash``."""

    sequence: int
    at: str
    stream: Name
    up_to: int
    stream_hash: str
    previous: str
    hash: str = ""
    format: int = FORMAT

    def bytes(self) -> bytes:
        """Return format 1: a JSON object with its keys in order."""
        return _encode(
            {
                "at": self.at,
                "format": "seal@1",
                "previous": self.previous,
                "sequence": self.sequence,
                "stream": self.stream,
                "stream_hash": self.stream_hash,
                "up_to": self.up_to,
            },
        ).encode()


def hash_of(link: Linked) -> str:
    """Return the hash that ``link`` should bear, as 64 hexadecimal digits."""
    if link.format != FORMAT:
        raise RefusedError("format", f"Format {link.format!r} is unknown here: verify with a later release.")
    return hashlib.sha256(link.bytes()).hexdigest()


class Point(NamedTuple):
    """How far a chain has been followed: the number and the hash of its last link."""

    sequence: int = 0
    hash: str = GENESIS


class Break(NamedTuple):
    """Where a chain does not hold, and how: missing, repeated, format, unlinked or changed."""

    sequence: int
    code: str


def break_after(point: Point, link: Linked) -> Break | None:
    """Return what is wrong with ``link`` coming after ``point``, or None."""
    expected = point.sequence + 1
    if not isinstance(link.sequence, int):  # SQLite keeps any text that other hands wrote into a number
        return Break(expected, "changed")
    if link.sequence != expected:
        return Break(expected, "missing") if link.sequence > expected else Break(link.sequence, "repeated")
    if link.format != FORMAT:
        return Break(expected, "format")
    if link.previous != point.hash:
        return Break(expected, "unlinked")
    try:
        right = hash_of(link) == link.hash
    except (TypeError, ValueError):  # a value that no entry can hold, written by other hands
        right = False
    return None if right else Break(expected, "changed")


def breaks(links: Iterable[Linked]) -> Iterator[Break]:
    """Yield the break of a whole chain, at most one: nothing after it can be judged."""
    point = Point()
    for link in links:
        found = break_after(point, link)
        if found:
            yield found
            return
        point = Point(link.sequence, link.hash)


class Digest:
    """The digest of an exported head: SHA-256 over one line of JSON for each stream, by number of its last seal."""

    def __init__(self) -> None:
        self.streams = 0
        self.entries = 0
        self._sum = hashlib.sha256()

    def add(self, stream: Name, up_to: int, stream_hash: str) -> None:
        """Take in the last sealed state of one more stream."""
        self.streams += 1
        self.entries += up_to
        self._sum.update((_encode([*stream, up_to, stream_hash]) + "\n").encode())

    def hexdigest(self) -> str:
        """Return the digest so far, as 64 hexadecimal digits."""
        return self._sum.hexdigest()
