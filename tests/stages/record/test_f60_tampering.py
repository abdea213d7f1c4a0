"""F60: rows of the record are changed straight in the database; both verifiers name the row, every time."""

import random

import pytest
from django.db import transaction

from inspectorate.record import standalone
from inspectorate.record.actions import seal
from inspectorate.record.models import Entry, Seal, Stream
from inspectorate.record.names import RefusedError
from inspectorate.record.queries import verify
from inspectorate.record.queries.handing_out import lines

pytestmark = pytest.mark.usefixtures("streams")
COLUMNS = ("verb", "actor_kind", "actor_id", "subject_kind", "subject_id", "commitment", "previous", "hash")
ENTRY = "(SELECT id FROM record_entry WHERE stream_id = %s AND sequence = %s)"


def change(tamper, chance, stream, sequence):
    column = chance.choice(COLUMNS)
    value = f"{chance.getrandbits(256):064x}"[: 64 if column in {"commitment", "previous", "hash"} else 9]
    tamper(f"UPDATE record_entry SET {column} = %s WHERE id = {ENTRY}", [value, stream, sequence])  # noqa: S608
    return sequence


def change_payload(tamper, chance, stream, sequence):
    value = [f"{chance.getrandbits(256):064x}", stream, sequence]
    tamper(f"UPDATE record_payload SET {chance.choice(['salt', 'text'])} = %s WHERE entry_id = {ENTRY}", value)  # noqa: S608
    return sequence


def delete(tamper, _chance, stream, sequence):
    tamper(f"DELETE FROM record_payload WHERE entry_id = {ENTRY}", [stream, sequence])  # noqa: S608
    tamper("DELETE FROM record_entry WHERE stream_id = %s AND sequence = %s", [stream, sequence])
    return sequence


def delete_payload(tamper, _chance, stream, sequence):
    tamper(f"DELETE FROM record_payload WHERE entry_id = {ENTRY}", [stream, sequence])  # noqa: S608
    return sequence


def insert(tamper, _chance, stream, sequence):
    """Put a copy of an entry behind the end of the stream."""
    fields = "at, actor_kind, actor_id, verb, subject_kind, subject_id, commitment, previous, hash, format, stream_id"
    tamper(
        f"INSERT INTO record_entry (sequence, {fields}) SELECT 6, {fields} FROM record_entry WHERE id = {ENTRY}",  # noqa: S608
        [stream, sequence],
    )
    return 6


def truncate(tamper, chance, stream, sequence):
    """Cut off the end of the stream from an entry on."""
    for number in range(sequence, 6):
        delete(tamper, chance, stream, number)
    return sequence


def move(tamper, chance, stream, sequence):
    """Let two entries change places."""
    other = chance.choice([number for number in range(1, 6) if number != sequence])
    for old, new in ((sequence, 1000), (other, sequence), (1000, other)):
        tamper("UPDATE record_entry SET sequence = %s WHERE stream_id = %s AND sequence = %s", [new, stream, old])
    return min(sequence, other)


WAYS = (change, change_payload, delete, delete_payload, insert, truncate, move)


def said_alone(tmp_path):
    export = tmp_path / "record.jsonl"
    export.write_text("".join(lines(payloads=True)), encoding="utf-8")
    with pytest.raises(standalone.Broken) as found:
        standalone.verify(str(export))
    return found.value.stream, found.value.number


def named(tamper, tmp_path, seed, times):
    """Tamper that many times, each undone; return how often both verifiers named the right row."""
    seal()
    chance = random.Random(seed)  # noqa: S311 - it chooses tests
    streams = list(Stream.objects.values_list("pk", "kind", "public_id"))
    found = 0
    for number in range(times):
        with transaction.atomic():
            pk, kind, public_id = chance.choice(streams)
            expected = WAYS[number % len(WAYS)](tamper, chance, pk, chance.randint(1, 5))
            fault = verify().first_fault
            assert fault is not None
            row = (f"{kind}/{public_id}", expected)
            found += (str(fault.stream), fault.sequence) == row == said_alone(tmp_path)
            transaction.set_rollback(True)
    assert verify().ok
    return found


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_row_that_was_tampered_with_is_named(tamper, tmp_path, way):
    pk = Stream.objects.get(kind="body").pk
    expected = way(tamper, random.Random(60), pk, 3)  # noqa: S311 - it chooses tests
    fault = verify().first_fault
    assert (str(fault.stream), fault.sequence) == ("body/b1", expected)
    assert said_alone(tmp_path) == ("body/b1", expected)


def test_fifty_random_tamperings_are_named_fifty_times_by_both_verifiers(tamper, tmp_path):
    assert named(tamper, tmp_path, seed=50, times=50) == 50


@pytest.mark.nightly
def test_a_thousand_random_tamperings_are_named_a_thousand_times_by_both_verifiers(tamper, tmp_path):
    assert named(tamper, tmp_path, seed=1000, times=1000) == 1000


@pytest.mark.parametrize("model", [Entry, Seal, Stream])
def test_the_program_itself_refuses_to_change_or_delete_a_row(model):
    seal()
    row = model.objects.first()
    for doing in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=row.pk)):
        with pytest.raises(RefusedError):
            doing()
