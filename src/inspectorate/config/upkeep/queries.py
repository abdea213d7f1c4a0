"""How the backups stand, and the epoch in force: read from the folder and the database, nothing is changed."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from inspectorate.config.upkeep.archive.bases import bases, ended
from inspectorate.config.upkeep.archive.keeping import kept_as
from inspectorate.config.upkeep.backup.key import open_to_others
from inspectorate.config.upkeep.backup.making import all_in
from inspectorate.config.upkeep.models import DutyRun

BACKUP_LATE = timedelta(hours=26)
"""A backup a day, and two hours for making it."""
DRILL_LATE = timedelta(hours=48)


LOST_AT_MOST = timedelta(minutes=5)
ARCHIVED = """
SELECT current_setting('archive_mode'), extract(epoch FROM current_setting('archive_timeout')::interval)::int,
  last_archived_wal, last_archived_time, last_failed_wal, last_failed_time
FROM pg_stat_archiver
"""


@dataclass(frozen=True)
class Stand:
    """How something stands: a word for it, its value in words, whether it is well, and what to do where it is not."""

    name: str
    value: str
    verdict: str = "fine"
    advice: str = ""


def backups_stand(at: datetime) -> list[Stand]:
    """Return how the key, the backups and the drill stand."""
    archive = archive_stands(at)
    return [_key(), _newest(at), _place(), drill_stands(at), *([archive, *base_stands(at)] if archive else [])]


@dataclass(frozen=True)
class Archived:
    """What PostgreSQL says of the changes that it hands over: how it is set, what was last, and what last failed."""

    mode: str
    timeout: int
    last: str | None
    last_at: datetime | None
    failed: str | None
    failed_at: datetime | None

    @property
    def is_failing(self) -> bool:
        """Whether the last time it handed something over went wrong."""
        return self.failed_at is not None and (self.last_at is None or self.failed_at > self.last_at)


def archive_stands(at: datetime) -> Stand | None:
    """Return how old the last change is that PostgreSQL handed over; nothing on SQLite, which hands over none."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(ARCHIVED)
        return stand_of_archive(at, Archived(*cursor.fetchone()))


def stand_of_archive(at: datetime, asked: Archived) -> Stand:
    """Return how the archive stands by what the server says of it."""
    verdict, advice = _archived(asked)
    if asked.last_at is None:
        return Stand("archive of changes", "off" if asked.mode == "off" else "nothing yet", verdict, advice)
    age = at - asked.last_at
    if verdict == "fine" and age > LOST_AT_MOST:
        verdict, advice = "wrong", "Older than five minutes: look at the log of the server."
    words = f"{asked.last}, {age.total_seconds() / 60:.1f} minutes old"
    return Stand("archive of changes", words, verdict, advice)


def _archived(asked: Archived) -> tuple[str, str]:
    """Return a verdict, and what to do, on how the server is set and on what it handed over."""
    if asked.mode == "off":
        return "notice", "What came after the last backup would be lost with the machine: set up archiving."
    if asked.is_failing:
        return "wrong", f"{asked.failed} could not be archived: the log of the server says why."
    if not 0 < asked.timeout < LOST_AT_MOST.total_seconds():
        return "wrong", "Set archive_timeout to 120: a quiet server hands over nothing for longer than five minutes."
    folder = Path(settings.ARCHIVE) if settings.ARCHIVE else None
    if folder is not None and asked.last and not kept_as(asked.last, folder):
        return "wrong", f"It is not in {folder}: archive_command keeps it elsewhere, or the disk is not mounted."
    return "fine", ""


def base_stands(at: datetime) -> list[Stand]:
    """Return how old the newest base is, where this machine sees the archive."""
    if not settings.ARCHIVE:
        return []
    found = bases(Path(settings.ARCHIVE))
    if not found:
        return [Stand("base of the archive", "none", "wrong", "Run: inspectorate archive base.")]
    words = f"{len(found)}, the newest of {ended(found[-1]):%Y-%m-%d %H:%M} UTC"
    if at - ended(found[-1]) > BACKUP_LATE:
        return [Stand("base of the archive", words, "wrong", "It is too old: look at the duty Backup.")]
    return [Stand("base of the archive", words)]


def _key() -> Stand:
    path = Path(settings.BACKUP_KEY)
    if not path.exists():
        return Stand("backup key", "none", "wrong", "Run: inspectorate backup key. Keep a copy of it elsewhere.")
    if open_to_others(path):
        return Stand("backup key", str(path), "wrong", f"Other accounts can read it. Run: chmod 600 {path}")
    return Stand("backup key", str(path))


def _newest(at: datetime) -> Stand:
    found = all_in(Path(settings.BACKUPS))
    if not found:
        return Stand("backups", "none", "wrong", "Run: inspectorate backup make, and let the duties make one a day.")
    made = datetime.fromtimestamp(found[-1].stat().st_mtime, UTC)
    words = f"{len(found)}, the newest of {made:%Y-%m-%d %H:%M} UTC, {found[-1].stat().st_size:,} bytes"
    if found[-1].stat().st_size == 0:
        return Stand("backups", words, "wrong", "The newest is empty: make another, and look at the disk.")
    if at - made > BACKUP_LATE:
        return Stand("backups", words, "wrong", "The newest is too old: look at the duty, and make one now.")
    return Stand("backups", words)


def _place() -> Stand:
    folder, var = Path(settings.BACKUPS), Path(settings.VAR)
    if not folder.is_dir() or not var.is_dir():
        return Stand("place of backups", str(folder))
    same = os.stat(folder).st_dev == os.stat(var).st_dev  # noqa: PTH116 - one word for both
    advice = (
        "It is on the disk of the installation, and is lost with it: copy backups elsewhere each day." if same else ""
    )
    return Stand("place of backups", str(folder), "notice" if same else "fine", advice)


def drill_stands(at: datetime) -> Stand:
    """Return how the last drill went; none in 48 hours is an alarm."""
    last = DutyRun.objects.filter(duty="drill").exclude(outcome__in=["asked", "running"]).order_by("-id").first()
    if last is None or last.ended_at is None:
        return Stand(
            "drill", "none yet", "wrong", "Run: inspectorate backup drill, and let the duties run one a night."
        )
    words = f"{last.get_outcome_display().lower()} {last.ended_at:%Y-%m-%d %H:%M} UTC. {last.said}"
    if last.outcome != DutyRun.Outcome.DONE:
        return Stand("drill", words, "wrong", "The backups cannot be relied on until a drill is done.")
    if at - last.ended_at > DRILL_LATE:
        return Stand("drill", words, "wrong", "No drill in 48 hours: look at the duties, and run one now.")
    return Stand("drill", words)
