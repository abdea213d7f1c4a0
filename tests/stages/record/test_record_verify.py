"""Tampering with SQL, and what verifying says of it."""

import pytest

from inspectorate.record import chain
from inspectorate.record.actions import erase_payload, export_head, seal
from inspectorate.record.faults import MASTER, WORDS, Fault
from inspectorate.record.models import Entry, Payload, Stream
from inspectorate.record.names import Name
from inspectorate.record.queries import entries_in, verify

BODY = Name("body", "b1")
pytestmark = pytest.mark.usefixtures("streams", "chunk")
ZEROS = "0" * 64


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


def test_every_fault_says_where_what_and_what_to_do():
    for code, (words, remedy) in WORDS.items():
        fault = Fault(BODY, 3, code)
        assert fault.sentence == f"Entry 3 of body/b1 {words}."
        assert fault.remedy == remedy
    assert Fault(MASTER, 2, "missing").sentence == "Seal 2 is missing: the row after it stands."


def test_verifying_writes_nothing():
    seal()
    before = [list(model.objects.values_list()) for model in (Stream, Entry, Payload)]
    verify(export_head())
    assert [list(model.objects.values_list()) for model in (Stream, Entry, Payload)] == before
