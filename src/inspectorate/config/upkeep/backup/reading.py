"""Reading a backup: every byte authenticated, every file against its digest, the database against its counts."""

import gzip
import hashlib
import io
import tarfile
import zlib
from pathlib import Path
from typing import IO, BinaryIO, cast

from inspectorate.config.upkeep.backup import database, manifest
from inspectorate.config.upkeep.backup.age import Opening
from inspectorate.config.upkeep.backup.key import Key
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

BLOCK = 2**20


def read_through(path: Path, key: Key, into: Path | None = None) -> manifest.Manifest:
    """Read a backup to its end and return its manifest; where ``into`` is a folder, its files are written there.

    Refuses one that is missing, empty, cut off, changed, made for another key, or that does not hold what it says.
    """
    try:
        with path.open("rb") as file:
            opening = Opening(file, key.opening())
            clear = cast("BinaryIO", io.BufferedReader(opening, BLOCK))
            with gzip.GzipFile(fileobj=clear) as packed, tarfile.open(fileobj=packed, mode="r|") as archive:
                about = _members(archive, into)
            opening.finish()
    except FileNotFoundError:
        raise RefusedError(Refusal.FILE_MISSING, f"There is no file {path}: look at the name.") from None
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise RefusedError(
            Refusal.DAMAGED, f"The backup {path.name} holds no archive that can be read ({error})."
        ) from None
    except OSError as error:
        raise RefusedError(Refusal.DAMAGED, f"The backup {path.name} cannot be read ({error}).") from None
    return about


def _members(archive: tarfile.TarFile, into: Path | None) -> manifest.Manifest:
    first = archive.next()
    text = archive.extractfile(first) if first is not None and first.name == manifest.NAME else None
    if text is None:
        raise RefusedError(Refusal.NO_BACKUP, "This archive is no backup: it does not begin with a manifest.")
    about = manifest.read(text.read())
    wanted = {one.path: one for one in about.files}
    while (member := archive.next()) is not None:
        one = wanted.pop(member.name, None)
        data = archive.extractfile(member) if one is not None and member.isreg() else None
        if one is None or data is None:
            raise _differs(f"{member.name} stands in it and not in its manifest")
        if _taken(data, one, into) != one.sha256:
            raise _differs(f"{one.path} is not what the manifest says")
    if wanted:
        raise _differs(f"{min(wanted)} is missing")
    return about


def _taken(data: IO[bytes], one: manifest.Kept, into: Path | None) -> str:
    """Read a file to its end, write it where it is wanted, and return its digest."""
    digest = hashlib.sha256()
    target = None if into is None else into / one.path
    if target is not None:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    out = target.open("xb") if target is not None else None
    try:
        while block := data.read(BLOCK):
            digest.update(block)
            if out is not None:
                out.write(block)
    finally:
        if out is not None:
            out.close()
    return digest.hexdigest()


def _differs(what: str) -> RefusedError:
    sentence = f"The backup does not hold what it says ({what}): take another copy of it, or an earlier backup."
    return RefusedError(Refusal.DIFFERS, sentence)


def check_database(about: manifest.Manifest, folder: Path) -> None:
    """Refuse a backup whose database, written into ``folder``, does not hold what the manifest says."""
    copy = folder / database.NAMES[about.database]
    if about.database == "postgresql":
        database.run_tool(["pg_restore", "--list", str(copy)])
        return
    compare(about, database.look_into_sqlite(copy))


def compare(about: manifest.Manifest, found: dict[str, object]) -> None:
    """Refuse where a database holds something else than the manifest says."""
    tables = cast("dict[str, int]", found["tables"])
    for table in sorted(about.tables.keys() | tables.keys()):
        if about.tables.get(table) != tables.get(table):
            raise _differs(f"{table} has {tables.get(table, 'no')} rows, not {about.tables.get(table, 'none')}")
    if found["streams"] != about.streams:
        raise _differs("the record ends elsewhere")
