"""How the duties stand: when each ran, what came of it, when it is due, and whether it is late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from inspectorate.config.upkeep.duties.clock import Last, next_due
from inspectorate.config.upkeep.duties.table import DUTIES, Duty, zone
from inspectorate.config.upkeep.models import DutyRun, Epoch, Runner

UNSEEN_AFTER = timedelta(minutes=3)
LOOKED_BACK = 5


@dataclass(frozen=True)
class Standing:
    """One duty with its last run, the one before that went well, and when it is due."""

    duty: Duty
    last: DutyRun | None
    asked: bool
    running: bool
    due_at: datetime
    late: bool

    @property
    def failed(self) -> bool:
        """Whether its last run did not go well."""
        return self.last is not None and self.last.outcome in (DutyRun.Outcome.FAILED, DutyRun.Outcome.DIED)


def standings(at: datetime) -> list[Standing]:
    """Return how every duty stands, in the order of the table; two queries."""
    first = Epoch.objects.order_by("number").first()
    since = first.began_at if first else at
    latest = _latest_runs()
    return [_standing(duty, latest.get(duty.code, []), since, at) for duty in DUTIES]


def _latest_runs() -> dict[str, list[DutyRun]]:
    """Return the last few runs of each duty, the newest first."""
    place = Window(RowNumber(), partition_by=F("duty"), order_by=F("id").desc())
    found: dict[str, list[DutyRun]] = {}
    for run in DutyRun.objects.annotate(place=place).filter(place__lte=LOOKED_BACK).order_by("-id"):
        found.setdefault(run.duty, []).append(run)
    return found


def _standing(duty: Duty, runs: list[DutyRun], since: datetime, at: datetime) -> Standing:
    outcomes = {run.outcome for run in runs}
    ended = [run for run in runs if run.ended_at is not None]
    stopped = next((n for n, run in enumerate(ended) if run.outcome != DutyRun.Outcome.DIED), len(ended))
    last = ended[0] if ended else None
    known = Last(last.outcome, last.began_at, last.ended_at, stopped) if last and last.began_at else None
    asked = DutyRun.Outcome.ASKED in outcomes
    due = next_due(duty.schedule, known, since, zone())
    return Standing(
        duty=duty,
        last=last,
        asked=asked,
        running=DutyRun.Outcome.RUNNING in outcomes,
        due_at=min(due, at) if asked else due,
        late=at > due + duty.schedule.grace,
    )


def runner_seen(at: datetime) -> tuple[datetime | None, bool]:
    """Return when the process of the duties was last at work, and whether that is too long ago."""
    row = Runner.objects.first()
    return (row.seen_at, at - row.seen_at > UNSEEN_AFTER) if row else (None, True)
