"""What verifying can find, in words that say where, what and what to do."""

from dataclasses import asdict, dataclass
from typing import Any

from inspectorate.record.names import Name

MASTER = Name("master", "seals")  # faults of the master chain are told under this name

_KEEP = "Keep a copy of the database as it is, then compare this place with the backups from before and after."
# code: what, and what to do.
WORDS = {
    "missing": ("is missing: the row after it stands", _KEEP),
    "repeated": ("stands here although its number was used or passed: a row was inserted or moved", _KEEP),
    "format": ("bears a format that this release does not know", "Verify with a later release; else: " + _KEEP),
    "unlinked": ("does not follow from the one before: one of the two was rewritten, or rows were moved", _KEEP),
    "changed": ("was changed: its hash is not that of its content", _KEEP),
    "unreadable": ("cannot be read: a value in it is damaged", _KEEP),
    "payload-changed": ("has a payload that is not the one committed to", _KEEP),
    "payload-missing": ("has lost its payload, and no entry says that it was erased", _KEEP),
    "payload-returned": (
        "has a payload again although a later entry erased it",
        "Find the restore or copy that brought it back, and erase it there and here.",
    ),
    "tail": ("is missing, and so is all after it: the stream was longer", _KEEP),
    "head": ("is not where the stream's row says that the stream ends", _KEEP),
    "beyond": ("stands beyond the end that the stream's row gives: a row was inserted, or the row changed", _KEEP),
    "empty": ("is missing: the stream stands without any entry", _KEEP),
    "resealed": ("is not the one that was sealed: it, an entry before it or the seal was rewritten", _KEEP),
    "stream-missing": ("is missing with its whole stream, which was sealed", _KEEP),
    "stray": ("belongs to no stream, or its payload to no entry: the row it hung on was deleted", _KEEP),
    "seals-missing": ("is missing, though the exported head counts it: the log was cut or replaced", _KEEP),
    "rewritten": (
        "is not the one whose hash was exported: the log was rewritten at or before it",
        "Try earlier exported heads: the last that holds bounds the place. " + _KEEP,
    ),
    "head-file": (
        "is as exported, but the other figures of the head are not what was exported with it",
        "Fetch the head again from where it is kept: the file was changed.",
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the stream (``MASTER`` for seals), the number of the entry or seal, and a code of ``WORDS``."""

    stream: Name
    sequence: int
    code: str

    @property
    def sentence(self) -> str:
        """What is wrong, and where."""
        row = f"Seal {self.sequence}" if self.stream == MASTER else f"Entry {self.sequence} of {self.stream}"
        return f"{row} {WORDS[self.code][0]}."

    @property
    def remedy(self) -> str:
        """What to do next."""
        return WORDS[self.code][1]

    def as_data(self) -> dict[str, Any]:
        """Return the fault as plain values, its words included."""
        return {**asdict(self), "stream": str(self.stream), "sentence": self.sentence, "remedy": self.remedy}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found; the counts are of what was verified before it stopped."""

    ok: bool
    entries: int
    streams: int
    seals: int
    first_fault: Fault | None

    def as_data(self) -> dict[str, Any]:
        """Return the verdict as plain values."""
        fault = self.first_fault.as_data() if self.first_fault else None
        return {
            "ok": self.ok,
            "entries": self.entries,
            "streams": self.streams,
            "seals": self.seals,
            "first_fault": fault,
        }
