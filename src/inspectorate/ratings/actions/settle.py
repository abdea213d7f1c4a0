"""Settling the ratings of an inspection, and reopening them: each settlement is added, and the latest counts."""

from datetime import UTC, datetime

from django.db import transaction

from inspectorate.inspections.actions import advance, require_in
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.lifecycle import CONDITIONS, INSPECTION
from inspectorate.methodology.refusals import RefusedError
from inspectorate.ratings.inspected import has_lapsed, scored_section, sections
from inspectorate.ratings.models import PanelMove, Settlement
from inspectorate.ratings.refusals import Refusal
from inspectorate.ratings.resting import RestsOn, rests_on
from inspectorate.ratings.settled import Part, inputs_of, move_as_data, payload_of

Actor = tuple[str, str]
HOLDS = ("ratings_current", "panel_decided")
"""What must hold before ratings are settled: they are worked out at that moment, and no move of the panel waits."""


@transaction.atomic
def settle_ratings(*, inspection: Inspection, by: Actor) -> Settlement:
    """Settle the ratings as they come out at this moment, with everything that they were worked out from.

    Refused: a case of the sample that is not accepted; an accepted assessment that cannot be scored; a move of the
    panel that waits for its second person, or that has lapsed; an inspection that is not at its ratings, by now.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    require_in(inspection=held, action="ratings.settle", by=by)
    INSPECTION.after("settle_ratings", state=held.state, before=held.state_before, holds=HOLDS)
    moves = list(PanelMove.objects.filter(inspection=held, state__in=PanelMove.STANDING).order_by("pk"))
    parts, resting = _parts(held, moves)
    settlement = Settlement.objects.create(
        inspection=held,
        number=Settlement.objects.filter(inspection=held).count() + 1,
        payload=payload_of(parts),
        inputs_digest=resting.digest,
        rests_on=resting.as_data(),
        inputs=Settlement.pack(inputs_of(parts)),
        settled_at=datetime.now(UTC),
        settled_by_kind=by[0],
        settled_by_id=by[1],
    )
    holds = HOLDS[:1] if _undecided(moves, parts) else HOLDS
    told = {"settlement": settlement.public_id, "number": settlement.number, "inputs_digest": resting.digest}
    advance(inspection=held, verb="settle_ratings", by=by, holds=holds, payload=told)
    return settlement


def _parts(inspection: Inspection, moves: list[PanelMove]) -> tuple[list[Part], RestsOn]:
    """Return what comes of every section, all resting on the same; refuse where that is not whole, or has faults."""
    resting = rests_on(inspection)
    while True:
        started, parts = resting, []
        try:
            for section in sections(resting):
                scored, resting = scored_section(inspection, section.code, resting)
                counted = [one for one in moves if one.module == section.code and one.standard in scored.moved]
                parts.append(Part(section.code, scored, [move_as_data(one) for one in counted]))
        except Refused as refused:
            sentence = f"Nothing was settled: {len(refused.faults)} answers cannot be scored. The scores say which."
            raise RefusedError(Refusal.NOT_SCORED, sentence) from refused
        if resting.digest == started.digest:
            break
    if resting.is_provisional:
        condition = CONDITIONS["cases_accepted"]
        raise RefusedError(condition.refusal, condition.sentence)
    return parts, resting


def _undecided(moves: list[PanelMove], parts: list[Part]) -> bool:
    scored = {part.code: part.scored for part in parts}
    return any(
        move.state == PanelMove.State.PROPOSED or has_lapsed(move, scored[move.module])
        for move in moves
        if move.module in scored
    )


@transaction.atomic
def reopen_ratings(*, inspection: Inspection, reason: str, by: Actor) -> Inspection:
    """Reopen ratings that were settled, with the reason; what was settled stays, and the next settlement follows it."""
    return advance(inspection=inspection, verb="reopen_ratings", by=by, why=reason)
