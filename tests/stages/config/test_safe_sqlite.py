"""SQLite is opened so that nothing said to be saved is lost."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from inspectorate.config import safe_sqlite
from inspectorate.people.models import User


@pytest.mark.parametrize(
    ("version", "in_force"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")),
        ((3, 51, 2), ("DELETE", "EXTRA")),
        ((3, 51, 3), ("WAL", "FULL")),
        ((4, 0, 0), ("WAL", "FULL")),
    ],
)
def test_write_ahead_logging_is_used_only_where_it_is_safe(version, in_force):
    assert safe_sqlite.in_force(version) == in_force


def ask(sentence):
    with connection.cursor() as cursor:
        cursor.execute(sentence)
        return cursor.fetchone()


@pytest.mark.django_db
@pytest.mark.database("sqlite")
def test_the_live_connection_has_what_is_decided():
    journal, level = safe_sqlite.in_force(sqlite3.sqlite_version_info)
    assert ask("PRAGMA journal_mode") == (journal.lower(),)
    assert safe_sqlite.LEVELS[ask("PRAGMA synchronous")[0]] == level
    assert ask("PRAGMA mmap_size") == (0,)
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.django_db(transaction=True)
@pytest.mark.database("sqlite")
def test_writers_at_once_lose_nothing():
    User.objects.create(username="counter", first_name="0")

    def count():
        for _ in range(10):
            with transaction.atomic():
                user = User.objects.get(username="counter")
                user.first_name = str(int(user.first_name) + 1)
                user.save()
        connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(count) for _ in range(6)]:
            done.result()
    assert User.objects.get(username="counter").first_name == "60"
