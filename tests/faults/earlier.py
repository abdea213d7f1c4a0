"""The database of an earlier release, kept as rows, so that it can be put into either kind of database.

``python tests/faults/earlier.py DATABASE NAME`` writes such a file from the SQLite database of a demonstration, made by
that release (``inspectorate demo --check``); NAME says which release it was. With each release the file of the one
before is replaced.
"""

import base64
import json
import lzma
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

KEPT = Path(__file__).with_name("earlier.json.xz")
NOT_KEPT = ("sqlite_sequence", "django_migrations", "django_session")


def keep(database, name):
    """Return what a file of an earlier release holds: its name, its migrations, and its rows."""
    with closing(sqlite3.connect(database)) as held:
        tables = [row[0] for row in held.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {
            "release": name,
            "migrations": held.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall(),
            "tables": {table: _rows(held, table) for table in tables if table not in NOT_KEPT},
        }


def _rows(held, table):
    found = held.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - its own tables
    rows = [[_as_text(value) for value in row] for row in found]
    return {"columns": [column[0] for column in found.description], "rows": rows}


def _as_text(value):
    return {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def read(path):
    """Return what a file holds."""
    return json.loads(lzma.decompress(path.read_bytes()))


def put(connection, kept):
    """Put the rows of an earlier release into tables that its migrations have made, all at once."""
    from django.db import transaction  # noqa: PLC0415 - a file is made without Django

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")  # as SQLite keeps its times
        for table, held in kept["tables"].items():
            columns = ", ".join(f'"{column}"' for column in held["columns"])
            marks = ", ".join(["%s"] * len(held["columns"]))
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - its own tables
            into = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608 - the same
            cursor.executemany(into, [[_as_held(value, connection.vendor) for value in row] for row in held["rows"]])
        if connection.vendor == "postgresql":
            _count_on(cursor, kept["tables"])


def _as_held(value, vendor):
    if isinstance(value, dict):
        return base64.b64decode(value["bytes"])
    return value if value is None or vendor == "sqlite" else str(value)  # PostgreSQL reads a text as its column says


def _count_on(cursor, tables):
    """Let new rows get numbers after those that are there."""
    for table in tables:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = 'YES'", [table]
        )
        for (column,) in cursor.fetchall():
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'),"  # noqa: S608 - its own tables
                f' greatest(1, (SELECT max("{column}") FROM "{table}")))'
            )


if __name__ == "__main__":
    text = json.dumps(keep(*sys.argv[1:3]), separators=(",", ":"))
    KEPT.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
