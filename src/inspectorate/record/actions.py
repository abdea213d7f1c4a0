"""Every writing to the record: append an entry, erase a payload, seal the streams, hand out the head."""

import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction

from inspectorate.record import chain, queries
from inspectorate.record.heads import Head
from inspectorate.record.models import VERB_LENGTH, Entry, Payload, Seal, Stream
from inspectorate.record.names import STREAM_ID_LENGTH, Name, RefusedError, checked_name
from inspectorate.record.prepared import Insert, Question, prepared_cursor

SEALING = 0x5EA1  # the advisory lock that one sealing at a time holds on PostgreSQL
THE_STREAM = Question(lambda **name: Stream.objects.select_for_update().filter(**name))
INTO_STREAM = Insert(Entry)
ALL_AT_ONCE = (
    "WITH entry AS ({} RETURNING id), payload AS (INSERT INTO record_payload (entry_id, salt, text)"
    " SELECT id, %s, %s FROM entry), stream AS (UPDATE record_stream SET count = %s, head = %s WHERE id = %s)"
    " SELECT id FROM entry"
)


def append(  # noqa: PLR0913 - who, what, to what, when and why are that many words
    *,
    stream: tuple[str, str],
    by: tuple[str, str],
    verb: str,
    subject: tuple[str, str],
    payload: Mapping[str, Any],
    why: str = "",
    at: datetime | None = None,
) -> Entry:
    """Append one entry to ``stream`` inside the caller's transaction, and return it.

    ``payload`` and ``why`` can be erased later; stream, actor, verb and subject cannot, so they must hold nothing
    personal beyond a public id. ``at`` is aware and defaults to now. Call it last: from here until the commit, other
    writers to the same stream wait, and no others do. Who appends to two streams in one transaction takes them in the
    order of their names, or PostgreSQL may end one of two such transactions as a deadlock.
    Raises RefusedError outside a transaction, for whatever the record cannot hold, and where it cannot be written: with
    the transaction goes the fact that it was to speak of.
    """
    if verb == queries.ERASE:
        raise RefusedError("verb", f"Only erase_payload may record {verb!r}: call it instead.")
    name, text = checked_name(stream, "stream", longest_id=STREAM_ID_LENGTH), _text(payload, why)
    try:
        return _append(name, by, verb, subject, text, at)
    except OperationalError:  # the disk is full or the database busy: what is said of that is said in one place
        raise
    except DatabaseError as error:
        sentence = (
            "The record cannot be written now, so nothing was done. Try again later, and tell who runs this system."
        )
        raise RefusedError("unwritable", sentence) from error


def _text(payload: Mapping[str, Any], why: str) -> str:
    if not isinstance(payload, Mapping) or not isinstance(why, str):
        raise RefusedError("payload", "A payload is a mapping and a reason is text: give {} and '' for none.")
    return chain.committed_text(payload, why)


def _append(
    name: Name,
    by: tuple[str, str],
    verb: str,
    subject: tuple[str, str],
    text: str,
    at: datetime | None,
) -> Entry:
    _refuse_outside_transaction()
    actor, about = checked_name(by, "actor"), checked_name(subject, "subject")
    _refuse_verb(verb)
    salt = secrets.token_bytes(chain.SALT_BYTES)
    stream = _locked(name)
    link = chain.EntryLink(
        stream=name,
        sequence=stream.count + 1,
        at=chain.instant(at or datetime.now(UTC)),
        actor=actor,
        verb=verb,
        subject=about,
        commitment=chain.commitment(salt, text),
        previous=stream.head,
    )
    entry = _row_of(link, stream)
    _write(entry, salt.hex(), text)
    return entry


def _write(entry: Entry, salt: str, text: str) -> None:
    """Insert an entry with its payload and move the head of its stream: on PostgreSQL there and back but once."""
    head = (entry.sequence, entry.hash, entry.stream_id)
    with prepared_cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ALL_AT_ONCE.format(INTO_STREAM.sql()), [*INTO_STREAM.values(entry), salt, text, *head])
            entry.pk = cursor.fetchone()[0]
        else:
            cursor.execute(f"{INTO_STREAM.sql()} RETURNING id", INTO_STREAM.values(entry))
            entry.pk = cursor.fetchone()[0]
            cursor.execute(
                "INSERT INTO record_payload (entry_id, salt, text) VALUES (%s, %s, %s)", [entry.pk, salt, text]
            )
            cursor.execute("UPDATE record_stream SET count = %s, head = %s WHERE id = %s", head)
    entry._state.adding = False  # noqa: SLF001 - it stands now, as after ``save``
    entry._state.db = connection.alias  # noqa: SLF001 - the same


def _refuse_outside_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RefusedError(
            "no-transaction",
            "An entry is written in the transaction of the fact it speaks of: call this inside transaction.atomic().",
        )


def _refuse_verb(verb: str) -> None:
    if not isinstance(verb, str) or not verb.strip() or not verb.isprintable() or len(verb) > VERB_LENGTH:
        raise RefusedError(
            "verb", f"The verb {verb!r} must be 1 to {VERB_LENGTH} printable characters, such as 'accept'."
        )


def _locked(name: Name) -> Stream:
    """Return the stream, made if it is new, locked until the transaction ends (SQLite locks whole transactions)."""
    found = THE_STREAM.objects(kind=name.kind, public_id=name.id)
    if not found:
        Stream.objects.bulk_create(
            [Stream(kind=name.kind, public_id=name.id, head=chain.GENESIS)],
            ignore_conflicts=True,
        )
        found = THE_STREAM.objects(kind=name.kind, public_id=name.id)
    return found[0]


def _row_of(link: chain.EntryLink, stream: Stream) -> Entry:
    return Entry(
        stream=stream,
        sequence=link.sequence,
        at=datetime.fromisoformat(link.at),
        actor_kind=link.actor.kind,
        actor_id=link.actor.id,
        verb=link.verb,
        subject_kind=link.subject.kind,
        subject_id=link.subject.id,
        commitment=link.commitment,
        previous=link.previous,
        hash=chain.hash_of(link),
        format=link.format,
    )


def erase_payload(*, entry: Entry, by: tuple[str, str], why: str) -> Entry:
    """Erase the payload and salt of ``entry`` for good, and return the entry that says who did it and why.

    What stays is that ``entry.actor`` did ``entry.verb`` to ``entry.subject`` at that time, and a commitment that
    nobody can test a guess against. Raises RefusedError without a reason, outside a transaction, or when it is erased
    already.
    """
    if not why.strip():
        raise RefusedError("why", "Erasing needs a reason: give why, such as the request it answers.")
    erasure = _append(entry.stream.name, by, queries.ERASE, queries.name_of(entry), _text({}, why), None)
    if not Payload.objects.filter(entry_id=entry.pk).erase():
        raise RefusedError("erased", f"The payload of {entry} is erased already: nothing is left to erase.")
    entry._state.fields_cache.pop("payload", None)  # noqa: SLF001 - the instance must not go on showing what is gone
    return erasure


def erase_words(*, stream: tuple[str, str], but: Collection[str], by: tuple[str, str], why: str) -> int:
    """Erase every payload of a stream, but for entries of these verbs without a reason; return how many.

    For what is due to be erased: ``but`` names the verbs whose payload holds ids, hashes and counts alone.
    """
    rows = Entry.objects.filter(stream__kind=stream[0], stream__public_id=stream[1], payload__isnull=False)
    found = list(rows.exclude(verb=queries.ERASE).select_related("stream", "payload").order_by("sequence"))
    words = [entry for entry in found if entry.verb not in but or entry.why]
    for entry in words:
        erase_payload(entry=entry, by=by, why=why)
    return len(words)


def seal(*, at: datetime | None = None) -> int:
    """Seal every stream that has unsealed entries into the master chain; return how many seals were made.

    Reads the heads as committed and locks no stream: saving goes on meanwhile. Two sealings follow one another.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
        point = queries.last_seal()
        time = chain.instant(at or datetime.now(UTC))
        rows = []
        for stream in queries.unsealed_streams():
            link = chain.SealLink(
                sequence=point.sequence + 1,
                at=time,
                stream=stream.name,
                up_to=stream.count,
                stream_hash=stream.head,
                previous=point.hash,
            )
            point = chain.Point(link.sequence, chain.hash_of(link))
            rows.append(_seal_row(link, point.hash))
        Seal.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _seal_row(link: chain.SealLink, own_hash: str) -> Seal:
    return Seal(
        sequence=link.sequence,
        at=datetime.fromisoformat(link.at),
        stream_kind=link.stream.kind,
        stream_public_id=link.stream.id,
        up_to=link.up_to,
        stream_hash=link.stream_hash,
        previous=link.previous,
        hash=own_hash,
        format=link.format,
    )


def export_head(*, at: datetime | None = None) -> Head:
    """Return the head of what is sealed, to be kept outside this system; call ``seal`` first.

    It belongs to nobody's transaction and changes nothing. ``at`` is when it was made, by default now.
    """
    return queries.head_at(queries.last_seal().sequence, at=chain.instant(at or datetime.now(UTC)))
