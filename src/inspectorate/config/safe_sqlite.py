"""How SQLite is opened, so that what was said to be saved is saved.

Write-ahead logging before SQLite 3.51.3 can, rarely, damage a database that several connections write to; those
versions use the rollback journal. Either way a commit has reached the disk when it returns, and no file is mapped into
memory. ``docs/decisions/0003-sqlite-settings.md`` says why.
"""

SAFE_WAL = (3, 51, 3)
# What ``PRAGMA synchronous`` answers.
LEVELS = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


def in_force(version: tuple[int, ...]) -> tuple[str, str]:
    """Return the journal mode and the sync level for a version of SQLite."""
    return ("WAL", "FULL") if version >= SAFE_WAL else ("DELETE", "EXTRA")


def options(version: tuple[int, ...], wait_seconds: int) -> dict[str, object]:
    """Return Django's options: every writing takes the lock when it begins, and waits that long for it."""
    journal, level = in_force(version)
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": wait_seconds,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous={level}; PRAGMA mmap_size=0",
    }
