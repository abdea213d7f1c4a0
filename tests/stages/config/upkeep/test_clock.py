"""When a duty is due: by its schedule, at once after it was stopped half way, after a while where it failed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from inspectorate.config.upkeep.duties.clock import RETRY, Last, Schedule, next_due

LONDON = ZoneInfo("Europe/London")
MINUTE, NIGHT = Schedule(every=timedelta(minutes=1)), Schedule(at=time(3, 0))
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def last(outcome, began=NOON, stopped=0):
    return Last(outcome, began, began + timedelta(seconds=30), stopped)


def test_what_never_ran_is_due_at_its_first_time():
    assert next_due(MINUTE, None, NOON, LONDON) == NOON
    assert next_due(NIGHT, None, NOON, LONDON) == datetime(2026, 11, 27, 3, 0, tzinfo=UTC)


def test_what_is_done_is_due_at_its_next_time():
    assert next_due(MINUTE, last("done"), NOON, LONDON) == NOON + timedelta(minutes=1)
    assert next_due(NIGHT, last("done"), NOON, LONDON) == datetime(2026, 11, 27, 3, 0, tzinfo=UTC)


def test_a_time_of_the_night_is_one_of_the_clock_on_the_wall():
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert next_due(NIGHT, last("done", summer), summer, LONDON) == datetime(2026, 7, 2, 2, 0, tzinfo=UTC)


def test_what_failed_is_due_after_a_while_and_at_the_latest_at_its_time():
    ended = NOON + timedelta(seconds=30)
    assert next_due(NIGHT, last("failed"), NOON, LONDON) == ended + RETRY
    almost = datetime(2026, 11, 27, 2, 58, tzinfo=UTC)
    assert next_due(NIGHT, last("failed", almost), NOON, LONDON) == datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    assert next_due(MINUTE, last("failed"), NOON, LONDON) == NOON + timedelta(minutes=1)


@pytest.mark.parametrize(("stopped", "wait"), [(1, timedelta()), (2, timedelta()), (3, RETRY)])
def test_what_was_stopped_half_way_is_due_at_once_and_the_third_time_after_a_while(stopped, wait):
    assert next_due(NIGHT, last("died", stopped=stopped), NOON, LONDON) == NOON + timedelta(seconds=30) + wait


def test_schedules_say_themselves_in_words():
    assert [one.words() for one in (MINUTE, NIGHT, Schedule(timedelta(hours=1)))] == [
        "every minute",
        "every day at 03:00",
        "every 60 minutes",
    ]
    assert (MINUTE.grace, NIGHT.grace) == (timedelta(minutes=5), timedelta(hours=2))
