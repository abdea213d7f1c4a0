"""A backup is one moment of a database in use, and says what it holds; the epoch is shown to devices."""

import threading

import pytest
from django.db import connection, connections
from django.utils import timezone

from inspectorate.config.upkeep.actions import begin_epoch, epoch_now, forget_old_backups, make_backup
from inspectorate.config.upkeep.backup.database import held_here
from inspectorate.config.upkeep.backup.key import make_key, read_key
from inspectorate.config.upkeep.backup.making import newest
from inspectorate.config.upkeep.backup.reading import check_database, read_through
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.people.models import User
from inspectorate.record.queries import entries_in

SYSTEM = ("system", "test")


@pytest.fixture
def backups(tmp_path, settings):
    """A folder of its own, with a key and a file that a backup holds."""
    settings.VAR, settings.BACKUPS, settings.BACKUP_KEY = tmp_path, tmp_path / "backups", tmp_path / "backup-key"
    make_key(settings.BACKUP_KEY)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "made-again.css").write_text("x")
    (tmp_path / "beside.txt").write_text("kept")
    return settings.BACKUPS


@pytest.mark.django_db(transaction=True)
def test_a_backup_made_while_people_save_holds_one_moment_and_every_file(backups, tmp_path):
    stop = threading.Event()

    def save():
        number = 0
        while not stop.is_set():
            number += 1
            User.objects.create(username=f"u{number}", email=f"u{number}@example.org")
        connections.close_all()

    saving = threading.Thread(target=save)
    saving.start()
    try:
        made = make_backup(by=SYSTEM)
    finally:
        stop.set()
        saving.join(60)
    (tmp_path / "out").mkdir()
    about = read_through(made.path, read_key(tmp_path / "backup-key"), into=tmp_path / "out")
    check_database(about, tmp_path / "out")
    assert (tmp_path / "out" / "files" / "beside.txt").read_text() == "kept"
    assert [one.path for one in about.files if "static" in one.path or "backup" in one.path] == []
    assert about.tables["people_user"] <= held_here()["tables"]["people_user"]
    assert b"beside" not in made.path.read_bytes()
    assert (newest(backups), about.epoch) == (made.path, epoch_now(by=SYSTEM).number)
    (line,) = entries_in(("installation", "this"))
    assert (line.verb, line.particulars["rows"]) == ("backup.made", about.rows)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_hold_what_the_manifest_says_is_refused(backups, tmp_path):
    made = make_backup(by=SYSTEM)
    assert backups.is_dir()
    if connection.vendor == "postgresql":
        return
    (tmp_path / "out").mkdir()
    about = read_through(made.path, read_key(tmp_path / "backup-key"), into=tmp_path / "out")
    about.tables["people_user"] += 1
    with pytest.raises(RefusedError) as caught:
        check_database(about, tmp_path / "out")
    assert caught.value.code == Refusal.DIFFERS


@pytest.mark.django_db
def test_backups_are_for_the_system_and_the_chief(backups, people, lead):  # noqa: ARG001 - they open the database
    with pytest.raises(NotAllowedError):
        make_backup(by=lead)


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_old_backups_go_but_never_the_last_two(backups, settings):
    backups.mkdir()
    names = [f"inspectorate-2026010{day}T000000Z-aaaaaa.tar.gz.age" for day in range(1, 5)]
    for name in names:
        (backups / name).write_bytes(b"x")
    later = timezone.now() + timezone.timedelta(days=settings.BACKUP_DAYS + 1)
    assert forget_old_backups(by=SYSTEM) == []
    assert forget_old_backups(by=SYSTEM, at=later) == names[:2]
    assert sorted(path.name for path in backups.iterdir()) == names[2:]


@pytest.mark.django_db
def test_the_epoch_is_shown_to_devices(client):
    answer = client.get("/epoch.json")
    told = answer.json()
    assert told["number"] == 1
    assert answer["Inspectorate-Epoch"] == f"1-{told['id']}"
    assert client.get("/epoch.json").json() == told


@pytest.mark.django_db
def test_an_epoch_that_begins_ends_every_session_and_is_recorded(client, people, chief, lead):
    client.force_login(people[chief])
    first = epoch_now(by=SYSTEM)
    second = begin_epoch(because="restored from the archive", by=SYSTEM)
    assert (second.number, second.public_id != first.public_id) == (2, True)
    assert client.get("/my-work/").status_code == 302
    assert [line.verb for line in entries_in(("installation", "this"))] == ["epoch.began"]
    with pytest.raises(NotAllowedError):
        begin_epoch(because="a whim", by=lead)
