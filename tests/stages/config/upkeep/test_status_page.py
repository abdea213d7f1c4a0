"""The status page says what is late and what failed, and whoever may has a duty run again."""

from datetime import UTC, datetime, timedelta

import pytest

from inspectorate.config.upkeep.actions import be_seen, begin_run, end_run, epoch_now
from inspectorate.config.upkeep.models import DutyRun
from inspectorate.config.upkeep.queries import Archived, archive_stands, base_stands, stand_of_archive

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


@pytest.mark.database("postgresql")
@pytest.mark.usefixtures("status")
def test_it_says_that_nothing_is_archived_where_the_server_hands_over_nothing():
    stand = archive_stands(datetime.now(UTC))
    assert (stand.value, stand.verdict) == ("off", "notice")
    assert "would be lost" in stand.advice


@pytest.mark.parametrize(
    ("asked", "age", "verdict", "words"),
    [
        (("on", 120, "01", None, None), 4, "fine", ""),
        (("on", 120, "01", None, None), 6, "wrong", "Older than five minutes"),
        (("on", 0, "01", None, None), 1, "wrong", "archive_timeout"),
        (("on", 600, "01", None, None), 1, "wrong", "archive_timeout"),
        (("on", 120, "01", "02", 0), 1, "wrong", "02 could not be archived"),
        (("on", 120, "01", "02", 2), 1, "fine", ""),
    ],
    ids=["in time", "too old", "never", "too seldom", "failing", "failed once"],
)
def test_it_says_how_old_the_last_change_is_that_was_archived(asked, age, verdict, words, settings):
    settings.ARCHIVE, now = None, datetime.now(UTC)
    mode, timeout, last, failed, failed_ago = asked
    failed_at = None if failed_ago is None else now - timedelta(minutes=failed_ago)
    stand = stand_of_archive(now, Archived(mode, timeout, last, now - timedelta(minutes=age), failed, failed_at))
    assert (stand.verdict, words in stand.advice) == (verdict, True), stand
    assert f"{age}.0 minutes old" in stand.value


def test_it_says_that_what_was_archived_is_not_where_it_should_be_or_has_no_base(settings, tmp_path):
    settings.ARCHIVE, now = tmp_path, datetime.now(UTC)
    asked = Archived("on", 120, "000000010000000000000001", now, None, None)
    assert "It is not in" in stand_of_archive(now, asked).advice
    (tmp_path / f"000000010000000000000001-{'a' * 64}.wal.gz.age").write_bytes(b"x")
    assert stand_of_archive(now, asked).verdict == "fine"
    assert [one.verdict for one in base_stands(now)] == ["wrong"]
    (tmp_path / f"base-{now:%Y%m%dT%H%M%SZ}-000000010000000000000001-abc.tar.gz.age").write_bytes(b"x")
    assert [one.verdict for one in base_stands(now)] == ["fine"]
    assert [one.verdict for one in base_stands(now + timedelta(hours=27))] == ["wrong"]


def test_a_lead_inspector_is_told_that_it_is_not_for_them(client, people, lead):
    client.force_login(people[lead])
    assert client.get("/system/").status_code == 403
