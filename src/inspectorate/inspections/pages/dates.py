"""Dates as a table: the day, what happens on it, and why it is that day."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from inspectorate.inspections.dates import InspectionDate
from inspectorate.ui.words import in_language, written_date

COLUMNS = [{"title": "What happens"}, {"title": "When", "dates": True}, {"title": "Why that day"}]


def table(dates: Iterable[InspectionDate], *, move: str = "") -> dict[str, Any]:
    """Return columns and rows; ``move`` is the address below which each date is moved, where one may."""
    return {"columns": COLUMNS, "rows": [_row(one, move) for one in dates]}


def span(one: InspectionDate) -> str:
    """Return the days of a date in words: 21 November 2026, or 2 to 6 March 2026."""
    if one.until == one.on:
        return written_date(one.on)
    begins = written_date(one.on)
    if (one.on.year, one.on.month) == (one.until.year, one.until.month):
        begins = str(one.on.day)
    elif one.on.year == one.until.year:
        begins = begins.rsplit(" ", 1)[0]
    return f"{begins} to {written_date(one.until)}"


def _row(one: InspectionDate, move: str) -> list[Any]:
    title = {"text": in_language(one.title)}
    if one.to_verify:
        title["note"] = "not from a source, to be verified"
    when: Any = span(one)
    why = one.why
    if one.worked_out_on:
        when = {"text": when, "note": f"moved by hand from {written_date(one.worked_out_on)}"}
        why = f"{one.moved_because} (Worked out: {one.why})"
    if move:
        title["href"] = "#week" if one.is_fieldwork else f"{move}{one.code}/"
    return [title, when, why]


def next_of(dates: Iterable[InspectionDate]) -> InspectionDate | None:
    """Return the first date that is not over."""
    today = timezone.localdate()
    return next((one for one in dates if one.until >= today), None)
