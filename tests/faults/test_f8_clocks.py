"""F8: clocks are wrong: order comes from the server's sequence and the device's counter, and both times are kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from inspectorate.fieldwork.actions import append_entries
from inspectorate.fieldwork.models import Entry
from inspectorate.fieldwork.standing import standing_of
from inspectorate.publication.forms import MinuteForm
from inspectorate.record.models import Entry as Line

LONDON = ZoneInfo("Europe/London")
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)  # 01:30 is not there in the one night, and twice in the other


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [timedelta(days=3), timedelta(days=-3)], ids=["ahead", "behind"])
def test_a_device_whose_clock_is_wrong_is_read_in_the_order_of_its_counter(begun, entry, assessor, wrong):
    now = datetime.now(UTC)
    times = [now + wrong, now, now + wrong * 2]  # and it is set right, and wrong again, meanwhile
    entries = []
    for number, at in enumerate(times, 1):
        before = entries[-1].id if entries else None
        entries.append(entry(number, f"value {number}", device_time=at, supersedes=before))
        append_entries(assessment=begun, entries=entries[-1:], by=assessor)
    assert standing_of(begun).only("A01", "answer").value == "value 3"
    held = list(Entry.objects.order_by("sequence"))
    assert [one.counter for one in held] == [1, 2, 3]
    assert [one.device_time for one in held] == times
    assert all(abs(one.received_at - now) < timedelta(hours=1) for one in held)
    assert [one.received_at for one in held] == sorted(one.received_at for one in held)


@pytest.mark.django_db
@pytest.mark.parametrize("night", [FORWARD, BACK], ids=["an hour is left out", "an hour comes twice"])
def test_half_past_one_in_the_nights_when_clocks_change_is_two_moments_in_their_order(begun, entry, assessor, night):
    first = datetime.combine(night, time(0, 30), tzinfo=UTC)
    times = [first, first + timedelta(minutes=30), first + timedelta(hours=1)]
    for number, at in enumerate(times, 1):
        local = at.astimezone(LONDON)
        append_entries(assessment=begun, entries=[entry(number, f"v{number}", device_time=local)], by=assessor)
    held = list(Entry.objects.order_by("sequence"))
    assert [one.device_time for one in held] == times
    assert [after.device_time - before.device_time for before, after in pairwise(held)] == [timedelta(minutes=30)] * 2


@pytest.mark.parametrize("night", [FORWARD, BACK])
def test_a_minute_of_release_that_the_clock_shows_twice_or_never_is_refused(night):
    form = MinuteForm({"day": night.isoformat(), "minute": "01:30"})
    assert "comes twice or never" in form.errors["minute"][0]
    assert MinuteForm({"day": night.isoformat(), "minute": "09:30"}).is_valid()


@pytest.mark.django_db(transaction=True)
def test_the_clock_is_read_once_the_lock_is_held_so_that_times_follow_the_sequence(begun, entry, assessor):
    def deliver(number):
        try:
            append_entries(assessment=begun, entries=[entry(number, device=f"device {number}")], by=assessor)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(deliver, range(1, 25)))
    for rows, time_of in (
        (Entry.objects.order_by("sequence"), "received_at"),
        (Line.objects.order_by("sequence"), "at"),
    ):
        times = list(rows.values_list(time_of, flat=True))
        assert times == sorted(times)
