"""Beginning, finishing and reopening fieldwork: the verbs of the inspection whose conditions this stage knows.

Reopening takes two people: it undoes work that was accepted, and ratings that were settled on it.
"""

from datetime import UTC, datetime

from django.db import transaction

from inspectorate.fieldwork.models import FieldworkReopening
from inspectorate.fieldwork.queries import not_accepted, open_reopening, unallocated
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.actions import advance, require_in
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import Person
from inspectorate.people.two import require_second
from inspectorate.record.actions import append


@transaction.atomic
def begin_fieldwork(*, inspection: Inspection, by: tuple[str, str]) -> Inspection:
    """Begin fieldwork. Refused while a case of the sample has no assessor who is in the team."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    holds = () if unallocated(held).exists() else ("cases_allocated",)
    return advance(inspection=held, verb="begin_fieldwork", by=by, holds=holds)


@transaction.atomic
def finish_fieldwork(*, inspection: Inspection, by: tuple[str, str]) -> Inspection:
    """Finish fieldwork. Refused while a case of the sample has no accepted assessment."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    holds = () if not_accepted(held).exists() else ("cases_accepted",)
    return advance(inspection=held, verb="finish_fieldwork", by=by, holds=holds)


@transaction.atomic
def ask_to_reopen_fieldwork(*, inspection: Inspection, why: str, by: tuple[str, str]) -> FieldworkReopening:
    """Ask that fieldwork be reopened, with the reason; another person has to agree. Asked twice alike: once.

    Refused: outside the states from which it is reopened; no reason; somebody has asked already.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="fieldwork.reopen", by=by)
    holds = {"reason_given", "second_person"} if why.strip() else {"second_person"}
    INSPECTION.after("reopen_fieldwork", state=held.state, before=held.state_before, holds=holds)
    waiting = open_reopening(held)
    if waiting:
        if (waiting.asked_by, waiting.reason) == (person.name, why.strip()):
            return waiting
        sentence = "Somebody has asked to reopen fieldwork already: agree to that, or decline it."
        raise RefusedError(Refusal.ASKED_ALREADY, sentence)
    asked = FieldworkReopening.objects.create(
        inspection=held,
        reason=why.strip(),
        asked_at=datetime.now(UTC),
        asked_by_kind=person.name[0],
        asked_by_id=person.name[1],
    )
    _note(asked, "fieldwork-reopening.asked", by, asked.reason)
    return asked


@transaction.atomic
def agree_to_reopen_fieldwork(*, inspection: Inspection, by: tuple[str, str]) -> FieldworkReopening:
    """Agree that fieldwork be reopened, as another asked: it is open again, in the same step.

    Refused: nobody asks; whoever asked; outside the states from which it is reopened.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="fieldwork.confirm_reopening", by=by)
    waiting = _waiting(held)
    require_second("fieldwork", asked_by=waiting.asked_by, by=person)
    _decide(waiting, FieldworkReopening.Decision.AGREED, person)
    told = {"reopening": waiting.public_id, "asked_by": list(waiting.asked_by)}
    advance(inspection=held, verb="reopen_fieldwork", by=by, holds={"second_person"}, why=waiting.reason, payload=told)
    return waiting


@transaction.atomic
def decline_to_reopen_fieldwork(*, inspection: Inspection, why: str, by: tuple[str, str]) -> FieldworkReopening:
    """Decline what another asks, or take back what one asked oneself, with the reason. Refused: nobody asks; none."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    waiting = open_reopening(held)
    own = waiting is not None and waiting.asked_by == by
    person = require_in(inspection=held, action="fieldwork.reopen" if own else "fieldwork.confirm_reopening", by=by)
    waiting = _waiting(held)
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "A reason is needed: write why fieldwork stays as it is.")
    _decide(waiting, FieldworkReopening.Decision.TAKEN_BACK if own else FieldworkReopening.Decision.DECLINED, person)
    _note(waiting, f"fieldwork-reopening.{waiting.decision.replace('_', '-')}", by, why.strip())
    return waiting


def _waiting(inspection: Inspection) -> FieldworkReopening:
    waiting = open_reopening(inspection)
    if waiting is None:
        raise RefusedError(Refusal.NOT_ASKED, "Nobody asks to reopen fieldwork now: ask first, with the reason.")
    return waiting


def _decide(waiting: FieldworkReopening, decision: str, person: Person) -> None:
    waiting.decision, waiting.decided_at = decision, datetime.now(UTC)
    waiting.decided_by_kind, waiting.decided_by_id = person.name
    waiting.save()


def _note(asked: FieldworkReopening, verb: str, by: tuple[str, str], why: str) -> None:
    subject = ("fieldwork-reopening", asked.public_id)
    append(stream=asked.inspection.name, by=by, verb=verb, subject=subject, payload={}, why=why)
