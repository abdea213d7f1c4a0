"""Readings of inspections: which a person may see, and what ties a person to one."""

from collections.abc import Sequence
from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from inspectorate.inspections.models import InspectedProvider, Inspection, TeamMember, TeamRole
from inspectorate.people.access import INTEREST, LEADS, OWN_BODY, RULES, TEAM, Person, may
from inspectorate.people.access import SYSTEM as SYSTEM_ROLE
from inspectorate.standards.queries import shelf

NOT_KNOWN_TO_THE_BODY = ("arranged",)
"""The states in which the body does not know of the inspection, and finds nothing."""


def visible_to(person: Person) -> "QuerySet[Inspection]":
    """Return the inspections whose overview a person may read, each with ``team_role``, the person's own in it.

    One that a person may not see is not in it at all: not in lists, counts, search or exports.
    """
    everything = with_team_role(Inspection.objects.all(), person)
    if person.role == SYSTEM_ROLE:
        return everything
    allowed = {relation for role, relation in RULES["inspection.read"].allowed if role == person.role}
    shown = Q(pk__in=[])
    if "" in allowed:
        shown = Q()
    if TEAM in allowed:
        shown |= ~Q(team_role="")
    if OWN_BODY in allowed:
        mine = InspectedProvider.objects.filter(inspection=OuterRef("pk"), body__public_id__in=person.works_for)
        shown |= Exists(mine) & ~Q(state__in=NOT_KNOWN_TO_THE_BODY) & Q(announced_at__isnull=False)
    barred = person.interests("body")
    if not barred:
        return everything.filter(shown)
    with_interest = InspectedProvider.objects.filter(inspection=OuterRef("pk"), body__public_id__in=barred)
    return everything.filter(shown).exclude(Exists(with_interest))


def with_team_role(inspections: "QuerySet[Inspection]", person: Person) -> "QuerySet[Inspection]":
    """Add ``team_role``, what the person does in the team now: empty for nobody in it."""
    if person.user is None:
        return inspections.annotate(team_role=Value("", output_field=CharField()))
    current = TeamMember.objects.filter(inspection=OuterRef("pk"), user=person.user, left_at__isnull=True)
    return inspections.annotate(team_role=Coalesce(Subquery(current.values("role")[:1]), Value("")))


def relations(person: Person, inspection: Inspection) -> frozenset[str]:
    """Return what ties a person to an inspection, as ``people.access`` names it.

    Where the inspection comes from ``visible_to`` this asks the database nothing more about the team; bodies are asked
    for only where the person has a tie to one.
    """
    role = getattr(inspection, "team_role", None)
    if role is None:
        role = with_team_role(Inspection.objects.filter(pk=inspection.pk), person).values_list("team_role", flat=True)[
            0
        ]
    found = {TEAM} if role else set()
    if role == TeamRole.LEAD:
        found.add(LEADS)
    barred = person.interests("body")
    if barred or person.is_contact:
        bodies = set(inspection.inspected_providers.values_list("body__public_id", flat=True))
        found |= {INTEREST} if bodies & barred else set()
        known = inspection.announced_at is not None and inspection.state not in NOT_KNOWN_TO_THE_BODY
        found |= {OWN_BODY} if known and person.is_contact and bodies & person.works_for else set()
    return frozenset(found)


def current_team(inspection: Inspection) -> Sequence[TeamMember]:
    """Return who is in the team now, the lead first."""
    members = inspection.team.filter(left_at__isnull=True).select_related("user")
    order = [TeamRole.LEAD, TeamRole.INSPECTOR, TeamRole.LOCAL_ASSESSOR]
    return sorted(members, key=lambda member: (order.index(TeamRole(member.role)), member.user.full_name))


def may_in(person: Person, action: str, inspection: Inspection) -> bool:
    """Say whether a person may do something in an inspection."""
    return may(person, action, relations(person, inspection))


def standing_moves(inspection: Inspection) -> dict[str, tuple[date, str]]:
    """Return where people moved the dates of an inspection: by code, the day and the reason."""
    standing = inspection.moved_dates.filter(ended_at__isnull=True)
    return {code: (on, reason) for code, on, reason in standing.values_list("code", "on", "reason")}


def newest_edition(code: str) -> str:
    """Return the newest edition of a programme that is piloted or adopted; the one given where there is no newer."""
    programme = code.split("/", maxsplit=1)[0]
    found = [other for other in shelf.codes() if other.split("/")[0] == programme]
    fit = [other for other in found if shelf.held(other).edition.status != "draft"]
    return max(fit, default=code)
