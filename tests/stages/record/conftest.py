"""A few streams with entries, and SQL as somebody with the database's password would write it."""

import pytest
from django.db import connection, transaction

from inspectorate.record.actions import append
from inspectorate.record.models import Stream
from inspectorate.record.queries import verifying


def _execute(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def _write(stream, count=1, why=""):
    for number in range(count):
        with transaction.atomic():
            last = append(
                stream=stream, by=("user", "c1e7"), verb="rename", subject=stream, payload={"number": number}, why=why
            )
    return last


@pytest.fixture
def tamper(db):  # noqa: ARG001 - what is tampered with is the test's database
    """Run one statement of SQL and return how many rows it touched."""
    return _execute


@pytest.fixture
def write():
    """Append entries to a stream, each in a transaction of its own, and return the last."""
    return _write


@pytest.fixture
def streams(db):  # noqa: ARG001 - the rows go into the test's database
    """Three streams of five entries, written in turn."""
    names = [("body", "b1"), ("inspection", "i1"), ("edition", "e1")]
    for _ in range(5):
        for name in names:
            _write(name, why="As the council asked.")
    return names


@pytest.fixture(params=[2, 5000])
def chunk(request, monkeypatch):
    """Run every test with chunks smaller than a stream, and with larger ones."""
    monkeypatch.setattr(verifying, "CHUNK", request.param)


@pytest.fixture
def body(streams):  # noqa: ARG001 - they are there to be found
    """The key of the first of them."""
    return Stream.objects.get(kind="body").pk
