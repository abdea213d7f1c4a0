"""Erasing why ratings were given or moved, once that is due: the ratings stay, and come out the same again."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import transaction

from inspectorate.inspections.models import Inspection
from inspectorate.people.access import require
from inspectorate.ratings.models import Judgement, PanelMove, Settlement
from inspectorate.record.actions import append
from inspectorate.record.names import ERASED


@transaction.atomic
def forget_reasoning(*, inspection: Inspection, public: Collection[str], by: tuple[str, str]) -> int:
    """Erase the reasons of judgements and of moves of the panel, and who gave them; return how many rows.

    ``public`` names the settlements that a public report tells of, by public id: their accounts are public, and stay.
    In every other the same words go from the figures and from what they were worked out from, so that they still agree.
    """
    require(by, "privacy.erase")
    judged = Judgement.objects.filter(inspection=inspection)
    rows = judged.forget(reason=ERASED, judged_by_name="")
    moves = PanelMove.objects.filter(inspection=inspection)
    rows += moves.update(reason=ERASED, proposed_by_name="", decided_by_name="")
    moves.exclude(decision_reason="").update(decision_reason=ERASED)
    moves.exclude(withdrawn_because="").update(withdrawn_because=ERASED)
    for one in Settlement.objects.filter(inspection=inspection).exclude(public_id__in=public):
        stored = one.stored
        words = sorted({word for word in _said(stored) if word.strip()}, key=len, reverse=True)
        left = {"payload": _without(one.payload, words), "inputs": Settlement.pack(_without(stored, words))}
        rows += Settlement.objects.filter(pk=one.pk).forget(**left)
    append(stream=inspection.name, by=by, verb="reasoning.erased", subject=inspection.name, payload={"rows": rows})
    return rows


def _said(stored: dict[str, Any]) -> Iterator[str]:
    """Yield every reason and every name in what was scored."""
    for section in stored["sections"]:
        for judged in section["judgements"].values():
            yield judged["reason"]
        for move in section["moves"]:
            yield from (move["reason"], move["decision"], *move["people"])


def _without(value: Any, words: list[str]) -> Any:
    """Return a value without these words, wherever in a text they stand; ids, codes and figures hold none of them."""
    if isinstance(value, dict):
        return {key: _without(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, words) for one in value]
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, ERASED)
    return value
