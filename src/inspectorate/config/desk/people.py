"""What the pages about people show: who is here, their interests, and what somebody who leaves hands over."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from inspectorate.fieldwork.models import Allocation
from inspectorate.inspections.models import TeamMember
from inspectorate.inspections.queries import visible_to
from inspectorate.people.access import Person
from inspectorate.people.models import Role, Tie, User
from inspectorate.register.models import Body, LocalDeliveryUnit
from inspectorate.register.queries import BodySearch, find_bodies
from inspectorate.ui.words import written_date

MOST_FOUND = 15
CSV_HEAD = ("public_id", "name", "email", "role", "works_for", "interests", "here", "footing", "grade", "until")


@dataclass(frozen=True)
class Shown:
    """A tie with the name of the body; that of a case is never said here."""

    tie: Tie
    about: str
    href: str = ""

    @property
    def since(self) -> str:
        """From which day, and to which where it was ended."""
        began, ended = written_date(self.tie.declared_at), written_date(self.tie.ended_at)
        if ended:
            return _("%(began)s to %(ended)s") % {"began": began, "ended": ended}
        return _("since %(began)s") % {"began": began}


def named(ties: Iterable[Tie]) -> dict[int, Shown]:
    """Return ties by key, each with the name of its body. One query."""
    ties = list(ties)
    wanted = {tie.subject_id for tie in ties if tie.subject_kind == "body"}
    bodies = {body.public_id: body for body in Body.objects.filter(public_id__in=wanted)}
    teams = {tie.subject_id for tie in ties if tie.subject_kind == "team"}
    names = (
        dict(LocalDeliveryUnit.objects.filter(public_id__in=teams).values_list("public_id", "name")) if teams else {}
    )
    return {tie.pk: _shown(tie, bodies, names) for tie in ties}


def _shown(tie: Tie, bodies: dict[str, Body], teams: dict[str, str]) -> Shown:
    if tie.subject_kind == "team":
        return Shown(tie, _("the team %(name)s") % {"name": teams.get(tie.subject_id, "")})
    if tie.subject_kind == "case":
        return Shown(tie, _("a case"))
    body = bodies.get(tie.subject_id)
    return Shown(tie, str(body), body.get_absolute_url()) if body else Shown(tie, _("a body that is not registered"))


def apart(user: User, shown: dict[int, Shown]) -> tuple[list[Shown], list[Shown]]:
    """Return for whom somebody with ``open_ties`` works, and their interests."""
    mine = [shown[tie.pk] for tie in user.open_ties]  # type: ignore[attr-defined]  # set by the query
    return [one for one in mine if works(one.tie)], [one for one in mine if not works(one.tie)]


def works(tie: Tie) -> bool:
    """Say whether a tie was given by the chief inspector: somebody works for a body, or oversees it."""
    return tie.kind in (Tie.Kind.WORKS_FOR, Tie.Kind.WORKS_IN, Tie.Kind.OVERSEES)


def row(user: User, shown: dict[int, Shown]) -> list[Any]:
    """Return one person as a row of the list."""
    bodies, interests = apart(user, shown)
    name = {"text": user.full_name, "href": reverse("desk:person", args=[user.public_id])}
    if user.demonstration:
        name["note"] = _("invented")
    return [name, user.get_role_display(), _about(bodies), _about(interests), user.email]


def line(user: User, shown: dict[int, Shown]) -> list[str]:
    """Return one person as a line of the download."""
    bodies, interests = apart(user, shown)
    kinds = "; ".join(f"{one.tie.get_kind_display()}: {one.about}" for one in interests)
    here = "yes" if user.is_active else "no"
    return [user.public_id, user.full_name, user.email, user.role, _about(bodies, "; "), kinds, here, *_footing(user)]


def _footing(user: User) -> list[str]:
    return [user.employment, user.grade, user.until.isoformat() if user.until else ""]


def _about(shown: list[Shown], between: str = ", ") -> str:
    return between.join(one.about for one in shown)


def fields(words: str, role: str, here: str) -> list[dict[str, Any]]:
    """Return the filters of the list, each with the value it has now."""
    roles = [{"value": "", "text": _("Any")}, *({"value": code, "text": text} for code, text in Role.choices)]
    states = [{"value": "here", "text": _("Here")}, {"value": "left", "text": _("Left")}]
    return [
        {"name": "q", "kind": "search", "label": _("Name or address"), "value": words},
        {"name": "role", "kind": "select", "label": _("Role"), "value": role, "options": roles},
        {"name": "here", "kind": "select", "label": _("Here or left"), "value": here, "options": states},
    ]


def teams_of(user: User) -> list[tuple[str, str]]:
    """Return the living teams of the bodies that a local assessor works for, each with its name."""
    if user.role != Role.LOCAL_ASSESSOR:
        return []
    bodies = {tie.subject_id for tie in user.ties.all() if tie.kind == Tie.Kind.WORKS_FOR and not tie.ended_at}
    units = LocalDeliveryUnit.objects.filter(body__public_id__in=bodies, ended_on__isnull=True).select_related("body")
    return [(unit.public_id, f"{unit.name}, {unit.body.name}") for unit in units.order_by("body__name", "name")]


def find(words: str) -> list[Body]:
    """Return the bodies whose name, now or before, holds the words: the first few, in being today."""
    if not words.strip():
        return []
    day = timezone.localdate()
    return list(find_bodies(BodySearch(words=words, lives="now"), day=day)[:MOST_FOUND])


@dataclass(frozen=True)
class Held:
    """What somebody has in one inspection: their part in its team, and how many cases they are to assess."""

    inspection: Any
    part: str
    cases: int


def held_by(user: User, asker: Person) -> list[Held]:
    """Return what somebody holds in the inspections that the asker may see. Three queries."""
    visible = visible_to(asker)
    members = TeamMember.objects.filter(user=user, left_at__isnull=True, inspection__in=visible)
    parts = {member.inspection_id: member.get_role_display() for member in members}
    cases = Counter(
        Allocation.objects.filter(
            assessor=user, ended_at__isnull=True, case__case_list__inspection__in=visible
        ).values_list("case__case_list__inspection", flat=True)
    )
    found = visible.filter(pk__in={*parts, *cases}).order_by("title", "pk")
    return [Held(one, parts.get(one.pk, _("not in the team")), cases[one.pk]) for one in found]
