"""What PostgreSQL hands over of its log, kept sealed in a folder: whole and synced before it is said to be kept.

The server calls this for each segment and never asks again for one that was kept, so nothing may be said too early; and
it may call twice for one that was kept before a crash, so the same bytes are taken again and others never over them.
The digest of what was handed over stands in the name, for with the public key alone nobody can look into the file.
"""

import fcntl
import gzip
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from inspectorate.config.upkeep.backup.age import Sealing
from inspectorate.config.upkeep.backup.key import Key
from inspectorate.config.upkeep.backup.manifest import digest_of
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

ENDING = ".wal.gz.age"
NAME = re.compile(r"[0-9A-F]{24}(\.partial|\.[0-9A-F]{8}\.backup)?|[0-9A-F]{8}\.history")
SEGMENT = re.compile(r"[0-9A-F]{24}")
BLOCK = 2**20


def keep(source: Path, name: str, folder: Path, key: Key) -> Path:
    """Keep a file of the log under its name, and return where it stands; it is on the disk then.

    Refused: a folder that is not there, for the disk of the archive may not be mounted; another content under a name
    that is kept already, as where two servers write into one archive.
    """
    named(name)
    if not folder.is_dir():
        sentence = f"The archive {folder} is not there: mount its disk, or make the folder for a new archive."
        raise RefusedError(Refusal.NOT_WRITTEN, sentence)
    if not source.is_file() or source.stat().st_size == 0:
        raise RefusedError(Refusal.FILE_EMPTY, f"There is nothing to keep in {source}: look at archive_command.")
    with _alone_in(folder):
        digest = digest_of(source)
        target = folder / f"{name}-{digest}{ENDING}"
        others = [path for path in kept_as(name, folder) if path != target]
        if others:
            sentence = (
                f"{name} is kept in {folder} already and holds something else: another server writes there, or wrote. "
                "Give this one a folder of its own, and make a base."
            )
            raise RefusedError(Refusal.DIFFERS, sentence)
        if not target.exists():
            _write(source, target, key)
        _sync(target)
        _sync(folder)
    return target


def named(name: str) -> str:
    """Return a name that PostgreSQL gives to a file of its log, or refuse."""
    if NAME.fullmatch(name) is None:
        raise RefusedError(Refusal.NO_SEGMENT, f"{name!r} is no file of the log of PostgreSQL: use %p and %f.")
    return name


def kept_as(name: str, folder: Path) -> list[Path]:
    """Return what is kept under a name: one file, or none."""
    return sorted(folder.glob(f"{name}-*{ENDING}"))


def segments(folder: Path) -> list[str]:
    """Return the names of the whole segments in an archive, in order."""
    found = (path.name.partition("-")[0] for path in folder.glob(f"*{ENDING}"))
    return sorted(name for name in found if SEGMENT.fullmatch(name))


def _write(source: Path, target: Path, key: Key) -> None:
    draft = target.with_name(f".draft-{target.name}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640)
    with os.fdopen(descriptor, "wb") as out, source.open("rb") as file:
        sealing = Sealing(out, key.recipient)
        with gzip.GzipFile(fileobj=cast("BinaryIO", sealing), mode="wb", compresslevel=1, mtime=0) as packed:
            while block := file.read(BLOCK):
                packed.write(block)
        sealing.finish()
        out.flush()
        os.fsync(out.fileno())
    draft.replace(target)


def _sync(path: Path) -> None:
    """Have it on the disk; unlike elsewhere an error here is not passed over, for the server would forget its copy."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep others from looking whether a name is there between our looking and our writing."""
    with (folder / ".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
