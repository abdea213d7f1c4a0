"""Who is in the team of an inspection: joining and leaving."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from inspectorate.inspections.actions.advance import require_in
from inspectorate.inspections.models import Inspection, TeamMember, TeamRole
from inspectorate.inspections.queries import FITS, relations
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.people.access import INTEREST, is_here, person_of_user
from inspectorate.people.models import Role, User
from inspectorate.record.actions import append


def note_refused(*, inspection: Inspection, user: User, payload: Mapping[str, Any], by: tuple[str, str]) -> None:
    """Write down that somebody was kept out because of an interest, for the lead and whoever audits."""
    require_in(inspection=inspection, action="inspection.plan", by=by)
    append(stream=inspection.name, by=by, verb="interest.refused", subject=user.name, payload=payload)


@contextmanager
def _refusals_noted(inspection: Inspection, user: User, role: str, by: tuple[str, str]) -> Iterator[None]:
    """Keep a refusal because of an interest in the record, though what was asked for is undone."""
    try:
        with transaction.atomic():
            yield
    except RefusedError as error:
        if error.code == Refusal.HAS_AN_INTEREST:
            with transaction.atomic():
                note_refused(inspection=inspection, user=user, payload={"role": role}, by=by)
        raise


def join_team(*, inspection: Inspection, user: User, role: str, by: tuple[str, str]) -> TeamMember:
    """Take somebody into the team.

    Refused: a role that the person's own does not fit; an interest in a body of the inspection; in the team already; a
    second lead.
    """
    with _refusals_noted(inspection, user, role, by):
        return _joined(inspection, user, role, by)


def _joined(inspection: Inspection, user: User, role: str, by: tuple[str, str]) -> TeamMember:
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    require_in(inspection=held, action="inspection.plan", by=by)
    _refuse_unfit(held, user, role)
    member = TeamMember.objects.create(inspection=held, user=user, role=role, joined_at=datetime.now(UTC))
    append(
        stream=held.name,
        by=by,
        verb="team.joined",
        subject=user.name,
        payload={"role": role},
    )
    return member


def _refuse_unfit(inspection: Inspection, user: User, role: str) -> None:
    if role not in TeamRole.values or user.role not in FITS[role] or not is_here(user):
        sentence = f"{user.full_name} is {Role(user.role).label.lower()}: choose a role in the team that fits that."
        raise RefusedError(Refusal.ROLE_UNFIT, sentence)
    if INTEREST in relations(person_of_user(user), inspection):
        sentence = f"{user.full_name} has declared an interest in a body of this inspection: choose somebody else."
        raise RefusedError(Refusal.HAS_AN_INTEREST, sentence)
    team = inspection.team.filter(left_at__isnull=True)
    if team.filter(user=user).exists():
        raise RefusedError(Refusal.IN_THE_TEAM, f"{user.full_name} is in the team already.")
    if role == TeamRole.LEAD and team.filter(role=TeamRole.LEAD).exists():
        raise RefusedError(Refusal.LEAD_NAMED, "There is a lead inspector: end that first, then name the new one.")


@transaction.atomic
def leave_team(*, member: TeamMember, why: str, by: tuple[str, str]) -> TeamMember:
    """End somebody's part in a team, with the reason; what they wrote stays. Refused: no reason, or gone already."""
    held = TeamMember.objects.select_for_update().get(pk=member.pk)
    require_in(inspection=held.inspection, action="inspection.plan", by=by)
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, f"Say why {held.user.full_name} leaves the team.")
    if held.left_at is not None:
        raise RefusedError(Refusal.NOT_IN_THE_TEAM, f"{held.user.full_name} has left the team already.")
    held.left_at, held.left_because = datetime.now(UTC), why.strip()[:300]
    held.save(update_fields=["left_at", "left_because"])
    append(
        stream=held.inspection.name,
        by=by,
        verb="team.left",
        subject=held.user.name,
        payload={"role": held.role},
        why=why.strip(),
    )
    return held


def change_lead(*, inspection: Inspection, user: User, why: str, stays: bool, by: tuple[str, str]) -> TeamMember:
    """Give an inspection another lead inspector in one step, so that it is never without one.

    ``stays``: whoever led it stays in the team as an inspector. Refused: no reason; somebody who leads it already; a
    role of the person's own that does not fit; an interest in a body of the inspection.
    """
    with _refusals_noted(inspection, user, TeamRole.LEAD, by):
        return _lead_changed(inspection, user, why, by, stays=stays)


def _lead_changed(inspection: Inspection, user: User, why: str, by: tuple[str, str], *, stays: bool) -> TeamMember:
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    require_in(inspection=held, action="inspection.plan", by=by)
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Write why the lead changes, for whoever reads this later.")
    team = held.team.filter(left_at__isnull=True).select_related("user")
    before = team.filter(role=TeamRole.LEAD).first()
    if before and before.user_id == user.pk:
        raise RefusedError(Refusal.LEADS_ALREADY, f"{user.full_name} leads this inspection already.")
    own = team.filter(user=user).first()
    for member in (before, own):
        if member:
            member.left_at, member.left_because = datetime.now(UTC), why.strip()[:300]
            member.save(update_fields=["left_at", "left_because"])
    _refuse_unfit(held, user, TeamRole.LEAD)
    joined = TeamMember.objects.create(inspection=held, user=user, role=TeamRole.LEAD, joined_at=datetime.now(UTC))
    if before and stays:
        TeamMember.objects.create(
            inspection=held, user=before.user, role=TeamRole.INSPECTOR, joined_at=datetime.now(UTC)
        )
    told = {"from": before.user.public_id if before else None, "to": user.public_id, "stays": bool(before and stays)}
    append(stream=held.name, by=by, verb="team.lead-changed", subject=user.name, payload=told, why=why.strip())
    return joined
