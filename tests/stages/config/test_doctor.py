"""The doctor says what is in force, and finds what is wrong."""

import json
import os
import time

import pytest
from django.db import connection

from inspectorate.config.cli import main
from inspectorate.config.in_force import Fact, facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def installation(tmp_path, settings, monkeypatch):
    """A sound installation: a folder of its own, with a key that only its owner can read."""
    monkeypatch.delenv("INSPECTORATE_SECRET_KEY", raising=False)
    tmp_path.chmod(0o700)
    key = tmp_path / "secret-key"
    key.write_text("k" * 64)
    key.chmod(0o600)
    settings.VAR = tmp_path
    return tmp_path


def found(name):
    (fact,) = [fact for fact in facts() if fact.name == name]
    return fact


def wrong():
    return [fact.name for fact in facts() if fact.verdict == "wrong"]


@pytest.mark.database("sqlite")
@pytest.mark.usefixtures("installation")
def test_nothing_is_wrong_with_a_sound_installation(capsys):
    assert wrong() == []
    assert main(["doctor"]) == 0
    assert "things are wrong" not in capsys.readouterr().out


@pytest.mark.database("postgresql")
@pytest.mark.usefixtures("installation")
def test_a_postgresql_that_does_not_sync_is_found():
    """The cluster of the tests runs without syncing, to be quick; the doctor asks it, and says so."""
    assert [fact.advice for fact in facts() if fact.name.startswith("sync")] == [
        "It must be on: until then a saved answer can be lost."
    ] * 2
    assert main(["doctor"]) == 1


@pytest.mark.database("sqlite")
@pytest.mark.usefixtures("installation")
def test_a_sync_level_that_was_lowered_is_found():
    fine = found("sync level")
    raw = connection.connection
    raw.execute("COMMIT")  # SQLite changes the level only outside a transaction
    raw.execute("PRAGMA synchronous=NORMAL")
    try:
        advice = f"It must be {fine.value}: until then a saved answer can be lost."
        assert found("sync level") == Fact("sync level", "NORMAL", "wrong", advice)
    finally:
        raw.execute(f"PRAGMA synchronous={fine.value}")
        raw.execute("BEGIN")


@pytest.mark.database("sqlite")
@pytest.mark.usefixtures("installation")
def test_json_holds_every_fact(capsys):
    assert main(["doctor", "--json"]) == 0
    assert [item["name"] for item in json.loads(capsys.readouterr().out)] == [fact.name for fact in facts()]


def test_a_key_that_others_can_read_is_found(installation):
    (installation / "secret-key").chmod(0o644)
    assert found("secret key").advice == f"Other accounts can read it. Run: chmod 600 {installation / 'secret-key'}"


def test_a_missing_key_is_found(installation):
    (installation / "secret-key").unlink()
    assert found("secret key").verdict == "wrong"


def test_a_clock_that_was_set_back_is_found(installation):
    tomorrow = time.time() + 86_400
    os.utime(installation / "secret-key", (tomorrow, tomorrow))
    assert (found("clock").verdict, found("clock").advice[:12]) == ("wrong", "It is behind")


def test_a_folder_that_others_can_look_into_is_noticed(installation):
    installation.chmod(0o755)
    assert found("folder").verdict == "notice"


def test_a_folder_that_is_not_there_is_found(installation, settings):
    settings.VAR = installation / "gone"
    assert found("folder").verdict == "wrong"


@pytest.mark.usefixtures("installation")
def test_a_full_disk_is_found(monkeypatch):
    monkeypatch.setattr("inspectorate.config.in_force.WRONG_BELOW", 10**9)
    assert found("free disk").verdict == "wrong"


@pytest.mark.usefixtures("installation")
def test_debug_and_any_host_are_found(settings):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["*"]
    assert {"debug", "host names"} <= set(wrong())


@pytest.mark.usefixtures("installation")
def test_that_no_backup_is_made_is_said_and_is_wrong_where_people_work_for_real(installation, settings):
    settings.BACKUPS, settings.BACKUP_KEY = installation / "backups", installation / "backup-key"
    assert (found("backups").value, found("backups").verdict) == ("none", "notice")
    settings.DEMONSTRATION = False
    assert {"backup key", "backups", "drill"} <= set(wrong())
