"""F6: a process of the server runs out of memory, is killed or is recycled, while people save."""

import os
import resource
import signal
import time
from pathlib import Path

import pytest

from tests.faults.living import assert_nothing_lost, writing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]
APART = 7  # seconds: a server whose workers die twice within six gives up, as it should
MEGABYTE = 1024 * 1024


def test_a_worker_that_is_killed_under_load_is_replaced_and_loses_nothing(server, writers):
    with writing(writers, server, go_on=True):
        for number in range(4):
            time.sleep(APART)
            os.kill(server.workers()[number % 2], signal.SIGKILL)
        time.sleep(APART)
        assert len(server.workers()) == 2
    assert_nothing_lost(writers)
    assert sum(len(writer.acknowledged) for writer in writers) > 100


def test_workers_that_are_recycled_under_load_lose_nothing(server, writers):
    with writing(writers, server, go_on=True):
        for _ in range(3):
            time.sleep(APART)
            os.kill(server.group, signal.SIGHUP)
        time.sleep(APART)
    assert_nothing_lost(writers)
    assert sum(len(writer.acknowledged) for writer in writers) > 100


def test_a_worker_without_memory_loses_nothing_that_was_acknowledged(server, writers):
    writer = writers[0]
    assert writer.send(server, writer.batch()) == 200
    for worker in server.workers():
        pages = int(Path(f"/proc/{worker}/statm").read_text().split()[0])
        resource.prlimit(worker, resource.RLIMIT_AS, (pages * resource.getpagesize() + 8 * MEGABYTE, -1))
    statuses = set()
    for _ in range(10):
        entries = [{**entry, "text": "x" * 99_000} for entry in writer.batch(60)]
        try:
            statuses.add(writer.send(server, entries, within=10))
        except OSError:
            statuses.add("broken off")
    for worker in server.workers():
        resource.prlimit(worker, resource.RLIMIT_AS, (-1, -1))
    assert statuses & {"broken off", 500, 503}, f"memory was never short: {statuses}"
    time.sleep(APART)
    assert_nothing_lost(writers)
    assert writer.send(server, writer.batch()) == 200
