"""What a backup says of itself: when, of what, how many rows in each table, the head of the record, every file."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

FORMAT = "inspectorate-backup@1"
NAME = "manifest.json"


@dataclass(frozen=True)
class Kept:
    """A file in a backup: its path there, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The first file of every backup."""

    made_at: str
    product: str
    database: str
    """sqlite or postgresql"""
    tables: dict[str, int]
    streams: str
    """SHA-256 over the end of every stream of the record"""
    head: dict[str, Any]
    """the head of the record, as ``inspectorate record head`` prints it"""
    epoch: int
    files: tuple[Kept, ...]
    format: str = FORMAT
    base: dict[str, Any] | None = None
    """where the archive of changes goes on, if it is the base of one; else it says nothing of that"""

    def as_json(self) -> bytes:
        """Return it as it stands in the backup."""
        told = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps(told, indent=1, sort_keys=True).encode()

    @property
    def rows(self) -> int:
        """How many rows all tables hold."""
        return sum(self.tables.values())


def read(text: bytes) -> Manifest:
    """Return the manifest; refuse what is none, or names a file outside the backup."""
    try:
        manifest = _read(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        sentence = f"This backup cannot be read by this release ({error}): use the release that made it."
        raise RefusedError(Refusal.NO_BACKUP, sentence) from None
    return manifest


def _read(data: dict[str, Any]) -> Manifest:
    if data.get("format") != FORMAT:
        raise ValueError(f"format {data.get('format')!r}, not {FORMAT!r}")
    manifest = Manifest(**data | {"files": tuple(Kept(**one) for one in data["files"])})
    unsafe = [one.path for one in manifest.files if not is_inside(one.path)]
    if unsafe:
        raise ValueError(f"it names the file {unsafe[0]!r}")
    return manifest


def is_inside(path: str) -> bool:
    """Say whether a path stays inside the folder that it is put into."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not PurePosixPath(path).is_absolute() and ".." not in parts and "\0" not in path


def kept(sources: Mapping[str, Path]) -> Iterator[Kept]:
    """Yield what is to be said of each file, by its path in the backup."""
    for name, path in sources.items():
        yield Kept(name, path.stat().st_size, digest_of(path))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
