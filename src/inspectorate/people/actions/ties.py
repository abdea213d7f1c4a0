"""What ties somebody to a body or a case: given by the chief inspector, or an interest that they declare."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from inspectorate.people.access import SELF, require
from inspectorate.people.actions.accounts import STREAM
from inspectorate.people.models import Role, Tie, User
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.actions import append

TIED_BY_CHIEF = {
    Role.BODY_CONTACT: Tie.Kind.WORKS_FOR,
    Role.LOCAL_ASSESSOR: Tie.Kind.WORKS_FOR,
    Role.OVERSEER: Tie.Kind.OVERSEES,
}
"""Who is tied to a body by the word of the chief inspector: it opens pages to a contact or an overseeing body, and bars
an assessor."""
DECLARED = {
    "body": (Tie.Kind.WORKED_FOR, Tie.Kind.FAMILY, Tie.Kind.FRIENDSHIP, Tie.Kind.OTHER),
    "case": (Tie.Kind.CASE_KNOWN, Tie.Kind.FAMILY, Tie.Kind.FRIENDSHIP, Tie.Kind.OTHER),
}
"""What somebody may declare of themselves. Working for a body is not among it: it would open that body's pages."""


@transaction.atomic
def tie_to_body(*, user: User, body: str, by: tuple[str, str]) -> Tie:
    """Say that a body contact or a local assessor works for a body, or who oversees it; it is named by its public id.

    Refused: any other role; somebody who has left; a body they are tied to already.
    """
    require(by, "people.tie")
    held = User.objects.select_for_update().get(pk=user.pk)
    if held.role not in TIED_BY_CHIEF:
        what = Role(held.role).label.lower()
        sentence = f"{held.full_name} is {what}: only contacts, local assessors and overseers are tied to one."
        raise RefusedError(Refusal.ROLE_UNFIT, sentence)
    if not held.is_active:
        raise RefusedError(Refusal.HAS_LEFT, f"{held.full_name} has left: open the account again first.")
    return _tied(held, TIED_BY_CHIEF[Role(held.role)], ("body", body), {}, by)


@transaction.atomic
def tie_to_team(*, user: User, team: str, by: tuple[str, str]) -> Tie:
    """Say in which team of the body that they work for a local assessor works; it is named by its public id.

    Refused: any other role; somebody who has left; a team they are tied to already.
    """
    require(by, "people.tie")
    held = User.objects.select_for_update().get(pk=user.pk)
    if held.role != Role.LOCAL_ASSESSOR:
        sentence = f"{held.full_name} is {Role(held.role).label.lower()}: only local assessors are tied to a team."
        raise RefusedError(Refusal.ROLE_UNFIT, sentence)
    if not held.is_active:
        raise RefusedError(Refusal.HAS_LEFT, f"{held.full_name} has left: open the account again first.")
    return _tied(held, Tie.Kind.WORKS_IN, ("team", team), {}, by)


@transaction.atomic
def untie(*, tie: Tie, by: tuple[str, str]) -> Tie:
    """End what the chief inspector tied, or an interest of somebody else. Refused: ended already."""
    require(by, "people.tie")
    return _ended(tie, by)


@transaction.atomic
def declare_interest(
    *,
    user: User,
    kind: str,
    subject: tuple[str, str],
    note: str = "",
    until: date | None = None,
    by: tuple[str, str],
) -> Tie:
    """Declare an interest of one's own in a body or a case; it bars from the next page on.

    ``until`` is the last day of a former employment, which bars for some years after it. Refused: another person's; a
    kind that nobody declares of themselves; a last day of something else, or to come; the same interest twice.
    """
    require(by, "people.declare", {SELF} if by == user.name else ())
    fitting = DECLARED.get(subject[0], ())
    if kind not in fitting:
        words = ", ".join(Tie.Kind(one).label.lower() for one in fitting)
        raise RefusedError(Refusal.KIND_UNFIT, f"Choose what the interest is: {words or 'in a body or a case'}.")
    if until is not None and (kind != Tie.Kind.WORKED_FOR or until > timezone.localdate()):
        raise RefusedError(Refusal.UNTIL_UNFIT, "Give the last day where you worked there, and one that has passed.")
    held = User.objects.select_for_update().get(pk=user.pk)
    return _tied(held, kind, subject, {"note": note.strip()[:300], "until": until}, by)


@transaction.atomic
def end_interest(*, tie: Tie, by: tuple[str, str]) -> Tie:
    """Withdraw an interest that one declared; it stays, with its end.

    Refused: what the chief inspector tied, which would let a local assessor near their own service; ended already.
    """
    require(by, "people.declare", {SELF} if by == tie.user.name else ())
    if tie.kind in (Tie.Kind.WORKS_FOR, Tie.Kind.WORKS_IN, Tie.Kind.OVERSEES) and by[0] != "system":
        sentence = "The chief inspector wrote down for whom you work, and alone ends it: ask them."
        raise RefusedError(Refusal.KIND_UNFIT, sentence)
    return _ended(tie, by)


def _tied(user: User, kind: str, subject: tuple[str, str], more: Mapping[str, Any], by: tuple[str, str]) -> Tie:
    if not subject[1].strip():
        raise RefusedError(Refusal.SUBJECT_UNKNOWN, "Choose the body or the case first.")
    try:
        with transaction.atomic():
            tie = Tie.objects.create(
                user=user,
                kind=kind,
                subject_kind=subject[0],
                subject_id=subject[1],
                declared_at=datetime.now(UTC),
                **more,
            )
    except IntegrityError as error:
        raise RefusedError(Refusal.TIED_ALREADY, "That is written down already, and holds.") from error
    append(stream=STREAM, by=by, verb="people.tied", subject=user.name, payload=_told(tie))
    return tie


def _ended(tie: Tie, by: tuple[str, str]) -> Tie:
    held = Tie.objects.select_for_update(of=("self",)).select_related("user").get(pk=tie.pk)
    if held.ended_at is not None:
        raise RefusedError(Refusal.ENDED_ALREADY, "That was ended already.")
    held.ended_at = max(datetime.now(UTC), held.declared_at)
    held.save(update_fields=["ended_at"])
    append(stream=STREAM, by=by, verb="people.untied", subject=held.user.name, payload=_told(held))
    return held


def _told(tie: Tie) -> dict[str, str]:
    return {"kind": tie.kind, "subject": f"{tie.subject_kind}/{tie.subject_id}", "tie": tie.public_id}
