"""Whether an archive is whole: its newest base and every segment kept since, read to the end."""

from pathlib import Path
from typing import Any, cast

from inspectorate.config.upkeep.archive.fetching import read, refuse_gaps
from inspectorate.config.upkeep.archive.keeping import ENDING, kept_as
from inspectorate.config.upkeep.archive.restoring import newest_before
from inspectorate.config.upkeep.backup.key import Key
from inspectorate.config.upkeep.backup.reading import read_through
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError


def verify_archive(folder: Path, key: Key) -> tuple[Path, int]:
    """Return the newest base and how many segments follow it; refuse what is damaged, differs, or is missing."""
    base = newest_before(folder, None)
    where = cast("dict[str, Any]", read_through(base, key).base)
    names = refuse_gaps(folder, where["timeline"], where["start"], where["segment_bytes"])
    for name in names:
        for path in kept_as(name, folder):
            if f"{name}-{read(path, key)}{ENDING}" != path.name:
                raise RefusedError(Refusal.DIFFERS, f"{path.name} does not hold what its name says.")
    return base, len(names)
