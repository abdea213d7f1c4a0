"""The record as lines of JSON, for a verifier that runs without the product.

Rows go out as they stand in the database, rubbish included, so that whoever verifies sees what is there. In the order
of ``verifying``: the seals, then each stream's end before its entries, so that writing can go on meanwhile.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from inspectorate.record import chain
from inspectorate.record.faults import MASTER
from inspectorate.record.models import Stream
from inspectorate.record.names import Name
from inspectorate.record.queries import verifying

EXPORT_FORMAT = "record-export@1"


def lines(*, payloads: bool, at: datetime | None = None) -> Iterator[str]:
    """Yield the record as lines of JSON; without ``payloads`` only commitments go out, which tell nobody anything."""
    counts = [0, 0, 0]
    yield _line({"format": EXPORT_FORMAT, "at": chain.instant(at or datetime.now(UTC)), "payloads": payloads})
    for row in _seals():
        counts[0] += "seal" in row
        yield _line(row)
    for pk, kind, public_id in verifying.all_streams():
        counts[1] += 1
        count, head = Stream.objects.filter(pk=pk).values_list("count", "head").get()
        yield _line({"stream": [kind, public_id], "count": count, "head": head})
        for row in _entries(pk, Name(kind, public_id), count, payloads=payloads):
            counts[2] += "entry" in row
            yield _line(row)
    for stray in verifying.stray_faults():
        yield _line({"stray": [str(stray.stream), stray.sequence]})
    yield _line({"end": counts})


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=repr) + "\n"


def _seals() -> Iterator[dict[str, Any]]:
    point, row_id, size = 0, 0, verifying.CHUNK
    while True:
        rows = verifying.read(verifying.seal_rows(point, row_id), size)
        if rows is None and size > 1:
            size = 1
            continue
        if rows is None:
            yield {"unreadable": [str(MASTER), point + 1]}
            return
        for row in rows:
            yield {"seal": _seal(verifying.seal_link(row))}
        if len(rows) < size:
            return
        row_id, point = rows[-1][0], rows[-1][1]


def _seal(link: chain.SealLink) -> dict[str, Any]:
    return {
        "at": link.at,
        "format": link.format,
        "hash": link.hash,
        "previous": link.previous,
        "sequence": link.sequence,
        "stream": link.stream,
        "stream_hash": link.stream_hash,
        "up_to": link.up_to,
    }


def _entries(pk: int, name: Name, until: Any, *, payloads: bool) -> Iterator[dict[str, Any]]:
    point, row_id, size = 0, 0, verifying.CHUNK
    while isinstance(until, int):
        rows = verifying.read(verifying.entry_rows(pk, until, point, row_id), size)
        if rows is None and size > 1:
            size = 1
            continue
        if rows is None:
            yield {"unreadable": [str(name), point + 1]}
            return
        for row in rows:
            link, salt, text = verifying.entry_link(name, row)
            held = {"salt": salt, "text": text} if payloads and salt is not None else {}
            yield {"entry": _entry(link) | held}
        if len(rows) < size or not isinstance(rows[-1][3], int):
            return
        row_id, point = rows[-1][0], rows[-1][3]


def _entry(link: chain.EntryLink) -> dict[str, Any]:
    return {
        "actor": link.actor,
        "at": link.at,
        "commitment": link.commitment,
        "format": link.format,
        "hash": link.hash,
        "previous": link.previous,
        "sequence": link.sequence,
        "stream": link.stream,
        "subject": link.subject,
        "verb": link.verb,
    }
