"""A lost PostgreSQL made again from its archive, up to a moment: verified before anybody can connect to it.

The newest base from before the moment is unpacked into a new data folder. A server on a socket of its own replays the
log onto it; the record and the counts are held against the base; a new epoch begins; the server is stopped. Then the
operator starts PostgreSQL on that folder as ever.
"""

import secrets
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management import call_command

from inspectorate.config.upkeep.archive.bases import BASE, LISTED, bases, ended
from inspectorate.config.upkeep.archive.fetching import fetch, refuse_gaps
from inspectorate.config.upkeep.archive.hatch import Hatch, hatch_in
from inspectorate.config.upkeep.archive.server import Programs, replaying
from inspectorate.config.upkeep.backup import database, manifest
from inspectorate.config.upkeep.backup.key import Key
from inspectorate.config.upkeep.backup.making import scratch
from inspectorate.config.upkeep.backup.ours import run_ours
from inspectorate.config.upkeep.backup.reading import read_through
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError
from inspectorate.config.upkeep.backup.restoring import put_files, refuse_broken_record, refuse_files_in_the_way

NEVER_FEWER = (
    "record_stream", "record_entry", "record_seal", "upkeep_epoch", "people_user", "inspections_inspection",
    "sampling_case", "fieldwork_entry", "quality_decision", "ratings_settlement", "reports_signedreport",
    "publication_release",
)  # fmt: skip
"""Tables that lose no row, whatever is done: after the base they hold as many, or more."""


@dataclass(frozen=True)
class Wanted:
    """What is to be restored: from which archive, opened by which key, into which data folder, until when."""

    folder: Path
    key: Key
    data: Path
    until: datetime | None


def restore_from_archive(wanted: Wanted) -> str:
    """Restore into a new data folder, and return what the verification said; refuse what does not hold."""
    _refuse_full(wanted.data)
    base = newest_before(wanted.folder, wanted.until)
    wanted.data.parent.mkdir(parents=True, exist_ok=True)
    with scratch(wanted.data.parent) as place:
        about = read_through(base, wanted.key, into=place)
        where = cast("dict[str, Any]", about.base)
        if wanted.until is None:
            refuse_gaps(wanted.folder, where["timeline"], where["start"], where["segment_bytes"])
        refuse_files_in_the_way(about, Path(settings.VAR))
        (place / manifest.NAME).write_bytes(about.as_json())
        try:
            return _replayed(wanted, where, place)
        except BaseException:  # nobody may take it for what it is not
            wanted.data.rename(wanted.data.with_name(f"{wanted.data.name}.not-verified-{secrets.token_hex(3)}"))
            raise


def _replayed(wanted: Wanted, where: dict[str, Any], place: Path) -> str:
    """Unpack the base that was read into ``place``, replay the log onto it, and have what came of it verified."""
    programs = Programs.of(_unpacked(place, wanted.data))
    _verified_files(programs, place, wanted.data)
    with _reach(wanted) as hatch:
        (wanted.data / "recovery.signal").touch()
        programs.give(wanted.data)
        with replaying(programs, wanted.data, hatch, where, wanted.until) as address:
            return run_ours(["archive", "accept", str(place)], {"INSPECTORATE_DATABASE_URL": address})


def newest_before(folder: Path, until: datetime | None) -> Path:
    """Return the base to begin from, or refuse."""
    if not folder.is_dir():
        raise RefusedError(Refusal.NONE_THERE, f"There is no archive at {folder}: mount its disk, or look at the name.")
    found = [base for base in bases(folder) if until is None or ended(base) <= until]
    if not found:
        when = f" from before {until.isoformat()}" if until else ""
        raise RefusedError(Refusal.NONE_THERE, f"There is no base{when} in {folder}: restore a backup instead.")
    return found[-1]


def _refuse_full(data: Path) -> None:
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        sentence = f"{data} is there and not empty, and a restore never writes over anything: name a new folder."
        raise RefusedError(Refusal.NOT_EMPTY, sentence)


def _unpacked(place: Path, data: Path) -> Path:
    data.mkdir(mode=0o700, exist_ok=True)
    with tarfile.open(place / BASE) as archive:
        archive.extractall(data, filter="data")
    (place / BASE).unlink()  # its room is needed
    data.chmod(0o700)
    return data


def _verified_files(programs: Programs, place: Path, data: Path) -> None:
    """Have PostgreSQL compare every file of the base with the digest that it took itself."""
    shutil.move(place / LISTED, data / LISTED)
    programs.give(data)
    programs.run("pg_verifybackup", "--no-parse-wal", "--quiet", str(data))


@contextmanager
def _reach(wanted: Wanted) -> Iterator[Hatch]:
    """Yield a hatch through which the server asks for what is archived, in a folder of its own; gone at the end."""
    # The path of a socket has to be short.
    with tempfile.TemporaryDirectory(prefix="replay-", dir="/tmp") as made:
        given = Path(made) / "given"

        def answer(name: str) -> int:
            return 0 if fetch(name, given, wanted.folder, wanted.key) else 1

        with hatch_in(Path(made), answer) as hatch:
            yield hatch


def accept(place: Path) -> manifest.Manifest:
    """Hold a replayed database against its base: counts, record, head; then put the files beside into place.

    Tables of an earlier release are brought to this one. ``place`` holds the manifest and the files of the base.
    """
    about = manifest.read((place / manifest.NAME).read_bytes())
    found = cast("dict[str, int]", database.held_here()["tables"])
    for table in sorted(about.tables):
        fewest = about.tables[table] if table in NEVER_FEWER else 0
        if found.get(table, -1) < fewest:
            sentence = f"After the replay {table} holds {found.get(table, 'no')} rows; the base held {fewest}."
            raise RefusedError(Refusal.DIFFERS, f"{sentence} Restore from another base, with --until.")
    refuse_broken_record(about)
    put_files(about, place, Path(settings.VAR))
    call_command("migrate", verbosity=0, interactive=False)
    return about
