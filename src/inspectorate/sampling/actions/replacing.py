"""A case leaves the sample and the next of the reserve comes in; the sample is extended from its reserve.

For a reason on the edition's list one person decides; for any other change of the sample, two. Other
stages call ``replace_case`` inside transactions of their own; what becomes of the assessment of the case is theirs.
"""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from inspectorate.methodology.sampling.draw import share_out
from inspectorate.methodology.sampling.size import limits
from inspectorate.people.access import INTEREST, person_of, require
from inspectorate.people.two import require_second
from inspectorate.sampling.actions.holding import MAY_CHANGE, hold_list, note
from inspectorate.sampling.models import CaseList, DrawnCase, Extension, Proposal, Replacement, Sample
from inspectorate.sampling.plans import kind_of
from inspectorate.sampling.queries import has_interest, reserve_of
from inspectorate.sampling.refusals import Refusal, RefusedError, given_reason


@transaction.atomic
def replace_case(*, drawn_case: DrawnCase, reason: str, by: tuple[str, str], why: str = "") -> Replacement:
    """Replace a case of the sample by the next of the reserve of its stratum, for a reason on the edition's list.

    Refused: before the sample is drawn and once ratings are looked at; a reason that is not on the list; a case that
    is not in the sample now, or that waits for a second person; no reserve left in its stratum.
    """
    case_list, drawn_case = _held(drawn_case, "sample.replace", by)
    known = _reasons_of(case_list)
    if reason not in known:
        words = ", ".join(known)
        sentence = f"'{reason}' is no reason of the edition: choose one of {words}, or propose it to a second person."
        raise RefusedError(Refusal.REASON_UNKNOWN, sentence)
    _refuse_proposed(drawn_case)
    return _replaced(case_list, drawn_case, reason=reason, why=why.strip()[:500], by=by)


def _reasons_of(case_list: CaseList) -> dict[str, str]:
    planned = kind_of(case_list.inspection, case_list.kind)
    return {one.code: one.text.en for one in planned.plan.replacement_reasons} if planned else {}


@transaction.atomic
def propose_replacement(
    *, drawn_case: DrawnCase, why: str, by: tuple[str, str], reason: str = Replacement.OTHER
) -> Proposal:
    """Ask that a case leave the sample for a reason that takes two people; nothing changes until another agrees.

    ``reason`` names one of the edition where the case has no reserve left: it then leaves without another.
    """
    case_list, drawn_case = _held(drawn_case, "sample.replace", by)
    given = given_reason(why, "the case leaves the sample")
    if reason != Replacement.OTHER and reason not in _reasons_of(case_list):
        raise RefusedError(Refusal.REASON_UNKNOWN, f"'{reason}' is no reason of the edition.")
    _refuse_proposed(drawn_case)
    proposal = Proposal.objects.create(
        drawn_case=drawn_case,
        reason=reason,
        why=given,
        proposed_at=datetime.now(UTC),
        proposed_by_kind=by[0],
        proposed_by_id=by[1],
    )
    told = {"case": drawn_case.case.public_id, "proposal": proposal.public_id, "reason": reason}
    note(case_list=case_list, verb="sample.replacement-proposed", payload=told, by=by, why=given)
    return proposal


@transaction.atomic
def propose_extension(*, case_list: CaseList, cases: int, why: str, by: tuple[str, str]) -> Proposal:
    """Ask that more cases come into a sample from its reserve; nothing changes until another agrees.

    Refused: before the draw and once ratings are looked at; no reason; no case, more than the reserve has, or than the
    edition allows; where somebody asks already.
    """
    held = hold_list(case_list=case_list, action="sample.draw", by=by, states=MAY_CHANGE)
    given = given_reason(why, "the sample is extended")
    sample = Sample.objects.filter(case_list=held).first()
    if sample is None:
        raise RefusedError(Refusal.NOT_IN_THE_SAMPLE, f"No sample was drawn from the list ({held}).")
    _refuse_unfit(held, sample, cases)
    if sample.proposals.filter(decision="").exists():
        sentence = "That this sample be extended is proposed already: a second person has to decide."
        raise RefusedError(Refusal.PROPOSED, sentence)
    proposal = Proposal.objects.create(
        sample=sample,
        cases=cases,
        reason=Replacement.OTHER,
        why=given,
        proposed_at=datetime.now(UTC),
        proposed_by_kind=by[0],
        proposed_by_id=by[1],
    )
    told = {"proposal": proposal.public_id, "cases": cases}
    note(case_list=held, verb="sample.extension-proposed", payload=told, by=by, why=given)
    return proposal


@transaction.atomic
def decide_proposal(*, proposal: Proposal, agree: bool, by: tuple[str, str]) -> Replacement | Extension | None:
    """Agree to a proposal, and so replace the case or extend the sample; or decline it. Whoever made it takes it back.

    Where the reserve of the stratum is used up the case leaves without another. Refused: decided already; agreed to
    by whoever proposed it; where it fits no more.
    """
    if proposal.drawn_case:
        case_list, drawn_case = _held(proposal.drawn_case, "sample.confirm", by)
    else:
        assert proposal.sample  # noqa: S101 - a constraint has it so
        listed = proposal.sample.case_list
        case_list = hold_list(case_list=listed, action="sample.confirm", by=by, states=MAY_CHANGE)
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if held.decision:
        raise RefusedError(Refusal.NOT_PROPOSED, f"That was decided already: {held.get_decision_display().lower()}.")
    asked_by = (held.proposed_by_kind, held.proposed_by_id)
    if agree:
        require_second("sample", asked_by=asked_by, by=person_of(by))
    held.decision = Proposal.Decision.AGREED if agree else Proposal.Decision.DECLINED
    if asked_by == tuple(by):
        held.decision = Proposal.Decision.TAKEN_BACK
    held.decided_at = datetime.now(UTC)
    held.decided_by_kind, held.decided_by_id = by
    held.save()
    if held.sample:
        return _extended(case_list, held, by) if agree else _declined(case_list, held, {"cases": held.cases}, by)
    if agree:
        return _replaced(case_list, drawn_case, reason=held.reason, why=held.why, by=by, proposed_by=list(asked_by))
    return _declined(case_list, held, {"case": drawn_case.case.public_id}, by)


def _declined(case_list: CaseList, proposal: Proposal, about: dict[str, Any], by: tuple[str, str]) -> None:
    told = about | {"proposal": proposal.public_id, "decision": proposal.decision}
    what = "extension" if proposal.sample else "replacement"
    note(case_list=case_list, verb=f"sample.{what}-declined", payload=told, by=by)


def _extended(case_list: CaseList, proposal: Proposal, by: tuple[str, str]) -> Extension:
    """Bring in what is proposed: in proportion to what is left in each stratum, and there in the order of the draw."""
    sample, cases = proposal.sample, proposal.cases
    assert sample and cases  # noqa: S101, PT018 - a constraint has it so
    left = _refuse_unfit(case_list, sample, cases)
    wanted = Counter(share_out(Counter(place.case.stratum for place in left), cases))
    taken = []
    for place in left:
        if wanted[place.case.stratum] > 0:
            wanted[place.case.stratum] -= 1
            taken.append(place)
    made = Extension.objects.create(sample=sample, cases=cases, why=proposal.why, extended_at=datetime.now(UTC))
    DrawnCase.objects.filter(pk__in=[place.pk for place in taken]).update(extension=made)
    told = {
        "cases": [place.case.public_id for place in taken],
        "proposed_by": [proposal.proposed_by_kind, proposal.proposed_by_id],
    }
    note(case_list=case_list, verb="sample.extended", payload=told, by=by, why=proposal.why)
    return made


def _refuse_unfit(case_list: CaseList, sample: Sample, cases: int) -> list[DrawnCase]:
    """Return what is left in the reserve; refuse a number that it, or the edition, does not allow."""
    left = list(reserve_of(case_list).select_related("case"))
    if not 1 <= cases <= len(left):
        sentence = f"{cases} more cases cannot come from a reserve of {len(left)}: give a number from 1 to {len(left)}."
        raise RefusedError(
            Refusal.NO_RESERVE, sentence if left else "The reserve is used up: every case is in the sample."
        )
    _refuse_beyond(case_list, sample, cases)
    return left


def _refuse_beyond(case_list: CaseList, sample: Sample, cases: int) -> None:
    planned = kind_of(case_list.inspection, case_list.kind)
    so_far = sample.size + sum(sample.extensions.values_list("cases", flat=True))
    most = limits(case_list.cases.count(), planned.plan.size)[1] if planned else so_far
    if so_far + cases > most:
        sentence = f"With {cases} more the sample would have {so_far + cases} cases; its edition allows {most} at most."
        raise RefusedError(Refusal.SIZE_UNFIT, sentence)


def _held(drawn_case: DrawnCase, action: str, by: tuple[str, str]) -> tuple[CaseList, DrawnCase]:
    """Return the list of a case, locked, and its place as it is now.

    Refused: whoever has an interest in the case; a case that is not in the sample.
    """
    held = hold_list(case_list=drawn_case.sample.case_list, action=action, by=by, states=MAY_CHANGE)
    place = DrawnCase.objects.select_related("case").get(pk=drawn_case.pk)
    person = person_of(by)
    if has_interest(person, place.case):
        require(person, action, {INTEREST})
    in_it = place.role == DrawnCase.Role.DRAWN or place.extension_id is not None
    came_in = Replacement.objects.filter(incoming=place).exists()
    if not (in_it or came_in) or Replacement.objects.filter(outgoing=place).exists():
        sentence = f"Case {place.case} is not in the sample now: look at the sample again."
        raise RefusedError(Refusal.NOT_IN_THE_SAMPLE, sentence)
    return held, place


def _refuse_proposed(drawn_case: DrawnCase) -> None:
    if drawn_case.proposals.filter(decision="").exists():
        sentence = f"That case {drawn_case.case} leave the sample is proposed already: a second person has to decide."
        raise RefusedError(Refusal.PROPOSED, sentence)


def _replaced(
    case_list: CaseList,
    outgoing: DrawnCase,
    *,
    reason: str,
    why: str,
    by: tuple[str, str],
    proposed_by: list[str] | None = None,
) -> Replacement:
    stratum = outgoing.case.stratum
    incoming = reserve_of(case_list).filter(case__stratum=stratum).select_related("case").first()
    if incoming is None and proposed_by is None:
        sentence = (
            f"There is no case left in the reserve of the stratum '{stratum}': keep the case, or propose that it leave "
            "the sample without another in its place, to which a second person has to agree."
        )
        raise RefusedError(Refusal.NO_RESERVE, sentence)
    made = Replacement.objects.create(
        outgoing=outgoing, incoming=incoming, reason=reason, why=why, replaced_at=datetime.now(UTC)
    )
    told = {
        "outgoing": outgoing.case.public_id,
        "incoming": incoming.case.public_id if incoming else None,
        "reason": reason,
        "proposed_by": proposed_by,
    }
    note(case_list=case_list, verb="sample.case-replaced", payload=told, by=by, why=why)
    return made
