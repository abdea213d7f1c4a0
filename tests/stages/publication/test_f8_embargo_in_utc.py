"""F8: an embargo ends at its moment in UTC, whatever clock is shown to whom."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.stages.publication.conftest import MINUTE


def last_sunday(month):
    """Return the last Sunday of a month of 31 days, in a year to come."""
    last = date(MINUTE.year + 1, month, 31)
    return last - timedelta((last.weekday() + 1) % 7)


NIGHTS = (last_sunday(3), last_sunday(10))


@pytest.mark.django_db
@pytest.mark.parametrize("night", NIGHTS)
def test_an_embargo_ends_at_its_moment_also_in_the_nights_when_clocks_change(confirmed, night):
    minute = datetime.combine(night, time(1, 0), tzinfo=UTC)
    type(confirmed).objects.filter(pk=confirmed.pk).update(visible_from=minute)
    for zone in ("Europe/London", "Pacific/Kiritimati", "America/New_York"):
        with timezone.override(zone):
            seen = [
                type(confirmed).objects.public((minute + away).astimezone(ZoneInfo(zone))).exists()
                for away in (timedelta(seconds=-1), timedelta(0))
            ]
        assert seen == [False, True]
