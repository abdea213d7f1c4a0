"""Signing a report off, and reopening a signed one, which takes two people."""

from datetime import UTC, datetime

from django.db import transaction

from inspectorate.inspections.actions import advance, require_in
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import Person
from inspectorate.people.two import require_second
from inspectorate.record.actions import append
from inspectorate.reports.models import Draft, Reopening, SignedReport
from inspectorate.reports.queries import (
    latest_draft,
    open_reopening,
    sign_off_holds,
    signed_report,
    unchanged_though_accepted,
)
from inspectorate.reports.refusals import Refusal, RefusedError


@transaction.atomic
def sign_off_report(*, inspection: Inspection, by: tuple[str, str]) -> SignedReport:
    """Sign the report off as the latest draft has it: what is signed is what the body checked.

    Refused: a part that no report may leave out is empty; ratings out of date; a comment without an answer; a comment
    that was accepted and that no later draft has changed.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="report.sign_off", by=by)
    draft = latest_draft(held)
    holds = sign_off_holds(held, draft)
    INSPECTION.after("sign_off", state=held.state, before=held.state_before, holds=holds)
    assert draft  # noqa: S101 - its ratings are current
    _refuse_accepted_and_not_changed(draft)
    last = signed_report(held)
    signed = SignedReport.objects.create(
        inspection=held,
        number=(last.number if last else 0) + 1,
        content=draft.content,
        digest=draft.digest,
        draft=draft,
        settlement=draft.settlement,
        supersedes=last,
        signed_at=datetime.now(UTC),
        signed_by_kind=person.name[0],
        signed_by_id=person.name[1],
    )
    told = {"report": signed.public_id, "number": signed.number, "digest": signed.digest}
    advance(inspection=held, verb="sign_off", by=by, holds=holds, payload=told)
    return signed


def _refuse_accepted_and_not_changed(draft: Draft) -> None:
    waiting = unchanged_though_accepted(draft).first()
    if waiting:
        sentence = (
            f"A comment on paragraph {waiting.paragraph} was accepted, and this draft does not have the change yet: "
            "correct the draft and send it again, or answer the comment anew."
        )
        raise RefusedError(Refusal.ACCEPTED_NOT_CHANGED, sentence)


@transaction.atomic
def ask_to_reopen(*, inspection: Inspection, reason: str, by: tuple[str, str]) -> Reopening:
    """Ask to reopen the signed report, with the reason; another person has to agree.

    Refused: not signed off; no reason; somebody has asked already.
    """
    held, person, signed = _signed(inspection, by)
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "A reason is needed: write why the report has to be reopened.")
    waiting = open_reopening(signed)
    if waiting:
        if (waiting.asked_by_kind, waiting.asked_by_id, waiting.reason) == (*person.name, reason.strip()):
            return waiting
        sentence = "Somebody has asked to reopen this report already: agree to that or decline it."
        raise RefusedError(Refusal.ASKED_ALREADY, sentence)
    asked = Reopening.objects.create(
        report=signed,
        reason=reason.strip(),
        asked_at=datetime.now(UTC),
        asked_by_kind=person.name[0],
        asked_by_id=person.name[1],
    )
    _note(held, asked, "reopening.asked", by, asked.reason)
    return asked


@transaction.atomic
def agree_to_reopen(*, inspection: Inspection, by: tuple[str, str]) -> Reopening:
    """Agree to the reopening that somebody else asked for: the report is written again, and the signed one is kept.

    Refused: nobody has asked; the person who asked agrees.
    """
    held, person, signed = _signed(inspection, by)
    waiting = _waiting(signed)
    require_second("report", asked_by=(waiting.asked_by_kind, waiting.asked_by_id), by=person)
    _decide(waiting, Reopening.Decision.AGREED, "", person)
    told = {"report": signed.public_id, "asked_by": [waiting.asked_by_kind, waiting.asked_by_id]}
    advance(inspection=held, verb="reopen_report", by=by, holds={"second_person"}, why=waiting.reason, payload=told)
    return waiting


@transaction.atomic
def decline_to_reopen(*, inspection: Inspection, reason: str, by: tuple[str, str]) -> Reopening:
    """Decline a reopening with the reason, or take back one's own. Refused: nobody has asked; no reason."""
    held, person, signed = _signed(inspection, by)
    waiting = _waiting(signed)
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "A reason is needed: write why the report stays as it is.")
    own = (waiting.asked_by_kind, waiting.asked_by_id) == person.name
    _decide(waiting, Reopening.Decision.TAKEN_BACK if own else Reopening.Decision.DECLINED, reason.strip(), person)
    _note(held, waiting, f"reopening.{waiting.decision.replace('_', '-')}", by, reason.strip())
    return waiting


def _signed(inspection: Inspection, by: tuple[str, str]) -> tuple[Inspection, Person, SignedReport]:
    """Return the inspection, locked, who acts, and the signed report; refuse where none is signed off now."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="report.reopen", by=by)
    INSPECTION.after(
        "reopen_report", state=held.state, before=held.state_before, holds={"reason_given", "second_person"}
    )
    signed = signed_report(held)
    if signed is None:
        raise RefusedError(Refusal.NOT_OPEN, "No report is signed off, so there is none to reopen.")
    return held, person, signed


def _waiting(signed: SignedReport) -> Reopening:
    waiting = open_reopening(signed)
    if waiting is None:
        raise RefusedError(Refusal.NOT_ASKED, "Nobody has asked to reopen this report: ask first, with the reason.")
    return waiting


def _decide(waiting: Reopening, decision: str, reason: str, person: Person) -> None:
    waiting.decision, waiting.decision_reason = decision, reason
    waiting.decided_at = datetime.now(UTC)
    waiting.decided_by_kind, waiting.decided_by_id = person.name
    waiting.save()


def _note(inspection: Inspection, asked: Reopening, verb: str, by: tuple[str, str], why: str) -> None:
    payload = {"report": asked.report.public_id}
    append(stream=inspection.name, by=by, verb=verb, subject=("reopening", asked.public_id), payload=payload, why=why)
