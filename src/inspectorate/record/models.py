"""The rows of the record: streams, entries, payloads, seals.

They are written once, by ``actions``. Only a stream's head ever changes, and only a payload ever goes.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual

from inspectorate.record.names import ID_LENGTH, KIND_LENGTH, STREAM_ID_LENGTH, Name
from inspectorate.record.once import Once, OnceQuerySet

VERB_LENGTH = 60  # characters
HASH_LENGTH = 64  # hexadecimal digits
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # a time outside these years is a slip, or an attack ("infinity")
LATEST = datetime(3000, 1, 1, tzinfo=UTC)


class Kept(Once):
    """A row of the record."""

    instead = (
        "append an entry that says what is right now, or erase a payload with inspectorate.record.actions.erase_payload"
    )

    class Meta:
        abstract = True


def _hash_field() -> "models.CharField[str, str]":
    return models.CharField(max_length=HASH_LENGTH, editable=False)


def _filled(field: str, prefix: str, longest: int) -> list[models.CheckConstraint]:
    """Return constraints: the text is neither empty nor longer than this (SQLite by itself would let it be longer)."""
    return [
        models.CheckConstraint(condition=~models.Q(**{field: ""}), name=f"record_{prefix}_{field}_filled"),
        models.CheckConstraint(
            condition=LessThanOrEqual(Length(field), longest),
            name=f"record_{prefix}_{field}_length",
        ),
    ]


def _digits(field: str, prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Exact(Length(field), HASH_LENGTH),
        name=f"record_{prefix}_{field}_length",
    )


def _positive(field: str, prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(**{f"{field}__gte": 1}), name=f"record_{prefix}_{field}_positive")


def _likely_time(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(at__gte=EARLIEST, at__lt=LATEST),
        name=f"record_{prefix}_at_likely",
    )


class Stream(Kept):
    """One chain: all entries about one inspection, body, edition or account.

    ``count`` and ``head`` are the number and hash of its last entry, kept here so that appending reads one row;
    verifying compares them.
    """

    kind = models.CharField(max_length=KIND_LENGTH)
    public_id = models.CharField(max_length=STREAM_ID_LENGTH)
    count = models.BigIntegerField(default=0)
    head = _hash_field()

    objects = OnceQuerySet["Stream"].as_manager()  # type: ignore[misc]  # its own rows

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "public_id"], name="record_stream_once"),
            *_filled("kind", "stream", KIND_LENGTH),
            *_filled("public_id", "stream", STREAM_ID_LENGTH),
            models.CheckConstraint(condition=models.Q(count__gte=0), name="record_stream_count_not_negative"),
            _digits("head", "stream"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.public_id}"

    @property
    def name(self) -> Name:
        """The stream as a Name."""
        return Name(self.kind, self.public_id)


class Entry(Kept):
    """One line of the record: who (actor) did what (verb) to what (subject) and when.

    Why, and the particulars, stand in the payload, to which ``commitment`` binds the entry even after it is erased.
    """

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="entries", db_index=False)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=KIND_LENGTH)
    actor_id = models.CharField(max_length=ID_LENGTH)
    verb = models.CharField(max_length=VERB_LENGTH)
    subject_kind = models.CharField(max_length=KIND_LENGTH)
    subject_id = models.CharField(max_length=ID_LENGTH)
    commitment = _hash_field()
    previous = _hash_field()
    hash = _hash_field()
    format = models.PositiveSmallIntegerField()

    objects = OnceQuerySet["Entry"].as_manager()  # type: ignore[misc]  # its own rows

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="record_entry_by_subject")]
        constraints = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="record_entry_once"),
            _positive("sequence", "entry"),
            _positive("format", "entry"),
            _likely_time("entry"),
            *_filled("verb", "entry", VERB_LENGTH),
            *_filled("actor_kind", "entry", KIND_LENGTH),
            *_filled("actor_id", "entry", ID_LENGTH),
            *_filled("subject_kind", "entry", KIND_LENGTH),
            *_filled("subject_id", "entry", ID_LENGTH),
            _digits("commitment", "entry"),
            _digits("previous", "entry"),
            _digits("hash", "entry"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}/{self.sequence}"

    @property
    def actor(self) -> Name:
        """Who did it."""
        return Name(self.actor_kind, self.actor_id)

    @property
    def subject(self) -> Name:
        """What it was done to."""
        return Name(self.subject_kind, self.subject_id)

    @property
    def erased(self) -> bool:
        """Whether the payload is gone; a later entry of the stream says who erased it and why."""
        return not hasattr(self, "payload")

    @property
    def why(self) -> str:
        """The reason given, or the empty text once erased."""
        return "" if self.erased else str(self.payload.committed["why"])

    @property
    def particulars(self) -> dict[str, Any] | None:
        """What was recorded beside the reason, or None once erased."""
        return None if self.erased else dict(self.payload.committed["payload"])


class PayloadQuerySet(OnceQuerySet["Payload"]):
    """Payloads; they alone can go."""

    def erase(self) -> int:
        """Delete these rows; ``actions.erase_payload`` alone calls it, with the entry that says so."""
        return models.QuerySet.delete(self)[0]


class Payload(Kept):
    """What an entry's commitment is made to: ``text`` is canonical JSON of the particulars and the reason.

    ``salt`` is 32 random bytes as hexadecimal digits; once it is erased with the text, nobody can try guesses against
    the commitment.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = _hash_field()
    text = models.TextField()

    objects = PayloadQuerySet.as_manager()  # type: ignore[misc]  # its own rows

    class Meta:
        constraints = [
            _digits("salt", "payload"),
            models.CheckConstraint(condition=~models.Q(text=""), name="record_payload_text_filled"),
        ]

    def __str__(self) -> str:
        return f"payload of {self.entry}"

    @property
    def committed(self) -> dict[str, Any]:
        """The text read: ``{"payload": {…}, "why": "…"}``."""
        value: dict[str, Any] = json.loads(self.text)
        return value


class Seal(Kept):
    """One link of the master chain: at that time the stream had ``up_to`` entries, the last with ``stream_hash``.

    It names its stream in words, so that it still speaks when the stream has been deleted.
    """

    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    stream_kind = models.CharField(max_length=KIND_LENGTH)
    stream_public_id = models.CharField(max_length=STREAM_ID_LENGTH)
    up_to = models.PositiveBigIntegerField()
    stream_hash = _hash_field()
    previous = _hash_field()
    hash = _hash_field()
    format = models.PositiveSmallIntegerField()

    objects = OnceQuerySet["Seal"].as_manager()  # type: ignore[misc]  # its own rows

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sequence"], name="record_seal_once"),
            models.UniqueConstraint(fields=["stream_kind", "stream_public_id", "up_to"], name="record_seal_point_once"),
            _positive("sequence", "seal"),
            _positive("up_to", "seal"),
            _positive("format", "seal"),
            _likely_time("seal"),
            *_filled("stream_kind", "seal", KIND_LENGTH),
            *_filled("stream_public_id", "seal", STREAM_ID_LENGTH),
            _digits("stream_hash", "seal"),
            _digits("previous", "seal"),
            _digits("hash", "seal"),
        ]

    def __str__(self) -> str:
        return f"seal {self.sequence}"
