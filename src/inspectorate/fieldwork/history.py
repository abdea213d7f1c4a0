"""Who wrote what in an assessment, and when: the entries of the journal with the people that the record names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.shown import PARTS, Card, Plain, said
from inspectorate.people.models import User
from inspectorate.record.models import Entry as Line


def writers_of(assessment: Assessment) -> dict[str, str]:
    """Return the name of whoever sent each entry, by its id, as the record has it."""
    lines = Line.objects.filter(
        verb="entries.received", subject_kind="assessment", subject_id=assessment.public_id
    ).select_related("payload")
    sent = [(line.actor_id, line.particulars) for line in lines]
    people = {user.public_id: user.full_name for user in User.objects.filter(public_id__in={who for who, _ in sent})}
    return {entry: people.get(who, "the system") for who, told in sent if told is not None for entry in told["entries"]}


def name_sides(cards: Iterable[Card], assessment: Assessment) -> None:
    """Say who wrote the entries that stand side by side, where any do."""
    doubtful = [side for card in cards for sides in card.doubts.values() for side in sides]
    if doubtful:
        names = writers_of(assessment)
        for side in doubtful:
            side.by = names.get(side.id, "")


@dataclass(frozen=True)
class Change:
    """One entry of the journal in words."""

    question: str
    part: str
    says: str
    by: str
    entry: Entry


def changes_of(assessment: Assessment, plains: Sequence[Plain]) -> list[Change]:
    """Return every entry of an assessment in the order in which it came, in words; three queries."""
    names, by_code = writers_of(assessment), {plain.question.code: plain for plain in plains}
    return [
        Change(
            entry.question,
            PARTS[entry.part],
            said(by_code[entry.question], entry) if entry.question in by_code else entry.value or entry.text,
            names.get(entry.public_id, ""),
            entry,
        )
        for entry in assessment.entries.order_by("sequence")
    ]


@dataclass(frozen=True)
class Returned:
    """Why an assessment was returned, as the record has it."""

    reason: str
    question: str
    guidance: str
    by: str
    at: datetime


def last_return(assessment: Assessment) -> Returned | None:
    """Return why an assessment was last returned; two queries."""
    lines = Line.objects.filter(verb="assessment.return", subject_kind="assessment", subject_id=assessment.public_id)
    line = lines.select_related("payload").order_by("sequence").last()
    if line is None:
        return None
    told, by = line.particulars or {}, User.objects.filter(public_id=line.actor_id).first()
    name = by.full_name if by else "the system"
    return Returned(line.why or "", told.get("question", ""), told.get("guidance", ""), name, line.at)
