"""Questions to the database that are worked out once, and then asked again and again with other values.

Working out the SQL of one question costs the ORM more than the database needs to answer it. What is asked for every
saving is therefore written as a queryset like any other, turned into SQL once for each shape it takes, and asked by
that; PostgreSQL, too, plans it once for each connection. ``docs/decisions/0043-one-saving-is-few-questions.md``.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)
Value = str | int | date
LARGE = 2_147_400_000
"""What stands for a number while a question is worked out: one that a column of any width takes, and nothing is."""
EARLY = datetime(1900, 1, 1, tzinfo=UTC)


class Question(Generic[M]):
    """A queryset of objects that differs from one asking to the next in some values alone, all of them by name.

    ``build`` gets the shape and a stand-in for each value, and must depend on nothing else: what it takes from the
    clock or from a table would be kept for ever.
    """

    def __init__(self, build: Callable[..., "models.QuerySet[M]"]) -> None:
        self._build = build
        self._known: dict[Hashable, _Asking] = {}

    def objects(self, *shape: Hashable, **values: Value) -> list[M]:
        """Return what is found for these values; each is text, a number, a moment or a day."""
        return [*self._asking(shape, values).objects(values)]

    def rows(self, *shape: Hashable, **values: Value) -> list[tuple[Any, ...]]:
        """Return the rows of a queryset of values, as the database gives them: texts and numbers as they are."""
        return self._asking(shape, values).rows(values)

    def _asking(self, shape: tuple[Hashable, ...], values: dict[str, Any]) -> "_Asking":
        if shape not in self._known:
            self._known[shape] = _work_out(self._build, shape, values)
        return self._known[shape]


@dataclass(frozen=True)
class _Asking:
    """One shape of a question, as SQL: ``slots`` says which value each placeholder takes, or is that value."""

    sql: str
    slots: Sequence[tuple[str | None, Any]]
    model: type[models.Model] | None = None
    names: Sequence[str] = ()
    first: int = 0
    related: Sequence[Any] = ()
    annotated: Sequence[tuple[str, int]] = ()
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]] = ()

    def rows(self, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        given = [fixed if name is None else fixed(values[name]) for name, fixed in self.slots]
        with prepared_cursor() as cursor:
            cursor.execute(self.sql, given)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def objects(self, values: dict[str, Any]) -> Iterator[Any]:
        assert self.model is not None, "this question is one for rows"  # noqa: S101 - a mistake of ours alone
        for held in self.rows(values):
            row = list(held)
            for place, converters, expression in self.converters:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
            one = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.first : self.first + len(self.names)])
            for populator in self.related:
                populator.populate(row, one)
            for name, place in self.annotated:
                setattr(one, name, row[place])
            yield one


def _work_out(build: Callable[..., Any], shape: tuple[Hashable, ...], values: dict[str, Any]) -> _Asking:
    """Return the SQL of a question."""
    stand_ins = {name: _stand_in(value, place) for place, (name, value) in enumerate(values.items(), 1)}
    compiler = build(*shape, **stand_ins).query.get_compiler(connection=connection)
    try:
        sql, given = compiler.as_sql()
    except EmptyResultSet as error:
        raise ValueError("Nothing can ever answer this question: do not ask it.") from error
    slots = [_slot(one, stand_ins) for one in given]
    if {name for name, _ in slots if name} != set(values):
        raise ValueError("Every value of a question has to stand in it: leave the others out.")
    info, select = compiler.klass_info, compiler.select
    if info is None:
        return _Asking(sql, slots)
    first, last = info["select_fields"][0], info["select_fields"][-1]
    populators: Any = get_related_populators  # the stubs are those of a later Django
    converters = compiler.get_converters([expression for expression, _, _ in select])
    return _Asking(
        sql,
        slots,
        info["model"],
        [column[0].target.attname for column in select[first : last + 1]],
        first,
        populators(info, select, DEFAULT_DB_ALIAS),
        tuple(compiler.annotation_col_map.items()),
        [(place, *with_what) for place, with_what in converters.items()],
    )


def _stand_in(value: Value, place: int) -> Value:
    """Return what no row holds, and no other value of the question is."""
    if isinstance(value, str):
        return f"value {place} of a question"
    if isinstance(value, int):
        return LARGE + place
    return (EARLY if isinstance(value, datetime) else EARLY.date()) + timedelta(days=place)


def _slot(given: Any, stand_ins: dict[str, Any]) -> tuple[str | None, Any]:
    """Return the name of the value that a placeholder takes, and how it is handed over; or what it always is."""
    for name, stand_in in stand_ins.items():
        # A number goes as the type that the column has: so the database knows the question again.
        hand_over: Callable[[Any], Any] = type(given)
        if isinstance(stand_in, date):
            moment = isinstance(stand_in, datetime)
            hand_over = connection.ops.adapt_datetimefield_value if moment else connection.ops.adapt_datefield_value
        if given == (hand_over(stand_in) if isinstance(stand_in, date) else stand_in):
            return name, hand_over
    return None, given


class Insert:
    """The insertion of rows of one model; ``returning`` names the fields that are told of each row that was new."""

    def __init__(self, model: type[models.Model], *, ignore_conflicts: bool = False) -> None:
        self._model, self._ignore = model, ignore_conflicts

    def rows(self, objects: Sequence[models.Model], returning: str) -> list[Any]:
        """Insert them in one statement; return a field of each that was new."""
        given = [value for one in objects for value in self.values(one)]
        ignored = " ON CONFLICT DO NOTHING" if self._ignore else ""
        column = str(getattr(self._model._meta.get_field(returning), "column", ""))  # noqa: SLF001 - _meta is public in all but name
        field = connection.ops.quote_name(column)
        with prepared_cursor() as cursor:
            cursor.execute(f"{self.sql(len(objects))}{ignored} RETURNING {field}", given)
            return [row[0] for row in cursor.fetchall()]

    def sql(self, rows: int = 1) -> str:
        """Return the statement for so many rows."""
        head, row = _sql_of(self._model)
        return f"{head} {', '.join([row] * rows)}"

    def values(self, one: models.Model) -> list[Any]:
        """Return the values of a row, as the statement takes them."""
        fields = _fields_of(self._model)
        return [field.get_db_prep_save(getattr(one, field.attname), connection) for field in fields]


@cache
def _fields_of(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField))  # noqa: SLF001 - as above


@cache
def _sql_of(model: type[models.Model]) -> tuple[str, str]:
    quote, fields = connection.ops.quote_name, _fields_of(model)
    table = quote(model._meta.db_table)  # noqa: SLF001 - as above
    columns = ", ".join(quote(field.column) for field in fields)
    return f"INSERT INTO {table} ({columns}) VALUES", f"({', '.join(['%s'] * len(fields))})"


@contextmanager
def prepared_cursor() -> Iterator[Any]:
    """Give a cursor whose statements the database plans once for each connection, where it does that."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    raw = _preparing()(connection.connection)
    around: Any = connection  # its stubs leave out what Django itself puts around each of its cursors
    with around._prepare_cursor(raw) as cursor:  # noqa: SLF001 - the same
        yield cursor


@cache
def _preparing() -> Any:
    """Return the cursor of the driver, which is loaded only where PostgreSQL is used."""
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415

    base: Any = ServerBindingCursor

    class Preparing(base):  # type: ignore[misc]  # the driver is chosen as Django starts
        def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
            return super().execute(query, params, prepare=True)

    return Preparing
