"""Tampering with SQL, and what verifying says of it."""

import json
import random

import pytest
from django.db import transaction

from inspectorate.config.cli import main
from inspectorate.record import chain
from inspectorate.record.actions import erase_payload, export_head, seal
from inspectorate.record.faults import MASTER, WORDS, Fault
from inspectorate.record.models import Entry, Payload, Stream
from inspectorate.record.names import Name
from inspectorate.record.queries import entries_in, verify, verifying

BODY = Name("body", "b1")
pytestmark = pytest.mark.usefixtures("streams")
ZEROS = "0" * 64


@pytest.fixture(params=[2, 5000], autouse=True)
def chunk(request, monkeypatch):
    """Every test runs with chunks smaller than a stream, and with larger ones."""
    monkeypatch.setattr(verifying, "CHUNK", request.param)


@pytest.fixture
def body():
    return Stream.objects.get(kind="body").pk


def first_fault(head=None):
    verdict = verify(head)
    assert verdict.ok == (verdict.first_fault is None)
    return verdict.first_fault


def delete_entries(tamper, where):
    tamper(f"DELETE FROM record_payload WHERE entry_id IN (SELECT id FROM record_entry WHERE {where})")  # noqa: S608
    return tamper(f"DELETE FROM record_entry WHERE {where}")  # noqa: S608 - written in this file


def end_stream(tamper, body, count):
    """Make the stream's row agree with its first ``count`` entries."""
    tamper(
        "UPDATE record_stream SET count = %s, head = "
        "(SELECT hash FROM record_entry WHERE stream_id = record_stream.id AND sequence = %s) WHERE id = %s",
        [count, count, body],
    )


def rehash(tamper, body, sequence, verb):
    """Change a verb and hash the entry again, as somebody would who knows the format."""
    entry = entries_in(BODY).get(sequence=sequence)
    link = chain.EntryLink(
        BODY,
        sequence,
        chain.instant(entry.at),
        entry.actor,
        verb,
        entry.subject,
        entry.commitment,
        entry.previous,
    )
    tamper(
        "UPDATE record_entry SET verb = %s, hash = %s WHERE stream_id = %s AND sequence = %s",
        [verb, chain.hash_of(link), body, sequence],
    )


def rewrite_from(tamper, body, sequence):
    """Rewrite a stream from an entry on so that all of it agrees, its row included."""
    for number in range(sequence, 6):
        rehash(tamper, body, number, "invent")
        tamper(
            "UPDATE record_entry SET previous = (SELECT hash FROM record_entry WHERE stream_id = %s AND sequence = %s)"
            " WHERE stream_id = %s AND sequence = %s",
            [body, number, body, number + 1],
        )
    end_stream(tamper, body, 5)


def test_an_untouched_record_is_whole():
    seal()
    verdict = verify(export_head())
    assert (verdict.ok, verdict.entries, verdict.streams, verdict.seals) == (True, 15, 3, 3)


def test_an_exported_head_holds_as_the_record_grows(write):
    seal()
    head = export_head()
    write(BODY, 3)
    write(("account", "a1"))
    seal()
    assert verify(head).ok


CHANGES = {
    "at": "2020-01-01 00:00:00",
    "actor_kind": "robot",
    "actor_id": "somebody",
    "verb": "accept",
    "subject_kind": "area",
    "subject_id": "b2",
    "commitment": ZEROS,
    "hash": ZEROS,
}


@pytest.mark.parametrize(("column", "value"), CHANGES.items())
@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_a_changed_field_is_named(tamper, body, column, value, sequence):
    place = [value, body, sequence]
    assert tamper(f"UPDATE record_entry SET {column} = %s WHERE stream_id = %s AND sequence = %s", place) == 1  # noqa: S608
    assert first_fault() == Fault(BODY, sequence, "changed")


def test_a_changed_link_is_named(tamper, body):
    tamper("UPDATE record_entry SET previous = %s WHERE stream_id = %s AND sequence = 4", [ZEROS, body])
    assert first_fault() == Fault(BODY, 4, "unlinked")


def test_a_changed_format_is_named(tamper, body):
    tamper("UPDATE record_entry SET format = 2 WHERE stream_id = %s AND sequence = 4", [body])
    assert first_fault() == Fault(BODY, 4, "format")


def test_an_entry_changed_and_hashed_again_breaks_the_link_after_it(tamper, body):
    rehash(tamper, body, 3, "accept")
    assert first_fault() == Fault(BODY, 4, "unlinked")


def test_the_last_entry_changed_and_hashed_again_is_not_the_end_of_its_stream(tamper, body):
    rehash(tamper, body, 5, "accept")
    assert first_fault() == Fault(BODY, 5, "head")


@pytest.mark.parametrize(("column", "value"), [("text", '{"payload":{},"why":""}'), ("salt", "A" * 64)])
def test_a_changed_payload_is_named(tamper, column, value):
    entry = entries_in(BODY).get(sequence=2)
    tamper(f"UPDATE record_payload SET {column} = %s WHERE entry_id = %s", [value, entry.pk])  # noqa: S608
    assert first_fault() == Fault(BODY, 2, "payload-changed")


def test_a_salt_in_capitals_is_a_changed_payload(tamper):
    entry = entries_in(BODY).get(sequence=2)
    tamper("UPDATE record_payload SET salt = upper(salt) WHERE entry_id = %s", [entry.pk])
    assert first_fault() == Fault(BODY, 2, "payload-changed")


def test_a_payload_deleted_without_an_erasure_is_named(tamper):
    tamper("DELETE FROM record_payload WHERE entry_id = %s", [entries_in(BODY).get(sequence=2).pk])
    assert first_fault() == Fault(BODY, 2, "payload-missing")


def test_the_erasure_of_one_payload_does_not_excuse_another(tamper):
    erase_payload(entry=entries_in(BODY).get(sequence=2), by=("user", "c1e7"), why="The person asked.")
    assert verify().ok
    tamper("DELETE FROM record_payload WHERE entry_id = %s", [entries_in(BODY).get(sequence=3).pk])
    assert first_fault() == Fault(BODY, 3, "payload-missing")


def test_an_erased_payload_that_comes_back_is_told(tamper):
    entry = entries_in(BODY).get(sequence=2)
    salt, text = entry.payload.salt, entry.payload.text
    erase_payload(entry=entry, by=("user", "c1e7"), why="The person asked.")
    tamper("INSERT INTO record_payload (entry_id, salt, text) VALUES (%s, %s, %s)", [entry.pk, salt, text])
    assert first_fault() == Fault(BODY, 6, "payload-returned")


def test_an_inserted_row_is_named(tamper, body):
    tamper("UPDATE record_entry SET sequence = sequence + 1000 WHERE stream_id = %s AND sequence >= 3", [body])
    tamper("UPDATE record_entry SET sequence = sequence - 999 WHERE stream_id = %s AND sequence > 1000", [body])
    columns = "at, actor_kind, actor_id, verb, subject_kind, subject_id, commitment, previous, hash, format"
    tamper(
        f"INSERT INTO record_entry (stream_id, sequence, {columns}) "  # noqa: S608 - written in this file
        f"SELECT stream_id, 3, {columns} FROM record_entry WHERE stream_id = %s AND sequence = 2",
        [body],
    )
    tamper("UPDATE record_stream SET count = 6 WHERE id = %s", [body])
    assert first_fault() == Fault(BODY, 3, "unlinked")


def test_a_row_appended_by_other_hands_is_named(tamper, body):
    tamper(
        "UPDATE record_entry SET stream_id = %s, sequence = 6 WHERE stream_id <> %s AND sequence = 5"
        " AND stream_id = (SELECT max(id) FROM record_stream)",
        [body, body],
    )
    found = {first_fault()}
    tamper("UPDATE record_stream SET count = 6 WHERE id = %s", [body])
    found.add(first_fault())
    assert found == {Fault(Name("edition", "e1"), 5, "tail"), Fault(BODY, 6, "unlinked")}


def test_a_row_beyond_the_end_of_its_stream_is_named(tamper, body):
    end_stream(tamper, body, 4)
    assert first_fault() == Fault(BODY, 5, "beyond")


def test_rows_in_another_order_are_named(tamper, body):
    for before, after in ((2, 102), (4, 2), (102, 4)):
        place = [after, body, before]
        tamper("UPDATE record_entry SET sequence = %s WHERE stream_id = %s AND sequence = %s", place)
    assert first_fault() == Fault(BODY, 2, "unlinked")


@pytest.mark.parametrize("gone", ["1", "2", "2, 3", "1, 2, 3, 4"])
def test_an_inner_deletion_is_named(tamper, body, gone):
    delete_entries(tamper, f"stream_id = {body} AND sequence IN ({gone})")
    assert first_fault() == Fault(BODY, int(gone[0]), "missing")


def test_a_tail_cut_off_is_named(tamper, body):
    delete_entries(tamper, f"stream_id = {body} AND sequence >= 4")
    assert first_fault() == Fault(BODY, 4, "tail")


def test_a_tail_cut_off_with_care_is_named_against_the_seal(tamper, body):
    seal()
    delete_entries(tamper, f"stream_id = {body} AND sequence >= 4")
    end_stream(tamper, body, 3)
    assert first_fault() == Fault(BODY, 4, "tail")


def test_a_tail_cut_off_with_its_seals_is_named_against_the_exported_head(tamper, body, write):
    seal()
    write(BODY)
    seal()
    head = export_head()
    delete_entries(tamper, f"stream_id = {body} AND sequence = 6")
    end_stream(tamper, body, 5)
    tamper("DELETE FROM record_seal WHERE sequence = 4")
    assert first_fault() is None
    assert first_fault(head) == Fault(MASTER, 4, "seals-missing")


def test_a_whole_stream_deleted_is_named_against_its_seal(tamper, body):
    seal()
    delete_entries(tamper, f"stream_id = {body}")
    tamper("DELETE FROM record_stream WHERE id = %s", [body])
    assert first_fault() == Fault(BODY, 1, "stream-missing")


def test_a_stream_left_without_entries_is_named(tamper, body):
    delete_entries(tamper, f"stream_id = {body}")
    tamper("UPDATE record_stream SET count = 0, head = %s WHERE id = %s", [ZEROS, body])
    assert first_fault() == Fault(BODY, 1, "empty")


def test_a_record_deleted_whole_is_found_against_the_exported_head(tamper):
    seal()
    head = export_head()
    delete_entries(tamper, "id > 0")
    tamper("DELETE FROM record_seal")
    tamper("DELETE FROM record_stream")
    assert first_fault() is None
    assert first_fault(head) == Fault(MASTER, 1, "seals-missing")


def test_a_stream_rewritten_with_care_differs_from_its_seal(tamper, body):
    seal()
    rewrite_from(tamper, body, 3)
    assert first_fault() == Fault(BODY, 5, "resealed")


def test_a_record_rewritten_whole_differs_from_the_exported_head(tamper, body):
    seal()
    head = export_head()
    rewrite_from(tamper, body, 1)
    tamper("DELETE FROM record_seal")
    seal()
    assert first_fault() is None
    assert first_fault(head) == Fault(MASTER, 3, "rewritten")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("at = '2020-01-01 00:00:00'", "changed"),
        ("stream_kind = 'area'", "changed"),
        ("up_to = 4", "changed"),
        (f"stream_hash = '{ZEROS}'", "changed"),
        (f"hash = '{ZEROS}'", "changed"),
        (f"previous = '{'1' * 64}'", "unlinked"),
        ("format = 2", "format"),
    ],
)
def test_a_changed_seal_is_named(tamper, change, code):
    seal()
    tamper(f"UPDATE record_seal SET {change} WHERE sequence = 2")  # noqa: S608 - written in this file
    assert first_fault() == Fault(MASTER, 2, code)


def test_a_deleted_seal_is_named(tamper):
    seal()
    tamper("DELETE FROM record_seal WHERE sequence = 2")
    assert first_fault() == Fault(MASTER, 2, "missing")


@pytest.mark.parametrize(("change", "sequence"), [(f"head = '{ZEROS}'", 5), ("count = 4", 4)])
def test_a_stream_row_that_names_another_end_is_found(tamper, body, change, sequence):
    tamper(f"UPDATE record_stream SET {change} WHERE id = %s", [body])  # noqa: S608 - written in this file
    assert first_fault() == Fault(BODY, sequence, "head")


def test_a_renamed_stream_is_named(tamper, body):
    tamper("UPDATE record_stream SET public_id = 'b2' WHERE id = %s", [body])
    assert first_fault() == Fault(Name("body", "b2"), 1, "changed")


@pytest.mark.parametrize("field", ["entries", "streams", "digest"])
def test_a_head_that_was_changed_is_found(field):
    seal()
    head = export_head()
    head[field] = ZEROS if field == "digest" else head[field] + 1
    assert first_fault(head) == Fault(MASTER, 3, "head-file")


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
        ("DELETE FROM record_entry WHERE id = 5", Fault(Name("inspection", "i1"), 2, "missing")),
        ("DELETE FROM record_stream WHERE kind = 'body'", Fault(Name("row", "1"), 1, "stray")),
        ("UPDATE record_payload SET entry_id = 99 WHERE entry_id = 1", Fault(BODY, 1, "payload-missing")),
        ("INSERT INTO record_payload SELECT 99, salt, text FROM record_payload WHERE entry_id = 1", None),
    ],
)
def test_a_row_whose_owner_is_gone_is_named_in_sqlite(tamper, sql, fault):
    tamper("PRAGMA defer_foreign_keys = 1")
    with transaction.atomic():
        tamper(sql)
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


def test_every_fault_says_where_what_and_what_to_do():
    for code, (words, remedy) in WORDS.items():
        fault = Fault(BODY, 3, code)
        assert fault.sentence == f"Entry 3 of body/b1 {words}."
        assert fault.remedy == remedy
    assert Fault(MASTER, 2, "missing").sentence == "Seal 2 is missing: the row after it stands."


def test_the_command_says_that_the_record_is_whole(capsys):
    assert main(["record", "verify"]) == 0
    assert capsys.readouterr().out == "The record is whole: 15 entries in 3 streams, 0 seals.\n"


def test_the_command_names_the_first_bad_row(tamper, body, capsys):
    tamper("UPDATE record_entry SET verb = 'accept' WHERE stream_id = %s AND sequence = 2", [body])
    assert main(["record", "verify"]) == 1
    assert "Entry 2 of body/b1 was changed" in capsys.readouterr().out
    assert main(["record", "verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["first_fault"]["stream"], told["first_fault"]["sequence"]) == (False, "body/b1", 2)


def test_the_command_seals_and_writes_a_head_that_verifies(tmp_path, write, capsys):
    file = tmp_path / "head.json"
    assert main(["record", "head", "--out", str(file)]) == 0
    write(BODY)
    assert main(["record", "verify", "--head", str(file)]) == 0
    assert "it contains the head of " in capsys.readouterr().out


def test_the_command_prints_the_head(capsys):
    assert main(["record", "head"]) == 0
    head = json.loads(capsys.readouterr().out)
    assert (head["entries"], head["seals"]) == (15, 3)


def test_the_command_never_overwrites_a_head(tmp_path, capsys):
    file = tmp_path / "head.json"
    file.write_text("kept")
    assert main(["record", "head", "--out", str(file)]) == 2
    assert file.read_text() == "kept"
    assert "Heads are kept, never overwritten" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"{}"])
def test_the_command_refuses_a_head_that_is_none(tmp_path, content, capsys):
    file = tmp_path / "head.json"
    if content is not None:
        file.write_bytes(content)
    assert main(["record", "verify", "--head", str(file)]) == 2
    assert "record head" in capsys.readouterr().err


def test_verifying_writes_nothing():
    seal()
    before = [list(model.objects.values_list()) for model in (Stream, Entry, Payload)]
    verify(export_head())
    assert [list(model.objects.values_list()) for model in (Stream, Entry, Payload)] == before
