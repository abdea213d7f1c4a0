"""The dates of an inspection: worked out when its week is set, each with its account, moved by hand with a reason.

They stand on the inspection itself, so that no page asks the database for them: what was told to a body stays as it was
told, even where the edition's timetable, which is not frozen with it, is mended later.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from inspectorate.inspections.models import Inspection
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.timetable import FIELDWORK, METHOD, MOST_WEEKS, Visit
from inspectorate.methodology.timetable import dates_of as work_out
from inspectorate.ui.words import written_date

REINSPECTED_AFTER = 52
"""Weeks: about twelve months after publication (annual report 2011-12, 3.20); the day itself is for the lead to set."""
ENDS = "/end"
"""After a code: not the first day of the event but its last."""


@dataclass(frozen=True, slots=True)
class InspectionDate:
    """One date: first and last day as they hold, and the first day as it was worked out, where a person moved it."""

    code: str
    title: Mapping[str, str | None]
    on: date
    until: date
    why: str
    edition: str
    note: Mapping[str, str | None] | None = None
    to_verify: str = ""
    worked_out_on: date | None = None
    moved_because: str = ""

    @property
    def is_fieldwork(self) -> bool:
        """Whether it is the fieldwork itself, which moves by its week alone."""
        return self.code in FIELDWORK


def worked_out(editions: Sequence[Edition], visit: Visit) -> list[dict[str, Any]]:
    """Return the dates of a visit as an inspection keeps them; an event that two editions have is that of the first."""
    found: dict[str, dict[str, Any]] = {}
    for edition in editions:
        for event in work_out(edition.timetable, visit):
            kept = {
                "code": event.code,
                "title": {"en": event.title.en, "cy": event.title.cy},
                "on": event.on.isoformat(),
                "until": event.until.isoformat(),
                "why": event.why,
                "note": {"en": event.note.en, "cy": event.note.cy} if event.note else None,
                "to_verify": event.to_verify,
                "edition": edition.code,
                "method": METHOD,
            }
            found.setdefault(event.code, kept)
    return sorted(found.values(), key=lambda kept: (kept["on"], kept["until"]))


def with_moves(kept: Iterable[Mapping[str, Any]], moves: Mapping[str, tuple[date, str]]) -> list[dict[str, Any]]:
    """Return kept dates with what people moved: by code, the day and the reason."""
    plain = [{name: value for name, value in one.items() if name not in ("moved_to", "moved_because")} for one in kept]
    for one in plain:
        if one["code"] in moves:
            day, reason = moves[one["code"]]
            one |= {"moved_to": day.isoformat(), "moved_because": reason}
    return plain


def dates_of(inspection: Inspection) -> list[InspectionDate]:
    """Return every date of an inspection in the order of time, without a query; none before its week is set."""
    return sorted(read(inspection.dates), key=lambda one: (one.on, one.until))


def read(kept: Iterable[Mapping[str, Any]]) -> list[InspectionDate]:
    """Return dates out of what an inspection keeps."""
    return [_read(one) for one in kept]


def _read(one: Mapping[str, Any]) -> InspectionDate:
    on, until = date.fromisoformat(one["on"]), date.fromisoformat(one["until"])
    moved = date.fromisoformat(one["moved_to"]) if one.get("moved_to") else None
    return InspectionDate(
        code=one["code"],
        title=one["title"],
        on=moved or on,
        until=moved + (until - on) if moved else until,
        why=one["why"],
        edition=one["edition"],
        note=one["note"],
        to_verify=one["to_verify"],
        worked_out_on=on if moved else None,
        moved_because=one.get("moved_because", ""),
    )


def due_date(inspection: Inspection, codes: Collection[str]) -> date | None:
    """Return the day of the first of these dates that the inspection has, None where there is none.

    ``fieldwork/end`` asks for the last day of an event.
    """
    found = {one.code: one for one in dates_of(inspection)}
    for code in codes:
        one = found.get(code.removesuffix(ENDS))
        if one:
            return one.until if code.endswith(ENDS) else one.on
    return None


def dates_for(inspection: Inspection, used: Sequence[Edition]) -> list[dict[str, Any]]:
    """Return the dates of an inspection as it keeps them, worked out of its week; none while it has no week."""
    if inspection.fieldwork_on is None:
        return []
    return worked_out(used, Visit(inspection.fieldwork_on, inspection.fieldwork_weeks, inspection.nation))


def refuse_week(monday: date | None, weeks: int, *, free: bool) -> None:
    """Refuse a week that cannot be: no Monday, too many weeks, or over; ``free`` lets it lie in the past."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise RefusedError(Refusal.WEEKS_UNFIT, f"Fieldwork takes 1 to {MOST_WEEKS} weeks: {weeks} is not among them.")
    if monday is None:
        return
    if monday.isoweekday() != 1:
        raise RefusedError(Refusal.NOT_A_MONDAY, "A fieldwork week begins on a Monday: give the day of that Monday.")
    if not free and monday + timedelta(7 * weeks) <= timezone.localdate():
        sentence = f"The fieldwork week of {written_date(monday)} is over: choose one that is still to come."
        raise RefusedError(Refusal.WEEK_PAST, sentence)


def fieldwork_over_on(inspection: Inspection) -> date | None:
    """Return the Monday after the last week of the fieldwork; None while it has no week."""
    begins = inspection.fieldwork_on
    return begins + timedelta(7 * inspection.fieldwork_weeks) if begins else None


def reinspection_monday(inspection: Inspection) -> date | None:
    """Return the Monday about a year after publication; None where nothing is dated, or that Monday has passed."""
    published = due_date(inspection, ("publication", *FIELDWORK))
    if published is None:
        return None
    day = published + timedelta(7 * REINSPECTED_AFTER)
    monday = day - timedelta(day.weekday())
    return monday if monday > timezone.localdate() else None
