"""Clearances and training of a cast: put straight into the database, for tests that are not about writing them down."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from inspectorate.people.models import Clearance, Requirement, Withdrawal
from inspectorate.people.needed import EDITION, programmes

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BY = {"recorded_at": NOW, "recorded_by_kind": "system", "recorded_by_id": "test"}
SET = {"set_at": NOW, "set_by_kind": "system", "set_by_id": "test", "why": "For a test"}


def ask_for(kind, days=-1):
    """Ask for a kind from a day on, counted from today."""
    day = None if days is None else timezone.localdate() + timedelta(days=days)
    return Requirement.objects.create(kind=kind, asked_from=day, **SET)


def ask_for_everything():
    for kind in programmes().kinds:
        ask_for(kind)


def hold(user, kind, edition="", days=200):
    """Give somebody something that ends so many days from today."""
    today = timezone.localdate()
    about = {"got_on": today - timedelta(days=500), "expires_on": today + timedelta(days=days)}
    return Clearance.objects.create(user=user, kind=kind, edition=edition, evidence=f"Seen {days}", **about, **BY)


def hold_everything(user, *editions):
    for kind in programmes().kinds.values():
        for edition in editions if kind.when == EDITION else ("",):
            if user.role in kind.roles:
                hold(user, kind.code, edition)


def withdraw(clearance):
    about = {"withdrawn_at": NOW, "withdrawn_by_kind": "system", "withdrawn_by_id": "test"}
    return Withdrawal.objects.create(clearance=clearance, why="Recalled", **about)
