"""A copy of the database as it was at one moment, while it is in use; putting one back; and what a database holds.

SQLite is copied by its own online backup: it is one moment, and who saves meanwhile waits as for any other saving.
PostgreSQL is copied by pg_dump in the snapshot in which the rows were counted; nobody waits.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.sqlite3._functions import register

from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
TOOL_SECONDS = 4 * 3600
LOOK_SECONDS = 5.0
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}
STREAMS = "SELECT kind, public_id, count, head FROM record_stream ORDER BY id"
Ask = Callable[[str], list[tuple[Any, ...]]]


def held(ask: Ask, vendor: str) -> dict[str, Any]:
    """Return what a database holds: how many rows in each table, and one digest over the end of every stream."""
    tables = sorted(row[0] for row in ask(TABLES[vendor]))
    counts = {table: ask(f'SELECT count(*) FROM "{table}"')[0][0] for table in tables}  # noqa: S608 - its own tables
    digest = hashlib.sha256()
    for row in ask(STREAMS) if "record_stream" in counts else []:
        digest.update(f"{row[0]}/{row[1]} {row[2]} {row[3]}\n".encode())
    return {"tables": counts, "streams": digest.hexdigest()}


def held_here() -> dict[str, Any]:
    """Return what the database of this installation holds now."""
    return held(_ask, connection.vendor)


def _ask(sentence: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sentence)
        return list(cursor.fetchall())


def copy_to(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Write a copy of the database into ``folder``; return the file, and what it holds."""
    target = folder / NAMES[connection.vendor]
    return target, _copied_sqlite(target) if connection.vendor == "sqlite" else _dumped(target)


def _copied_sqlite(target: Path) -> dict[str, Any]:
    source = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(source, timeout=60)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # no second file beside it
        return held(lambda sentence: copy.execute(sentence).fetchall(), "sqlite")


def look_into_sqlite(path: Path) -> dict[str, Any]:
    """Return what a copy holds; refuse one that SQLite itself finds damaged."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            register(copy)  # our constraints use functions that Django gives to SQLite
            said = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            found = held(lambda sentence: copy.execute(sentence).fetchall(), "sqlite")
    except sqlite3.DatabaseError as error:
        said, found = str(error), {}
    if said != "ok":
        sentence = f"The database in the backup is damaged ({said}): take an earlier backup."
        raise RefusedError(Refusal.DAMAGED, sentence)
    return found


def _dumped(target: Path) -> dict[str, Any]:
    with transaction.atomic():
        _run_here("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        ((snapshot,),) = _ask("SELECT pg_export_snapshot()")
        found = held(_ask, "postgresql")
        run_tool(["pg_dump", "--format=custom", "--compress=0", f"--snapshot={snapshot}", f"--file={target}", *PLAIN])
    return found


PLAIN = ["--no-owner", "--no-privileges"]


def _run_here(sentence: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sentence)


def run_tool(words: list[str], watch: Callable[[], None] = lambda: None) -> str:
    """Run a tool of PostgreSQL against our database, and return what it prints; ``watch`` may stop it meanwhile."""
    given = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE"}
    environment = os.environ | {names[key]: str(value) for key, value in given.items() if key in names and value}
    environment["PGDATABASE"] = str(given["dbname"])
    program = shutil.which(words[0])
    if program is None:
        sentence = f"{words[0]} is not installed here: install the client of PostgreSQL, of the version of the server."
        raise RefusedError(Refusal.DATABASE_TOOL, sentence)
    code, said, wrong = _watched([program, *words[1:]], environment, watch)
    if code:
        why = " ".join(wrong.split())[:400]
        raise RefusedError(Refusal.DATABASE_TOOL, f"{words[0]} stopped with an error: {why}")
    return said


def _watched(command: list[str], environment: dict[str, str], watch: Callable[[], None]) -> tuple[int, str, str]:
    """Run a command to its end, looking every few seconds whether it should be stopped."""
    until = time.monotonic() + TOOL_SECONDS
    with subprocess.Popen(
        command, env=environment, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    said, wrong = running.communicate(timeout=LOOK_SECONDS)
                    return running.returncode, said, wrong
                watch()
                if time.monotonic() > until:
                    sentence = f"{command[0]} was not done after {TOOL_SECONDS // 3600} hours and was stopped."
                    raise RefusedError(Refusal.DATABASE_TOOL, sentence)
        finally:
            running.kill()


def refuse_unless_empty() -> None:
    """Refuse to restore over anything: an installation that holds a table, or the journal of one, is not empty."""
    tables = connection.introspection.table_names()
    beside = []
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        beside = [str(path) + end for end in ("-journal", "-wal") if Path(str(path) + end).exists()]
    if tables or beside:
        what = beside[0] if beside else f"{len(tables)} tables"
        sentence = (
            f"This installation is not empty ({what}), and a restore never writes over one: restore into a new folder "
            "INSPECTORATE_VAR and a new database."
        )
        raise RefusedError(Refusal.NOT_EMPTY, sentence)


def put_back(path: Path) -> None:
    """Make the database of this installation from a copy: all of it, or nothing."""
    if connection.vendor == "postgresql":
        name = str(connection.get_connection_params()["dbname"])
        connection.close()
        run_tool(["pg_restore", "--single-transaction", "--exit-on-error", f"--dbname={name}", *PLAIN, str(path)])
        return
    connection.close()
    target = Path(connection.settings_dict["NAME"])
    sync(path)
    path.chmod(0o600)
    path.replace(target)
    sync(target.parent)


def take_away() -> None:
    """Move a restored database out of the way that turned out not to be what it should: nobody works in it."""
    if connection.vendor == "sqlite":
        connection.close()
        path = Path(connection.settings_dict["NAME"])
        path.replace(path.with_name(f"{path.name}.not-verified"))
    else:
        with transaction.atomic():
            for table in connection.introspection.table_names():
                _run_here(f'DROP TABLE IF EXISTS "{table}" CASCADE')


def sync(path: Path) -> None:
    """Have a file or a folder written to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    with suppress(OSError):  # some file systems sync no folder
        os.fsync(descriptor)
    os.close(descriptor)
