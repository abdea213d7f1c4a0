"""From an edition's timetable and a Monday to every date of one inspection, each with why it is that day.

``dates-of-inspection@1``; the rules in words are in ``docs/reference/methods.md``. An event stands so many weeks or
days from the Monday of the first fieldwork week. Week +2 becomes week +3 where a bank holiday intervenes (framework of
2013, section 2, note 1). A day on which nobody works gives way: the announcement to the working day before, so that the
body never has less notice than it was promised, everything else to the next working day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from inspectorate.methodology.bank_holidays import (
    bank_holidays,
    is_working_day,
    why_not_worked,
    working_day_from,
    working_day_until,
)
from inspectorate.methodology.sampling.size import SamplingPlan, sample_size
from inspectorate.methodology.texts import Text

METHOD = "dates-of-inspection@1"
FIELDWORK = ("fieldwork", "case_week")
"""What editions call the event that begins on the Monday from which all others are counted."""
KEEPS_NOTICE = ("announcement",)
"""Events that give way to an earlier day."""
CASES_A_WEEK = 90
"""The most cases in one fieldwork week in the framework of 2013 (section 2: 50 to 90); for others to be verified."""
MOST_WEEKS = 3
"""The longest that is printed: Wales, under OMI 2 (annual report 2011-12, 2.29)."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """The fieldwork of one inspection: its first Monday, how many weeks it takes, and where."""

    monday: date
    weeks: int = 1
    nation: str = "england"


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """One event with its first and last day and the sentence that says why; ``until`` is ``on`` for a single day."""

    code: str
    title: Text
    on: date
    until: date
    why: str
    note: Text | None = None
    to_verify: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """How many weeks of fieldwork are suggested, and why."""

    weeks: int
    why: str


def dates_of(events: Sequence[Mapping[str, Any]], visit: Visit) -> tuple[DatedEvent, ...]:
    """Return every event of a timetable with its days, in the order of time.

    Raises ValueError where the visit does not begin on a Monday, or lasts no week.
    """
    if visit.monday.weekday() or visit.weeks < 1:
        raise ValueError(f"Fieldwork begins on a Monday and lasts a week at least: {visit.monday}, {visit.weeks}.")
    usual = usual_weeks(events)
    dated = [_dated(event, visit, usual) for event in events]
    return tuple(sorted(dated, key=lambda event: (event.on, event.until)))


def usual_weeks(events: Sequence[Mapping[str, Any]]) -> int:
    """Return how many weeks of fieldwork an edition counts with."""
    found = next((event for event in events if event["code"] in FIELDWORK), {})
    return int(found.get("lasts_weeks", 1))


def suggested_weeks(
    events: Sequence[Mapping[str, Any]], sampling: Mapping[str, SamplingPlan], caseload: int | None
) -> Suggested:
    """Suggest how many weeks fieldwork takes: as the edition has it, or more for a sample that one week does not hold.

    ``caseload`` is the number of cases expected on the lists, None where nobody knows it yet.
    """
    usual = min(usual_weeks(events), MOST_WEEKS)
    plain = f"The edition counts with {_counted(usual, 'week')} of fieldwork."
    if not caseload or not sampling:
        return Suggested(usual, plain)
    cases = max(sample_size(caseload, plan.size).cases for plan in sampling.values())
    needed = ceil(cases / CASES_A_WEEK)
    weeks = min(max(usual, needed), MOST_WEEKS)
    why = f"{caseload:,} cases give a sample of about {cases}, and a week holds at most {CASES_A_WEEK}. {plain}"
    return Suggested(weeks, why)


def _dated(event: Mapping[str, Any], visit: Visit, usual: int) -> DatedEvent:
    start, why = _counted_from_monday(event, visit, usual)
    is_fieldwork = event["code"] in FIELDWORK
    on, moved = _given_way(start, visit.nation, earlier=event["code"] in KEEPS_NOTICE)
    until = _last_day(event, start, on, visit, visit.weeks if is_fieldwork else None)
    note = event.get("note")
    return DatedEvent(
        code=event["code"],
        title=Text.read(event["title"]),
        on=on,
        until=until,
        why=why + moved + _lost(on, until, visit.nation),
        note=Text.read(note) if note else None,
        to_verify=event.get("to_verify") or "",
    )


def _counted_from_monday(event: Mapping[str, Any], visit: Visit, usual: int) -> tuple[date, str]:
    """Return the day that the edition's count leads to, before it gives way to a holiday, and the count in words."""
    in_days = "days" in event
    days = int(event["days"]) if in_days else 7 * int(event["weeks"])
    later = 7 * (visit.weeks - usual) if days >= 7 * usual else 0
    day = visit.monday + timedelta(days + later)
    why = _count_in_words(days, in_days=in_days)
    if later:
        compared = "longer" if later > 0 else "shorter"
        change = _counted(abs(later) // 7, "week")
        why += f" Fieldwork takes {change} {compared} than the edition counts with, and what follows moves by as much."
    if "if_bank_holiday_weeks" not in event:
        return day, why
    return _third_week(event, visit, day, why, later)


def _third_week(event: Mapping[str, Any], visit: Visit, day: date, why: str, later: int) -> tuple[date, str]:
    """Put an event into the later week where a bank holiday falls between the fieldwork and its last day."""
    begins = visit.monday + timedelta(7 * visit.weeks)
    ends = day + timedelta(7 * int(event.get("lasts_weeks", 1)))
    between = _holidays(begins, ends, visit.nation)
    if not between:
        return day, f"{why} No bank holiday intervenes."
    weeks = int(event["if_bank_holiday_weeks"])
    named = " and ".join(f"{_written(held)} ({name})" for held, name in between)
    moved = visit.monday + timedelta(7 * weeks + later)
    return moved, f"{why} A bank holiday intervenes, {named}: so it is {_counted(weeks, 'week')} after instead."


def _given_way(day: date, nation: str, *, earlier: bool) -> tuple[date, str]:
    """Return the working day on which an event takes place, and the sentence that says so where it is another day."""
    if is_working_day(day, nation):
        return day, ""
    moved = working_day_until(day, nation) if earlier else working_day_from(day, nation)
    why = why_not_worked(day, nation)
    article = "a " if why in DAYS else "the " if "bank holiday" in why else ""
    reason = f"{_written(day)} is {article}{why}"
    if earlier:
        return moved, f" {reason}: so it is the working day before, that the body has no less notice."
    return moved, f" {reason}: so it is the next working day."


def _last_day(event: Mapping[str, Any], start: date, on: date, visit: Visit, weeks: int | None) -> date:
    """Return the last working day of an event; ``weeks`` overrules how long the edition lets it last."""
    if "lasts_days" in event and weeks is None:
        last = on
        for _ in range(ceil(event["lasts_days"]) - 1):
            last = working_day_from(last + timedelta(1), visit.nation)
        return last
    lasts = weeks or event.get("lasts_weeks")
    if not lasts:
        return on
    return max(on, working_day_until(start + timedelta(7 * int(lasts) - 3), visit.nation))


def _lost(on: date, until: date, nation: str) -> str:
    """Say which days of an event that lasts are bank holidays."""
    held = _holidays(on, until + timedelta(1), nation)
    return "".join(f" No work on {_written(day)} ({name})." for day, name in held)


def _holidays(begins: date, ends: date, nation: str) -> list[tuple[date, str]]:
    """Return the bank holidays from one day until before another."""
    years = range(begins.year, ends.year + 1)
    return [(day, name) for year in years for day, name in bank_holidays(year, nation).items() if begins <= day < ends]


def _count_in_words(days: int, *, in_days: bool) -> str:
    if not days:
        return "The Monday of the fieldwork."
    number, unit = (abs(days), "day") if in_days else (abs(days) // 7, "week")
    side = "before" if days < 0 else "after"
    return f"{_counted(number, unit).capitalize()} {side} the Monday of the fieldwork."


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
