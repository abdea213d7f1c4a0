"""Making what was erased unreadable in the files of the database as well, page by page."""

from django.db import connection


def overwrite_free_pages() -> None:
    """Have the database write its files anew without what was deleted or changed; outside any transaction.

    SQLite and PostgreSQL both leave old bytes where a row was until the place is needed. This takes as long as copying
    the database, and on PostgreSQL needs as much room; others wait for the tables meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM" if connection.vendor == "sqlite" else "VACUUM FULL")
