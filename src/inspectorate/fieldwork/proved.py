"""The answers held against the record: every entry of the journal is the one whose hash was recorded when it came.

The record notes the id and the hash of every entry that was received. So an answer that was changed, deleted, inserted
or moved by other means than the product's is found, and named, even where the journal by itself looks sound.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from inspectorate.fieldwork.journal import CONTENT, NewEntry, hash_of
from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.record.models import Payload

RECEIVED = "entries.received"
WORDS = {
    "changed": "is not what was received: its content or its hash was changed",
    "deleted": "was received and is gone",
    "inserted": "was never received: it was put in by other means",
    "moved": "does not stand in the order in which it was received",
}


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """An entry of the journal that does not hold: its assessment and id (public ids), and a code of ``WORDS``."""

    assessment: str
    entry: str
    code: str

    @property
    def sentence(self) -> str:
        """What is wrong, and where."""
        return f"Answer {self.entry} of assessment/{self.assessment} {WORDS[self.code]}."


def answer_faults() -> Iterator[AnswerFault]:
    """Yield the faults of every assessment, oldest first; one assessment is held in memory at a time.

    Verify the record first: this trusts what it says.
    """
    for pk, public_id in Assessment.objects.order_by("pk").values_list("pk", "public_id").iterator():
        yield from _faults_of(pk, public_id)


def _faults_of(pk: int, public_id: str) -> Iterator[AnswerFault]:
    # The rows before what the record says of them: whatever comes meanwhile is then recorded, and not yet missed.
    rows = list(
        Entry.objects.filter(assessment_id=pk).order_by("sequence").values("public_id", "hash", *CONTENT_FIELDS)
    )
    recorded = _recorded(public_id)
    order: list[str] = []
    for row in rows:
        id_ = row["public_id"]
        if id_ not in recorded:
            yield AnswerFault(public_id, id_, "inserted")
            continue
        order.append(id_)
        if _hash(row, public_id) != recorded[id_] or row["hash"] != recorded[id_]:
            yield AnswerFault(public_id, id_, "changed")
    standing = set(order)
    absent = [id_ for id_ in recorded if id_ not in standing]
    came_meanwhile = (
        set(Entry.objects.filter(assessment_id=pk).values_list("public_id", flat=True)) if absent else set()
    )
    for id_ in absent:
        if id_ not in came_meanwhile:
            yield AnswerFault(public_id, id_, "deleted")
    expected = [id_ for id_ in recorded if id_ in standing]
    moved = next((found for found, wanted in zip(order, expected, strict=True) if found != wanted), None)
    if moved:
        yield AnswerFault(public_id, moved, "moved")


CONTENT_FIELDS = tuple(name for name in CONTENT if name != "id")


def _recorded(public_id: str) -> dict[str, str]:
    """Return the hash of each entry of an assessment that was received, by id, in the order of receipt."""
    about = Payload.objects.filter(entry__subject_kind="assessment", entry__subject_id=public_id, entry__verb=RECEIVED)
    found: dict[str, str] = {}
    for text in about.order_by("entry_id").values_list("text", flat=True):
        found |= json.loads(text)["payload"]["entries"]
    return found


def _hash(row: dict[str, object], assessment: str) -> str:
    """Return the hash of a row as it stands; "" where a value in it is none that an entry can have."""
    try:
        content = {name: row[name] for name in CONTENT_FIELDS}
        return hash_of(NewEntry(id=str(row["public_id"]), **content), assessment)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        return ""
