"""Accounts: who is added, which role they have, and that they leave or come back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.http import int_to_base36

from inspectorate.people.access import ADMIN, Person, require
from inspectorate.people.models import WITHOUT_CASES, Employment, Role, User
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.people.sessions import end_sessions
from inspectorate.people.tokens import links
from inspectorate.record.actions import append
from inspectorate.record.ids import new_public_id

STREAM = ("accounts", "all")
"""The stream of the record in which everything about accounts stands, so that it can be read in one place."""
LONGEST_NAME = 150


@dataclass(frozen=True)
class Footing:
    """On what footing somebody works here: a kind of employment, a grade, and the last day where there is one."""

    employment: str = ""
    grade: str = ""
    until: date | None = None


@transaction.atomic
def add_person(
    *, email: str, name: str, role: str, by: tuple[str, str], demonstration: bool = False, password_hash: str = ""
) -> User:
    """Add somebody who signs in with that address; without a ``password_hash`` they set a password by a link first.

    Refused: no name, an address that is none or is somebody's already, a role that there is not.
    """
    _refuse_beyond(require(by, "people.manage"), role)
    account = User(
        username=new_public_id(),
        email=_checked_email(email),
        role=_checked_role(role),
        demonstration=demonstration,
        password=password_hash,
    )
    account.first_name, account.last_name = _checked_name(name)
    if not password_hash:
        account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        sentence = f"Somebody signs in with {account.email} already: look among the people, those too who have left."
        raise RefusedError(Refusal.EMAIL_TAKEN, sentence) from error
    told = {"role": account.role, "name": account.full_name, "email": account.email, "demonstration": demonstration}
    append(stream=STREAM, by=by, verb="people.added", subject=account.name, payload=told)
    return account


def _checked_email(email: str) -> str:
    tidy = email.strip().lower()
    try:
        validate_email(tidy)
    except ValidationError as error:
        raise RefusedError(
            Refusal.EMAIL_UNFIT, f"'{tidy}' is no e-mail address: give one such as ann@example.org."
        ) from error
    return tidy


def _checked_name(name: str) -> tuple[str, str]:
    first, _, last = " ".join(name.split()).partition(" ")
    if not first or max(len(first), len(last)) > LONGEST_NAME:
        raise RefusedError(Refusal.NAME_MISSING, "Give the name as people say it, such as Ann Price.")
    return first, last


def _checked_role(role: str) -> str:
    if role not in Role.values:
        raise RefusedError(Refusal.ROLE_UNKNOWN, f"There is no role '{role}'. There are: {', '.join(Role.values)}.")
    return role


@transaction.atomic
def invite(*, user: User, by: tuple[str, str]) -> str:
    """Return the address, below that of the product, where somebody sets their password: once, and for three days.

    Refused: somebody who has left; an invented person, whom all who try the demonstration share.
    """
    require(by, "people.manage")
    held = User.objects.select_for_update().get(pk=user.pk)
    if not held.is_active:
        raise RefusedError(Refusal.HAS_LEFT, f"{held.full_name} has left: open the account again first.")
    if held.demonstration:
        sentence = f"{held.full_name} is invented: choose them on the sign-in page, no password is asked for."
        raise RefusedError(Refusal.SHARED_ACCOUNT, sentence)
    append(stream=STREAM, by=by, verb="people.invited", subject=held.name, payload={})
    given = {"uidb36": int_to_base36(held.pk), "key": links.make_token(held)}
    return reverse("account_reset_password_from_key", kwargs=given)


@transaction.atomic
def give_role(*, user: User, role: str, by: tuple[str, str]) -> User:
    """Give somebody another role. Their sessions end: it holds from when they next sign in, with what it needs.

    The role they have already: nothing happens.

    Refused: a role that there is not; somebody who has left; the last chief inspector.
    """
    actor = require(by, "people.manage")
    chiefs = _chiefs_locked()
    held = User.objects.select_for_update().get(pk=user.pk)
    if _checked_role(role) == held.role:
        return held
    _refuse_beyond(actor, role, held.role)
    if not held.is_active:
        raise RefusedError(Refusal.HAS_LEFT, f"{held.full_name} has left: open the account again first.")
    _refuse_last_chief(held, chiefs)
    before, held.role = held.role, role
    held.save(update_fields=["role"])
    told = {"from": before, "to": role, "sessions_ended": end_sessions(held)}
    append(stream=STREAM, by=by, verb="people.role", subject=held.name, payload=told)
    return held


@transaction.atomic
def deactivate(*, user: User, why: str, by: tuple[str, str]) -> User:
    """End somebody's access at once: sessions, and links that were sent. What they did, and their ties, stay.

    Refused: no reason; one's own account; the last chief inspector; somebody who has left already.
    """
    actor = require(by, "people.manage")
    chiefs = _chiefs_locked()
    held = User.objects.select_for_update().get(pk=user.pk)
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, f"Say why {held.full_name} leaves, for whoever reads this later.")
    if actor.user is not None and actor.user.pk == held.pk:
        raise RefusedError(Refusal.OWN_ACCOUNT, "Nobody closes their own account: ask another chief inspector.")
    if not held.is_active:
        raise RefusedError(Refusal.HAS_LEFT, f"{held.full_name} has left already.")
    _refuse_last_chief(held, chiefs)
    held.is_active, held.access_ended_at = False, datetime.now(UTC)
    held.save(update_fields=["is_active", "access_ended_at"])
    told = {"sessions_ended": end_sessions(held)}
    append(stream=STREAM, by=by, verb="people.left", subject=held.name, payload=told, why=why.strip())
    return held


@transaction.atomic
def readmit(*, user: User, by: tuple[str, str]) -> User:
    """Open the account of somebody who comes back, with the role they had. Refused: somebody who is here."""
    actor = require(by, "people.manage")
    held = User.objects.select_for_update().get(pk=user.pk)
    _refuse_beyond(actor, held.role)
    if held.is_active:
        raise RefusedError(Refusal.IS_HERE, f"{held.full_name} is here: the account is open.")
    held.is_active = True
    held.save(update_fields=["is_active"])
    append(stream=STREAM, by=by, verb="people.readmitted", subject=held.name, payload={"role": held.role})
    return held


@transaction.atomic
def set_footing(*, user: User, footing: Footing, by: tuple[str, str]) -> User:
    """Write down on what footing somebody works here, their grade, and the last day of a placement.

    Access ends with that day. Refused: a footing that there is not; a placement without a last day; oneself.
    """
    actor = require(by, "people.manage")
    held = User.objects.select_for_update().get(pk=user.pk)
    if footing.employment and footing.employment not in Employment.values:
        known = ", ".join(Employment.values)
        raise RefusedError(Refusal.FOOTING_UNFIT, f"'{footing.employment}' is no footing. There are: {known}.")
    if footing.employment == Employment.PLACEMENT and footing.until is None:
        raise RefusedError(Refusal.FOOTING_UNFIT, "Give the last day of the placement: access ends with it.")
    if footing.until is not None and actor.user is not None and actor.user.pk == held.pk:
        raise RefusedError(Refusal.OWN_ACCOUNT, "Nobody sets the last day of their own account.")
    held.employment, held.grade, held.until = footing.employment, footing.grade.strip()[:60], footing.until
    held.save(update_fields=["employment", "grade", "until"])
    told = {"employment": held.employment, "grade": held.grade, "until": held.until and held.until.isoformat()}
    append(stream=STREAM, by=by, verb="people.footing", subject=held.name, payload=told)
    return held


def _refuse_beyond(actor: Person, *roles: str) -> None:
    """Keep an administrator from every role that sees cases: they could otherwise give it to an account of theirs."""
    if actor.role == ADMIN and not set(roles) <= set(WITHOUT_CASES):
        sentence = "An administrator gives or reopens no role that sees cases: ask a chief inspector to do it."
        raise RefusedError(Refusal.ROLE_BEYOND, sentence)


def _chiefs_locked() -> set[int]:
    """Return the chief inspectors who are here, locked, so that two of them cannot remove each other at once."""
    chiefs = User.objects.select_for_update().filter(role=Role.CHIEF_INSPECTOR, is_active=True).order_by("pk")
    return {chief.pk for chief in chiefs}


def _refuse_last_chief(user: User, chiefs: set[int]) -> None:
    if chiefs == {user.pk}:
        sentence = f"{user.full_name} is the only chief inspector: give somebody else that role first."
        raise RefusedError(Refusal.LAST_CHIEF, sentence)
