"""How long a request waits for PostgreSQL: for a lock, for a connection, and for an answer at all.

A server that is stopped refuses, but one that is paused, or a network that swallows, says nothing for ever; then all
threads would wait, and the pages that need no database would not be served either. The waiting is ended on our side,
and only where requests are answered: a migration or a command may take its time.
"""

from collections.abc import Generator
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def end_long_waits() -> None:
    """Let no request of this process wait for longer than the settings say."""
    connection_created.connect(_limit, dispatch_uid="patience")


def _limit(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "postgresql":
        raw = connection.connection
        raw.wait = _limited(raw)


def _limited(raw: Any) -> Any:
    """Return a way of waiting that gives the connection up after so many seconds: nothing is known of it then."""
    from psycopg import OperationalError  # noqa: PLC0415 - the driver is loaded where PostgreSQL is used

    wait = type(raw).wait

    def limited(gen: Generator[Any, Any, Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return wait(raw, gen, interval, settings.DATABASE_SILENT_SECONDS if timeout is None else timeout)
        except OperationalError as error:
            if "wait timeout" in str(error) and timeout is None:
                raw.pgconn.finish()
                raise OperationalError("The database did not answer in time.") from error
            raise

    return limited
