"""From a list to a sample, in this order and no other: list entered, frozen, seed made, sample drawn.

Each step is a transaction of its own, so that no seed is ever made for a list that could still change.
"""

import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from inspectorate.inspections.models import Inspection
from inspectorate.methodology import editions
from inspectorate.methodology.sampling.draw import Listed, draw, draw_digest
from inspectorate.record.actions import append
from inspectorate.register.models import Body
from inspectorate.sampling.models import SEED_LENGTH, Case, CaseList, DrawnCase, Sample
from inspectorate.sampling.refusals import Refusal, RefusedError


@dataclass(frozen=True)
class ListedCase:
    """One case as it is handed in; ``characteristics`` by column, as text."""

    reference: str
    stratum: str = "all"
    characteristics: dict[str, str] = field(default_factory=dict)
    holder: Body | None = None
    home: Body | None = None
    host: Body | None = None


@transaction.atomic
def enter_list(*, inspection: Inspection, kind: str, cases: Sequence[ListedCase], by: tuple[str, str]) -> CaseList:
    """Enter the list of all cases of one kind.

    Refused: a kind that no edition of the inspection has, or that has a list; no case; a reference that stands twice.
    """
    _refuse_unfit(inspection, kind, cases)
    entered = CaseList.objects.create(inspection=inspection, kind=kind)
    rows = [
        Case(
            case_list=entered,
            reference=_reference(case),
            stratum=unicodedata.normalize("NFC", case.stratum.strip()) or "all",
            characteristics=case.characteristics,
            holder=case.holder,
            home=case.home,
            host=case.host,
        )
        for case in cases
    ]
    Case.objects.bulk_create(rows)
    _note(entered, "case-list.entered", {"kind": kind, "cases": len(rows)}, by)
    return entered


def _refuse_unfit(inspection: Inspection, kind: str, cases: Sequence[ListedCase]) -> None:
    codes = inspection.modules.values_list("edition", flat=True)
    kinds = {kind.code for code in codes for kind in editions.load(code).form.kinds}
    if kind not in kinds:
        sentence = f"No edition of this inspection has cases of the kind '{kind}': choose one of {sorted(kinds)}."
        raise RefusedError(Refusal.KIND_UNKNOWN, sentence)
    if inspection.case_lists.filter(kind=kind).exists():
        raise RefusedError(Refusal.KIND_LISTED, f"{inspection} has a list of {kind} cases already: use that.")
    if not cases:
        raise RefusedError(Refusal.LIST_EMPTY, "The list has no case: hand in every case that could be drawn.")
    twice = [reference for reference, times in Counter(map(_reference, cases)).items() if times > 1]
    if twice:
        raise RefusedError(Refusal.REFERENCE_TWICE, f"Case '{twice[0]}' stands on the list twice: keep one row.")


def _reference(case: ListedCase) -> str:
    return unicodedata.normalize("NFC", case.reference.strip())


@transaction.atomic
def freeze_list(*, case_list: CaseList, by: tuple[str, str]) -> CaseList:
    """Freeze a list with its digest, for good. Refused where it is frozen."""
    held = _held(case_list)
    if held.frozen_at is not None:
        raise RefusedError(Refusal.ALREADY_FROZEN, f"The list ({held}) is frozen already: go on to its seed.")
    held.digest = draw_digest(list(_listed(held)))
    held.frozen_at = datetime.now(UTC)
    held.save(update_fields=["digest", "frozen_at"])
    _note(held, "case-list.frozen", {"digest": held.digest}, by)
    return held


@transaction.atomic
def make_seed(*, case_list: CaseList, by: tuple[str, str]) -> CaseList:
    """Make the seed of a frozen list, once: 128 bits that nobody chose. Refused before the freeze, or again."""
    held = _held(case_list)
    if held.frozen_at is None:
        raise RefusedError(Refusal.NOT_FROZEN, f"The list ({held}) can still change: freeze it first.")
    if held.seed is not None:
        raise RefusedError(Refusal.SEED_MADE, f"The list ({held}) has its seed, never made again: draw with it.")
    held.seed = secrets.token_hex(SEED_LENGTH // 2)
    held.save(update_fields=["seed"])
    _note(held, "case-list.seeded", {"seed": held.seed}, by)
    return held


@transaction.atomic
def draw_sample(*, case_list: CaseList, size: int, by: tuple[str, str]) -> Sample:
    """Draw ``size`` cases from a list that has its seed; all others, in order, are the reserve.

    Refused: no seed, or drawn already. Raises methodology's Refused where the list has fewer cases than ``size``.
    """
    held = _held(case_list)
    if held.seed is None:
        raise RefusedError(Refusal.NO_SEED, f"The list ({held}) has no seed: freeze it and have its seed made.")
    if Sample.objects.filter(case_list=held).exists():
        sentence = f"A sample of the list ({held}) is drawn already: extend it from its reserve."
        raise RefusedError(Refusal.ALREADY_DRAWN, sentence)
    cases = {case.reference: case for case in held.cases.all()}
    made = draw(list(_listed(held)), held.seed, size)
    sample = Sample.objects.create(case_list=held, size=size, drawn_at=datetime.now(UTC))
    places = ((DrawnCase.Role.DRAWN, made.drawn), (DrawnCase.Role.RESERVE, made.reserve))
    DrawnCase.objects.bulk_create(
        DrawnCase(sample=sample, case=cases[listed.case], role=role, order=order)
        for role, part in places
        for order, listed in enumerate(part, 1)
    )
    _note(held, "sample.drawn", {"size": size, "digest": made.digest, "seed": made.seed}, by)
    return sample


def _held(case_list: CaseList) -> CaseList:
    """Return the list, locked until the transaction ends."""
    return CaseList.objects.select_for_update().get(pk=case_list.pk)


def _listed(case_list: CaseList) -> Iterable[Listed]:
    for reference, stratum in case_list.cases.values_list("reference", "stratum"):
        yield Listed(reference, case_list.kind, stratum)


def _note(case_list: CaseList, verb: str, payload: dict[str, Any], by: tuple[str, str]) -> None:
    append(
        stream=("inspection", case_list.inspection.public_id),
        by=by,
        verb=verb,
        subject=("case-list", case_list.public_id),
        payload=payload,
    )
