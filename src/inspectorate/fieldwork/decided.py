"""Entries that the server makes: for pages without script, for decisions between two entries, and to take back.

Their ids, counters and times follow from the page that asked for them, so that a second press or a back button makes
the same entries again, and each is stored once.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from inspectorate.fieldwork.journal import NewEntry
from inspectorate.fieldwork.models import Entry
from inspectorate.fieldwork.standing import Key, Standing

COUNTER_DIGITS = 13  # 52 bits: below the largest counter


@dataclass(frozen=True)
class Maker:
    """A page as a device: its random name stands in a hidden field, with the moment at which it was made."""

    page: str
    at: datetime

    def entry(self, key: Key, written: tuple[str, str], supersedes: str | None, decides: str | None = None) -> NewEntry:
        """Return the entry that this page makes of what was written (value and text) over what was shown."""
        content = "\x1f".join([self.page, *key, *written, supersedes or "", decides or ""])
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        return NewEntry(
            id=digest[:32],
            device=f"page-{self.page}",
            counter=1 + int(digest[32 : 32 + COUNTER_DIGITS], 16),
            question=key[0],
            part=key[1],
            value=written[0],
            text=written[1],
            supersedes=supersedes,
            decides=decides,
            device_time=self.at,
        )

    def over(self, key: Key, written: tuple[str, str], current: Sequence[str]) -> list[NewEntry]:
        """Return entries that put one content in the place of all current ones, two at a time."""
        first = self.entry(key, written, *([*current, None, None][:2]))
        made = [first]
        for other in current[2:]:
            made.append(self.entry(key, written, made[-1].id, other))
        return made


def folded(standing: Standing, keys: Iterable[Key], seed: str) -> list[NewEntry]:
    """Return entries that take back all that stands under these keys."""
    maker = Maker(hashlib.sha256(seed.encode()).hexdigest()[:32], datetime.now(UTC))
    made = []
    for key in keys:
        made += maker.over(key, ("", ""), [entry.public_id for entry in standing.current[key]])
    return made


def kept(entries: Sequence[Entry], choice: str) -> tuple[str, str]:
    """Return the content that a person chose of entries side by side: one by its id, or ``both``.

    Reasons are put together, texts set one after the other. An answer has no both. Raises KeyError for no such choice.
    """
    if choice == "both" and entries[0].part == Entry.Part.REASONS:
        return ";".join(dict.fromkeys(code for entry in entries for code in entry.value.split(";") if code)), ""
    if choice == "both" and entries[0].part == Entry.Part.NOTE:
        return "", "\n\n".join(dict.fromkeys(entry.text for entry in entries if entry.text))
    chosen = {entry.public_id: entry for entry in entries}[choice]
    return chosen.value, chosen.text
