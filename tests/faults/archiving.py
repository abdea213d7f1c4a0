"""A PostgreSQL of its own whose changes are archived by the product, in a folder of its own; lost without a word."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from inspectorate.config.upkeep.archive.hatch import hatch_in
from tests.faults.installed import ROOT, Installed

ACCOUNT = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
CLI = [sys.executable, "-m", "inspectorate.config.cli"]
BESIDE = "/tmp"  # noqa: S108 - the path of a socket has to be short


def programs():
    """Return the folder with the programs of the newest PostgreSQL here."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return debian[-1] if debian else Path(shutil.which("initdb")).resolve().parent


class Archived:
    """A server that archives, an installation on it, and the archive."""

    def __init__(self, folder):
        self.folder, self.data, self.archive = folder, folder / "data", folder / "archive"
        self.key = folder / "key"
        address = f"postgresql://inspectorate@{str(folder).replace('/', '%2F')}/inspectorate"
        self.installed = Installed(folder / "var", address)
        self.server = self.hatch = None

    def keep(self, words):
        """Do as root what the server would call itself, whose account may not run what stands in a home of root."""
        path, name = words.split()
        kept = ["archive", "keep", self.data / path, name, "--to", self.archive, "--key", self.key]
        return self.run(*kept).returncode

    @property
    def archive_command(self):
        if self.hatch is not None:
            return f'{self.hatch.command} "%p %f"'
        return f"{shlex.join(CLI)} archive keep %p %f --to {self.archive} --key {self.key}"

    @property
    def environment(self):
        return self.installed.environment | {"INSPECTORATE_ARCHIVE": str(self.archive)}

    def run(self, *words, **given):
        command = [*CLI, *map(str, words)]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment | given, capture_output=True, text=True, check=False, timeout=300
        )

    def do(self, *words, **given):
        done = self.run(*words, **given)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def start(self, data, **settings):
        given = {"unix_socket_directories": self.folder, "listen_addresses": "", "log_destination": "stderr"}
        words = [word for name, value in (given | settings).items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            command = [*ACCOUNT, str(programs() / "postgres"), "-D", str(data), *words]
            self.server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", env=self.environment)
        self.data = data
        until = time.monotonic() + 60
        while True:
            try:
                self.ask("SELECT 1", "postgres")
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                time.sleep(0.1)
            else:
                return

    def begin(self):
        """Make the cluster and the installation in it, archived from the first change."""
        (self.folder / "var").mkdir()
        self.archive.mkdir()
        words = [
            "-D",
            str(self.data),
            "-U",
            "inspectorate",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
            "--wal-segsize=1",
        ]
        if ACCOUNT:
            shutil.chown(self.folder, "postgres")
        made = [*ACCOUNT, str(programs() / "initdb"), *words]
        subprocess.run(made, check=True, timeout=120, cwd="/", stdout=subprocess.DEVNULL)
        secret = self.installed.folder / "backup-key"
        self.do("backup", "key")
        public = next(line for line in secret.read_text().splitlines() if "public key" in line).split()[-1]
        self.key.write_text(f"{public}\n")  # the server itself can make the archive, and read nothing of it
        self.start(self.data, archive_mode="on", archive_command=self.archive_command, fsync="off")
        self.ask("CREATE DATABASE inspectorate", "postgres")
        self.do("manage", "migrate", "-v0")
        self.ask("ALTER SYSTEM SET archive_timeout = 5")
        self.ask("SELECT pg_reload_conf()")
        self.ask("CHECKPOINT")  # the server minds that from the next one on

    def ask(self, sentence, database="inspectorate"):
        with psycopg.connect(
            host=str(self.folder), user="inspectorate", dbname=database, autocommit=True, connect_timeout=5
        ) as connection:
            done = connection.execute(sentence)
            return done.fetchone() if done.description else None

    def wait_until_archived(self):
        """Wait until what is written now was handed over, as it is within archive_timeout, and return the moment."""
        (place, now) = self.ask("SELECT pg_walfile_name(pg_current_wal_insert_lsn()), clock_timestamp()")
        until = time.monotonic() + 60
        while (self.ask("SELECT last_archived_wal FROM pg_stat_archiver")[0] or "") < place:
            assert time.monotonic() < until, (self.folder / "log").read_text()
            self.ask("SELECT txid_current()")  # somebody else goes on writing
            time.sleep(0.1)
        return now

    def lose(self):
        """Kill the server and everything of it without a last word, and take its folders away."""
        lead = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        children = subprocess.run(["pgrep", "-P", str(lead)], capture_output=True, text=True, check=False, timeout=30)
        for pid in [lead, *map(int, children.stdout.split())]:
            os.kill(pid, signal.SIGKILL)
        self.server.wait(60)
        shutil.rmtree(self.data)
        shutil.rmtree(self.installed.folder)

    def end(self):
        if self.server is not None and self.server.poll() is None:
            pid = self.data / "postmaster.pid"
            if pid.exists():
                os.kill(int(pid.read_text().splitlines()[0]), signal.SIGQUIT)
            self.server.terminate()
            self.server.wait(60)


@contextmanager
def archived():
    """Yield a server whose changes are archived; nothing of it is left at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=BESIDE))
    folder.chmod(0o755)
    made = Archived(folder)
    (folder / "hatch").mkdir()
    try:
        with hatch_in(folder / "hatch", made.keep) as hatch:
            if ACCOUNT:
                made.hatch = hatch
                for path in (hatch.folder, *hatch.folder.iterdir()):
                    shutil.chown(path, "postgres")
            made.begin()
            yield made
    finally:
        made.end()
        shutil.rmtree(folder, ignore_errors=True)
