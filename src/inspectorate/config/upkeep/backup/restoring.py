"""Restoring a backup into an empty installation: believed only once counts, hashes and the record hold."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from inspectorate.config.upkeep.backup import database, manifest
from inspectorate.config.upkeep.backup.key import Key
from inspectorate.config.upkeep.backup.making import FILES, scratch
from inspectorate.config.upkeep.backup.reading import check_database, compare, read_through
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError
from inspectorate.record.queries import verify

if TYPE_CHECKING:
    from inspectorate.record.heads import Head

REPLACED = frozenset({"secret-key", "record-signing-key"})
"""What the first start makes by itself: those of the backup take their place."""


def put_into_place(path: Path, key: Key) -> manifest.Manifest:
    """Restore a backup into this installation, which must be empty, and return its manifest.

    The backup is read to its end and compared with its manifest before anything is put into place; then what is in
    place is compared again, and the record verified. Tables of an earlier release are then brought to this one.
    """
    database.refuse_unless_empty()
    var = Path(settings.VAR)
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with scratch(var) as place:
        about = read_through(path, key, into=place)
        if about.database != connection.vendor:
            sentence = f"The backup is of {about.database}, and this installation is set to {connection.vendor}: set "
            raise RefusedError(
                Refusal.OTHER_DATABASE, sentence + "INSPECTORATE_DATABASE_URL to a database of that kind."
            )
        check_database(about, place)
        refuse_files_in_the_way(about, var)
        database.put_back(place / database.NAMES[about.database])
        put_files(about, place, var)
    try:
        _hold_against(about)
    except RefusedError:
        database.take_away()
        raise
    call_command("migrate", verbosity=0, interactive=False)
    return about


def put_files(about: manifest.Manifest, place: Path, var: Path) -> None:
    """Move the files that stood beside the database from ``place`` into the folder of this installation."""
    for one in about.files:
        if one.path.startswith(f"{FILES}/"):
            _move(place / one.path, var / one.path.removeprefix(f"{FILES}/"))


def refuse_files_in_the_way(about: manifest.Manifest, var: Path) -> None:
    """Refuse where a file of the backup stands in this installation already, but for those that any start makes."""
    for one in about.files:
        name = one.path.removeprefix(f"{FILES}/")
        if one.path.startswith(f"{FILES}/") and name not in REPLACED and (var / name).exists():
            sentence = f"The file {var / name} is there already, and a restore never writes over one: use a new folder."
            raise RefusedError(Refusal.NOT_EMPTY, sentence)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    database.sync(source)
    shutil.move(source, target)
    target.chmod(0o600)
    database.sync(target.parent)


def _hold_against(about: manifest.Manifest) -> None:
    """Refuse where what is in place is not what was backed up: rows, ends of the streams, the record, its head."""
    compare(about, database.held_here())
    refuse_broken_record(about)


def refuse_broken_record(about: manifest.Manifest) -> None:
    """Refuse where the record in place does not hold, or does not go on from the head in the backup."""
    verdict = verify(cast("Head", about.head))
    if verdict.first_fault:
        sentence = f"The record in the backup does not hold: {verdict.first_fault.sentence} Take an earlier backup."
        raise RefusedError(Refusal.DIFFERS, sentence)
