"""Second factors: set up and taken away by the person themselves, or reset when all of them are lost."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import IntegrityError, transaction
from django.urls import reverse

from inspectorate.people.access import NotAllowedError, require
from inspectorate.people.actions.accounts import STREAM
from inspectorate.people.factors import (
    APP,
    CODES,
    HASHES,
    PASSKEY,
    codes_left,
    hash_of_code,
    is_exempt,
    kept_codes,
    new_codes,
    proofs_of,
    token_of_reset,
    whose_reset,
)
from inspectorate.people.models import User
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.people.sessions import end_sessions
from inspectorate.record.actions import append


@transaction.atomic
def add_app(*, user: User, secret: str, by: tuple[str, str]) -> Authenticator:
    """Keep the secret that an app shares with us from now on. Refused: a second app; an invented person."""
    held = _own(user, by)
    try:
        with transaction.atomic():
            made: Authenticator = TOTP.activate(held, secret).instance
    except IntegrityError as error:
        sentence = "You have an app already: take that one away first, or add a passkey."
        raise RefusedError(Refusal.HAS_APP, sentence) from error
    append(stream=STREAM, by=by, verb="people.factor_added", subject=held.name, payload={"kind": APP})
    return made


@transaction.atomic
def add_passkey(*, user: User, name: str, credential: dict[str, object], by: tuple[str, str]) -> Authenticator:
    """Keep a passkey, whose answer the form has checked against what it was asked. Refused: an invented person."""
    held = _own(user, by)
    made: Authenticator = WebAuthn.add(held, " ".join(name.split())[:60] or "Passkey", credential).instance
    append(stream=STREAM, by=by, verb="people.factor_added", subject=held.name, payload={"kind": PASSKEY})
    return made


@transaction.atomic
def make_codes(*, user: User, by: tuple[str, str]) -> list[str]:
    """Make new recovery codes and return them; those made before work no longer.

    Refused: without a second factor, for which they stand in; an invented person.
    """
    held = _own(user, by)
    if not proofs_of(held):
        raise RefusedError(Refusal.NO_FACTOR, "Recovery codes stand in for a second factor: set one up first.")
    Authenticator.objects.filter(user=held, type=CODES).delete()
    codes = new_codes()
    Authenticator.objects.create(user=held, type=CODES, data=kept_codes(codes))
    append(stream=STREAM, by=by, verb="people.codes_made", subject=held.name, payload={"count": len(codes)})
    return codes


@transaction.atomic
def use_code(*, user: User, code: str, by: tuple[str, str]) -> Authenticator | None:
    """Take a recovery code in place of a second factor, once; return the row of the codes, None where none fits."""
    held = _own(user, by)
    kept = Authenticator.objects.select_for_update().filter(user=held, type=CODES).first()
    found = hash_of_code(kept, code) if kept else ""
    if not kept or not found:
        return None
    kept.data = kept.data | {HASHES: [one for one in kept.data[HASHES] if one != found]}
    kept.save(update_fields=["data"])
    append(stream=STREAM, by=by, verb="people.code_used", subject=held.name, payload={"left": codes_left(kept)})
    return kept


@transaction.atomic
def keep_codes(*, user: User, by: tuple[str, str]) -> None:
    """Note that somebody has put their recovery codes away: they are shown no more."""
    held = _own(user, by)
    if Authenticator.objects.filter(user=held, type=CODES).exists():
        append(stream=STREAM, by=by, verb="people.codes_kept", subject=held.name, payload={})


@transaction.atomic
def remove_factor(*, user: User, factor: int, by: tuple[str, str]) -> None:
    """Take away one second factor of one's own. Refused: one that is gone; the last one of somebody who needs one."""
    held = _own(user, by)
    theirs = proofs_of(held)
    found = next((one for one in theirs if one.pk == factor), None)
    if found is None:
        raise RefusedError(Refusal.NO_FACTOR, "That was taken away already.")
    if len(theirs) == 1:
        sentence = "It is the only second factor that you have, and everybody needs one: add another first."
        raise RefusedError(Refusal.LAST_FACTOR, sentence)
    found.delete()
    append(stream=STREAM, by=by, verb="people.factor_removed", subject=held.name, payload={"kind": found.type})


@transaction.atomic
def offer_reset(*, user: User, why: str, by: tuple[str, str]) -> str:
    """Return the address, below that of the product, where somebody who lost every factor takes them away: for a day.

    It is the first of two acts: nothing changes until the person follows it and gives their password. Refused: no
    reason; one's own; somebody who has left, is invented, or has none.
    """
    actor = require(by, "people.manage")
    held = User.objects.select_for_update().get(pk=user.pk)
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why, and how you made sure that it is them who ask.")
    if actor.user is not None and actor.user.pk == held.pk:
        raise RefusedError(Refusal.OWN_ACCOUNT, "Nobody resets their own second factor: ask another chief inspector.")
    if not held.is_active:
        raise RefusedError(Refusal.HAS_LEFT, f"{held.full_name} has left: open the account again first.")
    _refuse_shared(held)
    if not proofs_of(held):
        sentence = f"{held.full_name} has no second factor: they set one up when they next sign in."
        raise RefusedError(Refusal.NO_FACTOR, sentence)
    append(stream=STREAM, by=by, verb="people.reset_offered", subject=held.name, payload={}, why=why.strip())
    return reverse("factor_reset", kwargs={"token": token_of_reset(held)})


@transaction.atomic
def reset_factors(*, token: str, by: tuple[str, str]) -> User:
    """Take away every factor of whoever follows the link, once they gave their password, and end their sessions.

    The second of two acts. Refused: a link that works no longer; another person's.
    """
    user = whose_reset(token)
    if user is None:
        raise RefusedError(Refusal.LINK_USED, "This link was used, or is older than a day. Ask for a new one.")
    held = _own(user, by)
    kinds = sorted(Authenticator.objects.filter(user=held).values_list("type", flat=True))
    Authenticator.objects.filter(user=held).delete()
    told = {"kinds": kinds, "sessions_ended": end_sessions(held)}
    append(stream=STREAM, by=by, verb="people.factors_reset", subject=held.name, payload=told)
    return held


def _own(user: User, by: tuple[str, str]) -> User:
    """Return the account, locked, where it is that of whoever acts."""
    require(by, "account.own")
    if by != user.name and by[0] != "system":
        raise NotAllowedError("A second factor is set up, and taken away, by the person themselves.")
    held = User.objects.select_for_update().get(pk=user.pk)
    _refuse_shared(held)
    return held


def _refuse_shared(user: User) -> None:
    if is_exempt(user):
        sentence = f"{user.full_name} is shared by all who try the demonstration, who could then sign in no more."
        raise RefusedError(Refusal.SHARED_ACCOUNT, sentence)
