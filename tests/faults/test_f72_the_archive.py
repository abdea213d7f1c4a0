"""A PostgreSQL is killed and its disk gone: what was written longer ago than it hands over its changes is there."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.archiving import archived

pytestmark = pytest.mark.nightly
PERSON = ("people", "add", "--role", "chief_inspector")
EPOCH = "SELECT number FROM upkeep_epoch ORDER BY number DESC"
NAMES = "SELECT coalesce(string_agg(email, ' ' ORDER BY email), '') FROM people_user"


@pytest.fixture(scope="module")
def lost():
    """The archive of a server that was lost; what it held at three moments; and the key, kept elsewhere."""
    with archived() as server:
        (server.installed.folder / "letters").mkdir()
        (server.installed.folder / "letters" / "one.txt").write_text("kept beside the database\n")
        server.do(*PERSON, "--email", "before@example.org", "--name", "Ann Before")
        said = server.do("archive", "base")
        assert "the server has archived what goes with it" in said
        server.do(*PERSON, "--email", "after@example.org", "--name", "Ben After")
        server.between = server.wait_until_archived()
        server.do(*PERSON, "--email", "last@example.org", "--name", "Cat Last")
        server.wait_until_archived()
        server.do(*PERSON, "--email", "unlucky@example.org", "--name", "Dan in the last second")
        shutil.copy(server.installed.folder / "backup-key", server.folder / "kept-elsewhere")
        server.elsewhere = server.folder / "kept-elsewhere"
        server.lose()
        yield server


def restored(lost, *words, name):
    """Restore onto an empty machine, start PostgreSQL on what came of it, and yield the words that were printed."""
    place = lost.folder / name
    data, var = place / "data", place / "var"
    place.mkdir()
    done = lost.run("restore", lost.archive, "--data", data, "--key", lost.elsewhere, *words, INSPECTORATE_VAR=str(var))
    return done, data, var


def test_what_was_handed_over_is_there_after_the_machine_is_lost(lost):
    done, data, var = restored(lost, name="whole")
    assert done.returncode == 0, done.stderr
    assert "counts, hashes and record hold" in done.stdout
    assert "Epoch 2 begins" in done.stdout
    lost.start(data)
    try:
        found = lost.ask(NAMES)[0].split()
        assert {"before@example.org", "after@example.org", "last@example.org"} <= set(found)
        assert lost.ask(EPOCH) == (2,)
        assert (var / "letters" / "one.txt").read_text() == "kept beside the database\n"
        mine = {"INSPECTORATE_VAR": str(var)}
        assert "The record is whole" in lost.do("record", "verify", **mine)
        assert json.loads(lost.do("backup", "look", "--json", **mine))["wrong"] == []
        assert not (data / "recovery.signal").exists()
    finally:
        lost.end()


def test_a_restore_goes_to_the_moment_that_is_asked_for(lost):
    done, data, _var = restored(lost, "--until", lost.between.isoformat(), name="moment")
    assert done.returncode == 0, done.stderr
    lost.start(data)
    try:
        assert lost.ask(NAMES)[0].split() == ["after@example.org", "before@example.org"]
    finally:
        lost.end()


def test_a_moment_after_the_end_of_the_archive_is_refused_and_nothing_is_left_to_be_taken_for_it(lost):
    done, data, var = restored(lost, "--until", (lost.between + timedelta(days=1)).isoformat(), name="after")
    assert (done.returncode, "did not replay the archive" in done.stderr) == (2, True), done.stderr
    assert (data.exists(), (var / "letters").exists()) == (False, False)


def a_copy_of(lost, name):
    copy = lost.folder / name
    shutil.copytree(lost.archive, copy)
    return copy


def the_second_segment(archive):
    (base,) = archive.glob("base-*.age")
    first = base.name.split("-")[2]
    return next(path for path in sorted(archive.glob("0*.wal.gz.age")) if path.name[:24] > first)


def test_a_damaged_segment_stops_the_replay_and_is_not_taken_for_the_end(lost):
    archive = a_copy_of(lost, "damaged")
    bad = the_second_segment(archive)
    raw = bad.read_bytes()
    bad.write_bytes(raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 4]) + raw[len(raw) // 2 + 1 :])
    done = lost.run("archive", "verify", "--in", archive, "--key", lost.elsewhere)
    assert (done.returncode, "damaged" in done.stderr) == (1, True), done.stderr
    data = lost.folder / "never" / "data"
    given = {"INSPECTORATE_VAR": str(lost.folder / "never" / "var")}
    done = lost.run("restore", archive, "--data", data, "--key", lost.elsewhere, **given)
    assert (done.returncode, "did not replay the archive" in done.stderr) == (2, True), done.stderr
    assert not data.exists()


def test_a_missing_segment_is_found_before_anything_is_replayed(lost):
    archive = a_copy_of(lost, "gap")
    bad = the_second_segment(archive)
    bad.unlink()
    for words in (
        ("archive", "verify", "--in", archive, "--key", lost.elsewhere),
        ("restore", archive, "--data", lost.folder / "gap-data", "--key", lost.elsewhere),
    ):
        done = lost.run(*words, INSPECTORATE_VAR=str(lost.folder / "gap-var"))
        assert (done.returncode > 0, f"{bad.name[:24]} is missing" in done.stderr) == (True, True), done.stderr
    assert not (lost.folder / "gap-data").exists()


def test_the_archive_as_it_was_left_is_whole_and_holds_no_word_that_can_be_read(lost):
    said = lost.do("archive", "verify", "--in", lost.archive, "--key", lost.elsewhere)
    assert "without a gap" in said
    held = b"".join(Path(path).read_bytes() for path in lost.archive.iterdir() if path.is_file())
    assert b"example.org" not in held
    assert b"kept beside" not in held
