"""What must be true of the record, the database holds; and the ORM neither changes nor deletes."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from inspectorate.record.actions import seal
from inspectorate.record.models import Entry, Payload, Seal, Stream
from inspectorate.record.names import RefusedError

TOO_LONG = {
    "record_stream_kind_length": ("record_stream", "kind", 31),
    "record_stream_public_id_length": ("record_stream", "public_id", 65),
    "record_entry_verb_length": ("record_entry", "verb", 61),
    "record_entry_actor_kind_length": ("record_entry", "actor_kind", 31),
    "record_entry_actor_id_length": ("record_entry", "actor_id", 121),
    "record_entry_subject_kind_length": ("record_entry", "subject_kind", 31),
    "record_entry_subject_id_length": ("record_entry", "subject_id", 121),
    "record_seal_stream_kind_length": ("record_seal", "stream_kind", 31),
    "record_seal_stream_public_id_length": ("record_seal", "stream_public_id", 65),
}
BROKEN = {
    **{name.replace("_length", "_filled"): (table, column, "") for name, (table, column, _) in TOO_LONG.items()},
    "record_stream_count_not_negative": ("record_stream", "count", -1),
    "record_stream_head_length": ("record_stream", "head", "0" * 63),
    "record_entry_sequence_positive": ("record_entry", "sequence", 0),
    "record_entry_format_positive": ("record_entry", "format", 0),
    "record_entry_at_likely": ("record_entry", "at", "1999-12-31 00:00:00"),
    "record_entry_commitment_length": ("record_entry", "commitment", "0" * 63),
    "record_entry_previous_length": ("record_entry", "previous", "0" * 63),
    "record_entry_hash_length": ("record_entry", "hash", "0" * 63),
    "record_payload_salt_length": ("record_payload", "salt", "0" * 63),
    "record_payload_text_filled": ("record_payload", "text", ""),
    "record_seal_sequence_positive": ("record_seal", "sequence", 0),
    "record_seal_up_to_positive": ("record_seal", "up_to", 0),
    "record_seal_format_positive": ("record_seal", "format", 0),
    "record_seal_at_likely": ("record_seal", "at", "3000-01-01 00:00:00"),
    "record_seal_stream_hash_length": ("record_seal", "stream_hash", "0" * 63),
    "record_seal_previous_length": ("record_seal", "previous", "0" * 63),
    "record_seal_hash_length": ("record_seal", "hash", "0" * 63),
}


@pytest.fixture
def rows(db, write):  # noqa: ARG001 - the rows go into the test's database
    """One stream with one sealed entry."""
    entry = write(("body", "b1"))
    seal()
    return {"stream": entry.stream, "entry": entry, "payload": entry.payload, "seal": Seal.objects.get()}


@pytest.mark.parametrize(("name", "place"), BROKEN.items())
def test_the_database_refuses_a_value_that_cannot_be(rows, tamper, name, place):  # noqa: ARG001 - the rows are there to be changed
    table, column, value = place
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        tamper(f"UPDATE {table} SET {column} = %s", [value])  # noqa: S608 - the names stand above


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(("name", "place"), TOO_LONG.items())
def test_sqlite_refuses_a_text_that_is_too_long(rows, tamper, name, place):  # noqa: ARG001 - as above
    table, column, length = place
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        tamper(f"UPDATE {table} SET {column} = %s", ["a" * length])  # noqa: S608 - as above


@pytest.mark.database("postgresql")
@pytest.mark.parametrize(("name", "place"), TOO_LONG.items())
def test_postgresql_refuses_a_text_that_is_too_long_even_were_its_column_wider(rows, tamper, name, place):  # noqa: ARG001 - as above
    table, column, length = place
    tamper("SET CONSTRAINTS ALL IMMEDIATE")
    tamper(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE text")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        tamper(f"UPDATE {table} SET {column} = %s", ["a" * length])  # noqa: S608 - as above


def test_every_check_in_the_database_is_tried_here():
    checks = {
        constraint.name
        for model in (Stream, Entry, Payload, Seal)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }
    assert checks == set(BROKEN) | set(TOO_LONG)


def copy(row, **changes):
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**{**values, **changes})


@pytest.mark.parametrize(
    ("kind", "changes", "name"),
    [
        ("stream", {}, "record_stream_once"),
        ("entry", {}, "record_entry_once"),
        ("seal", {"up_to": 2}, "record_seal_once"),
        ("seal", {"sequence": 2}, "record_seal_point_once"),
    ],
)
def test_the_database_refuses_a_second_of_what_there_is_one_of(rows, kind, changes, name):
    # SQLite names the columns of a broken uniqueness, PostgreSQL the constraint.
    found = {c.name: c.fields for c in rows[kind]._meta.constraints if isinstance(c, models.UniqueConstraint)}[name]
    words = name if connection.vendor == "postgresql" else found[-1]
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        copy(rows[kind], **changes).save()


def test_a_payload_belongs_to_one_entry(rows):
    with pytest.raises(IntegrityError), transaction.atomic():
        Payload(entry=rows["entry"], salt="0" * 64, text="{}").save()


@pytest.mark.parametrize("kind", ["stream", "entry", "payload", "seal"])
def test_a_row_neither_changes_nor_goes_through_the_orm(rows, kind):
    row, every = rows[kind], type(rows[kind]).objects
    for attempt in (
        row.save,
        row.delete,
        every.all().delete,
        lambda: every.update(pk=7),
        lambda: every.bulk_update([row], ["pk"]),
        lambda: every.update_or_create(pk=row.pk),
    ):
        with pytest.raises(RefusedError, match="append an entry that says what is right now"):
            attempt()
    assert every.get() == row
