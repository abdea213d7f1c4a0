"""Accepting an assessment, or returning it with the reason, the question and the line of guidance it rests on."""

from datetime import UTC, datetime

from django.db import transaction

from inspectorate.fieldwork.asking import require_on
from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.moving import after_submitting, held_assessment, moved, reason_held
from inspectorate.fieldwork.standing import edition_of, standing_of
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import ASSESSMENT, INSPECTION
from inspectorate.people.access import Person, require
from inspectorate.quality.models import Decision
from inspectorate.quality.queries import guidance_lines, is_own
from inspectorate.quality.refusals import Refusal, RefusedError
from inspectorate.record.actions import append
from inspectorate.record.names import ERASED
from inspectorate.sampling.queries import current_sample


@transaction.atomic
def accept_assessment(*, assessment: Assessment, by: tuple[str, str] | Person, seen: str = "") -> Decision:
    """Accept an assessment as it stands: from now on scores rest on it.

    ``seen`` is the moment at which what the person read was handed in. Refused: one's own; outside fieldwork; a case
    that left the sample; what was handed in anew since; anything but a submitted one with every answer.
    """
    held, inspection, person = _held(assessment, by)
    if inspection.state != "fieldwork":
        raise RefusedError(Refusal.FIELDWORK_OVER, "Assessments are accepted during fieldwork: reopen it first.")
    if not current_sample(inspection).filter(pk=held.case_id).exists():
        sentence = f"Case {held.case} is not in the sample now: withdraw its assessment on the page of the case."
        raise RefusedError(Refusal.NOT_IN_SAMPLE, sentence)
    if held.state == "submitted" and seen and held.state_at and seen != held.state_at.isoformat():
        sentence = "It was taken back and handed in again since you opened the page: read it again, then accept it."
        raise RefusedError(Refusal.HANDED_IN_ANEW, sentence)
    state = after_submitting(held, standing_of(held), "accept")
    decision = _decided(held, person, verdict=Decision.Verdict.ACCEPTED)
    moved(held, "accept", state, person=person, payload={"decision": decision.public_id})
    return decision


@transaction.atomic
def return_assessment(
    *,
    assessment: Assessment,
    reason: str,
    by: tuple[str, str] | Person,
    question: str = "",
    guidance: str = "",
) -> Decision:
    """Return an assessment to its assessor, with the reason; one that was accepted can be returned later too.

    ``guidance`` is one of the lines of the guidance of ``question``, kept as it reads now. Refused: no reason; one's
    own; a question or a line that the edition lacks; outside fieldwork, which it takes two people to reopen.
    """
    held, inspection, person = _held(assessment, by)
    _refuse_unknown(held, question, guidance)
    state = ASSESSMENT.after("return", state=held.state, holds=reason_held(reason))
    if inspection.state != "fieldwork":
        may = inspection.state in INSPECTION.verb("reopen_fieldwork").from_
        then = "have it reopened first, which takes two people." if may else "it cannot be reopened from here."
        raise RefusedError(Refusal.FIELDWORK_OVER, f"Fieldwork is not under way: {then}")
    told = {"verdict": Decision.Verdict.RETURNED, "reason": reason.strip(), "question": question}
    decision = _decided(held, person, **told, guidance=guidance)
    payload = {"decision": decision.public_id, "question": question, "guidance": guidance}
    moved(held, "return", state, person=person, payload=payload, why=reason)
    return decision


def _held(assessment: Assessment, by: tuple[str, str] | Person) -> tuple[Assessment, Inspection, Person]:
    """Return assessment and inspection, locked, and who decides; refuse whoever may not, and whose own it is."""
    inspection = Inspection.objects.select_for_update().get(pk=assessment.case.case_list.inspection_id)
    held = held_assessment(assessment)
    person = require_on(case=held.case, action="assessment.decide", by=by)
    if is_own(held, person):
        sentence = "You assessed this case: another lead inspector of the team, or the chief inspector, decides on it."
        raise RefusedError(Refusal.OWN_ASSESSMENT, sentence)
    return held, inspection, person


def _refuse_unknown(held: Assessment, question: str, guidance: str) -> None:
    edition = edition_of(held)
    if question and question not in edition.form.kind(held.case.kind).place:
        raise RefusedError(Refusal.QUESTION_UNKNOWN, f"There is no question '{question}' in this form: choose one.")
    if guidance and guidance not in guidance_lines(edition, question):
        sentence = "That line is not in the guidance of this question: choose one that is, or none."
        raise RefusedError(Refusal.GUIDANCE_UNKNOWN, sentence)


def _decided(held: Assessment, person: Person, *, verdict: str, **facts: str) -> Decision:
    return Decision.objects.create(
        assessment=held,
        verdict=verdict,
        decided_by_kind=person.name[0],
        decided_by_id=person.name[1],
        decided_at=datetime.now(UTC),
        **facts,
    )


@transaction.atomic
def forget_reasons(*, inspection: Inspection, by: tuple[str, str]) -> int:
    """Erase why assessments were returned, once that is due; the decisions stay. Returns how many reasons."""
    require(by, "privacy.erase")
    reasons = Decision.objects.filter(assessment__case__case_list__inspection=inspection).exclude(reason="")
    erased = reasons.update(reason=ERASED)
    told = {"reasons": erased}
    append(stream=inspection.name, by=by, verb="decisions.erased", subject=inspection.name, payload=told)
    return erased
