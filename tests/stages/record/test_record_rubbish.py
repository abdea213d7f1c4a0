"""Values that no entry can hold, rows that hang on nothing, tampering by chance: each is named, and none stops us."""

import random
from dataclasses import replace

import pytest
from django.db import transaction

from inspectorate.record.actions import seal
from inspectorate.record.faults import MASTER, Fault
from inspectorate.record.models import Entry
from inspectorate.record.names import Name
from inspectorate.record.queries import verify

BODY = Name("body", "b1")
pytestmark = pytest.mark.usefixtures("streams", "chunk")


def first_fault():
    return verify().first_fault


def with_checks_off(tamper, sql):
    tamper("PRAGMA ignore_check_constraints = 1")
    tamper(sql)
    tamper("PRAGMA ignore_check_constraints = 0")


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("table", ["entry", "seal"])
@pytest.mark.parametrize("rubbish", ["'rubbish'", "'2500-99-99 00:00:00'", "CAST(x'32ff' AS TEXT)", "x'32'"])
def test_a_time_that_is_none_is_named_in_sqlite(tamper, table, rubbish):
    seal()
    with_checks_off(tamper, f"UPDATE record_{table} SET at = {rubbish} WHERE sequence = 3")  # noqa: S608
    found = first_fault()
    assert (found.stream, found.sequence) == (BODY if table == "entry" else MASTER, 3)
    assert found.code in {"changed", "unreadable"}


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("column", ["sequence", "format", "verb", "hash"])
@pytest.mark.parametrize("rubbish", ["'words'", "2.5", "x'ff00'", "CAST(x'ff' AS TEXT)"])
def test_a_value_of_another_type_is_named_in_sqlite(tamper, body, column, rubbish):
    place = f"stream_id = {body} AND sequence = 5"
    with_checks_off(tamper, f"UPDATE record_entry SET {column} = {rubbish} WHERE {place}")  # noqa: S608
    found = first_fault()
    # The number 2.5 stands where entry 3 is looked for.
    assert (found.stream, found.sequence) == (BODY, 3 if (column, rubbish) == ("sequence", "2.5") else 5)


@pytest.mark.database("sqlite")
def test_a_stream_row_of_another_type_is_named_in_sqlite(tamper, body):
    tamper("UPDATE record_stream SET count = 'many' WHERE id = %s", [body])
    assert first_fault() == Fault(BODY, 1, "head")


@pytest.mark.database("postgresql")
def test_a_time_without_end_is_named_in_postgresql(tamper, body):
    tamper("SET CONSTRAINTS ALL IMMEDIATE")
    tamper("ALTER TABLE record_entry DROP CONSTRAINT record_entry_at_likely")
    tamper("UPDATE record_entry SET at = 'infinity' WHERE stream_id = %s AND sequence = 3", [body])
    assert first_fault() == Fault(BODY, 3, "unreadable")


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("DELETE FROM record_entry WHERE id = {first} + 4", Fault(Name("inspection", "i1"), 2, "missing")),
        ("DELETE FROM record_stream WHERE id = {body}", Fault(Name("row", "{body}"), 1, "stray")),
        ("UPDATE record_payload SET entry_id = 99 WHERE entry_id = {first}", Fault(BODY, 1, "payload-missing")),
        ("INSERT INTO record_payload SELECT 99, salt, text FROM record_payload WHERE entry_id = {first}", None),
    ],
)
def test_a_row_whose_owner_is_gone_is_named_in_sqlite(tamper, body, sql, fault):
    first = Entry.objects.order_by("pk").first().pk
    if fault and fault.stream.kind == "row":
        fault = replace(fault, stream=Name("row", str(body)))
    tamper("PRAGMA defer_foreign_keys = 1")
    with transaction.atomic():
        tamper(sql.format(first=first, body=body))
        assert first_fault() == (fault or Fault(Name("row", "payload"), 99, "stray"))
        transaction.set_rollback(True)


def random_tampering(chance):
    """Return SQL, its values and the number of the entry of BODY that it touches."""
    sequence = chance.randint(1, 5)
    other = f"{chance.getrandbits(256):064x}"
    column, value = chance.choice(
        [
            ("at", f"{chance.randint(2000, 2999)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} 10:00:00"),
            ("actor_kind", other[:9]),
            ("actor_id", other),
            ("verb", other[:20]),
            ("subject_kind", other[:9]),
            ("subject_id", other),
            ("commitment", other),
            ("previous", other),
            ("hash", other),
            ("format", chance.randint(2, 99)),
            ("sequence", chance.randint(6, 10**9)),
            ("salt", other),
            ("text", other),
            ("delete payload", None),
            ("delete", None),
        ]
    )
    entry = "(SELECT id FROM record_entry WHERE stream_id = %s AND sequence = %s)"
    if column in {"salt", "text"}:
        return f"UPDATE record_payload SET {column} = %s WHERE entry_id = {entry}", [value], sequence  # noqa: S608
    if column.startswith("delete"):
        return f"DELETE FROM record_payload WHERE entry_id = {entry}", [], sequence  # noqa: S608
    return f"UPDATE record_entry SET {column} = %s WHERE id = {entry}", [value], sequence  # noqa: S608


@pytest.mark.parametrize("seed", range(4))
def test_fifty_random_tamperings_are_named_fifty_times(tamper, body, seed):
    chance = random.Random(seed)  # noqa: S311 - it chooses tests
    named = 0
    for _ in range(50):
        with transaction.atomic():
            sql, values, sequence = random_tampering(chance)
            assert tamper(sql, [*values, body, sequence]) == 1
            found = first_fault()
            named += (found.stream, found.sequence) == (BODY, sequence)
            transaction.set_rollback(True)
    assert named == 50
    assert verify().ok
