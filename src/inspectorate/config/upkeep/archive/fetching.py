"""Giving PostgreSQL back what is kept of its log; and saying whether a stretch of it is whole."""

import gzip
import hashlib
import io
import os
import zlib
from itertools import groupby, pairwise
from pathlib import Path
from typing import BinaryIO, cast

from inspectorate.config.upkeep.archive.keeping import BLOCK, ENDING, kept_as, named, segments
from inspectorate.config.upkeep.backup.age import Opening
from inspectorate.config.upkeep.backup.key import Key
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

LOG = 2**32
"""Bytes of the log that share the middle part of a name."""


def fetch(name: str, target: Path, folder: Path, key: Key) -> bool:
    """Write a file of the log to ``target``; return False where none of that name is kept, which is where it ends.

    Refuses one that is not what was handed over: then the replay must stop, not take it for the end.
    """
    found = kept_as(named(name), folder)
    if not found:
        return False
    if len(found) > 1:
        raise RefusedError(Refusal.DIFFERS, f"{name} is kept twice in {folder}, and differs: two servers wrote there.")
    with target.open("wb") as out:
        told = read(found[0], key, out)
        out.flush()
        os.fsync(out.fileno())
    if f"{name}-{told}{ENDING}" != found[0].name:
        target.unlink()
        raise RefusedError(Refusal.DIFFERS, f"{found[0].name} does not hold what its name says: take another copy.")
    return True


def read(path: Path, key: Key, out: BinaryIO | None = None) -> str:
    """Read what is kept to its end, write it to ``out`` where that is given, and return its digest."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            opening = Opening(file, key.opening())
            with gzip.GzipFile(fileobj=cast("BinaryIO", io.BufferedReader(opening, BLOCK))) as packed:
                while block := packed.read(BLOCK):
                    digest.update(block)
                    if out is not None:
                        out.write(block)
            opening.finish()
    except (gzip.BadGzipFile, EOFError, zlib.error, OSError) as error:
        raise RefusedError(Refusal.DAMAGED, f"{path.name} in the archive cannot be read ({error}).") from None
    return digest.hexdigest()


def refuse_gaps(folder: Path, timeline: int, start: int, segment_bytes: int) -> list[str]:
    """Return the segments from the one that holds ``start`` on, by timeline; refuse where one is missing between."""
    first = name_of(timeline, start, segment_bytes)
    names = [name for name in segments(folder) if name[8:] >= first[8:] and name[:8] >= first[:8]]
    if first not in names:
        raise _missing(first, folder)
    for _timeline, group in groupby(names, key=lambda name: name[:8]):
        for one, after in pairwise(group):
            if after != following(one, segment_bytes):
                raise _missing(following(one, segment_bytes), folder)
    return names


def _missing(name: str, folder: Path) -> RefusedError:
    sentence = f"The segment {name} is missing in {folder}: put it back, or restore to a moment before with --until."
    return RefusedError(Refusal.GAP, sentence)


def name_of(timeline: int, place: int, segment_bytes: int) -> str:
    """Return the name of the segment that holds a place in the log."""
    number, each = place // segment_bytes, LOG // segment_bytes
    return f"{timeline:08X}{number // each:08X}{number % each:08X}"


def place_of(name: str, segment_bytes: int) -> int:
    """Return the place in the log at which a segment begins."""
    return int(name[8:16], 16) * LOG + int(name[16:24], 16) * segment_bytes


def following(name: str, segment_bytes: int) -> str:
    """Return the name of the segment after this one, on its timeline."""
    return name_of(int(name[:8], 16), place_of(name, segment_bytes) + segment_bytes, segment_bytes)


def as_place(text: str) -> int:
    """Return a place in the log as a number, from how PostgreSQL writes it."""
    high, _mark, low = text.partition("/")
    return int(high, 16) * LOG + int(low, 16)
