"""The status page says what is late and what failed, and whoever may has a duty run again."""

from datetime import UTC, datetime

import pytest

from inspectorate.config.upkeep.actions import be_seen, begin_run, end_run, epoch_now
from inspectorate.config.upkeep.models import DutyRun

BY = ("system", "duties")


@pytest.fixture
def status(client, people, chief, tmp_path, settings):
    settings.VAR, settings.BACKUPS, settings.BACKUP_KEY = tmp_path, tmp_path / "backups", tmp_path / "key"
    epoch_now(by=BY)
    client.force_login(people[chief])

    def page():
        return client.get("/system/").content.decode()

    return page


def test_it_says_what_failed_with_its_reason_and_that_nobody_runs_the_duties(status):
    run = begin_run(duty="backup", due_at=datetime.now(UTC), by=BY)
    end_run(run=run, outcome="failed", said="There is no room on the disk: make some.", by=BY)
    page = status()
    assert page.count("There is no room on the disk: make some.") == 2
    assert "Nobody runs the duties" in page
    be_seen(by=BY, at=datetime.now(UTC))
    assert "Nobody runs the duties" not in status()


def test_it_shows_how_the_last_drill_went(status):
    run = begin_run(duty="drill", due_at=datetime.now(UTC), by=BY)
    end_run(run=run, outcome="done", said="It was restored in 4 s and verified, and 10 records opened.", by=BY)
    assert status().count("10 records opened") == 2


def test_a_duty_is_asked_for_by_a_press_and_a_second_press_is_harmless(status, client):
    status()
    answer = client.post("/system/duties/drill/run/")
    assert (answer.status_code, answer["Location"]) == (302, "/system/?done=asked")
    assert "begins within seconds" in client.get(answer["Location"]).content.decode()
    again = client.post("/system/duties/drill/run/")
    assert (again.status_code, "asked for already" in again.content.decode()) == (409, True)
    assert DutyRun.objects.get().outcome == "asked"
    assert client.post("/system/duties/gardening/run/").status_code == 409


@pytest.mark.usefixtures("status")
def test_the_page_asks_little_of_the_database(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/system/")


def test_what_is_in_force_is_a_page(status, client):
    status()
    assert "full_page_writes" in (page := client.get("/system/in-force/").content.decode()) or "SQLite" in page


def test_a_lead_inspector_is_told_that_it_is_not_for_them(client, people, lead):
    client.force_login(people[lead])
    assert client.get("/system/").status_code == 403
