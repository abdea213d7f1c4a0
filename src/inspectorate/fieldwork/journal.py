"""One entry of a device's journal as it is sent: its shape, its content as bytes, and the hash of these.

An entry is known by an id made on the device; the hash tells an identical resend from other content under that id.
"""

import hashlib
import re
from dataclasses import dataclass, fields
from datetime import datetime

from inspectorate.fieldwork.models import CODE_LENGTH, DEVICE_LENGTH, VALUE_LENGTH, Entry
from inspectorate.fieldwork.refusals import Refusal
from inspectorate.record.chain import canonical

FORMAT = "entry@1"
LARGEST_COUNTER = 2**53 - 1
LONGEST_TEXT = 100_000  # characters
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One entry as the device made it. ``device_time`` is aware; ``supersedes`` and ``decides`` are ids of entries."""

    id: str
    device: str
    counter: int
    question: str
    device_time: datetime
    value: str = ""
    text: str = ""
    part: str = "answer"
    supersedes: str | None = None
    decides: str | None = None


CONTENT = tuple(field.name for field in fields(NewEntry))
"""What the hash of an entry covers: all of it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server answers for an entry that it holds: its sequence here, and the hash of its content."""

    id: str
    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry that was not stored: why, by a code and in a sentence. It stays on the device for a person to see."""

    id: str
    code: Refusal
    sentence: str


def hash_of(entry: NewEntry, assessment: str) -> str:
    """Return the hexadecimal SHA-256 of an entry of the assessment with that public id, as canonical JSON."""
    content = {name: getattr(entry, name) for name in CONTENT} | {"assessment": assessment, "format": FORMAT}
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def fault_in(entry: NewEntry) -> RefusedEntry | None:
    """Return why an entry cannot be stored as it stands, or None."""
    if not all(_ID.fullmatch(id_) for id_ in (entry.id, entry.supersedes, entry.decides) if id_ is not None):
        sentence = "An id is 32 hexadecimal digits in small letters, made on the device: make the entry again."
        return RefusedEntry(entry.id, Refusal.ID_MALFORMED, sentence)
    wrong = next((what for what, bad in _looked_at(entry) if bad), None)
    if wrong is None:
        return None
    return RefusedEntry(entry.id, Refusal.ENTRY_MALFORMED, f"Entry {entry.id}: {wrong}. Correct it in a new entry.")


def _looked_at(entry: NewEntry) -> tuple[tuple[str, bool], ...]:
    note = entry.part == Entry.Part.NOTE
    words = (entry.device, entry.question, entry.value)
    return (
        ("the part is none of answer, reasons and note", entry.part not in Entry.Part.values),
        ("it supersedes itself", entry.id in (entry.supersedes, entry.decides)),
        ("it decides, but not between two entries", entry.decides is not None and not _between_two(entry)),
        (f"the counter is not from 1 to {LARGEST_COUNTER}", not 1 <= entry.counter <= LARGEST_COUNTER),
        ("the device's time has no zone", entry.device_time.tzinfo is None),
        ("the device is not named", not 1 <= len(entry.device) <= DEVICE_LENGTH),
        ("the question is not named", not 1 <= len(entry.question) <= CODE_LENGTH),
        (f"the value has more than {VALUE_LENGTH} characters", len(entry.value) > VALUE_LENGTH),
        (f"the text has more than {LONGEST_TEXT} characters", len(entry.text) > LONGEST_TEXT),
        ("device, question or value hold characters that cannot be seen", not all(map(str.isprintable, words))),
        ("the text holds a character that cannot be kept", _unkeepable(entry.text)),
        ("it must have either a value or, as a note, a text", bool(entry.value if note else entry.text)),
    )


def _between_two(entry: NewEntry) -> bool:
    return entry.supersedes is not None and entry.supersedes != entry.decides


def _unkeepable(text: str) -> bool:
    """Whether text holds NUL, which PostgreSQL cannot keep, or half of a surrogate pair, which is no text."""
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
