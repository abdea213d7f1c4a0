"""A backup that is damaged, empty, cut off, or for another key is found, loudly, and nothing is restored from it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.faults.installed import ROOT, installed

pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    with installed(tmp_path_factory.mktemp("small")) as made:
        made.do("manage", "migrate", "-v0")
        made.do("people", "add", "--email", "ann@example.org", "--name", "Ann Price", "--role", "chief_inspector")
        made.do("backup", "key")
        made.do("backup", "make")
        yield made


def spoiled(small, folder, change):
    (path,) = (small.folder / "backups").glob("*.age")
    target = folder / path.name
    target.write_bytes(change(path.read_bytes()))
    return target


def flipped(raw):
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 4]) + raw[middle + 1 :]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (flipped, "is damaged or cut off"),
        (lambda raw: raw[: len(raw) // 2], "is damaged or cut off"),
        (lambda raw: raw[:-1], "is damaged or cut off"),
        (lambda raw: raw[:50], "cut off"),
        (lambda _: b"", "is empty"),
        (lambda raw: raw + b"more", "is damaged"),
        (lambda _: b"no backup at all\n" * 100, "is no backup"),
    ],
    ids=["a flipped bit", "half", "without its last byte", "its first bytes", "empty", "longer", "another file"],
)
def test_a_spoiled_backup_fails_loudly_and_is_not_restored(small, tmp_path, change, said):
    bad = spoiled(small, tmp_path, change)
    key = small.folder / "backup-key"
    done = small.run("backup", "verify", bad, "--key", key)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    with installed(tmp_path / "empty") as empty:
        done = empty.run("restore", bad, "--key", key)
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
        print_tables = "from django.db import connection\nprint(connection.introspection.table_names())"
        assert empty.python(print_tables) == "[]"


def test_another_key_is_refused_by_name(small, tmp_path):
    small.do("backup", "key", "--out", tmp_path / "other")
    done = small.run("backup", "verify", "--key", tmp_path / "other")
    assert (done.returncode, "This key does not open the backup" in done.stderr) == (1, True)


def test_one_that_is_killed_while_it_is_made_is_never_taken_for_a_backup(small):
    before = sorted((small.folder / "backups").glob("*.age"))
    command = [sys.executable, "-m", "inspectorate.config.cli", "backup", "make"]
    for _ in range(5):
        making = subprocess.Popen(command, cwd=ROOT, env=small.environment, stdout=subprocess.PIPE, text=True)
        try:
            until = time.monotonic() + 60
            while not list((small.folder / "backups").glob(".scratch-*/*")):
                if making.poll() is not None or time.monotonic() > until:
                    break
            os.kill(making.pid, signal.SIGKILL)
        finally:
            making.kill()
            making.communicate(timeout=60)
    for path in sorted((small.folder / "backups").glob("*.age")):
        if path not in before:  # it was there whole before it was killed
            small.do("backup", "verify", path)
    small.do("backup", "make")
    small.do("backup", "verify")


def test_a_drill_on_a_spoiled_backup_fails(small):
    newest = max((small.folder / "backups").glob("*.age"))
    whole = newest.read_bytes()
    newest.write_bytes(flipped(whole))
    try:
        done = small.run("backup", "drill")
        assert (done.returncode, "The drill failed" in done.stderr) == (1, True)
    finally:
        newest.write_bytes(whole)
