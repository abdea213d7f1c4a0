"""What every writing here begins with: who may, the inspection locked, its state, the list locked.

Always in this order, so that two people who press the same button wait for each other and never in a circle.
"""

from collections.abc import Mapping
from typing import Any

from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.record.actions import append
from inspectorate.sampling.models import CaseList
from inspectorate.sampling.refusals import Refusal, RefusedError

COMES_IN = ("arranged", "announced")
"""The states in which cases come on a list and go."""
IS_DRAWN = ("announced",)
"""The states in which a list is closed and its sample drawn."""
MAY_CHANGE = ("sampled", "fieldwork")
"""The states in which a case of the sample is replaced, or the sample extended."""


def hold(*, inspection_pk: int, action: str, by: tuple[str, str], states: tuple[str, ...]) -> Inspection:
    """Return an inspection, locked until the transaction ends; refuse who may not, and what does not fit its state."""
    held = Inspection.objects.select_for_update().get(pk=inspection_pk)
    require_in(inspection=held, action=action, by=by)
    if held.state not in states:
        here = INSPECTION.state(held.state).title.lower()
        raise RefusedError(Refusal.NOT_NOW, f"{held} is {here}: {_what_to_do(held.state, states)}")
    return held


def _what_to_do(state: str, states: tuple[str, ...]) -> str:
    if state in INSPECTION.aside:
        return "resume it first."
    if states == MAY_CHANGE:
        return (
            "reopen fieldwork first, then replace the case or extend the sample."
            if state in ("rating", "drafting", "checking")
            else "there is no sample in fieldwork that could change."
        )
    if state == "arranged":
        return "announce it first; a list is frozen and a sample drawn only once the body knows of the inspection."
    return "its samples are drawn, and lists no longer change; replace a case or extend the sample instead."


def hold_list(*, case_list: CaseList, action: str, by: tuple[str, str], states: tuple[str, ...]) -> CaseList:
    """Return a list, locked with its inspection; refuse as ``hold`` does, and where a later version took its place."""
    inspection = hold(inspection_pk=case_list.inspection_id, action=action, by=by, states=states)
    held = CaseList.objects.select_for_update().get(pk=case_list.pk)
    held.inspection = inspection
    if held.superseded_at is not None:
        raise RefusedError(Refusal.LIST_CLOSED, f"A later version took the place of this list ({held}): use that.")
    return held


def note(*, case_list: CaseList, verb: str, payload: Mapping[str, Any], by: tuple[str, str], why: str = "") -> None:
    """Append one entry about a list to the record of its inspection."""
    subject = ("case-list", case_list.public_id)
    append(stream=case_list.inspection.name, by=by, verb=verb, subject=subject, payload=payload, why=why)
