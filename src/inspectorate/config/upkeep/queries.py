"""How the backups stand, and the epoch in force: read from the folder and the database, nothing is changed."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from inspectorate.config.upkeep.backup.key import open_to_others
from inspectorate.config.upkeep.backup.making import all_in
from inspectorate.config.upkeep.models import DutyRun

BACKUP_LATE = timedelta(hours=26)
"""A backup a day, and two hours for making it."""
DRILL_LATE = timedelta(hours=48)


@dataclass(frozen=True)
class Stand:
    """How something stands: a word for it, its value in words, whether it is well, and what to do where it is not."""

    name: str
    value: str
    verdict: str = "fine"
    advice: str = ""


def backups_stand(at: datetime) -> list[Stand]:
    """Return how the key, the backups and the drill stand."""
    return [_key(), _newest(at), _place(), drill_stands(at)]


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
