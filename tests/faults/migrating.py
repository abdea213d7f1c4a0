"""Applies the migrations of an installation again and again, and is killed each time at another sentence.

``python tests/faults/migrating.py`` reads an order on each line, and answers with one line of JSON. Each is done in a
copy of this process, made once everything is loaded: ``put FILE`` makes the database of an earlier release, ``step``
applies one migration, ``all`` the rest, ``kill N`` the rest as well, but ends as by ``kill -9`` just before the
sentence N that changes something; ``look`` says what stands there.
"""

import hashlib
import json
import os
import signal
import sys
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "inspectorate.config.settings"
django.setup()
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from django.core.management import call_command  # noqa: E402 - the settings come first
from django.db import connection  # noqa: E402
from django.db.migrations.recorder import MigrationRecorder  # noqa: E402

from inspectorate.config.upkeep.backup.database import TABLES  # noqa: E402
from inspectorate.config.upkeep.whole_migrations import WholeExecutor  # noqa: E402
from tests.faults import earlier  # noqa: E402

CHANGES = ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE")
FORMS = {
    "sqlite": "SELECT name, sql FROM sqlite_master ORDER BY name",
    "postgresql": (
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = current_schema() UNION ALL SELECT c.conrelid::regclass::text, c.conname,"
        " pg_get_constraintdef(c.oid), '', '' FROM pg_constraint c"
        " WHERE c.connamespace = current_schema()::regnamespace"
        " UNION ALL SELECT tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = current_schema()"
        " ORDER BY 1, 2, 3"
    ),
}

# Django numbers these in the order in which it happens to hold the models, which says nothing.
WITHOUT_NUMBERS = {
    "django_content_type": "SELECT app_label, model FROM django_content_type ORDER BY 1, 2",
    "auth_permission": (
        "SELECT c.app_label, c.model, p.codename, p.name FROM auth_permission p"
        " JOIN django_content_type c ON c.id = p.content_type_id ORDER BY 1, 2, 3"
    ),
}


class Counting:
    """Counts the sentences that change something; ends this process just before one, if told to."""

    def __init__(self, kill_before=0):
        self.kill_before, self.now = kill_before, 0

    def __call__(self, execute, sentence, parameters, many, context):
        if str(sentence).lstrip().upper().startswith(CHANGES):
            self.now += 1
            if self.now == self.kill_before:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sentence, parameters, many, context)


def put(file):
    """Make the tables of an earlier release, and put its rows into them."""
    kept = earlier.read(Path(file))
    last = dict(sorted(kept["migrations"]))
    WholeExecutor(connection).migrate(list(last.items()))
    earlier.put(connection, kept)


def step():
    """Apply the next migration alone; return its name and how many sentences it took, or nothing when none is left."""
    executor = WholeExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    if not plan:
        return None
    with connection.execute_wrapper(counting := Counting()):
        executor.migrate(targets, plan[:1])
    return [f"{plan[0][0].app_label}.{plan[0][0].name}", counting.now]


def apply(kill_before=0):
    """Apply what is left, by the command that an operator uses."""
    with connection.execute_wrapper(Counting(int(kill_before))):
        call_command("migrate", verbosity=0, interactive=False)


def look():
    """Say what stands there: migrations, tables with columns and constraints, and rows."""
    forms, rows = hashlib.sha256(), {}
    with connection.cursor() as cursor:
        cursor.execute(FORMS[connection.vendor])
        forms.update(repr(cursor.fetchall()).encode())
        cursor.execute(TABLES[connection.vendor])
        for table in sorted(name for (name,) in cursor.fetchall() if name != "django_migrations"):
            cursor.execute(WITHOUT_NUMBERS.get(table, f'SELECT * FROM "{table}" ORDER BY 1'))  # noqa: S608 - its own
            rows[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    done = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
    return {"applied": done, "forms": forms.hexdigest(), "rows": rows}


def in_a_copy(act, *words):
    """Do something in a copy of this process; return how that ended, and what it says."""
    connection.close()
    reading, writing = os.pipe()
    copy = os.fork()
    if not copy:
        os.close(reading)
        code = 1
        try:
            with os.fdopen(writing, "w") as pipe:
                pipe.write(json.dumps(act(*words)))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(copy, 0)
    if os.WIFSIGNALED(status):
        return {"ended": "killed"}
    return {"ended": "done", "said": json.loads(said)} if status == 0 else {"ended": "failed"}


if __name__ == "__main__":
    ORDERS = {"put": put, "step": step, "all": apply, "kill": apply, "look": look}
    for line in sys.stdin:
        order, *words = line.split()
        print(json.dumps(in_a_copy(ORDERS[order], *words)), flush=True)  # noqa: T201 - this is the answer
