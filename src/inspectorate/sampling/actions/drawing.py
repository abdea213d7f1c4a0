"""From a list to a sample, in this order and no other: list frozen, seed made, sample drawn.

Each step is a transaction of its own, so that no seed is ever made for a list that could still change. ``settle_list``
takes whichever steps are left, so that one that was interrupted is taken up where it stopped.
"""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction

from inspectorate.inspections.actions import advance
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.sampling.draw import Listed, draw, draw_digest
from inspectorate.methodology.sampling.size import limits, sample_size
from inspectorate.sampling.actions.holding import IS_DRAWN, hold, hold_list, note
from inspectorate.sampling.models import SEED_LENGTH, CaseList, DrawnCase, ListUpload, Sample
from inspectorate.sampling.plans import kind_of
from inspectorate.sampling.queries import lists_settled
from inspectorate.sampling.refusals import Refusal, RefusedError, given_reason


@transaction.atomic
def freeze_list(*, case_list: CaseList, by: tuple[str, str], digest: str = "") -> CaseList:
    """Freeze a list with its digest, for good; the faulty rows that were kept for mending are erased.

    ``digest`` is that of the list as the person saw it. Refused: frozen already; no case; the list has changed since.
    """
    held = hold_list(case_list=case_list, action="case_list.freeze", by=by, states=IS_DRAWN)
    if held.frozen_at is not None:
        raise RefusedError(Refusal.ALREADY_FROZEN, f"The list ({held}) is frozen already: go on to its seed.")
    listed = list(_listed(held))
    if not listed:
        sentence = f"The list ({held}) has no case: wait for the list, or say that there is no eligible case."
        raise RefusedError(Refusal.LIST_EMPTY, sentence)
    held.digest = draw_digest(listed)
    if digest and digest != held.digest:
        sentence = f"The list ({held}) has changed since you opened the page: look at it again, then freeze it."
        raise RefusedError(Refusal.LIST_CHANGED, sentence)
    held.frozen_at = datetime.now(UTC)
    held.save(update_fields=["digest", "frozen_at"])
    ListUpload.objects.filter(case_list=held).update(faulty_rows=[])
    told = {"digest": held.digest, "cases": len(listed), "version": held.version}
    note(case_list=held, verb="case-list.frozen", payload=told, by=by)
    return held


@transaction.atomic
def make_seed(*, case_list: CaseList, by: tuple[str, str]) -> CaseList:
    """Make the seed of a frozen list, once: 128 bits that nobody chose. Refused before the freeze, or again."""
    held = hold_list(case_list=case_list, action="sample.draw", by=by, states=IS_DRAWN)
    if held.frozen_at is None:
        raise RefusedError(Refusal.NOT_FROZEN, f"The list ({held}) can still change: freeze it first.")
    if held.seed is not None:
        raise RefusedError(Refusal.SEED_MADE, f"The list ({held}) has its seed, never made again: draw with it.")
    held.seed = secrets.token_hex(SEED_LENGTH // 2)
    held.save(update_fields=["seed"])
    note(case_list=held, verb="case-list.seeded", payload={"seed": held.seed}, by=by)
    return held


@transaction.atomic
def draw_sample(*, case_list: CaseList, by: tuple[str, str], size: int | None = None, why: str = "") -> Sample:
    """Draw the sample of a list that has its seed; all others, in order, are the reserve.

    The size is the one that the edition works out, or another within its limits for a reason. With the last list that
    was open the inspection moves on. Refused: no seed, drawn already, a size outside the limits or without a reason.
    """
    held = hold_list(case_list=case_list, action="sample.draw", by=by, states=IS_DRAWN)
    if held.seed is None:
        raise RefusedError(Refusal.NO_SEED, f"The list ({held}) has no seed: freeze it and have its seed made.")
    if Sample.objects.filter(case_list=held).exists():
        sentence = f"A sample of the list ({held}) is drawn already: extend it from its reserve."
        raise RefusedError(Refusal.ALREADY_DRAWN, sentence)
    cases = {case.reference: case for case in held.cases.all()}
    by_rule, chosen = _fit_size(held, len(cases), size, why)
    made = draw(list(_listed(held)), held.seed, chosen)
    sample = Sample.objects.create(
        case_list=held,
        size=chosen,
        by_rule=by_rule,
        size_because=why.strip()[:500] if chosen != by_rule else "",
        drawn_at=datetime.now(UTC),
    )
    places = ((DrawnCase.Role.DRAWN, made.drawn), (DrawnCase.Role.RESERVE, made.reserve))
    DrawnCase.objects.bulk_create(
        DrawnCase(sample=sample, case=cases[listed.case], role=role, order=order)
        for role, part in places
        for order, listed in enumerate(part, 1)
    )
    told = {"size": chosen, "by_rule": by_rule, "digest": made.digest, "seed": made.seed}
    note(case_list=held, verb="sample.drawn", payload=told, by=by, why=sample.size_because)
    _move_on(held.inspection, by)
    return sample


def _fit_size(case_list: CaseList, population: int, size: int | None, why: str) -> tuple[int, int]:
    """Return the size by rule and the one chosen; refuse one outside the limits of the edition or without a reason."""
    planned = kind_of(case_list.inspection, case_list.kind)
    if planned is None:
        sentence = f"No edition of this inspection has cases of the kind '{case_list.kind}' any more."
        raise RefusedError(Refusal.KIND_UNKNOWN, sentence)
    rule = planned.plan.size
    by_rule = sample_size(population, rule).cases
    if size is None or size == by_rule:
        return by_rule, by_rule
    least, most = limits(population, rule)
    if not least <= size <= most:
        sentence = (
            f"{size} cases is outside what {planned.edition.code} allows for a list of {population}: choose from "
            f"{least} to {most}, or take the {by_rule} that it works out."
        )
        raise RefusedError(Refusal.SIZE_UNFIT, sentence)
    given_reason(why, f"the sample has {size} cases and not the {by_rule} that the edition works out")
    return by_rule, size


def settle_list(
    *, case_list: CaseList, by: tuple[str, str], size: int | None = None, why: str = "", digest: str = ""
) -> Sample:
    """Take what is left of three steps, each in a transaction of its own: freeze the list, make its seed, draw.

    One that was interrupted goes on where it stopped; one that is drawn is refused. The size is looked at before the
    freeze, because nothing after it can be undone.
    """
    held = CaseList.objects.select_related("inspection").get(pk=case_list.pk)
    population = held.cases.count()
    if held.frozen_at is None:
        if population:
            _fit_size(held, population, size, why)
        held = freeze_list(case_list=held, by=by, digest=digest)
    if held.seed is None:
        held = make_seed(case_list=held, by=by)
    return draw_sample(case_list=held, by=by, size=size, why=why)


@transaction.atomic
def settle_sample(*, inspection: Inspection, by: tuple[str, str]) -> Inspection:
    """Move an inspection on whose lists are all settled; refused where one is open. The last draw does it too."""
    held = hold(inspection_pk=inspection.pk, action="sample.draw", by=by, states=IS_DRAWN)
    holds = {"lists_settled"} if lists_settled(held) else set()
    return advance(inspection=held, verb="settle_sample", by=by, holds=holds)


def _move_on(inspection: Inspection, by: tuple[str, str]) -> None:
    if lists_settled(inspection):
        advance(inspection=inspection, verb="settle_sample", by=by, holds={"lists_settled"})


def _listed(case_list: CaseList) -> Iterable[Listed]:
    for reference, stratum in case_list.cases.values_list("reference", "stratum"):
        yield Listed(reference, case_list.kind, stratum)
