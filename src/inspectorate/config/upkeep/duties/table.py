"""The table of duties: what each does, when, and what it says of what it did. Each can run again at any time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from inspectorate.config.upkeep.actions.archives import forget_old_archive, make_base
from inspectorate.config.upkeep.actions.backups import drill, forget_old_backups, make_backup
from inspectorate.config.upkeep.actions.erasing import erase_due
from inspectorate.config.upkeep.actions.logs import send_logs
from inspectorate.config.upkeep.actions.reminding import remind
from inspectorate.config.upkeep.duties.clock import Schedule
from inspectorate.config.upkeep.models import DutyRun
from inspectorate.config.upkeep.privacy.pages import overwrite_free_pages
from inspectorate.config.upkeep.privacy.words import going, tables_of
from inspectorate.config.upkeep.queries import archive_stands
from inspectorate.config.upkeep.refusals import Refusal, RefusedError
from inspectorate.people.models import Session
from inspectorate.publication.actions import note_what_became_public
from inspectorate.ratings.actions import erase_expired
from inspectorate.record.leaving import send_heads
from inspectorate.record.queries import verify
from inspectorate.ui.uploads.quarantine import erase_old

Actor = tuple[str, str]


@dataclass(frozen=True)
class Did:
    """What a duty did: a sentence, and plain values that a page shows."""

    said: str
    counts: dict[str, Any] = field(default_factory=dict)


NOTHING = "Nothing was due."


@dataclass(frozen=True)
class Duty:
    """One duty; ``slow`` ones run beside the others, so that a release never waits for a backup."""

    code: str
    title: str
    says: str
    schedule: Schedule
    do: Callable[[Actor, datetime], Did]
    slow: bool = False


def _release(by: Actor, at: datetime) -> Did:
    noted = note_what_became_public(by=by, at=at)
    return Did(f"{len(noted)} became public." if noted else NOTHING, {"releases": len(noted)})


def _expiry(by: Actor, at: datetime) -> Did:
    files = erase_expired(by=by, at=at)
    erase_old(now=at.timestamp())  # what a killed server left of files that were being handed in
    sessions = Session.objects.filter(expire_date__lt=at).delete()[0]
    if not files + sessions:
        return Did(NOTHING)
    return Did(f"{files} files and {sessions} sessions had run out.", {"files": files, "sessions": sessions})


def _reminders(by: Actor, at: datetime) -> Did:
    sent = remind(by=by, at=at)
    return Did(f"{sent} people were reminded." if sent else "Nobody had anything late or due today.", {"sent": sent})


def _heads(by: Actor, at: datetime) -> Did:
    leaving = send_heads(by=by, at=at)
    ways = ", ".join(f"{one.way} to {one.to}" for one in leaving.ways)
    return Did(f"The head of the record left: {ways or 'by no way, for none is set'}.", {"ways": len(leaving.ways)})


def _logs(by: Actor, at: datetime) -> Did:
    left = send_logs(by=by, at=at)
    lines = sum(one.lines for one in left)
    said = f"{lines:,} new lines left in {len(left)} files." if left else "There was no new line."
    return Did(said, {one.log: one.last for one in left})


def _backup(by: Actor, at: datetime) -> Did:
    made = make_backup(by=by)
    gone = forget_old_backups(by=by, at=at)
    said = f"{made.path.name}: {made.manifest.rows:,} rows, {made.size:,} bytes, read back to the end."
    counts = {"file": made.path.name, "bytes": made.size, "forgotten": len(gone)}
    if settings.ARCHIVE and connection.vendor == "postgresql":
        base = make_base(by=by, folder=Path(settings.ARCHIVE))
        counts |= {
            "base": base.path.name,
            "archive_forgotten": forget_old_archive(by=by, folder=base.path.parent, at=at),
        }
        said += f" {base.path.name}: {base.size:,} bytes, and what the server archived goes on from it."
    return Did(said, counts)


def _archive(_by: Actor, at: datetime) -> Did:
    stand = archive_stands(at)
    if stand is None or stand.verdict != "wrong":
        return Did(NOTHING)
    raise RefusedError(Refusal.ARCHIVE_LATE, f"{stand.value[:1].upper()}{stand.value[1:]}. {stand.advice}")


def _drill(by: Actor, _at: datetime) -> Did:
    found = drill(by=by)
    said = f"{found['backup']} was restored in {found['seconds']} s and verified, and {found['opened']} records opened."
    return Did(said, dict(found))


def _record(_by: Actor, _at: datetime) -> Did:
    verdict = verify()
    if verdict.first_fault:
        raise RefusedError(Refusal.RECORD_BROKEN, f"{verdict.first_fault.sentence} {verdict.first_fault.remedy}")
    return Did(f"The record is whole: {verdict.entries:,} entries in {verdict.streams:,} streams.")


def _retention(by: Actor, at: datetime) -> Did:
    counts = erase_due(by=by, at=at)
    before = DutyRun.objects.filter(duty="retention", ended_at__isnull=False).order_by("-id").first()
    if not counts and _went_well(before):
        return Did(NOTHING)
    # A run that did not come to its end may have erased anything.
    written = overwrite_free_pages(tables_of(counts if _went_well(before) else going()))
    longest = max(written, key=lambda one: one.seconds)
    anew = f"{len(written)} tables" if len(written) > 1 else "The database"
    said = f"{anew} written anew, one at a time; {longest.table} was locked longest, {longest.seconds} s."
    if not counts:
        return Did(f"What was erased before it was stopped is overwritten now. {said}")
    told = ", ".join(f"{count} of {code.replace('_', ' ')}" for code, count in counts.items())
    return Did(f"Erased: {told}. {said}", dict(counts))


def _went_well(run: DutyRun | None) -> bool:
    return run is None or run.outcome == DutyRun.Outcome.DONE


MINUTE = Schedule(every=timedelta(minutes=1))
DUTIES: tuple[Duty, ...] = (
    Duty(
        "release",
        "Releases",
        "Write down what became public at its minute. It is public by the clock, also where this is late.",
        MINUTE,
        _release,
    ),
    Duty("expiry", "Expiry", "Erase files held for their hour, and sessions that have run out.", MINUTE, _expiry),
    Duty(
        "backup",
        "Backup",
        "Make a backup, read it back, make a base of the archive where there is one, take away what is too old.",
        Schedule(at=time(1, 30)),
        _backup,
        slow=True,
    ),
    Duty(
        "archive",
        "Archive of changes",
        "Where the database is PostgreSQL, look whether it hands over its changes: at most five minutes may be lost.",
        MINUTE,
        _archive,
    ),
    Duty(
        "heads",
        "Heads of the record",
        "Send the signed head of the record out of this system.",
        Schedule(at=time(2, 30)),
        _heads,
    ),
    Duty(
        "logs",
        "Logs",
        "Write what is new in the security log, the record and the log of readings into the folder outside.",
        Schedule(at=time(2, 40)),
        _logs,
        slow=True,
    ),
    Duty(
        "drill",
        "Drill",
        "Restore the newest backup elsewhere, verify it, open ten records.",
        Schedule(at=time(3, 0)),
        _drill,
        slow=True,
    ),
    Duty(
        "retention",
        "Retention",
        "Erase what is due by the retention table, and write anew each table that held it, one at a time.",
        Schedule(at=time(4, 0)),
        _retention,
        slow=True,
    ),
    Duty(
        "record",
        "Verifying the record",
        "Read the whole record again.",
        Schedule(at=time(5, 0)),
        _record,
        slow=True,
    ),
    Duty(
        "reminders",
        "Reminders",
        "Tell people by e-mail that something is late or due today: how many things, never which.",
        Schedule(at=time(7, 0)),
        _reminders,
    ),
)


def duty(code: str) -> Duty:
    """Return a duty by its code; refuse one that there is not."""
    for one in DUTIES:
        if one.code == code:
            return one
    raise RefusedError(Refusal.NO_SUCH_DUTY, f"There is no duty {code!r}: choose one of those on the status page.")


def zone() -> Any:
    """Return the zone in which the times of the table are meant."""
    return timezone.get_default_timezone()
