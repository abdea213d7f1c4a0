"""Taking out everything of an inspection, cases included: one asks, a second person agrees, it is taken once."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from inspectorate.inspections.actions.advance import require_in
from inspectorate.inspections.models import Export, Inspection
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.people.access import Person
from inspectorate.people.two import require_second
from inspectorate.record.actions import append

ASKED_FOR, AGREED_FOR = timedelta(days=7), timedelta(hours=24)
"""How long a request waits for the second person, and how long the file can be taken once both agree. Ours."""


@transaction.atomic
def ask_for_export(*, inspection: Inspection, why: str, by: tuple[str, str] | Person) -> Export:
    """Ask to take out everything of an inspection. Refused: no reason; a request of one's own that is still open."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="inspection.export", by=by)
    now = datetime.now(UTC)
    if person.user is None:
        raise RefusedError(Refusal.EXPORT_UNFIT, "Only a person asks for an export: sign in first.")
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say what it is for, for the second person and for the record.")
    waiting = held.exports.filter(asked_by=person.user, taken_at__isnull=True, ended_at__isnull=True)
    if waiting.filter(expires_at__gt=now).exists():
        raise RefusedError(Refusal.EXPORT_OPEN, "You have asked for one already: it stands below.")
    made = held.exports.create(why=why.strip()[:300], asked_at=now, asked_by=person.user, expires_at=now + ASKED_FOR)
    append(stream=held.name, by=person.name, verb="export.asked", subject=made.name, payload={}, why=made.why)
    return made


@transaction.atomic
def agree_to_export(*, export: Export, by: tuple[str, str] | Person) -> Export:
    """Agree, as the second person. Refused: one's own request; agreed to already; one that has expired."""
    inspection = Inspection.objects.select_for_update().get(pk=export.inspection_id)
    person = require_in(inspection=inspection, action="inspection.confirm_export", by=by)
    held, now = Export.objects.select_for_update().get(pk=export.pk), datetime.now(UTC)
    if person.user is None:
        raise RefusedError(Refusal.EXPORT_UNFIT, "Only a person agrees to an export: sign in first.")
    require_second("export", asked_by=held.asked_by.name, by=person)
    _refuse_ended(held)
    if held.agreed_at is not None:
        raise RefusedError(Refusal.EXPORT_AGREED, "It is agreed to already.")
    _refuse_expired(held, now)
    held.agreed_at, held.agreed_by, held.expires_at = now, person.user, now + AGREED_FOR
    held.save(update_fields=["agreed_at", "agreed_by", "expires_at"])
    append(stream=inspection.name, by=person.name, verb="export.agreed", subject=held.name, payload={})
    return held


@transaction.atomic
def take_export(*, export: Export, by: tuple[str, str] | Person) -> Export:
    """Take what was agreed to, once. Refused: another's; not agreed to; taken already; expired."""
    inspection = Inspection.objects.select_for_update().get(pk=export.inspection_id)
    person = require_in(inspection=inspection, action="inspection.export", by=by)
    held, now = Export.objects.select_for_update().get(pk=export.pk), datetime.now(UTC)
    if person.user is None or held.asked_by_id != person.user.pk:
        raise RefusedError(Refusal.EXPORT_UNFIT, "Another asked for this one, and takes it: ask for one of your own.")
    _refuse_ended(held)
    if held.agreed_at is None:
        raise RefusedError(Refusal.EXPORT_UNFIT, "Nobody has agreed to it yet: ask a second person.")
    if held.taken_at is not None:
        raise RefusedError(Refusal.EXPORT_TAKEN, "It was taken already, and goes out once: ask for another.")
    _refuse_expired(held, now)
    held.taken_at = now
    held.save(update_fields=["taken_at"])
    append(stream=inspection.name, by=person.name, verb="export.taken", subject=held.name, payload={})
    return held


@transaction.atomic
def decline_export(*, export: Export, by: tuple[str, str] | Person) -> Export:
    """Decline what another asks to take out, or take back what one asked for, agreed to or not.

    Refused: declined or taken back already; a file that was taken.
    """
    inspection = Inspection.objects.select_for_update().get(pk=export.inspection_id)
    person = require_in(inspection=inspection, action="inspection.confirm_export", by=by)
    held = Export.objects.select_for_update().get(pk=export.pk)
    if person.user is None:
        raise RefusedError(Refusal.EXPORT_UNFIT, "Only a person declines an export: sign in first.")
    _refuse_ended(held)
    if held.taken_at is not None:
        raise RefusedError(Refusal.EXPORT_TAKEN, "It was taken already: what is out cannot be taken back.")
    held.ended_at, held.ended_by = datetime.now(UTC), person.user
    held.save(update_fields=["ended_at", "ended_by"])
    verb = "export.taken-back" if held.asked_by_id == person.user.pk else "export.declined"
    append(stream=inspection.name, by=person.name, verb=verb, subject=held.name, payload={})
    return held


def _refuse_ended(export: Export) -> None:
    if export.ended_at is not None:
        said = "taken back" if export.ended_by_id == export.asked_by_id else "declined"
        raise RefusedError(Refusal.EXPORT_ENDED, f"This request was {said}: ask for another.")


def _refuse_expired(export: Export, now: datetime) -> None:
    if export.expires_at <= now:
        raise RefusedError(Refusal.EXPORT_EXPIRED, "It has expired: ask for another.")
