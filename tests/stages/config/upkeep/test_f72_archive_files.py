"""What PostgreSQL hands over of its log is kept whole and sealed, once, and given back as it was or not at all."""

import gzip
import io
import os
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from inspectorate.config.cli import main
from inspectorate.config.upkeep.archive import bases, keeping
from inspectorate.config.upkeep.archive.fetching import fetch, following, name_of, place_of, refuse_gaps
from inspectorate.config.upkeep.archive.hatch import STOPS, hatch_in
from inspectorate.config.upkeep.archive.keeping import keep, segments
from inspectorate.config.upkeep.archive.restoring import newest_before
from inspectorate.config.upkeep.backup.age import Opening
from inspectorate.config.upkeep.backup.key import Key, make_key
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

ONE, TWO, THREE = (f"00000001000000000000000{number}" for number in (1, 2, 3))
SEGMENT = 16 * 2**20


@pytest.fixture
def key(tmp_path):
    return make_key(tmp_path / "key")


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


@pytest.fixture
def given(tmp_path):
    def written(content=b"change after change " * 5000):
        path = tmp_path / "segment"
        path.write_bytes(content)
        return path

    return written


def refused(code, call, *words):
    with pytest.raises(RefusedError) as caught:
        call(*words)
    assert caught.value.code == code
    return caught.value.sentence


def test_what_is_kept_comes_back_as_it_was_and_cannot_be_read_without_the_key(archive, given, key, tmp_path):
    path = keep(given(), ONE, archive, Key(key.recipient))  # the public key alone
    assert b"change after change" not in path.read_bytes()
    assert fetch(ONE, tmp_path / "back", archive, key)
    assert (tmp_path / "back").read_bytes() == given().read_bytes()
    assert gzip.decompress(Opening(io.BytesIO(path.read_bytes()), key.opening()).read()) == given().read_bytes()
    assert not fetch(TWO, tmp_path / "back", archive, key)


def test_the_same_is_taken_twice_and_something_else_never_over_it(archive, given, key):
    first = keep(given(), ONE, archive, key)
    before = first.read_bytes()
    assert keep(given(), ONE, archive, key) == first
    assert first.read_bytes() == before
    said = refused(Refusal.DIFFERS, keep, given(b"of another server"), ONE, archive, key)
    assert "folder of its own" in said
    assert [path.name for path in archive.glob("0*")] == [first.name]


def test_it_is_on_the_disk_with_its_name_before_it_is_said_to_be_kept(archive, given, key, monkeypatch):
    """The order in which file, name and folder are synced, as the server's own call of it is."""
    seen, real = [], os.fsync

    def watched(descriptor):
        seen.append(os.path.realpath(f"/proc/self/fd/{descriptor}"))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    path = keep(given(), ONE, archive, key)
    assert [name.rpartition("/")[2] for name in seen] == [f".draft-{path.name}", path.name, "archive"]


def test_what_a_killed_server_left_half_written_is_written_again(archive, given, key, tmp_path):
    path = keep(given(), ONE, archive, key)
    path.rename(path.with_name(f".draft-{path.name}")).write_bytes(b"half")
    assert segments(archive) == []
    keep(given(), ONE, archive, key)
    assert fetch(ONE, tmp_path / "back", archive, key)
    assert list(archive.glob(".draft*")) == []


@pytest.mark.parametrize("name", ["../one", "", f"{ONE}-x", "0" * 23, "g" * 24, f"{ONE}.backup"])
def test_a_name_that_postgresql_gives_to_nothing_is_refused(archive, given, key, name):
    refused(Refusal.NO_SEGMENT, keep, given(), name, archive, key)


@pytest.mark.parametrize("name", [ONE, f"{ONE}.partial", f"{ONE}.00000028.backup", "00000002.history"])
def test_every_name_that_postgresql_gives_is_taken(archive, given, key, name, tmp_path):
    keep(given(), name, archive, key)
    assert fetch(name, tmp_path / "back", archive, key)
    assert segments(archive) == ([ONE] if name == ONE else [])


def test_a_folder_that_is_not_mounted_and_a_file_with_nothing_in_it_are_refused(archive, given, key, tmp_path):
    refused(Refusal.NOT_WRITTEN, keep, given(), ONE, tmp_path / "unmounted", key)
    refused(Refusal.FILE_EMPTY, keep, given(b""), ONE, archive, key)
    refused(Refusal.FILE_EMPTY, keep, tmp_path / "missing", ONE, archive, key)


def test_a_changed_byte_a_cut_and_another_content_are_never_given_back(archive, given, key, tmp_path):
    path, back = keep(given(), ONE, archive, key), tmp_path / "back"
    whole = path.read_bytes()
    for bad in (whole[:-20], whole[:300] + bytes([whole[300] ^ 1]) + whole[301:], b""):
        path.write_bytes(bad)
        with pytest.raises(RefusedError):
            fetch(ONE, back, archive, key)
    path.unlink()
    other = keep(given(b"something else"), ONE, archive, key)
    other.rename(path)
    refused(Refusal.DIFFERS, fetch, ONE, back, archive, key)
    assert not back.exists()


def test_the_command_that_the_server_calls_says_no_by_its_exit_code(archive, given, key, tmp_path, capsys):
    words = ["archive", "keep", str(given()), ONE, "--to", str(archive), "--key", str(tmp_path / "key")]
    assert (main(words), main(words)) == (0, 0)
    given(b"of another server")
    assert main(words) == 2
    assert "folder of its own" in capsys.readouterr().err
    assert key.secret


def test_a_missing_segment_is_named(archive, given, key):
    for name in (ONE, TWO, THREE):
        path = keep(given(name.encode()), name, archive, key)
    assert refuse_gaps(archive, 1, SEGMENT + 40, SEGMENT) == [ONE, TWO, THREE]
    (middle,) = keeping.kept_as(TWO, archive)
    middle.unlink()
    assert TWO in refused(Refusal.GAP, refuse_gaps, archive, 1, SEGMENT + 40, SEGMENT)
    assert refuse_gaps(archive, 1, 3 * SEGMENT, SEGMENT) == [THREE]
    path.unlink()
    assert THREE in refused(Refusal.GAP, refuse_gaps, archive, 1, 3 * SEGMENT, SEGMENT)


def test_segments_are_named_as_postgresql_names_them():
    assert name_of(1, 0x2_FF00_0028, SEGMENT) == "0000000100000002000000FF"
    assert following("0000000100000002000000FF", SEGMENT) == "000000010000000300000000"
    assert place_of("000000010000000300000001", SEGMENT) == 0x3_0100_0000


def test_bases_too_old_go_with_the_log_that_no_other_needs_and_two_stay_however_old(archive, given, key):
    for name in (ONE, TWO, THREE, f"{ONE}.00000028.backup"):
        keep(given(name.encode()), name, archive, key)
    for day, first in (("01", ONE), ("02", TWO), ("03", THREE)):
        (archive / f"base-202601{day}T013000Z-{first}-abc.tar.gz.age").write_bytes(b"a base")
    moment = datetime(2026, 1, 2, 12, tzinfo=UTC)
    assert newest_before(archive, moment).name.startswith("base-20260102")
    assert newest_before(archive, None).name.startswith("base-20260103")
    refused(Refusal.NONE_THERE, newest_before, archive, moment - timedelta(days=2))
    gone = bases.forget_before(archive, moment + timedelta(days=90), 2)
    assert gone == [f"base-20260101T013000Z-{ONE}-abc.tar.gz.age", ONE]
    assert (segments(archive), len(bases.bases(archive))) == ([TWO, THREE], 2)
    assert len(list(archive.glob(f"{ONE}*"))) == 0


def test_what_the_server_asks_through_the_hatch_is_answered_and_a_breakdown_stops_it(tmp_path):
    def answer(name):
        if name == "broken":
            raise RefusedError(Refusal.DAMAGED, "It is damaged.")
        (tmp_path / "given").write_text(name)
        return 0 if name == "there" else 1

    with hatch_in(tmp_path, answer) as hatch:
        codes = [
            subprocess.run(["sh", tmp_path / "ask", name, tmp_path / "back"], check=False, timeout=30).returncode
            for name in ("there", "missing", "broken", "there")
        ]
        assert codes == [0, 1, STOPS, 0]
        assert (str(hatch.why), (tmp_path / "back").read_text()) == ("It is damaged.", "there")
