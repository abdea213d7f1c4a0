"""F1: the server is killed in the middle of saving, again and again."""

import random
import signal
import time

import pytest

from tests.faults.living import assert_nothing_lost, writing

pytestmark = pytest.mark.django_db(transaction=True)
LATEST = 0.2  # seconds after the first answer
LOOK_EACH = 10
"""Kills between two looks at everything that was ever written, which grows."""


def kill_again_and_again(starter, writers, times):
    """Serve, write, kill, and look, so many times; what breaks off is sent again to the next server."""
    chance = random.Random(times)  # noqa: S311 - when to kill is no secret
    for number in range(times):
        with starter.serving() as server:
            assert writers[0].person.get(server, writers[0].door)[0] == 200  # the first to open it mends what is half
            if number % LOOK_EACH == 0:  # what is lost stays lost, and is found then
                assert_nothing_lost(writers)
            writers[0].told.clear()
            with writing(writers, server):
                assert writers[0].told.wait(30)
                time.sleep(chance.uniform(0, LATEST))
                server.kill(signal.SIGKILL)
    with starter.serving():
        assert_nothing_lost(writers)


def test_thirty_kills_lose_nothing_that_was_acknowledged(starter, writers):
    kill_again_and_again(starter, writers, 30)
    assert sum(len(writer.acknowledged) for writer in writers) > 30


@pytest.mark.nightly
def test_a_thousand_kills_lose_nothing_that_was_acknowledged(starter, writers):
    kill_again_and_again(starter, writers, 1000)
    assert sum(len(writer.acknowledged) for writer in writers) > 1000
