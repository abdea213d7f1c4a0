"""What the record says about a subject or in a stream, and its head."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from inspectorate.record.chain import GENESIS, Digest, Point
from inspectorate.record.heads import HEAD_FORMAT, Head
from inspectorate.record.models import Entry, Seal, Stream
from inspectorate.record.names import Name, RefusedError

ERASE = "erase payload"  # the verb of the entry that says that another's payload was erased


def entries_of(subject: tuple[str, str]) -> QuerySet[Entry]:
    """Return the entries about ``subject`` in any stream, oldest first, with their payloads where not erased."""
    kind, public_id = subject
    about = Entry.objects.filter(subject_kind=kind, subject_id=public_id)
    return about.select_related("stream", "payload").order_by("id")


def entries_in(stream: tuple[str, str]) -> QuerySet[Entry]:
    """Return the entries in ``stream``, oldest first, with their payloads where not erased."""
    kind, public_id = stream
    inside = Entry.objects.filter(stream__kind=kind, stream__public_id=public_id)
    return inside.select_related("stream", "payload").order_by("sequence")


def name_of(entry: Entry) -> Name:
    """Return the name by which the record speaks of one of its own entries: ``("entry", "body/9f…/12")``."""
    return Name("entry", f"{entry.stream.name}/{entry.sequence}")


def last_seal() -> Point:
    """Return the number and hash of the last seal, or the beginning."""
    row = Seal.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return Point(*row) if row else Point()


def unsealed_streams() -> QuerySet[Stream]:
    """Return the streams that have entries after their last seal, in the order of their making."""
    points = Seal.objects.filter(stream_kind=OuterRef("kind"), stream_public_id=OuterRef("public_id"))
    sealed = Subquery(points.order_by("-up_to").values("up_to")[:1])
    return Stream.objects.annotate(sealed=Coalesce(sealed, 0)).filter(count__gt=F("sealed")).order_by("pk")


def head_at(seals: int, *, at: str) -> Head:
    """Return the head as it was when the master chain had ``seals`` links; ``at`` is copied into it.

    Raises RefusedError when there are not so many.
    """
    until = Seal.objects.filter(sequence__lte=seals)
    last = until.order_by("-sequence").values_list("sequence", "hash").first() or Point()
    if last[0] != seals:
        raise RefusedError("seals", f"There are {last[0]} seals, not {seals}: ask for a head that was made.")
    later = until.filter(
        stream_kind=OuterRef("stream_kind"),
        stream_public_id=OuterRef("stream_public_id"),
        up_to__gt=OuterRef("up_to"),
    )
    digest = Digest()
    final = until.filter(~Exists(later)).order_by("sequence")
    for kind, public_id, up_to, stream_hash in final.values_list(
        "stream_kind", "stream_public_id", "up_to", "stream_hash"
    ).iterator():
        digest.add(Name(kind, public_id), up_to, stream_hash)
    return Head(
        format=HEAD_FORMAT,
        at=at,
        entries=digest.entries,
        streams=digest.streams,
        seals=seals,
        head=last[1] if seals else GENESIS,
        digest=digest.hexdigest(),
    )
