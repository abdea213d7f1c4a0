"""F2: the power fails. What a kill cannot show, a trace does: a sync to the disk comes before each "saved"."""

import re
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.faults.living import assert_nothing_lost

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]
SYNCS = ("fsync", "fdatasync")
SENDS = ("write", "writev", "sendto", "sendmsg")
RECEIVES = ("read", "readv", "recvfrom", "recvmsg")
LINE = re.compile(r"(?P<process>\d+) +(?:<\.\.\. )?(?P<call>\w+)(?P<rest>.*)")


@contextmanager
def traced(processes, file):
    """Trace what these processes read, write and sync, all in one file, in the order in which it happened."""
    words = ["strace", "-f", "-y", "-s", "9000", "-o", str(file), "-e", f"trace={','.join(SYNCS + SENDS + RECEIVES)}"]
    tracing = subprocess.Popen([*words, *(word for process in processes for word in ("-p", str(process)))])
    try:
        time.sleep(1.5)
        assert tracing.poll() is None
        yield
        time.sleep(0.5)
    finally:
        tracing.send_signal(signal.SIGINT)
        try:
            tracing.wait(20)
        except subprocess.TimeoutExpired:
            tracing.kill()
            tracing.wait(10)


def happened(file):
    """Yield what happened, in order: ("sync", path), ("sent", content), ("received", content).

    A sync and a receiving count when they have ended, a sending when it begins.
    """
    begun = {}
    for line in file.read_text(errors="replace").splitlines():
        found = LINE.match(line)
        if not found:
            continue
        process, call, rest = found["process"], found["call"], found["rest"]
        unfinished, resumed = "<unfinished" in rest, rest.startswith(" resumed")
        if unfinished:
            begun[process] = rest
        whole = begun.pop(process, "") + rest if resumed else rest
        if call in SENDS and not resumed:
            yield "sent", rest
        elif call in SYNCS and not unfinished and whole.rstrip().endswith("= 0"):
            yield "sync", whole
        elif call in RECEIVES and not unfinished:
            yield "received", whole


def to_be_traced(server):
    """Return the processes that save: the workers, and on PostgreSQL whoever serves the database to them.

    The parent of those is among them: a thread of a worker may get its connection only while it is traced, and who
    serves that is a child of the parent, which is followed.
    """
    if connection.vendor == "sqlite":
        return server.workers()
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        assert cursor.fetchone() == ("on",), "run it by script/nightly: there PostgreSQL syncs"
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        serving = [pid for (pid,) in cursor.fetchall()]
    parent = re.search(r"^PPid:\s*(\d+)$", Path(f"/proc/{serving[0]}/status").read_text(), re.MULTILINE)[1]
    return [*server.workers(), parent, *serving]


def test_a_sync_of_the_database_comes_before_each_answer_that_says_saved(server, writers, tmp_path):
    writer = writers[0]
    for _ in range(8):  # every worker has its connection, and PostgreSQL its processes, before they are traced
        assert writer.send(server, writer.batch()) == 200
    file, sent = tmp_path / "trace", []
    with traced(to_be_traced(server), file):
        for _ in range(20):
            sent.append(writer.batch())
            assert writer.send(server, sent[-1]) == 200
    events = list(happened(file))
    where = r"sqlite3|journal|-wal" if connection.vendor == "sqlite" else r"pg_wal"
    for batch in sent:
        id_ = batch[0]["id"]
        asked = next(place for place, (what, text) in enumerate(events) if what == "received" and id_ in text)
        told = next(
            place
            for place, (what, text) in enumerate(events)
            if place > asked and what == "sent" and "HTTP/1.1 200" in text
        )
        syncs = [text for what, text in events[asked:told] if what == "sync" and re.search(where, text)]
        assert syncs, f"batch {id_} was said to be saved with no sync before"
    assert_nothing_lost(writers)


def test_a_reply_without_a_sync_before_it_would_be_found(tmp_path):
    file = tmp_path / "trace"
    file.write_text(
        '10 read(5<socket:[1]>, "POST aa", 100) = 7\n'
        "11 fdatasync(7</x/test.sqlite3> <unfinished ...>\n"
        '10 write(5<socket:[1]>, "HTTP/1.1 200 receipts aa", 30) = 30\n'
        "11 <... fdatasync resumed>) = 0\n"
    )
    assert [what for what, _ in happened(file)] == ["received", "sent", "sync"]
