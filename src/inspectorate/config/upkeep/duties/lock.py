"""One process at a time runs the duties; a lock that ends with the process, however that ends."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from inspectorate.config.upkeep.refusals import Refusal, RefusedError

NUMBER = 0xD071E5  # the advisory lock on PostgreSQL
Holds = Callable[[], bool]


@contextmanager
def only_one() -> Iterator[Holds]:
    """Hold the lock of the duties, and yield what says whether it still holds; refuse where another process has it."""
    with _on_postgresql() if connection.vendor == "postgresql" else _on_a_file() as holds:
        yield holds


def _taken() -> RefusedError:
    sentence = "Another process runs the duties of this installation already: leave it, or stop that one first."
    return RefusedError(Refusal.RUNNER_AT_WORK, sentence)


@contextmanager
def _on_a_file() -> Iterator[Holds]:
    folder = Path(settings.VAR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "duties.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _taken() from None
        yield lambda: True


@contextmanager
def _on_postgresql() -> Iterator[Holds]:
    own = connection.copy()

    def ask(sentence: str) -> bool:
        with own.cursor() as cursor:
            cursor.execute(sentence)
            return bool(cursor.fetchone()[0])

    def holds() -> bool:
        try:
            return ask("SELECT true")
        except Error:
            return False

    try:
        if not ask(f"SELECT pg_try_advisory_lock({NUMBER})"):
            raise _taken()
        yield holds
    finally:
        own.close()
