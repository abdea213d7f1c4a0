"""Bank holidays of England and Wales, held against the lists that the government printed for these years."""

from datetime import date, timedelta

import pytest

from inspectorate.methodology.bank_holidays import (
    bank_holidays,
    easter,
    is_working_day,
    why_not_worked,
    working_day_from,
    working_day_until,
)

PRINTED = {
    2006: "2 Jan, 14 Apr, 17 Apr, 1 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
    2010: "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
    2011: "3 Jan, 22 Apr, 25 Apr, 29 Apr, 2 May, 30 May, 29 Aug, 26 Dec, 27 Dec",
    2012: "2 Jan, 6 Apr, 9 Apr, 7 May, 4 Jun, 5 Jun, 27 Aug, 25 Dec, 26 Dec",
    2013: "1 Jan, 29 Mar, 1 Apr, 6 May, 27 May, 26 Aug, 25 Dec, 26 Dec",
    2016: "1 Jan, 25 Mar, 28 Mar, 2 May, 30 May, 29 Aug, 26 Dec, 27 Dec",
    2020: "1 Jan, 10 Apr, 13 Apr, 8 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2021: "1 Jan, 2 Apr, 5 Apr, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
    2022: "3 Jan, 15 Apr, 18 Apr, 2 May, 2 Jun, 3 Jun, 29 Aug, 19 Sep, 26 Dec, 27 Dec",
    2023: "2 Jan, 7 Apr, 10 Apr, 1 May, 8 May, 29 May, 28 Aug, 25 Dec, 26 Dec",
    2026: "1 Jan, 3 Apr, 6 Apr, 4 May, 25 May, 31 Aug, 25 Dec, 28 Dec",
    2027: "1 Jan, 26 Mar, 29 Mar, 3 May, 31 May, 30 Aug, 27 Dec, 28 Dec",
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.parametrize("year", PRINTED)
@pytest.mark.parametrize("nation", ["england", "wales", "england_and_wales"])
def test_the_days_of_a_year_are_those_printed(year, nation):
    shown = ", ".join(f"{day.day} {MONTHS[day.month - 1]}" for day in bank_holidays(year, nation))
    assert shown == PRINTED[year]


def test_a_nation_that_is_not_known_is_refused():
    with pytest.raises(LookupError, match="scotland"):
        bank_holidays(2026, "scotland")


@pytest.mark.parametrize(
    ("year", "day"),
    [(2008, date(2008, 3, 23)), (2011, date(2011, 4, 24)), (2019, date(2019, 4, 21)), (2035, date(2035, 3, 25))],
)
def test_easter_falls_where_the_church_keeps_it(year, day):
    assert easter(year) == day


@pytest.mark.parametrize("year", range(2003, 2036))
def test_every_year_has_eight_bank_holidays_and_those_proclaimed_none_at_a_weekend(year):
    proclaimed = {2011: 1, 2012: 1, 2022: 2, 2023: 1}.get(year, 0)
    found = bank_holidays(year)
    assert len(found) == 8 + proclaimed
    assert [day for day in found if day.weekday() > 4] == []


@pytest.mark.parametrize(
    ("day", "before", "after", "why"),
    [
        (date(2026, 11, 26), date(2026, 11, 26), date(2026, 11, 26), ""),
        (date(2026, 11, 28), date(2026, 11, 27), date(2026, 11, 30), "Saturday"),
        (date(2026, 12, 25), date(2026, 12, 24), date(2026, 12, 29), "Christmas Day"),
        (date(2026, 12, 28), date(2026, 12, 24), date(2026, 12, 29), "Boxing Day"),
        (date(2023, 5, 8), date(2023, 5, 5), date(2023, 5, 9), "bank holiday for the coronation of King Charles III"),
    ],
)
def test_the_working_day_before_and_after(day, before, after, why):
    assert (working_day_until(day), working_day_from(day), why_not_worked(day)) == (before, after, why)


def test_a_working_day_is_one_on_which_nothing_stands_in_the_way():
    for number in range(366):
        day = date(2022, 1, 1) + timedelta(number)
        assert is_working_day(day) == (not why_not_worked(day))
