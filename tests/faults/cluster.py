"""The PostgreSQL of ``script/postgres``, crashed and started again as it was."""

import os
import shlex
import subprocess
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


def _as_its_owner(*words):
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_owner, *words], check=True, timeout=60, cwd="/", stdout=subprocess.DEVNULL)


@contextmanager
def crashed():
    """Stop the cluster as a crash would, without a last word to anybody; start it again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        data = Path(cursor.fetchone()[0])
    connection.close()
    server, *words = shlex.split((data / "postmaster.opts").read_text())
    control = str(Path(server).with_name("pg_ctl"))
    words = [word for word in words if word != "-D" and word != str(data)]
    _as_its_owner(control, "-D", str(data), "-m", "immediate", "-w", "stop")
    try:
        yield
    finally:
        log = str(data / "server.log")
        _as_its_owner(control, "-D", str(data), "-l", log, "-w", "-o", shlex.join(words), "start")
