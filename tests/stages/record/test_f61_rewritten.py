"""F61: an administrator writes the whole record anew, every hash right. Only a head that left earlier finds it."""

import json

import pytest
from django.db import transaction

from inspectorate.record import standalone
from inspectorate.record.actions import append, export_head, seal
from inspectorate.record.faults import MASTER, Fault
from inspectorate.record.heads import read_head
from inspectorate.record.queries import verify
from inspectorate.record.queries.handing_out import lines
from inspectorate.record.signing import file_of, line_of, public_key, sign

TABLES = ("record_payload", "record_entry", "record_seal", "record_stream")
pytestmark = pytest.mark.usefixtures("streams")


def write_anew(tamper, verb):
    """Delete the record, and write one in good form: the same streams, with another verb in one entry."""
    seal()
    old = [json.loads(line) for line in lines(payloads=True)]
    for table in TABLES:
        tamper(f"DELETE FROM {table}")  # noqa: S608 - names in this file
    for number, row in enumerate(line["entry"] for line in old if "entry" in line):
        with transaction.atomic():
            append(
                stream=tuple(row["stream"]),
                by=tuple(row["actor"]),
                verb=verb if number == 2 else row["verb"],
                subject=tuple(row["subject"]),
                payload=json.loads(row["text"])["payload"],
            )
    seal()


@pytest.fixture
def left():
    """The signed head that left yesterday."""
    seal()
    return sign(export_head())


def test_a_record_written_anew_looks_whole_by_itself_and_is_found_against_the_head_that_left(tamper, left):
    write_anew(tamper, "invent")
    assert verify().ok
    assert verify(left["head"]).first_fault == Fault(MASTER, 3, "rewritten")


def test_it_is_found_even_where_nothing_that_can_be_read_was_changed(tamper, left):
    write_anew(tamper, "rename")
    assert verify().ok
    assert verify(left["head"]).first_fault == Fault(MASTER, 3, "rewritten")


@pytest.mark.parametrize("form", [file_of, line_of])
def test_whoever_has_neither_the_product_nor_the_database_finds_it_too(tamper, left, tmp_path, form):
    export, head = tmp_path / "record.jsonl", tmp_path / "head"
    head.write_text(form(left), encoding="utf-8")
    export.write_text("".join(lines(payloads=False)), encoding="utf-8")
    assert standalone.main([str(export), "--head", str(head), "--key", public_key()]) == 0
    write_anew(tamper, "invent")
    export.write_text("".join(lines(payloads=False)), encoding="utf-8")
    assert standalone.main([str(export)]) == 0
    assert standalone.main([str(export), "--head", str(head), "--key", public_key()]) == 1


def test_a_head_made_after_the_rewriting_does_not_pass_for_the_one_that_left(tamper, left, settings):
    write_anew(tamper, "invent")
    seal()
    forged = dict(export_head(), at=left["head"]["at"])
    settings.RECORD_SIGNING_KEY = "11" * 32
    key_that_was_published = left["key"]
    for text in (file_of(sign(forged)), file_of(left | {"head": forged})):
        with pytest.raises(standalone.NotVerified):
            standalone.read_head(text, key_that_was_published)
    assert read_head(file_of(left), key_that_was_published) == left["head"]


def test_a_tail_cut_off_is_found_against_the_head_that_left(tamper, left):
    tamper("DELETE FROM record_seal WHERE sequence = 3")
    assert verify(left["head"]).first_fault == Fault(MASTER, 3, "seals-missing")
