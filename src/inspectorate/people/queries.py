"""Readings of people."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, Prefetch, Q, QuerySet, Value, When

from inspectorate.people.access import CHIEF, LEAD, LEADS, OWN_BODY, OWN_CASE, SIGNED, TEAM, Person
from inspectorate.people.models import Reading, Role, Tie, User

HERE = ("here", "left")


def by_role(people: "QuerySet[User]") -> "QuerySet[User]":
    """Order people by role, the chief inspector first, then by name."""
    order = [When(role=role, then=Value(number)) for number, role in enumerate(Role.values)]
    return people.order_by(Case(*order), "last_name", "first_name", "pk")


def demonstration_people() -> "QuerySet[User]":
    """Return the invented people whom anybody may sign in as: nobody where the installation is real."""
    if not settings.DEMONSTRATION:
        return User.objects.none()
    return by_role(User.objects.filter(demonstration=True, is_active=True))


@dataclass(frozen=True)
class PeopleSearch:
    """Whom a reader asks for: words of the name or address, a role, and whether they are here or have left."""

    words: str = ""
    role: str = ""
    here: str = "here"


def find_people(search: PeopleSearch) -> "QuerySet[User]":
    """Return the people asked for, by role and name, each with ``open_ties``, the newest first."""
    found = User.objects.filter(is_active=search.here != "left")
    if search.role:
        found = found.filter(role=search.role)
    for word in search.words.split():
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word))
    held = Tie.objects.filter(ended_at__isnull=True).order_by("-declared_at", "pk")
    return by_role(found).prefetch_related(Prefetch("ties", queryset=held, to_attr="open_ties"))


def because_of(person: Person, relations: Collection[str]) -> str:
    """Return what a reader has to do with a case, the nearest first."""
    if OWN_CASE in relations:
        return Reading.Because.OWN
    if person.role == CHIEF:
        return Reading.Because.CHIEF
    if LEADS in relations or person.role == LEAD:
        return Reading.Because.LEADS
    if OWN_BODY in relations:
        return Reading.Because.BODY
    return Reading.Because.TEAM if TEAM in relations or SIGNED not in relations else Reading.Because.SIGNED
