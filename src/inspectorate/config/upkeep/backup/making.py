"""Making a backup: the database at one moment and the files beside it, in one encrypted file, whole or not there."""

import gzip
import io
import secrets
import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.db import connection

from inspectorate.config.upkeep.backup import database, manifest
from inspectorate.config.upkeep.backup.age import Sealing
from inspectorate.config.upkeep.backup.key import Key
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError
from inspectorate.record.actions import export_head, seal

ENDING = ".tar.gz.age"
FILES = "files"
# What stands in the folder of an installation and comes again by itself.
LEFT_OUT = ("static", "static.digest", "static.lock", "static.new", "static.old", "cache", "duties.lock")
STALE_AFTER = 24 * 3600  # seconds; what a killed process left lying


def write_backup(folder: Path, key: Key, epoch: int) -> tuple[Path, manifest.Manifest]:
    """Write a backup into ``folder`` and return the file with its manifest. It is synced before it has its name."""
    made_at = datetime.now(UTC)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(folder)
        with scratch(folder) as place:
            seal()
            head = dict(export_head())
            copy, found = database.copy_to(place)
            sources = {copy.name: copy} | {f"{FILES}/{name}": path for name, path in files_here()}
            about = manifest.Manifest(
                made_at=made_at.isoformat(timespec="seconds"),
                product=version("inspectorate"),
                database=connection.vendor,
                tables=found["tables"],
                streams=found["streams"],
                head=head,
                epoch=epoch,
                files=tuple(manifest.kept(sources)),
            )
            name = f"inspectorate-{made_at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}{ENDING}"
            path = packed(place, folder / name, key, about, sources)
    except OSError as error:
        sentence = f"The backup was not written ({error}): make room, or set INSPECTORATE_BACKUPS to another folder."
        raise RefusedError(Refusal.NOT_WRITTEN, sentence) from None
    return path, about


def packed(place: Path, target: Path, key: Key, about: manifest.Manifest, sources: dict[str, Path]) -> Path:
    """Write an archive in ``place``, and give it its name once all of it is on the disk."""
    draft = place / "backup"
    with draft.open("wb") as out:
        _pack(out, key, about, sources)
    database.sync(draft)
    draft.chmod(0o600)
    draft.replace(target)
    database.sync(target.parent)
    return target


def _pack(out: BinaryIO, key: Key, about: manifest.Manifest, sources: dict[str, Path]) -> None:
    sealing = Sealing(out, key.recipient)
    text = about.as_json()
    with (
        gzip.GzipFile(fileobj=cast("BinaryIO", sealing), mode="wb", compresslevel=1) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        _add(archive, manifest.NAME, len(text), io.BytesIO(text))
        for one in about.files:
            with sources[one.path].open("rb") as file:
                _add(archive, one.path, one.size, file)
    sealing.finish()


def _add(archive: tarfile.TarFile, name: str, size: int, file: BinaryIO) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, file)


def files_here() -> Iterator[tuple[str, Path]]:
    """Yield the files of this installation's folder that a backup holds, by their path in it."""
    var = Path(settings.VAR)
    base = Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
    never = {Path(settings.BACKUPS), Path(settings.BACKUP_KEY), *(var / name for name in LEFT_OUT)}
    never |= {Path(settings.ARCHIVE)} if settings.ARCHIVE else set()
    if base is not None:
        never |= {base, *(base.with_name(base.name + end) for end in ("-journal", "-wal", "-shm"))}
    for top in sorted(var.iterdir()) if var.is_dir() else []:
        if top in never or top.name.startswith("."):
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not path.is_symlink() and path not in never:
                yield path.relative_to(var).as_posix(), path


def sweep(folder: Path) -> None:
    """Take away what a process left lying that was killed while it made or read a backup."""
    for path in folder.glob(".scratch-*"):
        if time.time() - path.stat().st_mtime > STALE_AFTER:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Yield a new folder that is gone at the end; only its owner can look into it."""
    with tempfile.TemporaryDirectory(prefix=".scratch-", dir=folder) as made:
        yield Path(made)


def newest(folder: Path) -> Path | None:
    """Return the newest backup in a folder; what is being written has no such name yet."""
    return max(all_in(folder), default=None)


def all_in(folder: Path) -> list[Path]:
    """Return the backups in a folder, the oldest first."""
    return sorted(folder.glob(f"inspectorate-*{ENDING}"))
