"""The process that runs the duties: what is due, one after the other; slow ones beside, so that no release waits."""

import logging
import threading
from datetime import UTC, datetime, timedelta

from django.db import Error, close_old_connections, connections

from inspectorate.config.upkeep.actions.running import be_seen, begin_run, end_run, find_stopped
from inspectorate.config.upkeep.duties.lock import Holds, only_one
from inspectorate.config.upkeep.duties.standing import Standing, standings
from inspectorate.config.upkeep.models import DutyRun
from inspectorate.methodology.refusals import RefusedError

log = logging.getLogger("inspectorate.duties")
BY = ("system", "duties")
LOOK_EVERY = 5.0  # seconds
SEEN_EVERY = timedelta(seconds=30)


def run_due(*, slow: bool | None = None) -> list[DutyRun]:
    """Run every duty that is due now, and return the runs; with ``slow`` only those, or only the others."""
    now = datetime.now(UTC)
    wanted = [one for one in standings(now) if one.due_at <= now and not one.running]
    return [run_one(one) for one in wanted if slow is None or one.duty.slow == slow]


def run_one(standing: Standing) -> DutyRun:
    """Run one duty to its end, whatever that is: no failure of a duty stops another one."""
    run = begin_run(duty=standing.duty.code, due_at=standing.due_at, by=BY)
    try:
        did = standing.duty.do(BY, datetime.now(UTC))
    except RefusedError as refusal:
        return end_run(run=run, outcome=DutyRun.Outcome.FAILED, said=refusal.sentence, by=BY)
    except Exception as error:
        log.exception("duty %s", standing.duty.code)
        said = f"It stopped at an error of the program ({type(error).__name__}: {error})."
        return end_run(run=run, outcome=DutyRun.Outcome.FAILED, said=said[:2000], by=BY)
    return end_run(run=run, outcome=DutyRun.Outcome.DONE, said=did.said, counts=did.counts, by=BY)


def run_once() -> list[DutyRun]:
    """Run what is due, once, unless another process is at work; what was stopped half way is found first."""
    with only_one():
        find_stopped(by=BY)
        return run_due()


def run_until(stop: threading.Event, wanted: Holds = lambda: True) -> None:
    """Run the duties until told to stop, no longer wanted, or the lock is lost; a busy database is tried again."""
    with only_one() as holds:
        find_stopped(by=BY)
        slow = threading.Thread(target=_slow_lane, args=(stop,), daemon=True)
        slow.start()
        _quick_lane(stop, lambda: wanted() and holds())
        stop.set()


def _quick_lane(stop: threading.Event, holds: Holds) -> None:
    seen = None
    while not stop.is_set() and holds():
        now = datetime.now(UTC)
        close_old_connections()
        try:
            if seen is None or now - seen > SEEN_EVERY:
                be_seen(by=BY, at=now)
                seen = now
            run_due(slow=False)
        except Error as error:
            log.critical("the duties wait for the database: %s", error)
        stop.wait(LOOK_EVERY)


def _slow_lane(stop: threading.Event) -> None:
    while not stop.is_set():
        close_old_connections()
        try:
            run_due(slow=True)
        except Error as error:
            log.critical("the slow duties wait for the database: %s", error)
        stop.wait(LOOK_EVERY)
    connections.close_all()
