"""Whether the record holds: every row read again, in bounded memory, while writing goes on.

Rows are read in chunks, each a short statement of its own, so that no lock or transaction is held for long. That is
sound because the log only grows: a seal is read before the end of the stream that it speaks of, an end before the
entries up to it, and whatever was appended meanwhile is verified next time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DataError, OperationalError
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from inspectorate.record import chain
from inspectorate.record.faults import MASTER, Fault, Verdict
from inspectorate.record.heads import Head
from inspectorate.record.models import Entry, Payload, Seal, Stream
from inspectorate.record.names import Name
from inspectorate.record.queries.reading import ERASE, head_at

CHUNK = 5000  # rows a statement
STREAMS = 500  # streams a statement


@dataclass(slots=True)
class _Tally:
    entries: int = 0
    streams: int = 0
    seals: int = 0


def verify(head: Head | None = None) -> Verdict:
    """Read the whole record again and return the verdict, with the first fault by stream and number.

    Without ``head`` it finds whatever does not agree within the database; with an exported head also a tail that was
    cut off, or a log that was rewritten, together with its seals.
    """
    tally = _Tally()
    first = next(_faults(tally, head), None)
    return Verdict(first is None, tally.entries, tally.streams, tally.seals, first)


def verify_stream(stream: tuple[str, str]) -> Verdict:
    """Read one stream again and return the verdict on it alone; one without an entry holds."""
    tally, name = _Tally(streams=1), Name(*stream)
    pk = Stream.objects.filter(kind=name.kind, public_id=name.id).values_list("pk", flat=True).first()
    first = next(_stream_faults(pk, name, tally), None) if pk is not None else None
    return Verdict(first is None, tally.entries, tally.streams, tally.seals, first)


def _faults(tally: _Tally, head: Head | None) -> Iterator[Fault]:
    yield from _seal_faults(tally)
    yield from _lost_stream_faults()
    for pk, kind, public_id in all_streams():
        yield from _stream_faults(pk, Name(kind, public_id), tally)
        tally.streams += 1
    yield from stray_faults()
    if head is not None:
        yield from _head_faults(head, tally)


def read(rows: QuerySet[Any, Any], size: int) -> list[Any] | None:
    """Return up to ``size`` rows, or None when a value among them cannot be read."""
    try:
        return list(rows[:size])
    except (DataError, ValueError, OverflowError):
        return None
    except OperationalError as error:
        if "decode" in str(error):  # SQLite says this of text that is not UTF-8
            return None
        raise


def _instant(raw: Any) -> str:
    """Return a time from the database as the record writes it; what is no time stays as it is, and hashes wrongly."""
    try:
        return chain.instant(raw)
    except (AttributeError, ValueError, OverflowError):
        return str(raw)


# The master chain


def _seal_faults(tally: _Tally) -> Iterator[Fault]:
    point, row_id, size = chain.Point(), 0, CHUNK
    while True:
        rows = read(seal_rows(point.sequence, row_id), size)
        if rows is None and size > 1:
            size = 1
            continue
        if rows is None:
            yield Fault(MASTER, point.sequence + 1, "unreadable")
            return
        for link in map(seal_link, rows):
            found = chain.break_after(point, link)
            if found:
                yield Fault(MASTER, found.sequence, found.code)
                return
            point = chain.Point(link.sequence, link.hash)
        tally.seals = point.sequence
        if len(rows) < size:
            return
        row_id = rows[-1][0]


def seal_rows(sequence: int, row_id: int) -> QuerySet[Any, Any]:
    """Return the seals after that one, as ``seal_link`` reads them."""
    after = Seal.objects.filter(Q(sequence__gt=sequence) | Q(pk__gt=row_id), sequence__gte=sequence)
    return after.order_by("sequence", "pk").values_list(
        "pk",
        "sequence",
        "at",
        "stream_kind",
        "stream_public_id",
        "up_to",
        "stream_hash",
        "previous",
        "hash",
        "format",
    )


def seal_link(row: tuple[Any, ...]) -> chain.SealLink:
    """Return a row of ``seal_rows`` as the link that is hashed."""
    _, sequence, at, kind, public_id, *rest = row
    return chain.SealLink(sequence, _instant(at), Name(kind, public_id), *rest)


def _lost_stream_faults() -> Iterator[Fault]:
    standing = Stream.objects.filter(kind=OuterRef("stream_kind"), public_id=OuterRef("stream_public_id"))
    lost = Seal.objects.filter(~Exists(standing)).order_by("sequence")
    for kind, public_id in lost.values_list("stream_kind", "stream_public_id")[:1]:
        yield Fault(Name(kind, public_id), 1, "stream-missing")


# The streams


def all_streams() -> Iterator[tuple[int, str, str]]:
    """Yield the key and the name of every stream."""
    last = 0
    while True:
        rows = Stream.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "kind", "public_id")[:STREAMS]
        yield from (batch := list(rows))
        if len(batch) < STREAMS:
            return
        last = batch[-1][0]


def _stream_faults(pk: int, name: Name, tally: _Tally) -> Iterator[Fault]:
    """Yield the first fault of one stream, if any."""
    seals = Seal.objects.filter(stream_kind=name.kind, stream_public_id=name.id)
    sealed = dict(seals.values_list("up_to", "stream_hash"))  # before the end below, so that no seal can outrun it
    end = chain.Point(*Stream.objects.filter(pk=pk).values_list("count", "head").get())
    if not isinstance(end.sequence, int):  # SQLite keeps any text that other hands wrote into a number
        yield Fault(name, 1, "head")
        return
    point = chain.Point()
    for found in _judged(pk, name, end.sequence, sealed):
        if isinstance(found, chain.Break):
            yield Fault(name, found.sequence, found.code)
            return
        point = found
        tally.entries += 1
    if end.sequence == 0 and point.sequence == 0:
        yield Fault(name, 1, "empty")
    elif point.sequence < max([end.sequence, *sealed]):
        yield Fault(name, point.sequence + 1, "tail")
    elif point.hash != end.hash:
        yield Fault(name, point.sequence, "head")


def _judged(pk: int, name: Name, until: int, sealed: dict[int, str]) -> Iterator[chain.Point | chain.Break]:
    """Yield the point that each entry up to number ``until`` takes the chain to; end with the first break, if any."""
    point, row_id, size = chain.Point(), 0, CHUNK
    while True:
        rows = read(entry_rows(pk, until, point.sequence, row_id), size)
        if rows is None and size > 1:
            size = 1
            continue
        if rows is None:
            yield chain.Break(point.sequence + 1, "unreadable")
            return
        entries = [entry_link(name, row) for row in rows]
        payloads = _PayloadJudge(pk, name, entries)
        for link, salt, text in entries:
            found = chain.break_after(point, link)
            if not found:
                resealed = sealed.get(link.sequence, link.hash) != link.hash
                code = "resealed" if resealed else payloads.code(link, salt, text)
                found = chain.Break(link.sequence, code) if code else None
            if found:
                yield found
                return
            point = chain.Point(link.sequence, link.hash)
            yield point
        if len(rows) < size:
            return
        row_id = rows[-1][0]


def entry_rows(pk: int, until: int, sequence: int, row_id: int) -> QuerySet[Any, Any]:
    """Return the entries of a stream after that one, as ``entry_link`` reads them."""
    span = Entry.objects.filter(stream_id=pk, sequence__gte=sequence, sequence__lte=until)
    after = span.filter(Q(sequence__gt=sequence) | Q(pk__gt=row_id)).order_by("sequence", "pk")
    return after.values_list(
        "pk",
        "payload__salt",
        "payload__text",
        "sequence",
        "at",
        "actor_kind",
        "actor_id",
        "verb",
        "subject_kind",
        "subject_id",
        "commitment",
        "previous",
        "hash",
        "format",
    )


def entry_link(stream: Name, row: tuple[Any, ...]) -> tuple[chain.EntryLink, Any, Any]:
    """Return a row of ``entry_rows`` as the link that is hashed, with its salt and text."""
    _, salt, text, sequence, at, actor_kind, actor_id, verb, subject_kind, subject_id, *rest = row
    actor, subject = Name(actor_kind, actor_id), Name(subject_kind, subject_id)
    return chain.EntryLink(stream, sequence, _instant(at), actor, verb, subject, *rest), salt, text


class _PayloadJudge:
    """Judges the payloads of one chunk; asks the database only where some are gone or were erased."""

    def __init__(self, pk: int, name: Name, entries: list[tuple[chain.EntryLink, Any, Any]]) -> None:
        gone = [f"{name}/{link.sequence}" for link, salt, _ in entries if salt is None]
        erasing = [link.subject.id for link, _, _ in entries if link.verb == ERASE]
        self._erased: set[str] = set()
        self._returned: set[str] = set()
        if gone:
            said = Entry.objects.filter(stream_id=pk, verb=ERASE, subject_kind="entry", subject_id__in=gone)
            self._erased.update(said.values_list("subject_id", flat=True))
        if erasing:
            numbers = [int(last) for last in (each.rpartition("/")[2] for each in erasing) if last.isdecimal()]
            stand = Payload.objects.filter(entry__stream_id=pk, entry__sequence__in=numbers)
            self._returned.update(f"{name}/{number}" for number in stand.values_list("entry__sequence", flat=True))

    def code(self, link: chain.EntryLink, salt: Any, text: Any) -> str:
        """Return the code of what is wrong with the payload of ``link``, "" for nothing."""
        if link.verb == ERASE and link.subject.id in self._returned:
            return "payload-returned"
        if salt is None:
            return "" if f"{link.stream}/{link.sequence}" in self._erased else "payload-missing"
        try:
            raw = bytes.fromhex(salt)
            right = raw.hex() == salt and chain.commitment(raw, text) == link.commitment
        except (AttributeError, TypeError, ValueError):
            right = False
        return "" if right else "payload-changed"


# What hangs on nothing, and the head


def stray_faults() -> Iterator[Fault]:
    """Yield the first row of each kind that hangs on nothing."""
    beyond = Entry.objects.filter(sequence__gt=F("stream__count")).order_by("stream_id", "sequence")
    for kind, public_id, sequence in beyond.values_list("stream__kind", "stream__public_id", "sequence")[:1]:
        yield Fault(Name(kind, public_id), sequence, "beyond")
    streams = Stream.objects.filter(pk=OuterRef("stream_id"))
    for stream_id, sequence in Entry.objects.filter(~Exists(streams)).values_list("stream_id", "sequence")[:1]:
        yield Fault(Name("row", str(stream_id)), sequence, "stray")
    entries = Entry.objects.filter(pk=OuterRef("entry_id"))
    for entry_id in Payload.objects.filter(~Exists(entries)).values_list("entry_id", flat=True)[:1]:
        yield Fault(Name("row", "payload"), entry_id, "stray")


def _head_faults(head: Head, tally: _Tally) -> Iterator[Fault]:
    """Yield what an exported head shows: seals cut off, a log rewritten, or a head that was itself changed."""
    number = head["seals"]
    if tally.seals < number:
        yield Fault(MASTER, tally.seals + 1, "seals-missing")
        return
    now = head_at(number, at=head["at"])
    if now["head"] != head["head"]:
        yield Fault(MASTER, number, "rewritten")
    elif now != head:
        yield Fault(MASTER, number, "head-file")
