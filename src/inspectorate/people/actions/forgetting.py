"""Erasing what is kept of people who work here, once it is due: that somebody acted stays, who it was does not."""

from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from inspectorate.people.access import require
from inspectorate.people.actions.accounts import STREAM
from inspectorate.people.models import Alarm, Clearance, Reading, SecurityEvent, Tie, User, Withdrawal
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.actions import append
from inspectorate.record.names import ERASED


@transaction.atomic
def forget_person(*, user: User, by: tuple[str, str]) -> User:
    """Erase name, address, password, notes on interests and numbers of certificates of somebody who has left.

    The public id stays, by which the record names who did what. Refused: somebody who has not left.
    """
    require(by, "privacy.erase")
    held = User.objects.select_for_update().get(pk=user.pk)
    if held.is_active:
        raise RefusedError(Refusal.STILL_HERE, f"{held.full_name} still works here: close the account first.")
    held.username, held.email = f"erased-{held.public_id}", ""
    held.first_name, held.last_name = "Somebody", "who left"
    held.grade = ""
    held.set_unusable_password()
    held.save(update_fields=["username", "email", "first_name", "last_name", "grade", "password"])
    for rows in (EmailAddress, Authenticator, SocialAccount):
        rows.objects.filter(user=held).delete()
    held.ties.exclude(note="").update(note=ERASED)
    Clearance.objects.filter(user=held).forget(evidence=ERASED)
    Withdrawal.objects.filter(clearance__user=held).forget(why=ERASED)
    append(stream=STREAM, by=by, verb="people.erased", subject=held.name, payload={})
    return held


@transaction.atomic
def forget_readings(*, before: datetime, by: tuple[str, str]) -> int:
    """Erase the lines of who read what from before a moment, and what was answered to alarms; return how many lines.

    That there was an alarm, and who answered it, stays.
    """
    require(by, "privacy.erase")
    Alarm.objects.filter(raised_at__lt=before).exclude(answer__in=["", ERASED]).update(answer=ERASED)
    gone: int = Reading.objects.filter(at__lt=before).delete()[0]
    if gone:
        told = {"lines": gone, "before": before.isoformat()}
        append(stream=STREAM, by=by, verb="readings.erased", subject=STREAM, payload=told)
    return gone


@transaction.atomic
def forget_security_events(*, before: datetime, by: tuple[str, str]) -> int:
    """Erase the lines of the security log from before a moment; return how many."""
    require(by, "privacy.erase")
    gone = SecurityEvent.objects.filter(at__lt=before).erase()
    if gone:
        told = {"lines": gone, "before": before.isoformat()}
        append(stream=STREAM, by=by, verb="security.erased", subject=STREAM, payload=told)
    return gone


@transaction.atomic
def forget_interests_in(*, cases: Collection[str], by: tuple[str, str]) -> int:
    """Erase the notes on interests in these cases; that somebody had one stays. Returns how many."""
    require(by, "privacy.erase")
    erased: int = Tie.objects.filter(subject_kind="case", subject_id__in=cases).exclude(note="").update(note=ERASED)
    if erased:
        append(stream=STREAM, by=by, verb="interests.erased", subject=STREAM, payload={"notes": erased})
    return erased
