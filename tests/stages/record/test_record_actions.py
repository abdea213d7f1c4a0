"""What writing to the record does, and what it refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from inspectorate.record import chain
from inspectorate.record.actions import append, erase_payload, export_head, seal
from inspectorate.record.heads import read_head
from inspectorate.record.models import Entry, Payload, Seal, Stream
from inspectorate.record.names import Name, RefusedError
from inspectorate.record.queries import entries_in, entries_of, verify

pytestmark = pytest.mark.django_db
CLERK = ("user", "c1e7")
BODY = ("body", "b1")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def append_one(**changes):
    words = {"stream": BODY, "by": CLERK, "verb": "rename", "subject": BODY, "payload": {"to": "Môn"}, "at": NOON}
    return append(**{**words, **changes})


def test_an_entry_says_who_did_what_to_what_when_and_why():
    append_one(why="The council asked.")
    entry = Entry.objects.get()
    assert (entry.actor, entry.verb, entry.subject, entry.at) == (CLERK, "rename", BODY, NOON)
    assert (entry.particulars, entry.why, entry.erased) == ({"to": "Môn"}, "The council asked.", False)
    assert str(entry) == "body/b1/1"
    assert str(entry.payload) == "payload of body/b1/1"


def test_entries_of_a_stream_are_numbered_and_chained():
    first, second = append_one(), append_one()
    assert (first.sequence, first.previous) == (1, chain.GENESIS)
    assert (second.sequence, second.previous) == (2, first.hash)
    stream = Stream.objects.get()
    assert (stream.name, stream.count, stream.head, str(stream)) == (BODY, 2, second.hash, "body/b1")


def test_each_stream_has_a_chain_of_its_own():
    append_one()
    other = append_one(stream=("inspection", "i1"))
    assert (other.sequence, other.previous) == (1, chain.GENESIS)


def test_the_time_is_now_unless_it_is_given():
    before = datetime.now(UTC)
    assert before <= append_one(at=None).at <= datetime.now(UTC)


def test_each_payload_has_a_salt_of_its_own():
    assert append_one().commitment != append_one().commitment
    assert len(set(Payload.objects.values_list("salt", flat=True))) == 2


def test_entries_are_found_by_their_subject_in_whatever_stream():
    wanted = [append_one(), append_one(stream=("inspection", "i1"))]
    append_one(subject=("body", "b2"))
    assert list(entries_of(BODY)) == wanted


def test_entries_are_read_by_their_stream():
    wanted = [append_one(), append_one(subject=("body", "b2"))]
    append_one(stream=("inspection", "i1"))
    assert list(entries_in(BODY)) == wanted


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(RefusedError, match=r"call this inside transaction\.atomic\(\)"):
        append_one()
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_when_its_fact_is_rolled_back():
    def fail():
        append_one()
        _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        transaction.atomic(fail)()
    assert not Entry.objects.exists()
    assert not Stream.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"verb": ""}, "verb"),
        ({"verb": " "}, "verb"),
        ({"verb": "a\nb"}, "verb"),
        ({"verb": "v" * 61}, "verb"),
        ({"verb": "erase payload"}, "verb"),
        ({"stream": ("body", "b" * 65)}, "name-length"),
        ({"by": ("user", "")}, "name"),
        ({"subject": ("body", "é")}, "name"),
        ({"payload": ["to"]}, "payload"),
        ({"payload": {"to": {1, 2}}}, "type"),
        ({"why": None}, "payload"),
        ({"at": datetime(2026, 1, 1)}, "time"),  # noqa: DTZ001 - it is refused for having no zone
    ],
)
def test_what_the_record_cannot_hold_is_refused_and_nothing_is_written(changes, code):
    with pytest.raises(RefusedError) as refusal:
        append_one(**changes)
    assert refusal.value.code == code
    assert not Entry.objects.exists()


def test_an_erased_payload_is_gone_and_the_record_still_holds():
    entry = append_one(why="He said so.")
    erasure = erase_payload(entry=entry, by=CLERK, why="The person asked.")
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.erased, entry.why, entry.particulars) == (True, "", None)
    assert (erasure.verb, erasure.subject, erasure.why) == (
        "erase payload",
        ("entry", "body/b1/1"),
        "The person asked.",
    )
    assert verify().ok


def test_the_entry_in_hand_no_longer_shows_what_was_erased():
    entry = append_one()
    assert entry.particulars == {"to": "Môn"}
    erase_payload(entry=entry, by=CLERK, why="The person asked.")
    assert entry.particulars is None


def test_the_payload_of_an_erasure_can_be_erased_too():
    erasure = erase_payload(entry=append_one(), by=CLERK, why="Ann Other asked.")
    erase_payload(entry=erasure, by=CLERK, why="A name stood in the reason.")
    assert verify().ok


def test_erasing_twice_is_refused():
    entry = append_one()
    erase_payload(entry=entry, by=CLERK, why="The person asked.")
    with pytest.raises(RefusedError, match="erased already"), transaction.atomic():
        erase_payload(entry=entry, by=CLERK, why="Again.")
    assert Entry.objects.count() == 2


def test_erasing_without_a_reason_is_refused():
    with pytest.raises(RefusedError, match="give why"):
        erase_payload(entry=append_one(), by=CLERK, why=" ")


def test_sealing_takes_in_each_stream_that_has_something_new():
    append_one()
    append_one(stream=("inspection", "i1"))
    assert (seal(), seal()) == (2, 0)
    append_one()
    assert seal(at=NOON) == 1
    last = Seal.objects.order_by("sequence").last()
    assert (last.sequence, last.up_to, last.at, str(last)) == (3, 2, NOON, "seal 3")
    assert last.previous == Seal.objects.get(sequence=2).hash
    assert verify().ok


def test_the_head_counts_what_is_sealed():
    append_one()
    append_one()
    append_one(stream=("inspection", "i1"))
    seal()
    append_one()
    head = export_head(at=NOON)
    assert (head["format"], head["at"]) == ("head@1", "2026-11-21T12:00:00.000000Z")
    assert (head["entries"], head["streams"], head["seals"]) == (3, 2, 2)
    assert head["head"] == Seal.objects.get(sequence=2).hash


def test_an_empty_record_has_a_head():
    head = export_head(at=NOON)
    assert (head["entries"], head["seals"], head["head"]) == (0, 0, chain.GENESIS)
    assert verify(head).ok


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no JSON"),
        ("[]", "no head"),
        ('{"format": "head@1"}', "must have exactly"),
    ],
)
def test_what_is_no_head_is_refused(text, words):
    with pytest.raises(RefusedError, match=words):
        read_head(text)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", "head@9"),
        ("seals", "2"),
        ("entries", -1),
        ("streams", True),
        ("head", "0"),
        ("digest", None),
        ("at", 1),
    ],
)
def test_a_head_with_an_impossible_value_is_refused(field, value):
    data = {**export_head(at=NOON), field: value}
    with pytest.raises(RefusedError):
        read_head(chain.canonical(data))


def test_a_head_reads_back_as_it_was():
    head = export_head(at=NOON)
    assert read_head(chain.canonical(head)) == head


def writer(stream, count):
    try:
        for _ in range(count):
            with transaction.atomic():
                append_one(stream=stream)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_never_fork_a_stream():
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(writer, BODY, 10) for _ in range(8)]:
            done.result()
    assert list(entries_in(BODY).values_list("sequence", flat=True)) == list(range(1, 81))
    assert verify().ok


@pytest.mark.django_db(transaction=True)
@pytest.mark.database("postgresql")
def test_a_writer_in_one_stream_does_not_wait_for_another_stream():
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        append_one()
        pool.submit(writer, ("inspection", "i1"), 1).result(timeout=10)
        assert Stream.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.database("postgresql")
def test_sealing_waits_for_no_writer_and_takes_in_what_is_committed():
    def sealing():
        try:
            return seal()
        finally:
            connection.close()

    writer(BODY, 1)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        append_one()
        assert pool.submit(sealing).result(timeout=10) == 1
    assert Seal.objects.get().up_to == 1
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_sealing_and_writing_and_verifying_at_the_same_time_agree():
    def sealing():
        try:
            return [seal() for _ in range(10)], [verify().first_fault for _ in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sealers = [pool.submit(sealing) for _ in range(2)]
        writers = [pool.submit(writer, ("body", f"b{number}"), 15) for number in range(2)]
        assert [done.result() for done in writers] == [None, None]
        assert [done.result()[1] for done in sealers] == [[None] * 5, [None] * 5]
    assert verify().ok


def test_the_record_names_are_plain_pairs():
    assert append_one(stream=Name("body", "b9")).stream.name == ("body", "b9")
