"""Making a backup, and restoring one: each leaves its line in the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from inspectorate.config.upkeep.backup.drill import rehearse
from inspectorate.config.upkeep.backup.key import read_key
from inspectorate.config.upkeep.backup.making import all_in, write_backup
from inspectorate.config.upkeep.backup.manifest import Manifest, digest_of
from inspectorate.config.upkeep.backup.reading import read_through
from inspectorate.config.upkeep.backup.restoring import put_into_place
from inspectorate.config.upkeep.models import THIS, Epoch
from inspectorate.people.access import require
from inspectorate.people.models import Session
from inspectorate.record.actions import append

KEPT_ALWAYS = 2
"""Backups that stay however old they are: were none made for weeks, the last ones must not go."""


@dataclass(frozen=True)
class Backup:
    """A backup that was made and read back."""

    path: Path
    size: int
    manifest: Manifest


def make_backup(*, by: tuple[str, str], folder: Path | None = None) -> Backup:
    """Make a backup, read it back to its end, and write down that it is there; return it.

    It belongs to no transaction: it copies what is committed. One that cannot be read back goes again, and is refused.
    """
    require(by, "system.run")
    key = read_key(Path(settings.BACKUP_KEY))
    path, about = write_backup(folder or Path(settings.BACKUPS), key, epoch_now(by=by).number)
    if key.secret is not None:
        try:
            read_through(path, key)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    size = path.stat().st_size
    told = {"file": path.name, "bytes": size, "sha256": digest_of(path), "rows": about.rows, "head": about.head}
    with transaction.atomic():
        append(stream=THIS, by=by, verb="backup.made", subject=("backup", path.name), payload=told)
    return Backup(path, size, about)


def forget_old_backups(*, by: tuple[str, str], at: datetime | None = None) -> list[str]:
    """Take away backups that are older than they are kept, but for the two newest; return their names.

    What was erased here is gone from the backups as well once the last one from before is gone.
    """
    require(by, "system.run")
    oldest = (at or datetime.now(UTC)) - timedelta(days=settings.BACKUP_DAYS)
    gone = []
    for path in all_in(Path(settings.BACKUPS))[:-KEPT_ALWAYS]:
        if path.stat().st_mtime < oldest.timestamp():
            path.unlink()
            gone.append(path.name)
    if gone:
        with transaction.atomic():
            append(stream=THIS, by=by, verb="backup.forgotten", subject=THIS, payload={"files": gone})
    return gone


def restore_backup(*, path: Path, key_file: Path | None = None, by: tuple[str, str]) -> tuple[Manifest, Epoch]:
    """Restore a backup into this installation, which must be empty; raise the epoch, end every session.

    Returns what was restored, and the epoch that begins. Whoever signed in before has to sign in again: the account of
    somebody who left after the backup is open again, and that is to be looked at first.
    """
    require(by, "system.run")
    about = put_into_place(path, read_key(key_file or Path(settings.BACKUP_KEY)))
    because = f"restored from the backup of {about.made_at}"
    told = {"file": path.name, "sha256": digest_of(path), "made_at": about.made_at}
    return about, begin_epoch(because=because, after=about.epoch, told=told, by=by)


@transaction.atomic
def begin_epoch(*, because: str, by: tuple[str, str], after: int = 0, told: Mapping[str, Any] | None = None) -> Epoch:
    """Begin an epoch, as every restore does, and end every session; ``after`` is the number that it comes after."""
    require(by, "system.run")
    number = max(after, epoch_now(by=by).number) + 1
    Session.objects.all().delete()
    epoch = Epoch.objects.create(number=number, began_at=datetime.now(UTC), because=because)
    about = {"epoch": number} | dict(told or {})
    append(stream=THIS, by=by, verb="epoch.began", subject=("epoch", epoch.public_id), payload=about, why=because)
    return epoch


def epoch_now(*, by: tuple[str, str]) -> Epoch:  # noqa: ARG001 - nobody decides on the first one
    """Return the epoch in force; the first one begins when it is first asked for."""
    last = Epoch.objects.order_by("-number").first()
    if last is not None:
        return last
    first = {"began_at": datetime.now(UTC), "because": "the installation began"}
    return Epoch.objects.get_or_create(number=1, defaults=first)[0]


def drill(*, by: tuple[str, str]) -> dict[str, object]:
    """Rehearse restoring the newest backup, and write down what came of it, also where it failed."""
    require(by, "system.run")
    found = rehearse(Path(settings.BACKUPS), Path(settings.BACKUP_KEY))
    with transaction.atomic():
        append(stream=THIS, by=by, verb="drill.done", subject=("backup", str(found["backup"])), payload=found)
    return found
