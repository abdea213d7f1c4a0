"""A list that has no case to draw, and a closed list that turns out to be wrong."""

from datetime import UTC, datetime

from django.db import transaction

from inspectorate.inspections.actions import advance
from inspectorate.inspections.models import Inspection
from inspectorate.sampling.actions.holding import IS_DRAWN, hold, hold_list, note
from inspectorate.sampling.models import CaseList
from inspectorate.sampling.plans import kind_of
from inspectorate.sampling.queries import lists_settled
from inspectorate.sampling.refusals import Refusal, RefusedError, given_reason


@transaction.atomic
def say_none_eligible(*, inspection: Inspection, kind: str, why: str, by: tuple[str, str]) -> CaseList:
    """Settle a list without a sample: the body has no eligible case of this kind.

    With the last list that was open the inspection moves on. Refused: an unknown kind; a list that has cases, or is
    closed; no reason.
    """
    held = hold(inspection_pk=inspection.pk, action="case_list.freeze", by=by, states=IS_DRAWN)
    given = given_reason(why, "there is no eligible case")
    if kind_of(held, kind) is None:
        raise RefusedError(Refusal.KIND_UNKNOWN, f"This inspection has no cases of the kind '{kind}'.")
    case_list, _ = CaseList.objects.get_or_create(inspection=held, kind=kind, superseded_at=None)
    if not case_list.is_open:
        raise RefusedError(Refusal.LIST_CLOSED, f"The list ({case_list}) is settled already.")
    if case_list.cases.exists():
        sentence = f"The list ({case_list}) has cases: take them off, each with a reason, or draw the sample."
        raise RefusedError(Refusal.LIST_HAS_CASES, sentence)
    case_list.none_eligible_at, case_list.none_eligible_because = datetime.now(UTC), given
    case_list.save(update_fields=["none_eligible_at", "none_eligible_because"])
    note(case_list=case_list, verb="case-list.none-eligible", payload={"kind": kind}, by=by, why=given)
    if lists_settled(held):
        advance(inspection=held, verb="settle_sample", by=by, holds={"lists_settled"})
    return case_list


@transaction.atomic
def supersede_list(*, case_list: CaseList, why: str, by: tuple[str, str]) -> CaseList:
    """Put an empty next version in the place of a closed list that is wrong, and return it; the old one is kept.

    Refused: a list that is still open (change it), or has its seed (whoever has seen it knows the draw); no reason.
    """
    held = hold_list(case_list=case_list, action="case_list.freeze", by=by, states=IS_DRAWN)
    given = given_reason(why, "the list is replaced")
    if held.is_open:
        raise RefusedError(Refusal.LIST_NOT_CLOSED, f"The list ({held}) can still change: upload, or take cases off.")
    if held.seed is not None:
        sentence = (
            f"The list ({held}) has its seed, and a list that is drawn from is never replaced: draw the sample, and "
            "replace a case that should not be there."
        )
        raise RefusedError(Refusal.SEED_MADE, sentence)
    held.superseded_at, held.superseded_because = datetime.now(UTC), given
    held.save(update_fields=["superseded_at", "superseded_because"])
    following = CaseList.objects.create(inspection=held.inspection, kind=held.kind, version=held.version + 1)
    note(case_list=held, verb="case-list.superseded", payload={"by": following.public_id}, by=by, why=given)
    return following
