"""Whether the installed files are those that were installed: each is held against a manifest made right after.

A file that was altered, added or taken away is named. The manifest belongs where the server's account cannot write. It
covers this package file by file, and each package that it runs on by its list of files and, where there is time to read
them all (``whole``), by their content. Compiled copies in ``__pycache__`` are not covered: let the server write none.
"""

import hashlib
import json
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from inspectorate.config.supply.locked import PACKAGE, lock_file, pins

FORMAT = "manifest@1"
PASSED_OVER = {"__pycache__"}


class AlteredError(Exception):
    """Installed files differ from the manifest; the sentence names the first of them."""


def manifest(package: Path = PACKAGE, *, whole: bool = True) -> dict[str, Any]:
    """Return the manifest of what is installed now; without ``whole`` the files of other packages are not read."""
    lists = {name: hashlib.sha256(listed.encode()).hexdigest() for name, listed in _lists().items()}
    told = {"format": FORMAT, "version": version("inspectorate"), "files": _files(package), "packages": lists}
    return told | ({"contents": {name: _content(name) for name in lists}} if whole else {})


def _files(package: Path) -> dict[str, str]:
    found = (path for path in sorted(package.rglob("*")) if path.is_file() and not PASSED_OVER & set(path.parts))
    return {path.relative_to(package).as_posix(): _hash(path) for path in found}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _content(name: str) -> str:
    """Return a hash over the files of a package as they are now."""
    total = hashlib.sha256()
    for file in sorted(distribution(name).files or [], key=str):
        path = Path(str(file.locate()))
        if path.suffix != ".pyc":
            total.update(f"{file} {_hash(path) if path.is_file() else 'missing'}\n".encode())
    return total.hexdigest()


def _lists() -> dict[str, str]:
    """Return the list of files, with their hashes, that came with each package installed here."""
    found = {}
    for pin in pins(lock_file()):
        try:
            found[pin.name] = distribution(pin.name).read_text("RECORD") or ""
        except PackageNotFoundError:
            continue
    return found


def differences(kept: dict[str, Any], package: Path = PACKAGE, *, whole: bool = False) -> list[str]:
    """Return what differs from a manifest that was kept, in words, in the order of the names."""
    if kept.get("format") != FORMAT:
        return [f"the manifest is not of the format {FORMAT}"]
    now, found = manifest(package, whole=whole), []
    for what in ("files", "packages", *(["contents"] if whole else [])):
        before, after = kept.get(what, {}), now[what]
        for name in sorted(before.keys() | after.keys()):
            if name not in after:
                found.append(f"{name} is missing")
            elif name not in before:
                found.append(f"{name} was added")
            elif before[name] != after[name]:
                found.append(f"{name} was altered")
    return found


def read_manifest(path: Path) -> dict[str, Any]:
    """Return a manifest that was kept; raise AlteredError where it cannot be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        found: dict[str, Any] = dict(kept, files=dict(kept["files"]), packages=dict(kept["packages"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AlteredError(f"The manifest {path} cannot be read ({error}): nothing is served without it.") from error
    return found


def refuse_altered(path: Path | None) -> None:
    """Raise AlteredError where the installed files differ from the manifest at ``path``; without one do nothing."""
    if path is None:
        return
    found = differences(read_manifest(path))
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise AlteredError(
            f"The installed files are not those of the manifest: {found[0]}{more}. Nothing is served. Install the "
            "release again; if it was you who upgraded, make a new manifest: inspectorate supply manifest."
        )
