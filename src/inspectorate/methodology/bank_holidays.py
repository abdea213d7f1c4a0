"""The bank holidays of England and Wales, which are the same days in both.

Worked out, not looked up: the standing days follow a rule, and the days that a proclamation moved or added are listed
with their year. Sources: Banking and Financial Dealings Act 1971, section 1 and schedule 1; the royal proclamations
under it, which the government lists at https://www.gov.uk/bank-holidays. Good from 2003 on; a day that is proclaimed
in future has to be added to ``PROCLAIMED``.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

NATIONS = ("england", "wales", "england_and_wales")
MOVED: Mapping[tuple[int, str], date] = MappingProxyType(
    {
        (2012, "Spring bank holiday"): date(2012, 6, 4),
        (2020, "Early May bank holiday"): date(2020, 5, 8),
        (2022, "Spring bank holiday"): date(2022, 6, 2),
    }
)
"""Standing days that a proclamation moved in one year."""
PROCLAIMED: Mapping[date, str] = MappingProxyType(
    {
        date(2011, 4, 29): "bank holiday for the royal wedding",
        date(2012, 6, 5): "bank holiday for the Diamond Jubilee",
        date(2022, 6, 3): "bank holiday for the Platinum Jubilee",
        date(2022, 9, 19): "bank holiday for the state funeral of Queen Elizabeth II",
        date(2023, 5, 8): "bank holiday for the coronation of King Charles III",
    }
)
"""Days that a proclamation added in one year."""
SATURDAY = 5


@lru_cache(maxsize=64)
def bank_holidays(year: int, nation: str = "england") -> Mapping[date, str]:
    """Return the bank holidays of a year, in the order of the days, each with its name.

    A standing day that falls on a weekend is kept on the next day that is neither weekend nor bank holiday; the day
    itself is not listed then. Raises LookupError for a nation whose bank holidays are not known here.
    """
    if nation not in NATIONS:
        raise LookupError(f"The bank holidays of '{nation}' are not known here: choose one of {', '.join(NATIONS)}.")
    standing = {name: MOVED.get((year, name), day) for name, day in _standing(year).items()}
    found = {day: name for name, day in standing.items()}
    found |= {day: name for day, name in PROCLAIMED.items() if day.year == year}
    return MappingProxyType({day: found[day] for day in sorted(found)})


def is_working_day(day: date, nation: str = "england") -> bool:
    """Say whether a day is neither at a weekend nor a bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year, nation)


def working_day_from(day: date, nation: str = "england") -> date:
    """Return this day where it is a working day, else the next that is."""
    while not is_working_day(day, nation):
        day += timedelta(1)
    return day


def working_day_until(day: date, nation: str = "england") -> date:
    """Return this day where it is a working day, else the last one before it that is."""
    while not is_working_day(day, nation):
        day -= timedelta(1)
    return day


def why_not_worked(day: date, nation: str = "england") -> str:
    """Say why a day is not a working day: its bank holiday, or the name of the day; nothing for a working day."""
    name = bank_holidays(day.year, nation).get(day, "")
    return name or ("", "", "", "", "", "Saturday", "Sunday")[day.weekday()]


def _standing(year: int) -> dict[str, date]:
    """Return the days that come every year, where they are kept."""
    sunday = easter(year)
    first = _kept({"New Year's Day": date(year, 1, 1)})
    last = _kept({"Christmas Day": date(year, 12, 25), "Boxing Day": date(year, 12, 26)})
    return {
        **first,
        "Good Friday": sunday - timedelta(2),
        "Easter Monday": sunday + timedelta(1),
        "Early May bank holiday": _monday_from(date(year, 5, 1)),
        "Spring bank holiday": _monday_from(date(year, 5, 25)),
        "Summer bank holiday": _monday_from(date(year, 8, 25)),
        **last,
    }


def _kept(days: Mapping[str, date]) -> dict[str, date]:
    """Return where each day is kept: on the next free day for one at a weekend, those on working days placed first."""
    placed = {name: day for name, day in days.items() if day.weekday() < SATURDAY}
    for name, day in days.items():
        kept = day
        while name not in placed and (kept.weekday() >= SATURDAY or kept in placed.values()):
            kept += timedelta(1)
        placed.setdefault(name, kept)
    return placed


def _monday_from(day: date) -> date:
    return day + timedelta(-day.weekday() % 7)


def easter(year: int) -> date:
    """Return Easter Sunday (the algorithm of *Nature*, 20 April 1876, as Meeus prints it)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    leap, odd = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - shift + 15) % 30
    quarter, rest = divmod(in_century, 4)
    weekday = (32 + 2 * odd + 2 * quarter - moon - rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
