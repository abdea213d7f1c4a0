"""The arithmetic of the record, worked by hand and tried with chance."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inspectorate.record import chain
from inspectorate.record.chain import Break, EntryLink, Point, SealLink
from inspectorate.record.names import Name, RefusedError, checked_name

FORMAT_PAGE = Path(__file__).resolve().parents[3] / "docs/reference/record-format.md"
SALT = bytes(range(32))
TEXT = '{"payload":{"from":"Ynys Môn","to":"Isle of Anglesey"},"why":"The council asked."}'
BODY = Name("body", "0123456789abcdef0123456789abcdef")
CLERK = Name("user", "fedcba9876543210fedcba9876543210")
AT = "2026-11-21T09:30:00.000000Z"


def entry(sequence, previous, **changes):
    plain = EntryLink(BODY, sequence, AT, CLERK, "rename", BODY, chain.commitment(SALT, TEXT), previous)
    link = replace(plain, **changes)
    return replace(link, hash=chain.hash_of(link))


def chained(count):
    links, previous = [], chain.GENESIS
    for sequence in range(1, count + 1):
        links.append(entry(sequence, previous))
        previous = links[-1].hash
    return links


CHAIN = chained(5)


def test_the_commitment_is_sha256_of_salt_and_text():
    assert chain.commitment(SALT, TEXT) == hashlib.sha256(SALT + TEXT.encode()).hexdigest()


def test_an_entry_hashes_as_its_json_written_out_by_hand():
    header = (
        '{"actor":["user","fedcba9876543210fedcba9876543210"],"at":"2026-11-21T09:30:00.000000Z",'
        f'"commitment":"{hashlib.sha256(SALT + TEXT.encode()).hexdigest()}",'
        f'"format":"entry@1","previous":"{"0" * 64}","sequence":1,'
        '"stream":["body","0123456789abcdef0123456789abcdef"],'
        '"subject":["body","0123456789abcdef0123456789abcdef"],"verb":"rename"}'
    )
    assert CHAIN[0].hash == hashlib.sha256(header.encode()).hexdigest()


def test_a_seal_hashes_as_its_json_written_out_by_hand():
    seal = SealLink(1, AT, BODY, 1, CHAIN[0].hash, chain.GENESIS)
    header = (
        f'{{"at":"{AT}","format":"seal@1","previous":"{"0" * 64}","sequence":1,'
        f'"stream":["body","0123456789abcdef0123456789abcdef"],"stream_hash":"{CHAIN[0].hash}","up_to":1}}'
    )
    assert chain.hash_of(seal) == hashlib.sha256(header.encode()).hexdigest()


def test_the_page_on_the_format_shows_what_the_code_gives():
    digest = chain.Digest()
    digest.add(BODY, 1, CHAIN[0].hash)
    seal = SealLink(1, AT, BODY, 1, CHAIN[0].hash, chain.GENESIS)
    shown = FORMAT_PAGE.read_text(encoding="utf-8")
    for golden in (
        SALT.hex(),
        TEXT,
        chain.commitment(SALT, TEXT),
        CHAIN[0].bytes().decode(),
        CHAIN[0].hash,
        seal.bytes().decode(),
        chain.hash_of(seal),
        digest.hexdigest(),
    ):
        assert f"\n    {golden}\n" in shown


def test_a_whole_chain_has_no_break():
    assert list(chain.breaks(CHAIN)) == []


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ([CHAIN[0], CHAIN[2]], Break(2, "missing")),
        ([CHAIN[0], CHAIN[0], CHAIN[1]], Break(1, "repeated")),
        ([CHAIN[0], replace(CHAIN[1], verb="erase"), CHAIN[2]], Break(2, "changed")),
        ([CHAIN[0], entry(2, CHAIN[0].hash, verb="erase"), CHAIN[2]], Break(3, "unlinked")),
        ([CHAIN[0], replace(CHAIN[1], format=2)], Break(2, "format")),
        ([replace(CHAIN[0], sequence="one")], Break(1, "changed")),
        ([replace(CHAIN[0], actor=Name("user", b"\x00"))], Break(1, "changed")),
    ],
)
def test_a_break_is_named(links, found):
    assert list(chain.breaks(links)) == [found]


FIELDS = [field.name for field in fields(EntryLink)]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=70)
NAMES = st.builds(Name, TEXTS, TEXTS)
VALUES = {"sequence": st.integers(), "format": st.integers(), **dict.fromkeys(["stream", "actor", "subject"], NAMES)}


@given(st.integers(0, 4), st.sampled_from(FIELDS), st.data())
def test_any_single_change_is_found_where_it_was_made(number, field, data):
    value = data.draw(VALUES.get(field, TEXTS))
    assume(value != getattr(CHAIN[number], field))
    links = [*CHAIN]
    links[number] = replace(CHAIN[number], **{field: value})
    (found,) = chain.breaks(links)
    assert field == "sequence" or found.sequence == number + 1


@given(st.permutations(CHAIN))
def test_any_other_order_is_found(links):
    assume(links != CHAIN)
    assert len(list(chain.breaks(links))) == 1


@given(st.sets(st.integers(0, 4), min_size=1, max_size=4))
def test_what_is_deleted_is_found_unless_it_is_the_tail(gone):
    links = [link for number, link in enumerate(CHAIN) if number not in gone]
    tail = gone == set(range(min(gone), 5))
    assert [found.sequence for found in chain.breaks(links)] == ([] if tail else [min(gone) + 1])


def test_a_tail_that_was_cut_off_shows_in_where_the_chain_ends():
    assert Point(CHAIN[3].sequence, CHAIN[3].hash) != Point(CHAIN[4].sequence, CHAIN[4].hash)


class Answer(StrEnum):
    NO = "not sufficient"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "é\n"]}, '{"a":[true,null,"é\\n"],"b":1}'),
        ({"\ufb33": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ufb33":1}'),  # the order of UTF-16, as in RFC 8785
        (date(2026, 11, 21), '"2026-11-21"'),
        (datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=1))), '"2026-07-01T09:00:00.000000Z"'),
        ((Decimal("62.50"), 0.5), '["62.50",0.5]'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        ({"judgement": Answer.NO}, '{"judgement":"not sufficient"}'),
        ("e\u0301", '"e\u0301"'),  # not normalised: the record keeps what was written
        ("\x00</script>", '"\\u0000</script>"'),
    ],
)
def test_canonical_json_has_one_form(value, text):
    assert chain.canonical(value) == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
)


@given(JSON)
def test_canonical_json_reads_back_as_it_was(value):
    assert json.loads(chain.canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("nan"), "number"),
        (float("inf"), "number"),
        (2**53, "number"),
        ({1: "one"}, "key"),
        ({"set": {1}}, "type"),
        ("\ud800", "text"),
        ({"\ud800": 1}, "text"),
        (datetime(2026, 1, 1), "time"),  # noqa: DTZ001 - it is refused for having no zone
    ],
)
def test_what_json_cannot_hold_is_refused_with_a_sentence(value, code):
    with pytest.raises(RefusedError, match=r"\.$|: ") as refusal:
        chain.canonical({"value": value})
    assert refusal.value.code == code


def test_what_is_nested_too_deep_is_refused():
    value = []
    for _ in range(60):
        value = [value]
    with pytest.raises(RefusedError, match="nested more than 50 deep"):
        chain.canonical(value)


def test_an_unknown_format_is_refused():
    with pytest.raises(RefusedError, match="Format 2 is unknown here"):
        chain.hash_of(replace(CHAIN[0], format=2))


def test_times_are_written_in_utc():
    assert chain.instant(datetime(2026, 11, 21, 9, 30, tzinfo=UTC)) == AT


@pytest.mark.parametrize(
    "pair", [("Body", "1"), ("", "1"), ("body", ""), ("body", "a b"), ("body",), ("body", 1), ("body", "\n")]
)
def test_what_is_no_name_is_refused(pair):
    with pytest.raises(RefusedError, match="is no name: give a pair"):
        checked_name(pair, "subject")


@pytest.mark.parametrize("pair", [("b" * 31, "1"), ("body", "1" * 121)])
def test_a_name_too_long_is_refused(pair):
    with pytest.raises(RefusedError, match="too long"):
        checked_name(pair, "subject")


def test_a_plain_pair_is_a_name():
    assert checked_name(("body", "1"), "subject") == Name("body", "1")
