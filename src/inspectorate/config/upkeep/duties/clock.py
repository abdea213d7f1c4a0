"""When a duty is due next, from its schedule and how its last run ended; pure, the time is an argument."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
RETRY = timedelta(minutes=15)
"""After a failure, and after three runs that were stopped half way."""
STOPPED_AT_MOST = 3


@dataclass(frozen=True)
class Schedule:
    """Every so often, or every day at a time of the clock on the wall."""

    every: timedelta = DAY
    at: time | None = None

    def words(self) -> str:
        """Say it in words."""
        if self.at is not None:
            return f"every day at {self.at:%H:%M}"
        minutes = int(self.every.total_seconds() // 60)
        return "every minute" if minutes == 1 else f"every {minutes} minutes"

    @property
    def grace(self) -> timedelta:
        """How long after its time a run is late."""
        return timedelta(hours=2) if self.at is not None else max(self.every * 5, timedelta(minutes=5))

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the first time after a moment."""
        if self.at is None:
            return moment + self.every
        local = moment.astimezone(zone)
        on_the_day = datetime.combine(local.date(), self.at, tzinfo=zone)
        return on_the_day if on_the_day > local else datetime.combine(local.date() + DAY, self.at, tzinfo=zone)


@dataclass(frozen=True)
class Last:
    """The last run of a duty: how it ended, when it began and ended, and how many in a row were stopped half way."""

    outcome: str
    began_at: datetime
    ended_at: datetime | None
    stopped: int = 0


def next_due(schedule: Schedule, last: Last | None, since: datetime, zone: ZoneInfo) -> datetime:
    """Return when a duty is due next; one that never ran, at its first time after ``since``.

    One that was stopped half way is due at once, and so is done again; three times in a row, after a while. One that
    failed is due again after a while, or at its time where that comes first.
    """
    if last is None:
        return schedule.after(since, zone) if schedule.at is not None else since
    regular = schedule.after(last.began_at, zone)
    if last.outcome == "died":
        ended = last.ended_at or last.began_at
        return ended if last.stopped < STOPPED_AT_MOST else ended + RETRY
    if last.outcome == "failed":
        return min(regular, (last.ended_at or last.began_at) + RETRY) if schedule.at is not None else regular
    return regular
