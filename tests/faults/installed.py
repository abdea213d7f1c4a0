"""An installation of its own for a test: a folder, a database of the kind that is tested, and its command line."""

import os
import secrets
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 600
GIVEN = os.environ.get("INSPECTORATE_DATABASE_URL", "")


class Installed:
    """Runs the command line as an operator does; ``address`` is that of its database."""

    def __init__(self, folder, address):
        self.folder, self.address = folder, address

    @property
    def environment(self):
        ours = {name: value for name, value in os.environ.items() if not name.startswith("INSPECTORATE_")}
        given = {"INSPECTORATE_VAR": str(self.folder), "PYTHONPATH": str(ROOT / "src")}
        return ours | given | ({"INSPECTORATE_DATABASE_URL": self.address} if self.address else {})

    def run(self, *words):
        command = [sys.executable, "-m", "inspectorate.config.cli", *map(str, words)]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )

    def do(self, *words):
        """Run it; it has to succeed."""
        done = self.run(*words)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def python(self, code):
        """Run a few lines of Python in this installation, and return what they print."""
        begin = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'inspectorate.config.settings'\n"
        words = [sys.executable, "-c", f"{begin}import django; django.setup()\n{code}"]
        done = subprocess.run(
            words, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()


@contextmanager
def installed(folder):
    """Yield an empty installation: a SQLite file in its folder, or a new database in the cluster of the tests."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if not GIVEN.startswith("postgres"):
        yield Installed(folder, "")
        return
    name = f"installed_{secrets.token_hex(4)}"
    server = GIVEN.rsplit("/", 1)[0]
    _say(f'CREATE DATABASE "{name}"')
    try:
        yield Installed(folder, f"{server}/{name}")
    finally:
        _say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _say(sentence):
    import psycopg  # noqa: PLC0415 - the other kind of database needs none

    with psycopg.connect(GIVEN, autocommit=True) as connection:
        connection.execute(sentence)
