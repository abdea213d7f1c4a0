"""Beginning an assessment, submitting it, and taking it back before it is decided."""

from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from inspectorate.fieldwork.actions.receiving import append_entries
from inspectorate.fieldwork.asking import require_on
from inspectorate.fieldwork.decided import folded
from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.moving import after_submitting, held_assessment, moved, reason_held
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.fieldwork.standing import standing_of
from inspectorate.inspections.models import Inspection, Module
from inspectorate.methodology.lifecycle import ASSESSMENT
from inspectorate.people.access import SYSTEM, Person
from inspectorate.record.actions import append
from inspectorate.record.names import checked_name
from inspectorate.sampling.models import Case


@transaction.atomic
def begin_assessment(
    *,
    case: Case,
    assessor: tuple[str, str],
    by: tuple[str, str] | Person,
    purpose: str = "live",
    module: str = "main",
) -> Assessment:
    """Begin a person's assessment of a case, in the edition that the inspection pins for the module.

    Refused: an unknown purpose or module; outside fieldwork; a case that is not theirs; a second assessment by the
    same person for the same purpose, or a second live one of the case.
    """
    inspection = Inspection.objects.select_for_update().get(pk=case.case_list.inspection_id)
    person = require_on(case=case, action="assessment.write", by=by)
    _refuse_outside_fieldwork(inspection)
    pinned = Module.objects.filter(inspection=inspection, code=module).first()
    if pinned is None:
        raise RefusedError(Refusal.MODULE_UNKNOWN, f"{inspection} has no module '{module}': choose one that it has.")
    if purpose not in Assessment.Purpose.values:
        known = ", ".join(Assessment.Purpose.values)
        raise RefusedError(Refusal.PURPOSE_UNKNOWN, f"'{purpose}' is no purpose of an assessment: choose {known}.")
    named = checked_name(assessor, "assessor")
    if tuple(named) != person.name and person.role != SYSTEM:
        raise RefusedError(Refusal.NOT_THEIRS, "Nobody begins an assessment for another person: let them begin it.")
    assessment = _begun(case, tuple(named), purpose, pinned)
    append(
        stream=inspection.name,
        by=person.name,
        verb="assessment.begun",
        subject=assessment.name,
        payload={
            "case": case.public_id,
            "assessor": list(named),
            "purpose": purpose,
            "edition": pinned.edition,
            "digest": pinned.edition_digest,
        },
    )
    return assessment


def _begun(case: Case, assessor: tuple[str, str], purpose: str, pinned: Module) -> Assessment:
    """Return the new assessment; what the database holds of there being one is told as a refusal."""
    try:
        with transaction.atomic():
            return Assessment.objects.create(
                case=case,
                assessor_kind=assessor[0],
                assessor_id=assessor[1],
                purpose=purpose,
                edition=pinned.edition,
                edition_digest=pinned.edition_digest,
                begun_at=datetime.now(UTC),
            )
    except IntegrityError as error:
        sentence = f"There is a {purpose} assessment of case {case} already: go on with it."
        raise RefusedError(Refusal.ALREADY_BEGUN, sentence) from error


def _refuse_outside_fieldwork(inspection: Inspection) -> None:
    if inspection.state != "fieldwork":
        sentence = "Cases are assessed during fieldwork, and this inspection is not in it: ask its lead."
        raise RefusedError(Refusal.FIELDWORK_CLOSED, sentence)


@transaction.atomic
def submit_assessment(*, assessment: Assessment, by: tuple[str, str] | Person) -> Assessment:
    """Hand an assessment in, to be accepted or returned.

    Refused while a question that is asked has no answer, or two answers stand side by side; the sentence names them.
    What was written but is no longer called for is taken back by entries of its own, so that nothing is lost.
    """
    held = held_assessment(assessment)
    person = require_on(case=held.case, action="assessment.write", by=by)
    _refuse_unless_own(held, person)
    _refuse_outside_fieldwork(held.case.case_list.inspection)
    standing = standing_of(held)
    state = after_submitting(held, standing)
    left_over = folded(standing, standing.left_over, seed=f"{held.public_id}:{held.state_at}")
    if left_over:
        append_entries(assessment=held, entries=left_over, by=by)
    return moved(held, "submit", state, person=person, payload={"taken_back": len(left_over)})


@transaction.atomic
def take_back_assessment(*, assessment: Assessment, why: str, by: tuple[str, str] | Person) -> Assessment:
    """Take an assessment back before it is decided, with the reason. Refused without one, or once it is decided."""
    held = held_assessment(assessment)
    person = require_on(case=held.case, action="assessment.write", by=by)
    _refuse_unless_own(held, person)
    _refuse_outside_fieldwork(held.case.case_list.inspection)
    state = ASSESSMENT.after("take_back", state=held.state, holds=reason_held(why))
    return moved(held, "take_back", state, person=person, why=why)


def _refuse_unless_own(held: Assessment, person: Person) -> None:
    if person.role != SYSTEM and held.assessor != person.name:
        sentence = "This assessment is somebody else's: have the lead hand it over to you first."
        raise RefusedError(Refusal.NOT_THEIRS, sentence)
