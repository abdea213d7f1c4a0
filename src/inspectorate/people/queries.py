"""Readings of people."""

from django.conf import settings
from django.db.models import Case, QuerySet, Value, When

from inspectorate.people.models import Role, User


def by_role(people: "QuerySet[User]") -> "QuerySet[User]":
    """Order people by role, the chief inspector first, then by name."""
    order = [When(role=role, then=Value(number)) for number, role in enumerate(Role.values)]
    return people.order_by(Case(*order), "last_name", "first_name", "pk")


def demonstration_people() -> "QuerySet[User]":
    """Return the invented people whom anybody may sign in as: nobody where the installation is real."""
    if not settings.DEMONSTRATION:
        return User.objects.none()
    return by_role(User.objects.filter(demonstration=True, is_active=True))
