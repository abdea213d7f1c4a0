"""The programs of PostgreSQL on this machine, and a server that replays a log where nobody else can reach it."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from inspectorate.config.upkeep.archive.hatch import Hatch
from inspectorate.config.upkeep.backup.database import TOOL_SECONDS
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

ACCOUNT = "postgres"
PORT = 5432
STOP_SECONDS = 600
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Programs:
    """The folder with the programs of one release of PostgreSQL; root has them run by the account of its package."""

    folder: Path

    @classmethod
    def of(cls, data: Path) -> "Programs":
        """Return the programs of the release that a data folder is of, or refuse."""
        release = (data / "PG_VERSION").read_text(encoding="ascii").strip()
        found = shutil.which("postgres")
        for folder in (DEBIAN / release / "bin", *([Path(found).resolve().parent] if found else [])):
            program = folder / "postgres"
            if program.exists():
                said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=60)
                if said.stdout.split(" ")[-1 if "(" not in said.stdout else 2].split(".")[0] == release:
                    return cls(folder)
        sentence = f"There is no PostgreSQL {release} here, of which the base is: install that release."
        raise RefusedError(Refusal.DATABASE_TOOL, sentence)

    @property
    def _as(self) -> list[str]:
        return ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []

    def give(self, folder: Path) -> None:
        """Give a folder with what is in it to the account that the server runs as."""
        if os.geteuid() == 0:
            owner = pwd.getpwnam(ACCOUNT)
            for path in (folder, *folder.rglob("*")):
                os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)

    def run(self, name: str, *words: str) -> None:
        """Run one to its end; refuse where it fails."""
        done = subprocess.run(
            [*self._as, str(self.folder / name), *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=TOOL_SECONDS,
            cwd="/",
        )
        if done.returncode:
            why = " ".join(done.stderr.split())[:400]
            raise RefusedError(Refusal.DATABASE_TOOL, f"{name} stopped with an error: {why}")

    def start(self, data: Path, told: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
        """Start a server with these settings and no others."""
        words = [word for name, value in told.items() for word in ("-c", f"{name}={value}")]
        with log.open("wb") as out:
            command = [*self._as, str(self.folder / "postgres"), "-D", str(data), *words]
            return subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd="/")


def _told(hatch: Hatch, until: datetime | None) -> dict[str, str]:
    """Return the settings of the replay: the server listens in the folder of the hatch alone, and archives nothing."""
    reach = hatch.folder
    told = {
        "config_file": str(reach / "settings"),
        "hba_file": str(reach / "who"),
        "listen_addresses": "",
        "unix_socket_directories": str(reach),
        "port": str(PORT),
        "archive_mode": "off",
        "hot_standby": "off",
        "logging_collector": "off",
        "log_destination": "stderr",
        "shared_preload_libraries": "",
        "ssl": "off",
        "restore_command": f'{hatch.command} "%f" "$PWD/%p"',
        "recovery_target_action": "promote",
    }
    return told | ({"recovery_target_time": until.isoformat()} if until else {})


@contextmanager
def replaying(
    programs: Programs, data: Path, hatch: Hatch, where: dict[str, Any], until: datetime | None
) -> Iterator[str]:
    """Have the log replayed onto ``data``, yield the address of the database then, and stop the server again."""
    reach = hatch.folder
    (reach / "settings").write_text("", encoding="utf-8")
    (reach / "who").write_text("local all all trust\n", encoding="utf-8")  # nobody else reaches the folder
    programs.give(reach)
    log = reach / "log"
    server = programs.start(data, _told(hatch, until), log)
    try:
        _wait(server, hatch, where)
        name = quote(str(where["database"]), safe="")
        yield f"postgresql://{quote(where['user'], safe='')}@{quote(str(reach), safe='')}:{PORT}/{name}"
        _stop(data)
        if server.wait(STOP_SECONDS):
            raise _failed(log)
    finally:
        if server.poll() is None:
            _stop(data, signal.SIGQUIT)
            server.wait(STOP_SECONDS)


def _stop(data: Path, how: int = signal.SIGINT) -> None:
    lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines() if _is_up(data) else []
    if lines:
        os.kill(int(lines[0]), how)


def _is_up(data: Path) -> bool:
    return (data / "postmaster.pid").exists()


def _wait(server: "subprocess.Popen[bytes]", hatch: Hatch, where: dict[str, Any]) -> None:
    """Wait until the server has replayed what there is and opened; refuse where it stops instead."""
    until = time.monotonic() + TOOL_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            with psycopg.connect(
                host=str(hatch.folder), port=PORT, user=where["user"], dbname=where["database"], connect_timeout=10
            ) as opened:
                if opened.execute("SELECT pg_is_in_recovery()").fetchone() == (False,):
                    return
        except psycopg.OperationalError:
            pass
        time.sleep(0.2)
    if hatch.why is not None:
        raise RefusedError(Refusal.NOT_REPLAYED, f"PostgreSQL did not replay the archive: {hatch.why}")
    raise _failed(hatch.folder / "log")


def _failed(log: Path) -> RefusedError:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    telling = [line for line in lines if any(word in line for word in ("FATAL", "ERROR", "PANIC"))]
    why = " ".join((telling or lines or ["it said nothing"])[-1].split())[:400]
    return RefusedError(Refusal.NOT_REPLAYED, f"PostgreSQL did not replay the archive: {why}")
