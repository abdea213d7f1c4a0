"""The lines of the logs leave: what is new since the last time, as files in a folder that other people look after."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max

from inspectorate.config.upkeep.models import THIS, DutyRun
from inspectorate.people.access import require
from inspectorate.people.models import Reading, SecurityEvent
from inspectorate.people.security import as_data
from inspectorate.record.actions import append
from inspectorate.record.models import Entry

SETTLED_AFTER = timedelta(minutes=10)
"""Lines get their number before they are there for others to see; by then, every one with a lower number is."""
MOST_IN_A_FILE = 100_000
DUTY = "logs"


@dataclass(frozen=True)
class Left:
    """A file that left: its name, its lines, its digest, and the number of its last line."""

    log: str
    name: str
    lines: int
    sha256: str
    last: int


def _entry(one: Entry) -> dict[str, Any]:
    who = {"actor": [one.actor_kind, one.actor_id], "subject": [one.subject_kind, one.subject_id]}
    chain = {"sequence": one.sequence, "commitment": one.commitment, "previous": one.previous, "hash": one.hash}
    return {"at": one.at.astimezone(UTC).isoformat(), "stream": str(one.stream), "verb": one.verb, **who, **chain}


def _reading(one: Reading) -> dict[str, Any]:
    what = {"subject": [one.subject_kind, one.subject_id], "inspection": one.inspection}
    how = {"way": one.way, "because": one.because}
    return {"at": one.at.astimezone(UTC).isoformat(), "reader": one.reader.public_id, **what, **how}


LOGS: dict[str, tuple[Callable[[], "models.QuerySet[Any]"], Callable[[Any], dict[str, Any]]]] = {
    "security": (SecurityEvent.objects.all, as_data),
    "record": (lambda: Entry.objects.select_related("stream"), _entry),
    "readings": (lambda: Reading.objects.select_related("reader"), _reading),
}
"""Every log that leaves: its lines, and what is told of one. None holds a word of a case, nor of a reason."""


def send_logs(*, by: tuple[str, str], at: datetime) -> list[Left]:
    """Write what is new in each log into the folder, and note in the record which files left, with their digests.

    A run that was stopped begins where the last whole one ended; the same lines then stand in two files.
    """
    require(by, "system.run")
    folder = Path(settings.LOGS_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    before, left = last_sent(), []
    for log, (lines, tell) in LOGS.items():
        newest = lines().filter(at__lt=at - SETTLED_AFTER).aggregate(newest=Max("pk"))["newest"] or 0
        new = lines().filter(pk__gt=before.get(log, 0), pk__lte=newest).order_by("pk")
        left += [_written(folder, log, some, tell) for some in _parts(new.iterator(chunk_size=2_000))]
    if left:
        _note(left, by)
    return left


def last_sent() -> dict[str, int]:
    """Return the number of the last line of each log that left, as the last runs that went well say."""
    found: dict[str, int] = {}
    for run in DutyRun.objects.filter(duty=DUTY, outcome=DutyRun.Outcome.DONE).order_by("-id")[:50]:
        for log, last in run.counts.items():
            found[log] = max(last, found.get(log, 0))
    return found


def _parts(lines: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield lines in parts of which each fits into a file."""
    left = iter(lines)
    while some := tuple(islice(left, MOST_IN_A_FILE)):
        yield some


def _written(folder: Path, log: str, some: tuple[Any, ...], tell: Callable[[Any], dict[str, Any]]) -> Left:
    """Write lines as one file, whole or not at all: it has its name once the disk has it."""
    name = f"{log}-{some[0].pk:012}-{some[-1].pk:012}.jsonl"
    digest, part = hashlib.sha256(), folder / f"{name}.part"
    with part.open("wb") as file:
        for line in _lines(some, tell):
            digest.update(line)
            file.write(line)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / name)
    return Left(log, name, len(some), digest.hexdigest(), some[-1].pk)


def _lines(some: tuple[Any, ...], tell: Callable[[Any], dict[str, Any]]) -> Iterator[bytes]:
    for one in some:
        yield json.dumps(tell(one), sort_keys=True).encode() + b"\n"


@transaction.atomic
def _note(left: list[Left], by: tuple[str, str]) -> None:
    told = [{"name": one.name, "lines": one.lines, "sha256": one.sha256} for one in left]
    append(stream=THIS, by=by, verb="logs.sent", subject=THIS, payload={"files": told})
