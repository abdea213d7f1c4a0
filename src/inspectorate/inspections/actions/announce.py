"""Announcing an inspection with its letter, and the further letters that say what changed."""

from datetime import UTC, datetime

from django.db import transaction

from inspectorate.inspections.actions.advance import advance, require_in
from inspectorate.inspections.letters.before import held_for_announcing
from inspectorate.inspections.letters.letter import digest_of, last_letter, letter_of, unsent_changes
from inspectorate.inspections.models import Inspection, Letter
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.record.actions import append


@transaction.atomic
def announce_inspection(*, inspection: Inspection, by: tuple[str, str], seen: str = "") -> Letter:
    """Announce an inspection to the body: freeze the letter as it is, and open the pages of the inspection to the body.

    ``seen`` is the digest of the letter that the person looked at. Refused: what the verb lacks (no lead, no week, a
    week that is over), by name; a letter that has changed since it was looked at.
    """
    require_in(inspection=inspection, action="inspection.announce", by=by)
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    held = advance(inspection=held, verb="announce", by=by, holds=held_for_announcing(held, by))
    return _sent(held, by, seen=seen)


@transaction.atomic
def send_further_letter(*, inspection: Inspection, by: tuple[str, str], why: str = "", seen: str = "") -> Letter:
    """Send the body a further letter that says what has changed since the last one.

    Refused: no letter has been sent, or the inspection is not announced; nothing has changed.
    """
    require_in(inspection=inspection, action="inspection.announce", by=by)
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if held.announced_at is None or last_letter(held) is None:
        sentence = "The body has had no letter of this inspection: announce it first."
        raise RefusedError(Refusal.NO_LETTER, sentence)
    letter = renew_letter(inspection=held, by=by, why=why, seen=seen)
    if letter is None:
        raise RefusedError(Refusal.LETTER_AS_SENT, "Nothing has changed since the last letter: there is none to send.")
    return letter


@transaction.atomic
def renew_letter(*, inspection: Inspection, by: tuple[str, str], why: str = "", seen: str = "") -> Letter | None:
    """Send a further letter where the body has had one and something has changed since; None where not.

    For actions that hold the lock of the inspection and have changed what its letter says.
    """
    require_in(inspection=inspection, action="inspection.announce", by=by)
    last = last_letter(inspection)
    if inspection.announced_at is None or last is None or not unsent_changes(inspection, last):
        return None
    return _sent(inspection, by, why=why, seen=seen)


def _sent(held: Inspection, by: tuple[str, str], *, why: str = "", seen: str = "") -> Letter:
    last = last_letter(held)
    content = letter_of(held, last, why)
    digest = digest_of(content)
    if seen and seen != digest_of(letter_of(held, last)):
        sentence = "The letter has changed since you looked at it: look at it as it is now, then send it."
        raise RefusedError(Refusal.LETTER_CHANGED, sentence)
    letter = Letter.objects.create(
        inspection=held,
        number=last.number + 1 if last else 1,
        content=content,
        digest=digest,
        sent_at=datetime.now(UTC),
        sent_by_kind=by[0],
        sent_by_id=by[1],
    )
    payload = {"number": letter.number, "digest": digest}
    append(stream=held.name, by=by, verb="letter.sent", subject=("letter", letter.public_id), payload=payload, why=why)
    return letter
