"""F4: the database is locked, stopped or paused: 503 and when to try again, never an error, and nothing is lost."""

import json
import signal
import sqlite3
import time
from contextlib import contextmanager
from threading import Thread

import psycopg
import pytest
from django.db import connection

from tests.faults.cluster import crashed
from tests.faults.living import assert_nothing_lost, database_address, writing

pytestmark = pytest.mark.django_db(transaction=True)


def is_told(answer, code):
    """Say whether an answer to a script says that it was not saved, why, and when to try again."""
    status, headers, content = answer
    told = json.loads(content)
    return (status, told["code"], int(headers["Retry-After"]) > 0, told["sentence"][:10]) == (
        503,
        code,
        True,
        "Not saved.",
    )


@contextmanager
def write_lock():
    """Hold the lock that a writer of a case needs, from outside."""
    if connection.vendor == "sqlite":
        holding = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        holding.execute("BEGIN EXCLUSIVE")
    else:
        holding = psycopg.connect(database_address(), autocommit=False)
        holding.execute("SELECT * FROM fieldwork_assessment FOR UPDATE")
    try:
        yield
    finally:
        holding.rollback()
        holding.close()


def test_while_the_lock_is_held_an_answer_is_not_saved_and_afterwards_it_is(server, writers):
    writer = writers[0]
    kept = writer.batch()
    with write_lock():
        writer.send(server, kept)
        assert is_told(writer.answers[-1], "busy")
    assert writer.send(server, kept) == 200
    assert_nothing_lost(writers)


def test_a_form_without_script_is_told_so_with_what_was_written(server, ann, case_href, begun):
    text = "What I saw in this case"
    given = {"page": "a" * 32, "made": "2026-11-26T09:00:00Z", "was:note:A01": "", "note:A01": text}
    with write_lock():
        status, headers, content = ann.post(server, f"{case_href}save/?assessment={begun.public_id}", given)
    page = content.decode()
    assert (status, "Not saved</h1>" in page, text in page, "Retry-After" in headers) == (503, True, True, True)


@pytest.mark.database("sqlite")
def test_a_page_whose_session_cannot_be_read_says_so_too(server, ann):
    """No view has been reached then: the session, the person and the error page need no database."""
    with write_lock():
        status, headers, content = ann.get(server, "/my-work/")
    assert (status, "Retry-After" in headers, b"Not available for a moment" in content) == (503, True, True)


@pytest.fixture(autouse=True)
def _open_again(passage):
    yield
    if passage:
        passage.go_on()


@pytest.mark.database("postgresql")
def test_a_database_that_stopped_is_told_and_is_used_again_once_it_is_back(passage, server, writers):
    writer = writers[0]
    assert writer.send(server, writer.batch()) == 200
    passage.stop()
    kept = writer.batch()
    writer.send(server, kept)
    assert is_told(writer.answers[-1], "database-away")
    assert server.ask("GET", "/accessibility/")[0] == 200
    passage.go_on()
    assert writer.send(server, kept) == 200
    assert_nothing_lost(writers)


@pytest.mark.database("postgresql")
def test_a_database_that_is_paused_keeps_nobody_waiting_for_ever(passage, server, writers):
    writer = writers[0]
    assert writer.send(server, writer.batch()) == 200
    passage.pause()
    kept = writer.batch()
    for _ in range(2):  # on the connection that was open, and on a new one
        writer.send(server, kept)
        assert is_told(writer.answers[-1], "database-away")
    passage.go_on()
    assert writer.send(server, kept) == 200
    assert_nothing_lost(writers)


def test_a_server_that_is_paused_in_the_middle_of_saving_goes_on_and_loses_nothing(server, writers):
    """SIGSTOP: a laptop that sleeps, or a machine that is moved."""
    writer = writers[0]
    sending = Thread(target=lambda: [writer.send(server, writer.batch()) for _ in range(5)], daemon=True)
    sending.start()
    time.sleep(0.05)
    server.kill(signal.SIGSTOP)
    time.sleep(0.2)
    server.kill(signal.SIGCONT)
    sending.join(30)
    assert not sending.is_alive()
    assert len(writer.acknowledged) == 15
    assert_nothing_lost(writers)


@pytest.mark.nightly
@pytest.mark.database("postgresql")
def test_a_cluster_that_crashes_again_and_again_loses_nothing_that_was_acknowledged(server, writers):
    for number in range(30):
        with writing(writers, server):
            time.sleep(0.05 + number % 5 / 10)
            with crashed():
                time.sleep(0.1)
            writers[0].told.clear()
            assert writers[0].told.wait(60)
        assert_nothing_lost(writers)
        assert {status for writer in writers for status, *_ in writer.answers} <= {200, 503}
