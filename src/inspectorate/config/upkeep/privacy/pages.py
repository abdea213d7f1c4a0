"""Making what was erased unreadable in the files of the database as well, page by page.

PostgreSQL leaves old bytes where a row was: a plain VACUUM only says that the room is free. So each table that held
something is written anew, one after the other, the smallest first. Nobody waits for more than one table at a time, and
nobody waits because of us for somebody else: where a table is not to be had within seconds, we let go and try later.
A transaction that began before the erasing may still read what was erased, so PostgreSQL would carry it into the new
files: those are waited for first.
What the planner noted of the old values goes by taking its notes anew.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass

from django.db import OperationalError, connection

from inspectorate.config.upkeep.refusals import Refusal, RefusedError

WAIT = "2s"
"""How long others may have to wait behind us for a table that somebody else is using."""
TRIES, PAUSE = 30, 10.0  # seconds
NOTES = "pg_catalog.pg_statistic"
SIZES = "SELECT relname FROM pg_class WHERE oid = ANY(%s::regclass[]) ORDER BY pg_total_relation_size(oid), relname"

OLDER = """
SELECT pg_snapshot_xmin(pg_current_snapshot()) < %s::xid8 OR EXISTS (
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND age(backend_xmin) > age(%s::xid8::xid))
"""
"""Whether what was gone before a transaction of this number would be carried along: while anybody here may still read
it, and while a transaction that writes is open from before, also in another database of the server."""


@dataclass(frozen=True)
class Anew:
    """A table that was written anew, and for how many seconds nobody could use it."""

    table: str
    seconds: float


def overwrite_free_pages(tables: Collection[str]) -> list[Anew]:
    """Have the files of the database written anew without what was erased from these tables; outside any transaction.

    SQLite writes its one file anew, and others wait for as long as copying it takes. Refused: where a table was in use
    all the time, or where somebody still read from before the erasing; what was erased is gone for every new reader
    then, and its bytes go the next time.
    """
    if connection.vendor == "sqlite":
        return [_timed("VACUUM", "database")]
    with connection.cursor() as cursor:
        cursor.execute(SIZES, [sorted(tables)])
        ordered = [row[0] for row in cursor.fetchall()]
    _wait_for_older()
    written = [_anew(f'"{table}"', "FULL, ANALYZE") for table in ordered]
    _wait_for_older()  # the notes of the old values are gone only since those of the new were taken
    return [*written, _anew(NOTES, "FULL")]


def _wait_for_older() -> None:
    """Return once no transaction is left that began before now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        (now,) = cursor.fetchone()
        for _ in range(TRIES):
            cursor.execute(OLDER, [now, now])
            if not cursor.fetchone()[0]:
                return
            time.sleep(PAUSE)
    sentence = (
        "A transaction from before the erasing is still open, so bytes of what was erased are left: run it again."
    )
    raise RefusedError(Refusal.TABLE_IN_USE, sentence)


def _anew(table: str, how: str) -> Anew:
    """Write a table anew as soon as nobody holds it, giving way to whoever does."""
    for _ in range(TRIES):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [WAIT])
            return _timed(f"VACUUM ({how}) {table}", table.strip('"'))
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != "55P03":  # the lock was not to be had in time
                raise
            time.sleep(PAUSE)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
    sentence = f"{table} was in use all the time, so bytes of what was erased are left in its files: run it again."
    raise RefusedError(Refusal.TABLE_IN_USE, sentence)


def _timed(sentence: str, table: str) -> Anew:
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(sentence)
    return Anew(table, round(time.monotonic() - began, 1))
