"""Who is in a team, who can come into it, and who cannot and why."""

from typing import Any

from inspectorate.inspections.clearances import lacking_in
from inspectorate.inspections.models import Inspection, TeamMember, TeamRole
from inspectorate.inspections.queries import FITS, colleagues, current_team, former_team, leavers
from inspectorate.people.models import Role, User
from inspectorate.ui.words import written_date

ROLE_IN_TEAM = {
    Role.LEAD_INSPECTOR: TeamRole.INSPECTOR,
    Role.INSPECTOR: TeamRole.INSPECTOR,
    Role.LOCAL_ASSESSOR: TeamRole.LOCAL_ASSESSOR,
}
"""As what somebody joins, by their own role; the lead changes in a step of its own."""


def role_of(user: User) -> str:
    """Return as what somebody joins a team; nothing for a role that joins none."""
    return ROLE_IN_TEAM.get(Role(user.role), TeamRole.INSPECTOR).value if user.role in ROLE_IN_TEAM else ""


def team_page(inspection: Inspection) -> dict[str, Any]:
    """Return the team as it is and was, and everybody else with whether they can join."""
    team = current_team(inspection)
    people = colleagues(inspection)
    inside = {member.user_id for member in team}
    lack = lacking_in(inspection, [*(member.user for member in team), *(user for user, _ in people)])
    outside = [(user, barred) for user, barred in people if user.pk not in inside]
    return {
        "team": [(member, lack.get(member.user_id, "")) for member in team],
        "gone": set(leavers().filter(inspection=inspection).values_list("pk", flat=True)),
        "lead": next((member for member in team if member.role == TeamRole.LEAD), None),
        "former": [
            {
                "name": member.user.full_name,
                "role": member.get_role_display(),
                "days": f"{written_date(member.joined_at)} to {written_date(member.left_at)}",
                "why": member.left_because,
            }
            for member in former_team(inspection)
        ],
        "choices": _grouped([user for user, barred in outside if not barred]),
        "lacking": [(user.full_name, lack[user.pk]) for user, barred in outside if not barred and user.pk in lack],
        "barred": [(user.full_name, why) for user, why in outside if why],
    }


def lead_page(inspection: Inspection) -> tuple[TeamMember | None, list[tuple[str, str]]]:
    """Return who leads now, and who can lead from now on: any other lead inspector without an interest."""
    lead = next((member for member in current_team(inspection) if member.role == TeamRole.LEAD), None)
    others = [user for user, barred in colleagues(inspection) if not barred and not (lead and lead.user_id == user.pk)]
    return lead, [(user.public_id, user.full_name) for user in others if user.role in FITS[TeamRole.LEAD]]


def _grouped(users: list[User]) -> list[tuple[str, list[tuple[str, str]]]]:
    roles = [role for role in Role if any(user.role == role for user in users)]
    return [
        (role.label + "s", [(user.public_id, user.full_name) for user in users if user.role == role]) for role in roles
    ]
