"""The pages about the installation itself, empty and with something on each, wide and small, for everybody."""

from datetime import UTC, datetime, timedelta

import pytest

from inspectorate.config.upkeep.actions import begin_run, end_run, epoch_now, hold
from inspectorate.people.actions import deactivate, load_demonstration
from inspectorate.people.models import Role, User
from inspectorate.ratings.models import ScoredFile

pytestmark = pytest.mark.browser
BY = ("system", "duties")
NOW = datetime.now(UTC)
PAGES = {
    "status": "/system/",
    "in-force": "/system/in-force/",
    "privacy": "/privacy/",
    "register": "/privacy/register/",
    "impact": "/privacy/impact/",
    "one-person": "/privacy/one-person/",
    "access-log": "/access-log/",
}
FULL = ("status", "privacy")
"""What differs once there is something to show."""


@pytest.fixture
def chief(transactional_db, settings, tmp_path):  # noqa: ARG001 - it opens the database
    settings.VAR, settings.BACKUPS, settings.BACKUP_KEY = tmp_path, tmp_path / "backups", tmp_path / "key"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "upkeep"}}
    load_demonstration(by=("system", "demo"))
    epoch_now(by=BY)
    return User.objects.get(role=Role.CHIEF_INSPECTOR)


def fill(chief):
    """Have a duty done and one failed, somebody gone, a file kept, and one of them on hold."""
    gone = User.objects.filter(role=Role.INSPECTOR).order_by("pk").first()
    deactivate(user=gone, why="A new post", by=chief.name)
    hold(subject=gone.name, reason="A claim at the county court, which names the inspection.", by=chief.name)
    about = {"edition": "iaow/2013", "edition_digest": "a" * 64, "answers_digest": "b" * 64, "answers_name": "a.csv"}
    kept = {"created_at": NOW, "kept_at": NOW - timedelta(days=366), "kept_by_kind": "user", "kept_by_id": "somebody"}
    ScoredFile.objects.create(title="A file", answers=b"", **about, **kept)
    for code, outcome, said in (
        (
            "retention",
            "done",
            "Erased: 1 of case details. Most was locked for 0.4 s.",
        ),
        ("archive", "failed", "000000010000000000000007, 6.2 minutes old. Older than five minutes: look at the log."),
    ):
        end_run(run=begin_run(duty=code, due_at=NOW, by=BY), outcome=outcome, said=said, by=BY)


def test_every_page_of_upkeep_is_for_everybody_empty_and_full(page, chief, for_everybody, screenshot):
    page.goto("/sign-in/")
    page.get_by_role("button", name=f"Sign in as {chief.get_full_name()}").click()
    page.wait_for_url("**/my-work/")
    for name, address in PAGES.items():
        page.goto(address)
        for_everybody(page)
        screenshot(page, f"upkeep-{name}")
    fill(chief)
    for name in FULL:
        page.goto(PAGES[name])
        for_everybody(page)
        screenshot(page, f"upkeep-{name}-full")
    page.get_by_role("button", name="Hold it").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    for_everybody(page)
    screenshot(page, "upkeep-privacy-refused")
