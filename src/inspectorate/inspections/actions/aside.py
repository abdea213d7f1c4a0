"""Setting an inspection aside and taking it up again; and withdrawing the notice."""

from django.db import IntegrityError, transaction

from inspectorate.inspections.actions.advance import advance
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.refusals import Refusal, RefusedError

ASIDE = ("withdraw_notice", "defer", "withhold", "cancel", "resume")
"""The verbs of this module, in the order in which pages offer them."""


def set_aside(*, inspection: Inspection, verb: str, why: str, by: tuple[str, str]) -> Inspection:
    """Defer, withhold, cancel or resume an inspection, or withdraw its notice; nothing that was entered is lost.

    Refused: another verb; no reason; a state from which the verb does not start; a cancelled reinspection that cannot
    come back because another has been arranged in its place.
    """
    if verb not in ASIDE:
        raise RefusedError(Refusal.NOT_AN_ASIDE, f"'{verb}' does not set an inspection aside: use {', '.join(ASIDE)}.")
    try:
        with transaction.atomic():
            return advance(inspection=inspection, verb=verb, by=by, why=why)
    except IntegrityError as error:
        sentence = "Another reinspection has been arranged in place of this one: cancel that first, or go on with it."
        raise RefusedError(Refusal.REINSPECTED, sentence) from error
