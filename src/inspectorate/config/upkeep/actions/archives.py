"""Making a base for the archive of changes, forgetting what is too old in it, and taking over what was replayed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from inspectorate.config.upkeep.actions.backups import KEPT_ALWAYS, Backup, begin_epoch, epoch_now
from inspectorate.config.upkeep.archive.bases import forget_before, write_base
from inspectorate.config.upkeep.archive.restoring import Wanted, accept, restore_from_archive
from inspectorate.config.upkeep.backup.key import read_key
from inspectorate.config.upkeep.backup.manifest import Manifest, digest_of
from inspectorate.config.upkeep.models import THIS, Epoch
from inspectorate.people.access import require
from inspectorate.record.actions import append


def make_base(*, by: tuple[str, str], folder: Path) -> Backup:
    """Make a base in the archive, from which its changes are replayed, and write down that it is there; return it."""
    require(by, "system.run")
    path, about = write_base(folder, read_key(Path(settings.BACKUP_KEY)), epoch_now(by=by).number)
    size = path.stat().st_size
    told = {"file": path.name, "bytes": size, "sha256": digest_of(path), "rows": about.rows, "head": about.head}
    with transaction.atomic():
        append(stream=THIS, by=by, verb="base.made", subject=("backup", path.name), payload=told)
    return Backup(path, size, about)


def forget_old_archive(*, by: tuple[str, str], folder: Path, at: datetime | None = None) -> int:
    """Take away bases older than backups are kept, and the changes that no base needs; return how many files went."""
    require(by, "system.run")
    oldest = (at or datetime.now(UTC)) - timedelta(days=settings.BACKUP_DAYS)
    gone = forget_before(folder, oldest, KEPT_ALWAYS)
    if gone:
        told = {"files": len(gone), "first": gone[0], "last": gone[-1]}
        with transaction.atomic():
            append(stream=THIS, by=by, verb="archive.forgotten", subject=THIS, payload=told)
    return len(gone)


def restore_archive(
    *, folder: Path, data: Path, until: datetime | None = None, key_file: Path | None = None, by: tuple[str, str]
) -> str:
    """Make a data folder of PostgreSQL from an archive, up to a moment, and return what the verification said."""
    require(by, "system.run")
    key = read_key(key_file or Path(settings.BACKUP_KEY))
    return restore_from_archive(Wanted(folder, key, data, until))


def accept_replayed(*, place: Path, by: tuple[str, str]) -> tuple[Manifest, Epoch]:
    """Verify a database that was replayed from the archive, and begin an epoch in it; return its base and the epoch.

    ``place`` holds the manifest of the base and the files that it brought.
    """
    require(by, "system.run")
    about = accept(place)
    because = f"replayed from the archive onto the base of {about.made_at}"
    return about, begin_epoch(because=because, after=about.epoch, told={"base": about.made_at}, by=by)
