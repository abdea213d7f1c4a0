"""Clearances and training: written down and withdrawn by somebody else, and from when each kind is asked for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from inspectorate.methodology import editions
from inspectorate.people.access import Person, require
from inspectorate.people.actions.accounts import STREAM
from inspectorate.people.gate import latest_requirements
from inspectorate.people.models import Clearance, Requirement, User, Withdrawal
from inspectorate.people.needed import EDITION, Kind, last_day, programmes
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.actions import append


@dataclass(frozen=True)
class NewClearance:
    """A clearance or training as it is written down; without a last day it holds as long as its kind does."""

    kind: str
    got_on: date
    evidence: str
    expires_on: date | None = None
    edition: str = ""


@transaction.atomic
def record_clearance(*, user: User, clearance: NewClearance, by: tuple[str, str]) -> Clearance:
    """Write down that somebody has a clearance or a training; it holds from the next page on.

    Refused: one's own; a kind or an edition that there is not; a first day to come, a last day before it; no evidence;
    what is written down already; somebody who has left.
    """
    actor = require(by, "clearances.record")
    held = User.objects.select_for_update().get(pk=user.pk)
    _refuse_own(actor, held)
    if not held.is_active:
        raise RefusedError(Refusal.HAS_LEFT, f"{held.full_name} has left: open the account again first.")
    _refuse_unfit(clearance)
    try:
        with transaction.atomic():
            made = Clearance.objects.create(
                user=held,
                kind=clearance.kind,
                edition=clearance.edition,
                got_on=clearance.got_on,
                expires_on=clearance.expires_on or last_day(clearance.kind, clearance.got_on),
                evidence=clearance.evidence.strip()[:200],
                recorded_at=datetime.now(UTC),
                recorded_by_kind=by[0],
                recorded_by_id=by[1],
            )
    except IntegrityError as error:
        sentence = "That is written down already. If it was withdrawn and holds after all, say so beside the evidence."
        raise RefusedError(Refusal.RECORDED_ALREADY, sentence) from error
    append(stream=STREAM, by=by, verb="clearance.recorded", subject=held.name, payload=_told(made))
    return made


@transaction.atomic
def withdraw_clearance(*, clearance: Clearance, why: str, by: tuple[str, str]) -> Withdrawal:
    """Say that a clearance or training does not hold, with the reason; it stays and opens nothing any more.

    Refused: one's own; no reason; withdrawn already.
    """
    actor = require(by, "clearances.record")
    held = Clearance.objects.select_for_update(of=("self",)).select_related("user").get(pk=clearance.pk)
    _refuse_own(actor, held.user)
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why it does not hold, for whoever reads this later.")
    about = {"why": why.strip()[:300], "withdrawn_at": datetime.now(UTC)}
    try:
        with transaction.atomic():
            made = Withdrawal.objects.create(clearance=held, withdrawn_by_kind=by[0], withdrawn_by_id=by[1], **about)
    except IntegrityError as error:
        raise RefusedError(Refusal.WITHDRAWN_ALREADY, "That was withdrawn already.") from error
    told = _told(held)
    append(stream=STREAM, by=by, verb="clearance.withdrawn", subject=held.user.name, payload=told, why=about["why"])
    return made


@transaction.atomic
def require_kind(*, kind: str, asked_from: date | None, why: str, by: tuple[str, str]) -> Requirement:
    """Say from which day a kind is asked for, or with no day that it is not any more. The latest word holds.

    Refused: a kind that there is not; a day that has passed, so that nobody was kept out unawares; no reason.
    """
    require(by, "clearances.require")
    _kind(kind)
    if asked_from is not None and asked_from < timezone.localdate():
        raise RefusedError(Refusal.CLEARANCE_UNFIT, "Give today or a day to come, so that people can see to it.")
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why, for whoever reads this later.")
    made = Requirement.objects.create(
        kind=kind,
        asked_from=asked_from,
        why=why.strip()[:300],
        set_at=datetime.now(UTC),
        set_by_kind=by[0],
        set_by_id=by[1],
    )
    told = {"kind": kind, "asked_from": asked_from and asked_from.isoformat()}
    append(stream=STREAM, by=by, verb="clearance.required", subject=STREAM, payload=told, why=made.why)
    return made


def require_all(*, why: str, by: tuple[str, str]) -> list[Requirement]:
    """Ask for every kind from today on that nobody has said anything of yet."""
    said = set(latest_requirements().values_list("kind", flat=True))
    today = timezone.localdate()
    return [
        require_kind(kind=kind, asked_from=today, why=why, by=by) for kind in programmes().kinds if kind not in said
    ]


def _kind(code: str) -> Kind:
    kind = programmes().kinds.get(code)
    if kind is None:
        sentence = f"There is no kind '{code}'. There are: {', '.join(programmes().kinds)}."
        raise RefusedError(Refusal.CLEARANCE_UNFIT, sentence)
    return kind


def _refuse_own(actor: Person, user: User) -> None:
    if actor.user is not None and actor.user.pk == user.pk:
        sentence = "Nobody writes down or withdraws their own: ask another chief inspector, or an administrator."
        raise RefusedError(Refusal.OWN_CLEARANCE, sentence)


def _refuse_unfit(new: NewClearance) -> None:
    kind, today = _kind(new.kind), timezone.localdate()
    of_edition = kind.when == EDITION
    for bad, sentence in (
        (of_edition and not editions.exists(new.edition), "Choose the edition that the training was in."),
        (bool(new.edition) and not of_edition, f"{kind.title} is not for one edition: leave the edition open."),
        (new.got_on > today, "Write it down once they have it: the day is still to come."),
        (new.got_on < today - timedelta(days=36525), "Look at the year: that is more than a hundred years ago."),
        (
            new.expires_on is not None and new.expires_on < new.got_on,
            "The last day is before the first: look at both.",
        ),
        (not new.evidence.strip(), "Say by what you saw it, such as the number of the certificate."),
    ):
        if bad:
            raise RefusedError(Refusal.CLEARANCE_UNFIT, sentence)


def _told(clearance: Clearance) -> dict[str, str]:
    days = {"got_on": clearance.got_on.isoformat(), "expires_on": clearance.expires_on.isoformat()}
    return {"kind": clearance.kind, "edition": clearance.edition, "clearance": clearance.public_id, **days}
