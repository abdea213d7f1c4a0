"""The panel: one person proposes to move a rating, another confirms or declines; what is proposed is kept for good."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.panel import grounds
from inspectorate.methodology.results import Result
from inspectorate.people.access import Person
from inspectorate.people.two import require_second
from inspectorate.ratings.inspected import basis_of, has_lapsed, rateable, scored_section
from inspectorate.ratings.models import PanelMove
from inspectorate.ratings.refusals import Refusal, RefusedError
from inspectorate.ratings.resting import MAIN, rests_on
from inspectorate.ratings.scored import Scored
from inspectorate.record.actions import append

Actor = tuple[str, str]
VERDICTS = (PanelMove.State.CONFIRMED, PanelMove.State.DECLINED)


@transaction.atomic
def propose_move(
    *, inspection: Inspection, standard: str, to: str, reason: str, by: Actor, module: str = MAIN
) -> PanelMove:
    """Propose that the panel move a rating, on the grounds that the edition gives.

    Refused: when ratings are not being decided; a rating that there is not, or that gives no ground; no other rating
    of that name; no reason; a move of the same rating that waits or is confirmed.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="ratings.propose", by=by)
    _refuse_unless_rating(held)
    scored = _scored(held, module)
    result = _result(scored, standard)
    found = grounds(scored.given.edition.plan.panel, result)
    _refuse_unfit(result, found, to, reason)
    if PanelMove.objects.filter(
        inspection=held, module=module, standard=standard, state__in=PanelMove.STANDING
    ).exists():
        sentence = f"A move of {standard} waits or is confirmed already: have it decided, or take it back."
        raise RefusedError(Refusal.MOVE_STANDING, sentence)
    move = PanelMove.objects.create(
        inspection=held,
        module=module,
        standard=standard,
        from_level=result.band.code if result.band else "",
        to_level=to,
        reason=reason.strip(),
        grounds=list(found),
        basis=basis_of(result),
        proposed_by_kind=by[0],
        proposed_by_id=by[1],
        proposed_by_name=person.full_name,
        proposed_at=datetime.now(UTC),
    )
    told = {"module": module, "standard": standard, "from": move.from_level, "to": to, "grounds": move.grounds}
    _note(move, "move.proposed", told, by, move.reason)
    return move


@transaction.atomic
def decide_move(*, move: PanelMove, verdict: str, reason: str, by: Actor) -> PanelMove:
    """Confirm or decline a move that somebody else proposed.

    Refused: when ratings are not being decided; the person who proposed it; no reason; decided or taken back already;
    confirming one whose rating has come out otherwise since, so that its grounds are gone.
    """
    held = _held(move)
    person = require_in(inspection=held.inspection, action="ratings.confirm", by=by)
    _refuse_unless_rating(held.inspection)
    _refuse_second(held, verdict, reason, person)
    held.state, held.decided_at, held.decision_reason = verdict, datetime.now(UTC), reason.strip()
    held.decided_by_kind, held.decided_by_id = by
    held.decided_by_name = person.full_name
    held.save()
    _note(held, f"move.{verdict}", {"standard": held.standard, "to": held.to_level}, by, held.decision_reason)
    return held


@transaction.atomic
def withdraw_move(*, move: PanelMove, reason: str, by: Actor) -> PanelMove:
    """Take a move back, proposed or confirmed, with the reason: the result of the rule stands again; it is kept.

    Refused: when ratings are not being decided; no reason; declined or taken back already.
    """
    held = _held(move)
    require_in(inspection=held.inspection, action="ratings.propose", by=by)
    _refuse_unless_rating(held.inspection)
    if held.state not in PanelMove.STANDING:
        raise RefusedError(Refusal.MOVE_DECIDED, f"This move is {held.get_state_display().lower()}: it moves nothing.")
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Write why the move is taken back.")
    held.state, held.withdrawn_at, held.withdrawn_because = (
        PanelMove.State.WITHDRAWN,
        datetime.now(UTC),
        reason.strip(),
    )
    held.save()
    _note(held, "move.withdrawn", {"standard": held.standard, "to": held.to_level}, by, held.withdrawn_because)
    return held


def _held(move: PanelMove) -> PanelMove:
    """Return the move, locked with its inspection until the transaction ends."""
    Inspection.objects.select_for_update().get(pk=move.inspection_id)
    return PanelMove.objects.select_related("inspection").get(pk=move.pk)


def _scored(inspection: Inspection, module: str) -> Scored:
    try:
        return scored_section(inspection, module, rests_on(inspection))[0]
    except (Refused, LookupError) as error:
        sentence = "These ratings cannot be worked out: open the scores, which say what is wrong and where."
        raise RefusedError(Refusal.NOT_SCORED, sentence) from error


def _result(scored: Scored, standard: str) -> Result:
    found = next((result for result in rateable(scored) if result.code == standard), None)
    ruled = scored.ruled(standard)
    if found is None or ruled is None:
        raise RefusedError(Refusal.STANDARD_UNKNOWN, f"There is no rating of '{standard}' here: choose another.")
    return ruled


def _refuse_unless_rating(inspection: Inspection) -> None:
    if inspection.state != "rating":
        sentence = "The panel moves ratings while they are decided: after fieldwork, and before they are settled."
        raise RefusedError(Refusal.NOT_NOW, sentence)


def _refuse_unfit(result: Result, found: tuple[str, ...], to: str, reason: str) -> None:
    if not found:
        sentence = f"The edition gives no ground to move {result.code}: the result of the rule stands."
        raise RefusedError(Refusal.NO_GROUNDS, sentence)
    levels = result.step.bands.levels if result.step.bands else ()
    if to not in [level.code for level in levels if level != result.band]:
        known = ", ".join(str(level.title) for level in levels if level != result.band)
        raise RefusedError(Refusal.RATING_UNKNOWN, f"Choose the rating to which it is moved: {known}.")
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Write why the panel should move it.")


def _refuse_second(move: PanelMove, verdict: str, reason: str, person: Person) -> None:
    if move.state != PanelMove.State.PROPOSED or verdict not in VERDICTS:
        said = f"This move is {move.get_state_display().lower()} already: propose another where it should be otherwise."
        raise RefusedError(Refusal.MOVE_DECIDED, said)
    require_second("rating", asked_by=(move.proposed_by_kind, move.proposed_by_id), by=person)
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Write why the move is confirmed or declined.")
    if verdict == PanelMove.State.CONFIRMED and has_lapsed(move, _scored(move.inspection, move.module)):
        sentence = "The rating has come out otherwise since this was proposed: have it taken back and proposed anew."
        raise RefusedError(Refusal.MOVE_LAPSED, sentence)


def _note(move: PanelMove, verb: str, told: dict[str, Any], by: Actor, why: str) -> None:
    subject = ("panel-move", move.public_id)
    append(stream=move.inspection.name, by=by, verb=verb, subject=subject, payload=told, why=why)
