"""Readings of inspections: which a person may see, and what ties a person to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from inspectorate.inspections.models import InspectedProvider, Inspection, Module, TeamMember, TeamRole
from inspectorate.methodology.timetable import Suggested, suggested_weeks
from inspectorate.people.access import (
    INTEREST,
    LEADS,
    OVERSEER,
    OVERSEES,
    OWN_BODY,
    RULES,
    SIGNED,
    TEAM,
    Person,
    may,
    persons_of_users,
)
from inspectorate.people.access import SYSTEM as SYSTEM_ROLE
from inspectorate.people.models import Role, Tie, User
from inspectorate.people.needed import BY_TEAM, bars_by_team, programmes
from inspectorate.record.models import Entry
from inspectorate.record.queries import entries_in
from inspectorate.register.queries import barred_bodies, line_of, team_bodies
from inspectorate.standards.queries import shelf

OVER = ("closed", "cancelled")
"""The states in which nothing is handed over any more."""
FITS: dict[str, tuple[str, ...]] = {
    TeamRole.LEAD: (Role.LEAD_INSPECTOR,),
    TeamRole.INSPECTOR: (Role.LEAD_INSPECTOR, Role.INSPECTOR),
    TeamRole.LOCAL_ASSESSOR: (Role.LOCAL_ASSESSOR,),
}
"""The roles of people that each role in a team is open to."""
NOT_KNOWN_TO_THE_BODY = ("arranged",)
"""The states in which the body does not know of the inspection, and finds nothing."""
WITH_A_SIGNED_REPORT = ("signed_off", "released", "closed")
OUT = ("released", "closed")
"""Of these, whoever oversees the body finds those whose minute has come."""


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
    if SIGNED in allowed:
        shown |= Q(state__in=WITH_A_SIGNED_REPORT)
    if OVERSEES in allowed:
        theirs = InspectedProvider.objects.filter(inspection=OuterRef("pk"), body__public_id__in=person.oversees)
        shown |= Exists(theirs) & Q(state__in=OUT, public_from__lte=timezone.now())
    return everything.filter(shown).exclude(_with_interest(person))


def _with_interest(person: Person) -> Q:
    """Return what an inspection meets from which an interest bars somebody, by its bodies and programmes."""
    barred, loose = barred_bodies(person), team_bodies(person)
    if not barred:
        return Q(pk__in=[])
    inspected = InspectedProvider.objects.filter(inspection=OuterRef("pk"))
    found = Q(Exists(inspected.filter(body__public_id__in=barred - loose)))
    if loose:
        found |= Q(Exists(inspected.filter(body__public_id__in=loose))) & Q(Exists(bars_from_the_body("pk")))
    return found


def bars_from_the_body(inspection: str) -> "QuerySet[Module]":
    """Return the modules of an inspection whose programme bars from the whole body, and not from one's team alone."""
    loose = Q(pk__in=[])
    for code, rule in programmes().interests.items():
        if rule == BY_TEAM:
            loose |= Q(edition__startswith=f"{code}/")
    return Module.objects.filter(inspection=OuterRef(inspection)).exclude(loose)


def by_team(inspection: Inspection) -> bool:
    """Say whether every programme of an inspection bars a local assessor from their own team alone."""
    return bars_by_team(edition for _, edition in editions_of(inspection.public_id))


def barred_in(person: Person, inspection: Inspection) -> frozenset[str]:
    """Return the bodies from the whole of which an interest bars somebody in an inspection, by its programmes."""
    loose = team_bodies(person)
    return barred_bodies(person) - loose if loose and by_team(inspection) else barred_bodies(person)


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
    if inspection.state in WITH_A_SIGNED_REPORT:
        found.add(SIGNED)
    barred = barred_in(person, inspection)
    if barred or person.is_contact or person.role == OVERSEER:
        bodies = set(inspection.inspected_providers.values_list("body__public_id", flat=True))
        found |= {INTEREST} if bodies & barred else set()
        known = inspection.announced_at is not None and inspection.state not in NOT_KNOWN_TO_THE_BODY
        found |= {OWN_BODY} if known and person.is_contact and bodies & person.works_for else set()
        minute = inspection.public_from if inspection.state in OUT else None
        out = minute is not None and minute <= timezone.now()
        found |= {OVERSEES} if out and bodies & person.oversees else set()
    return frozenset(found)


@lru_cache(maxsize=512)
def editions_of(public_id: str) -> tuple[tuple[str, str], ...]:
    """Return the modules of an inspection, each with its edition: pinned when it is arranged, they change no more."""
    found = Module.objects.filter(inspection__public_id=public_id).order_by("pk")
    return tuple(found.values_list("code", "edition"))


def leavers() -> "QuerySet[TeamMember]":
    """Return who is in a team still and works here no more: account closed, last day gone by, or in another role."""
    gone = Q(user__is_active=False) | Q(user__until__lt=timezone.localdate())
    for part, roles in FITS.items():
        gone |= Q(role=part) & ~Q(user__role__in=roles)
    return TeamMember.objects.filter(gone, left_at__isnull=True).exclude(inspection__state__in=OVER)


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


ORDERS = {
    "week": (F("fieldwork_on").desc(nulls_first=True), Lower("title")),
    "-week": (F("fieldwork_on").asc(nulls_last=True), Lower("title")),
    "title": (Lower("title"),),
    "-title": (Lower("title").desc(),),
    "state": ("state", F("fieldwork_on").desc(nulls_first=True)),
}
"""The orders of the list of inspections; the latest fieldwork week comes first unless another is asked for."""


@dataclass(frozen=True)
class InspectionSearch:
    """What is asked of the list of inspections; empty means all. ``programme`` begins an edition's code."""

    words: str = ""
    state: str = ""
    programme: str = ""
    mine: str = ""
    order: str = "week"


def find_inspections(person: Person, search: InspectionSearch) -> "QuerySet[Inspection]":
    """Return the inspections that a person may see and asks for, each with ``edition`` and its lead in ``leads``."""
    main = Module.objects.filter(inspection=OuterRef("pk")).order_by("pk").values("edition")[:1]
    found = visible_to(person).annotate(edition=Coalesce(Subquery(main), Value("")))
    if search.state:
        found = found.filter(state=search.state)
    if search.programme:
        found = found.filter(edition__startswith=f"{search.programme}/")
    if search.mine:
        found = found.exclude(team_role="")
    for word in search.words.split():
        found = found.filter(Q(title__icontains=word) | Q(area__icontains=word) | Q(body__name__icontains=word))
    leads = TeamMember.objects.filter(left_at__isnull=True, role=TeamRole.LEAD).select_related("user")
    shown = found.select_related("body").prefetch_related(Prefetch("team", queryset=leads, to_attr="leads"))
    return shown.order_by(*ORDERS.get(search.order, ORDERS["week"]), "pk")


def kin_of(inspection: Inspection, person: Person) -> dict[str, list[Inspection]]:
    """Return the inspections that one belongs with, of those that the person may see, in one query.

    ``reinspected`` leaves out what was cancelled, so that another can be arranged.
    """
    mine = Q(parent=inspection) | Q(reinspects=inspection)
    if inspection.parent_id:
        mine |= Q(pk=inspection.parent_id)
    if inspection.reinspects_id:
        mine |= Q(pk=inspection.reinspects_id)
    found = list(visible_to(person).filter(mine).order_by("pk"))
    return {
        "parent": [one for one in found if one.pk == inspection.parent_id],
        "parts": [one for one in found if one.parent_id == inspection.pk],
        "reinspects": [one for one in found if one.pk == inspection.reinspects_id],
        "reinspected": [one for one in found if one.reinspects_id == inspection.pk and one.state != "cancelled"],
    }


def verbs_in(inspection: Inspection) -> dict[str, int]:
    """Return how often each verb stands in the record of an inspection."""
    entries = entries_in(inspection.name).order_by()
    return dict(entries.values_list("verb").annotate(times=Count("pk")).order_by("verb"))


def names_in(entries: Sequence[Entry]) -> dict[str, str]:
    """Return the people of these entries, those who acted and those whom it was about, as people say their names."""
    ids = {entry.actor_id for entry in entries} | {e.subject_id for e in entries if e.subject_kind == "user"}
    return {user.public_id: user.full_name for user in User.objects.filter(public_id__in=ids)}


def former_team(inspection: Inspection) -> "QuerySet[TeamMember]":
    """Return whose part in the team has ended, the latest first."""
    return inspection.team.filter(left_at__isnull=False).select_related("user").order_by("-left_at")


def colleagues(inspection: Inspection) -> list[tuple[User, str]]:
    """Return everybody whose role works in teams, each with why they cannot join this one: nothing where they can."""
    roles = (Role.LEAD_INSPECTOR, Role.INSPECTOR, Role.LOCAL_ASSESSOR)
    bodies = line_of(inspection.inspected_providers.values_list("body__public_id", flat=True))
    rows = Tie.objects.holding().filter(subject_kind="body", subject_id__in=bodies).select_related("user")
    tied = {tie.user_id for tie in rows}
    if tied and by_team(inspection):
        people = persons_of_users({tie.user for tie in rows if tie.user.role == Role.LOCAL_ASSESSOR})
        tied -= {key for key, person in people.items() if not bodies & barred_in(person, inspection)}
    users = User.objects.filter(role__in=roles, is_active=True).order_by("last_name", "first_name", "pk")
    return [
        (user, "has declared an interest in a body of this inspection" if user.pk in tied else "") for user in users
    ]


def suggestion_for(inspection: Inspection) -> Suggested:
    """Return how many weeks of fieldwork the edition counts with, and why."""
    edition = shelf.held(inspection.modules.order_by("pk").values_list("edition", flat=True)[0]).edition
    return suggested_weeks(edition.timetable, edition.sampling, None)
