"""Moving an inspection from state to state; every stage does it here, with what it knows to hold."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from inspectorate.inspections.models import Inspection
from inspectorate.inspections.queries import relations
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import Person, person_of, require
from inspectorate.record.actions import append

MAY: Mapping[str, str] = {
    "announce": "inspection.announce",
    "withdraw_notice": "inspection.announce",
    "settle_sample": "sample.draw",
    "begin_fieldwork": "fieldwork.begin",
    "finish_fieldwork": "fieldwork.begin",
    "reopen_fieldwork": "fieldwork.confirm_reopening",
    "settle_ratings": "ratings.settle",
    "reopen_ratings": "ratings.settle",
    "send_draft": "report.send",
    "correct_draft": "report.send",
    "sign_off": "report.sign_off",
    "reopen_report": "report.reopen",
    "release": "release.confirm",
    "take_back": "release.take_back",
    "close": "followup.manage",
    "reopen_follow_up": "followup.manage",
    "defer": "inspection.set_aside",
    "withhold": "inspection.set_aside",
    "cancel": "inspection.set_aside",
    "resume": "inspection.set_aside",
}
"""The action of ``people.access`` that each verb of the life of an inspection takes."""


def require_in(*, inspection: Inspection, action: str, by: tuple[str, str] | Person) -> Person:
    """Return the person who acts in an inspection; raise NotAllowedError where they may not."""
    person = by if isinstance(by, Person) else person_of(by)
    return require(person, action, relations(person, inspection))


@transaction.atomic
def advance(
    *,
    inspection: Inspection,
    verb: str,
    by: tuple[str, str],
    holds: Collection[str] = (),
    why: str = "",
    payload: Mapping[str, Any] | None = None,
) -> Inspection:
    """Move an inspection by one verb of its life, locked, and return it as it stands then.

    ``holds`` names the conditions that the calling stage has looked at and found to hold (``lifecycle.CONDITIONS``);
    ``reason_given`` follows from ``why``. Refused: by name, where the verb does not start from the state it is in by
    now (somebody else may have pressed the same button), or lacks something; where the person may not.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    require_in(inspection=held, action=MAY[INSPECTION.verb(verb).code], by=by)
    met = {*holds, "reason_given"} if why.strip() else {*holds}
    before = held.state
    held.state = INSPECTION.after(verb, state=before, before=held.state_before, holds=met)
    held.state_before = INSPECTION.remembered(state=before, before=held.state_before, after=held.state)
    held.reached = INSPECTION.furthest(held.reached, before, held.state)
    if verb == "announce":
        held.announced_at = datetime.now(UTC)
    elif verb == "withdraw_notice":
        held.announced_at = None
    elif verb == "release" and payload and "visible_from" in payload:
        held.public_from = datetime.fromisoformat(payload["visible_from"])
    elif verb == "take_back":
        held.public_from = None
    held.save(update_fields=["state", "state_before", "reached", "announced_at", "public_from"])
    told = {"from": before, "to": held.state, **(payload or {})}
    append(stream=held.name, by=by, verb=f"inspection.{verb}", subject=held.name, payload=told, why=why.strip())
    return held
