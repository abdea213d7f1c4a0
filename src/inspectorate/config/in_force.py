"""What is in force in this installation, and what is wrong: each fact is asked of the thing itself if it can answer.

``inspectorate doctor`` prints it. Three verdicts: ``fine``; ``notice``, to know but not wrong; ``wrong``, with advice.
"""

import os
import platform
import shutil
import stat
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from inspectorate.config import safe_sqlite
from inspectorate.config.supply.installed import AlteredError, refuse_altered
from inspectorate.config.upkeep import queries
from inspectorate.people.passwords import ListError, the_list
from inspectorate.ui.uploads.scanning import scanner_answers

MEGABYTE = 1024 * 1024
# Free disk, in megabytes, below which saving may soon fail; and below which it is time to make room.
WRONG_BELOW, NOTICE_BELOW = 500, 2_000
# Seconds by which a clock may differ before the times in the record mislead.
CLOCK_MAY_DIFFER = 5


@dataclass(frozen=True)
class Fact:
    """One thing in force: its name, its value in words, the verdict, and what to do where the verdict is not fine."""

    name: str
    value: str
    verdict: str = "fine"
    advice: str = ""


def facts() -> list[Fact]:
    """Return every fact; a database that cannot be reached is one of them, never an exception."""
    return [
        *_versions(),
        *_database(),
        *_folder(),
        *_settings(),
        _heads(),
        _logs(),
        _files(),
        scanner(),
        _breached(),
        *_backups(),
    ]


def _versions() -> list[Fact]:
    return [
        Fact("product", f"inspectorate {version('inspectorate')}"),
        Fact("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        Fact("Django", version("django")),
    ]


def _database() -> list[Fact]:
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    if kind == "SQLite" and _where().startswith("/") and not Path(_where()).exists():
        return [Fact("database", f"{kind}, {_where()}", "wrong", "It does not exist. Run: inspectorate manage migrate")]
    try:
        connection.ensure_connection()
        asked = _sqlite() if kind == "SQLite" else _postgresql()
        return [Fact("database", f"{kind}, {_where()}"), *asked, _migrations()]
    except Error as error:
        why = " ".join(str(error).split())
        return [Fact("database", f"{kind}, {_where()}", "wrong", f"It cannot be reached: {why}")]


def _where() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(database["NAME"])
    return f"{database['NAME']} on {database['HOST'] or 'the local socket'}"


def _ask(sentence: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sentence)
        row = cursor.fetchone()
    return "" if row is None else str(row[0])


def _sqlite() -> list[Fact]:
    library = connection.Database.sqlite_version_info  # type: ignore[attr-defined]  # the SQLite wrapper has it
    journal, level = safe_sqlite.in_force(library)
    found_journal = _ask("PRAGMA journal_mode").upper()
    found_level = safe_sqlite.LEVELS[int(_ask("PRAGMA synchronous"))]
    mapped = _ask("PRAGMA mmap_size") or "0"
    begins = connection.transaction_mode  # type: ignore[attr-defined]
    return [
        Fact("SQLite", ".".join(map(str, library))),
        _expect("journal mode", found_journal, journal),
        _expect("sync level", found_level, level),
        _expect("memory-mapped bytes", mapped, "0"),
        _expect("transactions", f"{begins}", "IMMEDIATE"),
    ]


def _postgresql() -> list[Fact]:
    number = int(_ask("SHOW server_version_num"))
    apart = abs(float(_ask("SELECT extract(epoch FROM clock_timestamp())")) - time.time())
    wrong = "Set both clocks by the same time server." if apart > CLOCK_MAY_DIFFER else ""
    old = "Django 5.2 needs PostgreSQL 14 or later." if number < 140_000 else ""
    return [
        Fact("PostgreSQL", _ask("SHOW server_version"), "wrong" if old else "fine", old),
        _expect("journal mode (full_page_writes)", _ask("SHOW full_page_writes"), "on"),
        _expect("sync to disk (fsync)", _ask("SHOW fsync"), "on"),
        _on("sync level (synchronous_commit)", _ask("SHOW synchronous_commit")),
        _expect("encoding", _ask("SHOW server_encoding"), "UTF8"),
        Fact("clock of the database", f"{apart:.1f} s from ours", "wrong" if wrong else "fine", wrong),
    ]


def _expect(name: str, found: str, wanted: str) -> Fact:
    if found == wanted:
        return Fact(name, found)
    return Fact(name, found, "wrong", f"It must be {wanted}: until then a saved answer can be lost.")


def _on(name: str, found: str) -> Fact:
    return _expect(name, found, "on") if found == "off" else Fact(name, found)


def _migrations() -> Fact:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return Fact("migrations", "all applied")
    return Fact("migrations", f"{len(plan)} not applied", "wrong", "Run: inspectorate manage migrate")


def _folder() -> list[Fact]:
    folder = Path(settings.VAR)
    if not folder.is_dir():
        return [Fact("folder", str(folder), "wrong", "It does not exist: make it, readable by this account alone.")]
    if not os.access(folder, os.W_OK):
        return [Fact("folder", str(folder), "wrong", "This account cannot write to it.")]
    open_to_others = folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    advice = f"Other accounts of this machine can look into it. Run: chmod 700 {folder}" if open_to_others else ""
    return [Fact("folder", str(folder), "notice" if advice else "fine", advice), _disk(folder), _clock(folder)]


def _disk(folder: Path) -> Fact:
    free = shutil.disk_usage(folder).free // MEGABYTE
    verdict = "wrong" if free < WRONG_BELOW else "notice" if free < NOTICE_BELOW else "fine"
    advice = "" if verdict == "fine" else f"Make room: with less than {WRONG_BELOW} MB saving may soon fail."
    return Fact("free disk", f"{free:,} MB", verdict, advice)


def _clock(folder: Path) -> Fact:
    """Compare the clock with the newest file here: behind it, the clock was set back, and the record would follow."""
    now = datetime.now(UTC)
    words = f"{now:%Y-%m-%d %H:%M:%S} UTC; dates are read in {settings.TIME_ZONE}"
    latest = max((path.stat().st_mtime for path in folder.iterdir()), default=0.0)
    if latest - now.timestamp() > CLOCK_MAY_DIFFER:
        written = datetime.fromtimestamp(latest, UTC)
        return Fact("clock", words, "wrong", f"It is behind: a file here is of {written:%Y-%m-%d %H:%M:%S} UTC.")
    return Fact("clock", words)


def _settings() -> list[Fact]:
    hosts = ", ".join(settings.ALLOWED_HOSTS)
    any_host = "Any host name is answered: set INSPECTORATE_ALLOWED_HOSTS." if "*" in settings.ALLOWED_HOSTS else ""
    debug = "Set INSPECTORATE_DEBUG to off: its error pages show settings and code." if settings.DEBUG else ""
    return [
        _secret_key(),
        Fact("host names", hosts, "wrong" if any_host else "fine", any_host),
        Fact("https", "on" if settings.HTTPS else "off"),
        Fact("debug", "on" if settings.DEBUG else "off", "wrong" if debug else "fine", debug),
    ]


def _secret_key() -> Fact:
    path = Path(settings.VAR) / "secret-key"
    if os.environ.get("INSPECTORATE_SECRET_KEY"):
        return Fact("secret key", "from the environment")
    if not path.exists():
        return Fact("secret key", "none", "wrong", "Set INSPECTORATE_SECRET_KEY, or let the first start make one.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Fact("secret key", str(path), "wrong", f"Other accounts can read it. Run: chmod 600 {path}")
    return Fact("secret key", str(path))


def _files() -> Fact:
    """Hold the installed files against the manifest, where one is set."""
    if settings.MANIFEST is None:
        advice = (
            "Make one right after installing: inspectorate supply manifest --out FILE, then set INSPECTORATE_MANIFEST."
        )
        return Fact("installed files", "compared with no manifest", "notice", advice)
    try:
        refuse_altered(settings.MANIFEST)
    except AlteredError as error:
        return Fact("installed files", "altered", "wrong", str(error))
    return Fact("installed files", f"as in {settings.MANIFEST}")


def _logs() -> Fact:
    """Say where the lines of the logs go: inside this installation its administrators can change them."""
    ways = f"{settings.SECURITY_LOG}; every night {settings.LOGS_FOLDER}"
    if not Path(settings.LOGS_FOLDER).resolve().is_relative_to(Path(settings.VAR).resolve()):
        return Fact("logs", ways)
    return Fact("logs", ways, "notice", "They stay inside: set INSPECTORATE_LOGS_FOLDER, or fetch them every day.")


def scanner() -> Fact:
    """Say whether what is handed in is scanned, and ask the scanner whether it is there."""
    if not settings.SCANNER:
        advice = "Set INSPECTORATE_SCANNER to the address of clamd: what is handed in is looked into, but not scanned."
        return Fact("scanner of files", "none", "notice", advice)
    wrong = scanner_answers()
    advice = f"{wrong} Until it does, no file is taken." if wrong else ""
    return Fact("scanner of files", settings.SCANNER, "wrong" if wrong else "fine", advice)


def _breached() -> Fact:
    """Say against which list of breached passwords a new password is held."""
    name = "breached passwords"
    try:
        known = the_list()
    except ListError as error:
        return Fact(name, str(settings.BREACHED_PASSWORDS), "wrong", f"{error} No password can be set until it can.")
    if known is None:
        advice = "Load a longer list: inspectorate passwords load FILE."
        return Fact(name, "the 20,000 commonest, which ship with Django", "notice", advice)
    return Fact(name, f"{known.about.entries:,} in {settings.BREACHED_PASSWORDS}")


def _heads() -> Fact:
    """Say where the heads of the record go: inside this installation they prove little."""
    outside = not Path(settings.HEADS_FOLDER).resolve().is_relative_to(Path(settings.VAR).resolve())
    ways = [str(settings.HEADS_FOLDER), *settings.HEADS_EMAIL, *([settings.HEADS_LINE] if settings.HEADS_LINE else [])]
    if outside or settings.HEADS_EMAIL or settings.HEADS_LINE:
        return Fact("heads of the record", ", ".join(ways))
    advice = "They stay inside: set INSPECTORATE_HEADS_FOLDER, INSPECTORATE_HEADS_EMAIL or INSPECTORATE_HEADS_LINE."
    return Fact("heads of the record", ways[0], "notice", advice)


def _backups() -> list[Fact]:
    """Return how the backups stand; a database that cannot be read has said so already."""
    try:
        with transaction.atomic():
            stands = queries.backups_stand(datetime.now(UTC))
    except Error:
        return []
    mild = {"wrong": "notice"} if settings.DEMONSTRATION else {}  # what is invented can be invented again
    return [Fact(one.name, one.value, mild.get(one.verdict, one.verdict), one.advice) for one in stands]
