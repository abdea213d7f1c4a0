"""Handing out everything that is held about one person: with a reason, and a line in the record."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from inspectorate.config.upkeep.models import THIS
from inspectorate.config.upkeep.privacy.export import about_case, about_user
from inspectorate.config.upkeep.refusals import Refusal, RefusedError
from inspectorate.people.access import require
from inspectorate.people.models import User
from inspectorate.record.actions import append


@transaction.atomic
def export_one_person(*, whom: str, reason: str, by: tuple[str, str]) -> dict[str, Any]:
    """Return everything about somebody, by their address, or about a case, by its reference.

    Refused: no reason; nobody found. The record says that it was handed out, and of whom by public id alone.
    """
    require(by, "privacy.export")
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say which request this answers.")
    now, words = datetime.now(UTC), whom.strip()
    user = User.objects.filter(email=words.lower()).first() if words else None
    told = about_user(user, now) if user else about_case(words, now)
    if told is None:
        sentence = f"Nobody here has the address, and no case the reference, {words}: look at how it is written."
        raise RefusedError(Refusal.NOBODY_FOUND, sentence)
    subjects = [user.name] if user else [("case", row["public_id"]) for row in told["tables"]["sampling.Case"]]
    for subject in subjects:
        append(stream=THIS, by=by, verb="person.exported", subject=subject, payload={}, why=reason.strip())
    return told
