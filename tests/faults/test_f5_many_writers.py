"""F5: a SQLite whose write-ahead log can damage a database is not used so, and many writers leave it whole."""

import sqlite3
import time

import pytest
from django.db import connection

from inspectorate.config import safe_sqlite
from tests.faults.living import Writer, assert_nothing_lost, writing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly, pytest.mark.database("sqlite")]
SECONDS = 60


def test_eight_writers_in_two_processes_leave_a_whole_database(server, ann, door):
    writers = [Writer(ann, door) for _ in range(8)]
    with writing(writers, server, go_on=True):
        time.sleep(SECONDS)
    assert_nothing_lost(writers)
    assert {status for writer in writers for status, *_ in writer.answers} <= {200, 503}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]
        cursor.execute("PRAGMA journal_mode")
        journal = safe_sqlite.in_force(sqlite3.sqlite_version_info)[0]
        assert cursor.fetchone() == (journal.lower(),)
        cursor.execute("PRAGMA mmap_size")
        assert cursor.fetchone() == (0,)
