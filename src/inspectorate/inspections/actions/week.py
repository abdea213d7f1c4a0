"""The week of an inspection and its dates: set with the week, moved one by one, put back.

Once the body has had its letter, each of these sends a further letter that says what changed.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from inspectorate.inspections.actions.advance import require_in
from inspectorate.inspections.actions.announce import renew_letter
from inspectorate.inspections.dates import InspectionDate, dates_for, dates_of, refuse_week, with_moves
from inspectorate.inspections.models import Inspection, MovedDate
from inspectorate.inspections.queries import standing_moves
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.methodology.bank_holidays import is_working_day, why_not_worked
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import Person
from inspectorate.record.actions import append
from inspectorate.standards.queries import shelf
from inspectorate.ui.words import written_date

WEEK_IS_OPEN = ("arranged", "announced", "sampled", "fieldwork", "deferred")
"""The states in which the week of the fieldwork can still change."""
OVER = ("closed", "cancelled")


@transaction.atomic
def set_week(*, inspection: Inspection, monday: date, weeks: int, by: tuple[str, str], why: str = "") -> Inspection:
    """Set the Monday and the length of the fieldwork, and work out every date again; what was moved by hand stays.

    Refused: not a Monday, not one to three weeks, a week that is over; once it is announced, no reason; once fieldwork
    is over, at all. The week that it has already changes nothing.
    """
    held, _ = _held(inspection, by)
    if (held.fieldwork_on, held.fieldwork_weeks) == (monday, weeks):
        return held
    if held.state not in WEEK_IS_OPEN:
        state = INSPECTION.state(held.state).title.lower()
        sentence = f"The fieldwork week no longer moves: the inspection is {state}. Move single dates instead."
        raise RefusedError(Refusal.WEEK_SETTLED, sentence)
    refuse_week(monday, weeks, free=held.invented or by[0] == "system")
    if held.announced_at and not why.strip():
        sentence = "The body was told of this week: write why it changes, for whoever reads this later."
        raise RefusedError(Refusal.REASON_MISSING, sentence)
    told = {
        "from": {"fieldwork_on": _iso(held.fieldwork_on), "fieldwork_weeks": held.fieldwork_weeks},
        "to": {"fieldwork_on": _iso(monday), "fieldwork_weeks": weeks},
    }
    held.fieldwork_on, held.fieldwork_weeks = monday, weeks
    used = dict.fromkeys(held.modules.order_by("pk").values_list("edition", flat=True))
    worked_out = dates_for(held, [shelf.held(code).edition for code in used])
    held.dates = with_moves(worked_out, standing_moves(held))
    held.save(update_fields=["fieldwork_on", "fieldwork_weeks", "dates"])
    _note(held, by, "dates.week-set", told, why)
    renew_letter(inspection=held, by=by, why=why)
    return held


@transaction.atomic
def move_date(*, inspection: Inspection, code: str, on: date, why: str, by: tuple[str, str]) -> Inspection:
    """Move one date away from the day that was worked out, which stays beside it.

    Refused: a date that the inspection does not have, or the fieldwork itself; no reason; a day at a weekend or a bank
    holiday; an inspection that is over. The day on which it stands already changes nothing.
    """
    held, person = _held(inspection, by)
    one = _movable(held, code)
    if one.on == on:
        return held
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Write why the date moves, for whoever reads this later.")
    if not is_working_day(on, held.nation):
        sentence = f"Nobody works on {written_date(on)} ({why_not_worked(on, held.nation)}): choose another day."
        raise RefusedError(Refusal.NOT_A_WORKING_DAY, sentence)
    now = datetime.now(UTC)
    held.moved_dates.filter(code=code, ended_at__isnull=True).update(ended_at=now)
    MovedDate.objects.create(inspection=held, code=code, on=on, reason=why.strip()[:300], by=person.user, moved_at=now)
    _keep_moves(held)
    _note(held, by, "dates.moved", {"date": code, "from": _iso(one.on), "to": _iso(on)}, why)
    renew_letter(inspection=held, by=by, why=why)
    return held


@transaction.atomic
def put_back_date(*, inspection: Inspection, code: str, by: tuple[str, str]) -> Inspection:
    """Put a date that was moved back on the day that was worked out. Refused where it was not moved."""
    held, _ = _held(inspection, by)
    one = _movable(held, code)
    if not held.moved_dates.filter(code=code, ended_at__isnull=True).update(ended_at=datetime.now(UTC)):
        raise RefusedError(Refusal.NOT_MOVED, "This date stands where it was worked out: there is nothing to put back.")
    _keep_moves(held)
    _note(held, by, "dates.put-back", {"date": code, "from": _iso(one.on), "to": _iso(one.worked_out_on)}, "")
    renew_letter(inspection=held, by=by)
    return held


def _held(inspection: Inspection, by: tuple[str, str]) -> tuple[Inspection, Person]:
    """Return the inspection, locked until the transaction ends, and who acts."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    return held, require_in(inspection=held, action="inspection.plan", by=by)


def _movable(held: Inspection, code: str) -> InspectionDate:
    if held.state in OVER:
        state = INSPECTION.state(held.state).title.lower()
        raise RefusedError(Refusal.WEEK_SETTLED, f"The inspection is {state}: its dates no longer move.")
    one = next((one for one in dates_of(held) if one.code == code), None)
    if one is None:
        raise RefusedError(Refusal.DATE_UNKNOWN, f"This inspection has no date called '{code}': choose one of its own.")
    if one.is_fieldwork:
        sentence = "The fieldwork moves by its week, and everything counted from it moves along: change the week."
        raise RefusedError(Refusal.DATE_IS_FIELDWORK, sentence)
    return one


def _keep_moves(held: Inspection) -> None:
    held.dates = with_moves(held.dates, standing_moves(held))
    held.save(update_fields=["dates"])


def _note(held: Inspection, by: tuple[str, str], verb: str, payload: Mapping[str, Any], why: str) -> None:
    append(stream=held.name, by=by, verb=verb, subject=held.name, payload=payload, why=why.strip())


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
