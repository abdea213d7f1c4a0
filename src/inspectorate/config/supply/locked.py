"""The packages that the product runs on, as the lock file names them: each with its version and its hashes."""

import re
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
HEAD = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]*?))?\s*\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """A package in one version; ``only`` says on which machines it is needed, "" for all."""

    name: str
    version: str
    only: str
    hashes: tuple[str, ...]


class LockError(Exception):
    """A lock file that cannot be trusted to be whole, with the reason in words."""


def lock_file() -> Path:
    """Return the lock file of this product: in a checkout beside the source, else in the package."""
    shipped = PACKAGE / "data/requirements/server.txt"
    return shipped if shipped.exists() else PACKAGE.parents[1] / "requirements/server.txt"


def pins(path: Path) -> list[Pin]:
    """Return every package of a lock file; raise LockError at a line that is none, and at a package without a hash."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LockError(f"The lock file cannot be read ({error}).") from error
    found: list[Pin] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        hashes = tuple(HASH.findall(words))
        if words.startswith("#") or not words:
            continue
        if hashes and found:
            last = found[-1]
            found[-1] = Pin(last.name, last.version, last.only, (*last.hashes, *hashes))
            continue
        head = HEAD.match(line)
        if not head:
            raise LockError(f"Line {number} of {path.name} is no package in one version: work the file out again.")
        found.append(Pin(_normal(head[1]), head[2], head[3] or "", ()))
    bare = [pin.name for pin in found if not pin.hashes]
    if bare or not found:
        raise LockError(f"{path.name} has {'no hash for ' + ', '.join(bare) if bare else 'no package'}.")
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
