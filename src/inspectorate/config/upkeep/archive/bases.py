"""Bases: the files of a PostgreSQL server at work, from which the archive is replayed; and what is too old to keep."""

import json
import secrets
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from inspectorate.config.upkeep.archive.fetching import as_place, name_of
from inspectorate.config.upkeep.archive.keeping import ENDING, segments
from inspectorate.config.upkeep.backup import database, manifest
from inspectorate.config.upkeep.backup.key import Key
from inspectorate.config.upkeep.backup.making import FILES, files_here, packed, scratch, sweep
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError
from inspectorate.record.actions import export_head, seal

BASE, LISTED = "base.tar", "backup_manifest"
BASE_ENDING = ".tar.gz.age"
TAKE = ["pg_basebackup", "--format=tar", "--wal-method=none", "--checkpoint=fast", "--no-password"]
STANDS = """
SELECT current_setting('archive_mode'), current_setting('wal_segment_size'), clock_timestamp(),
  last_failed_time IS NOT NULL AND last_failed_time > coalesce(last_archived_time, '-infinity'), last_failed_wal,
  (SELECT count(*) FROM pg_tablespace)
FROM pg_stat_archiver
"""
UNITS = {"kB": 2**10, "MB": 2**20, "GB": 2**30}


def write_base(folder: Path, key: Key, epoch: int) -> tuple[Path, manifest.Manifest]:
    """Write a base into the archive and return it with its manifest; the server has archived what it needs by then.

    What the tables hold is counted before it begins, so that everything counted is in it.
    """
    segment_bytes = _refuse_unless_archived(folder)

    def watch() -> None:  # the tool itself would wait for ever
        _refuse_unless_archived(folder)

    seal()
    head, found = dict(export_head()), _counted()
    try:
        sweep(folder)
        with scratch(folder) as place:
            database.run_tool([*TAKE, "--manifest-checksums=SHA256", f"--pgdata={place / 'taken'}"], watch)
            (_on, _size, ended_at, *_rest) = _stands()
            sources = {name: place / "taken" / name for name in (BASE, LISTED)}
            (stretch,) = json.loads(sources[LISTED].read_text(encoding="utf-8"))["WAL-Ranges"]
            given = connection.get_connection_params()
            sources |= {f"{FILES}/{name}": path for name, path in files_here()}
            about = manifest.Manifest(
                made_at=ended_at.isoformat(timespec="seconds"),
                product=version("inspectorate"),
                database="postgresql",
                tables=found["tables"],
                streams=found["streams"],
                head=head,
                epoch=epoch,
                files=tuple(manifest.kept(sources)),
                base={
                    "database": str(given["dbname"]),
                    "user": str(given.get("user", "")),
                    "ended_at": ended_at.isoformat(),
                    "timeline": stretch["Timeline"],
                    "start": as_place(stretch["Start-LSN"]),
                    "end": as_place(stretch["End-LSN"]),
                    "segment_bytes": segment_bytes,
                },
            )
            first = name_of(stretch["Timeline"], as_place(stretch["Start-LSN"]), segment_bytes)
            name = f"base-{ended_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{first}-{secrets.token_hex(3)}{BASE_ENDING}"
            return packed(place, folder / name, key, about, sources), about
    except OSError as error:
        sentence = f"The base was not written ({error}): make room in {folder}, or let this account write there."
        raise RefusedError(Refusal.NOT_WRITTEN, sentence) from None


def _counted() -> dict[str, Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return database.held_here()


def _stands() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(STANDS)
        return cursor.fetchone()


def _refuse_unless_archived(folder: Path) -> int:
    """Refuse where no archive is kept or its keeping fails: a base would wait for it. Return the size of a segment."""
    if connection.vendor != "postgresql":
        sentence = "A base is of PostgreSQL, and this installation is on SQLite: its backups are made by backup make."
        raise RefusedError(Refusal.OTHER_DATABASE, sentence)
    if not folder.is_dir():
        raise RefusedError(Refusal.NOT_WRITTEN, f"The archive {folder} is not there: mount its disk, or make it.")
    mode, size, _now, failing, name, places = _stands()
    if mode == "off":
        sentence = "The server archives nothing (archive_mode is off): set it up as docs/how-to/back-up-and-restore.md."
        raise RefusedError(Refusal.NOT_ARCHIVED, sentence)
    if failing:
        sentence = f"The server could not archive {name}: read its log, and mend archive_command before a base is made."
        raise RefusedError(Refusal.NOT_ARCHIVED, sentence)
    if places > 2:  # the two that every server has
        sentence = "The server keeps tables in another tablespace, of which no base is made: move them to pg_default."
        raise RefusedError(Refusal.NOT_ARCHIVED, sentence)
    return int(size[:-2]) * UNITS[size[-2:]]


def bases(folder: Path) -> list[Path]:
    """Return the bases in an archive, the oldest first."""
    return sorted(folder.glob(f"base-*{BASE_ENDING}"))


def ended(base: Path) -> datetime:
    """Return when a base was done, from its name: what was written before is in it, or in what is replayed onto it."""
    return datetime.strptime(base.name.split("-")[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def first_needed(base: Path) -> str:
    """Return the first segment that a base needs, from its name."""
    return base.name.split("-")[2]


def forget_before(folder: Path, oldest: datetime, kept_always: int) -> list[str]:
    """Take away bases from before ``oldest`` but for the newest few, and the log that no base left needs."""
    gone = [path for path in bases(folder)[:-kept_always] if ended(path) < oldest]
    for path in gone:
        path.unlink()
    left = bases(folder)
    needed = min((first_needed(base)[8:] for base in left), default="")
    old = [name for name in segments(folder) if name[8:] < needed]
    for name in old:
        for path in folder.glob(f"{name}*{ENDING}"):  # with it the label of a base that began in it
            path.unlink()
    return [path.name for path in gone] + old
