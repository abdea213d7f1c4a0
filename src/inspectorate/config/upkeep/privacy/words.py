"""Which columns can hold words, and what becomes of each: the table of ``words.yaml``."""

from collections.abc import Collection
from functools import cache

from django.apps import apps

from inspectorate.config.upkeep.privacy.schedule import told

Columns = dict[str, tuple[str, ...]]
"""The columns of a model, by its label."""


@cache
def going() -> dict[str, Columns]:
    """Return, for each kind of the retention table, the columns that go with it."""
    return {kind: _read(rows) for kind, rows in told("words")["goes"].items()}


@cache
def staying() -> dict[str, Columns]:
    """Return, for each reason why something stays, the columns that do."""
    return {row["why"]: _read(row["columns"]) for row in told("words")["stays"]}


def _read(rows: list[dict[str, list[str]]]) -> Columns:
    return {label: tuple(columns) for row in rows for label, columns in row.items()}


def tables_of(kinds: Collection[str]) -> list[str]:
    """Return the tables in which something of these kinds stood, in order of their names."""
    labels = {label for kind in kinds for label in going().get(kind, {})}
    return sorted(apps.get_model(label)._meta.db_table for label in labels)  # noqa: SLF001 - public in all but name
