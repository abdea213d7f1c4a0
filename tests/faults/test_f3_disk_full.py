"""F3: the disk is full: "not saved", nothing half done; reading and signing in go on, and saving once there is room."""

import json
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from inspectorate.config.not_saved import MEGABYTE
from inspectorate.fieldwork.models import Entry
from inspectorate.inspections.models import EvidenceFile
from tests.faults.living import Starter, assert_nothing_lost

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "x" * 60_000


def long_batch(writer):
    return [{**entry, "text": LONG} for entry in writer.batch(10)]


@contextmanager
def full_table():
    """Let PostgreSQL answer a new entry as it does when its disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON fieldwork_entry FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER full_disk ON fieldwork_entry")
            cursor.execute("DROP FUNCTION full_disk()")


@contextmanager
def full(server):
    """Leave the server no room for more, on either kind of database."""
    if connection.vendor == "postgresql":
        with full_table():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what earlier tests deleted left room inside the file
    server.limit(Path(connection.settings_dict["NAME"]).stat().st_size)
    try:
        yield
    finally:
        server.limit(None)


def test_what_the_disk_does_not_take_is_said_not_to_be_saved_and_is_taken_later(server, writers):
    writer = writers[0]
    kept = long_batch(writer)
    with full(server):
        writer.send(server, kept)
        status, headers, content = writer.answers[-1]
        told = json.loads(content)
        assert (status, told["code"], headers["Retry-After"]) == (503, "disk-full", "60")
        assert told["sentence"].startswith("Not saved. The disk of this service is full")
        assert_nothing_lost(writers)
        assert writer.person.get(server, "/inspections/")[0] == 200
        assert server.ask("GET", "/results/")[0] == 200
    assert writer.send(server, kept) == 200
    assert_nothing_lost(writers)


@pytest.fixture
def hardly_any_room(settings):
    settings.KEEP_FREE_MEGABYTES = 10**9


@pytest.mark.usefixtures("hardly_any_room")
def test_below_the_last_part_of_the_disk_nothing_is_taken_in(client, people, assessor, door, writers):
    client.force_login(people[assessor])
    body = json.dumps({"entries": writers[0].batch()})
    answer = client.post(door, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"], Entry.objects.count()) == (503, "disk-full", 0)


@pytest.mark.usefixtures("hardly_any_room")
def test_an_upload_is_not_taken_and_leaves_no_half_file(client, people, lead, inspection):
    client.force_login(people[lead])
    file = SimpleUploadedFile("notes.txt", b"What was seen")
    answer = client.post(f"{inspection.get_absolute_url()}evidence/iaow/2013/1/write/", {"files": file})
    assert (answer.status_code, b"Not saved</h1>" in answer.content, EvidenceFile.objects.count()) == (503, True, 0)


@pytest.mark.usefixtures("hardly_any_room")
def test_signing_in_and_reading_go_on_in_the_last_part_of_the_disk(client, people, assessor):
    user = people[assessor]
    user.password = PBKDF2PasswordHasher().encode("a long enough password", "salt", 1)
    user.save()
    answer = client.post("/sign-in/", {"login": user.email, "password": "a long enough password"})
    assert answer.status_code != 503
    assert client.get("/results/").status_code == 200


@contextmanager
def small_disk(folder, megabytes):
    """Mount a small disk in memory; where that is not allowed, say no."""
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    mounted = subprocess.run(words, check=False, timeout=20, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True, timeout=20)


@pytest.mark.nightly
@pytest.mark.database("sqlite")
def test_an_installation_on_a_small_disk_that_fills_up_and_is_emptied(writers, tmp_path):
    """Where no disk can be mounted, a limit on the size of files stands in for it, as in the first test."""
    connection.close()
    with small_disk(tmp_path, 40) as mounted:
        database, filler = tmp_path / "inspectorate.sqlite3", tmp_path / "filler"
        database.write_bytes(Path(connection.settings_dict["NAME"]).read_bytes())
        starter = Starter(
            INSPECTORATE_DATABASE_URL=f"sqlite:///{database}",
            INSPECTORATE_VAR=tmp_path,
            INSPECTORATE_KEEP_FREE_MEGABYTES=2,
        )
        try:
            with starter.serving() as server:
                _fills_up(server, writers[0], filler, mounted=mounted)
        finally:
            starter.stop()


def _fills_up(server, writer, filler, *, mounted):
    assert writer.send(server, writer.batch()) == 200
    for left in (MEGABYTE, 0):
        if mounted:
            room = subprocess.run(["df", "-B1", "--output=avail", filler.parent], capture_output=True, check=True)
            with filler.open("ab") as file:
                file.truncate(filler.stat().st_size)
                file.write(b"\0" * max(0, int(room.stdout.split()[-1]) - left))
        else:
            server.limit(1)
        kept = long_batch(writer)
        assert writer.send(server, kept) == 503
        assert json.loads(writer.answers[-1][2])["code"] == "disk-full"
        assert writer.person.get(server, "/inspections/")[0] == 200
    filler.unlink(missing_ok=True)
    server.limit(None)
    assert writer.send(server, kept) == 200
