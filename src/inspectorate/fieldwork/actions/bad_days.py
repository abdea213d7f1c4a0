"""When things go wrong in the middle: the assessor leaves, or the case has to leave the sample."""

from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from inspectorate.fieldwork.asking import require_on
from inspectorate.fieldwork.fitting import ALLOCATING
from inspectorate.fieldwork.models import Allocation, Assessment
from inspectorate.fieldwork.moving import held_assessment, moved, reason_held
from inspectorate.fieldwork.queries import WRITABLE, interest_in, live_assessment
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import ASSESSMENT
from inspectorate.people.access import Person, is_here, person_of_user
from inspectorate.people.models import User
from inspectorate.record.actions import append
from inspectorate.sampling.actions import replace_case
from inspectorate.sampling.models import Case, DrawnCase, Replacement


@transaction.atomic
def hand_over(*, assessment: Assessment, to: User, why: str, by: tuple[str, str] | Person) -> Assessment:
    """Give an assessment with all its entries to another assessor, as when one leaves in the middle.

    The old allocation ends. Who wrote which entry stays as the record has it. Refused: no reason; not begun or
    returned; somebody who is not in the team, has an interest, has it already, or has assessed this case before.
    """
    inspection = _held_inspection(assessment.case)
    held = held_assessment(assessment)
    person = require_on(case=held.case, action="case.allocate", by=by)
    _refuse_unfit(held, to, why, inspection)
    before, at = held.assessor, datetime.now(UTC)
    held.case.allocations.filter(ended_at__isnull=True).update(ended_at=at, ended_because=why.strip()[:300])
    Allocation.objects.create(case=held.case, assessor=to, allocated_at=at)
    held.assessor_kind, held.assessor_id = to.name
    try:
        with transaction.atomic():
            held.save(update_fields=["assessor_kind", "assessor_id"])
    except IntegrityError as error:
        sentence = f"{to.full_name} has an earlier assessment of case {held.case}, which is kept: choose somebody else."
        raise RefusedError(Refusal.ALREADY_BEGUN, sentence) from error
    append(
        stream=inspection.name,
        by=person.name,
        verb="assessment.handed_over",
        subject=held.name,
        payload={"from": list(before), "to": list(to.name)},
        why=why.strip(),
    )
    return held


def _held_inspection(case: Case) -> Inspection:
    return Inspection.objects.select_for_update().get(pk=case.case_list.inspection_id)


def _refuse_unfit(held: Assessment, to: User, why: str, inspection: Inspection) -> None:
    for bad, code, sentence in (
        (not why.strip(), Refusal.REASON_MISSING, "Say why it is handed over, for whoever reads this later."),
        (inspection.state not in ALLOCATING, Refusal.FIELDWORK_CLOSED, "This inspection is not in fieldwork now."),
        (
            held.state not in WRITABLE,
            Refusal.ASSESSMENT_CLOSED,
            "It is handed in or decided: return it first, then hand it over.",
        ),
        (held.assessor == to.name, Refusal.ALREADY_ALLOCATED, f"{to.full_name} has this assessment already."),
        (
            not is_here(to) or not inspection.team.filter(user=to, left_at__isnull=True).exists(),
            Refusal.NOT_IN_THE_TEAM,
            f"{to.full_name} is not in the team: take them in first.",
        ),
        (
            interest_in(person_of_user(to), held.case),
            Refusal.HAS_AN_INTEREST,
            f"{to.full_name} has an interest in case {held.case}: choose somebody else.",
        ),
    ):
        if bad:
            raise RefusedError(code, sentence)


@transaction.atomic
def withdraw_assessment(*, assessment: Assessment, why: str, by: tuple[str, str] | Person) -> Assessment:
    """Withdraw an assessment, with the reason, as when its case leaves the sample; what was written is kept."""
    _held_inspection(assessment.case)
    held = held_assessment(assessment)
    person = require_on(case=held.case, action="case.allocate", by=by)
    state = ASSESSMENT.after("withdraw", state=held.state, holds=reason_held(why))
    at = datetime.now(UTC)
    held.case.allocations.filter(ended_at__isnull=True).update(ended_at=at, ended_because=why.strip()[:300])
    return moved(held, "withdraw", state, person=person, why=why)


@transaction.atomic
def replace_assessed_case(*, case: Case, reason: str, why: str, by: tuple[str, str]) -> Replacement:
    """Let a case leave the sample in the middle: its assessment is withdrawn, the next of the reserve comes in.

    ``reason`` is one of the edition. Refused as ``replace_case`` refuses, and without words on why.
    """
    _held_inspection(case)
    open_ = live_assessment(case)
    if open_ is not None:
        withdraw_assessment(assessment=open_, why=why, by=by)
    else:
        require_on(case=case, action="case.allocate", by=by)
        left = "The case left the sample."
        case.allocations.filter(ended_at__isnull=True).update(ended_at=datetime.now(UTC), ended_because=left)
    return replace_case(drawn_case=DrawnCase.objects.get(case=case), reason=reason, why=why, by=by)
