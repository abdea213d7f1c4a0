"""Storing what a device sends of its journal, each entry once, for whoever may write in the assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from inspectorate.fieldwork.asking import require_on
from inspectorate.fieldwork.journal import NewEntry, Receipt, RefusedEntry, fault_in, hash_of
from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.queries import WRITABLE, live_allocations, not_replaced
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.models import TeamMember
from inspectorate.people.access import SYSTEM, Person, person_of
from inspectorate.record.actions import append
from inspectorate.record.ids import new_public_id
from inspectorate.sampling.models import Replacement

MOST_IN_A_BATCH = 500
Links = tuple[str | None, str | None]
"""The ids of the entries that one supersedes and decides."""


@dataclass(frozen=True)
class Delivery:
    """What became of a batch: a receipt for each entry that the server holds, and the entries it refused, by name.

    ``conflicts`` names the (question, part) of entries of this batch that stand beside another one.
    """

    receipts: tuple[Receipt, ...]
    refused: tuple[RefusedEntry, ...]
    conflicts: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def append_entries(*, assessment: Assessment, entries: Sequence[NewEntry], by: tuple[str, str] | Person) -> Delivery:
    """Store a batch of entries of one assessment, each once by its id, in one statement.

    An identical resend is accepted and gives the same receipt. An entry is refused by name, and stops no other, where
    it is malformed, its id stands with other content, its device has used its counter, it closes a circle of entries
    that supersede each other, or it is new and the assessment may not be written in any more. Nothing is stored, and
    RefusedError raised, where the batch is too large or the case is not theirs to assess.
    The record has one entry for what was new; a resend leaves none.
    """
    if len(entries) > MOST_IN_A_BATCH:
        sentence = f"A batch has at most {MOST_IN_A_BATCH} entries: send the {len(entries)} in several."
        raise RefusedError(Refusal.BATCH_TOO_LARGE, sentence)
    person = by if isinstance(by, Person) else person_of(by)
    held = _held_for(assessment, person)
    closed = _why_closed(held, person)
    fit, refused = _looked_over(entries, held)
    batch = new_public_id()
    if not closed:
        rows = [_row(entry, held, batch, hashed) for entry, hashed in fit.values()]
        # Always in the order of the ids: two deliveries of the same entries then wait for each other in one direction.
        Entry.objects.bulk_create(sorted(rows, key=lambda row: row.public_id), ignore_conflicts=True)
    stored = {row.public_id: row for row in _stored(list(fit))}
    receipts = []
    for id_, (entry, hashed) in fit.items():
        row = stored.get(id_)
        if row is None:
            refused.append(RefusedEntry(id_, Refusal.ASSESSMENT_CLOSED, closed) if closed else _counter_taken(entry))
        elif row.hash != hashed:
            refused.append(_other_content(id_))
        else:
            receipts.append(Receipt(id_, row.sequence, row.hash))
    beside = dict.fromkeys((row.question, row.part) for row in stored.values() if row.beside)
    _note(held, batch, [row for row in stored.values() if row.batch == batch], person)
    return Delivery(tuple(receipts), tuple(refused), tuple(sorted(beside)))


def _held_for(assessment: Assessment, person: Person) -> Assessment:
    """Return the assessment, locked, with its case and what ties the person to both, in one query; or refuse."""
    own = live_allocations().filter(case=OuterRef("case"), assessor=person.user)
    team = TeamMember.objects.filter(
        inspection=OuterRef("case__case_list__inspection"), user=person.user, left_at__isnull=True
    )
    rows = Assessment.objects.select_for_update(of=("self",)).select_related(
        "case__case_list__inspection", "case__holder", "case__home", "case__host"
    )
    if person.user is not None:
        role = Coalesce(Subquery(team.values("role")[:1]), Value(""), output_field=CharField())
        rows = rows.annotate(own=Exists(own), team_role=role)
    replaced = Replacement.objects.filter(outgoing__case=OuterRef("case"))
    rows = rows.annotate(replaced=Exists(replaced))
    held = rows.get(pk=assessment.pk)
    held.case.own = getattr(held, "own", False)  # type: ignore[attr-defined]
    held.case.case_list.inspection.team_role = getattr(held, "team_role", "")  # type: ignore[attr-defined]
    require_on(case=held.case, action="assessment.write", by=person)
    return held


def _why_closed(held: Assessment, person: Person) -> str:
    """Say why nothing new may be written in an assessment; nothing where it may."""
    if held.state not in WRITABLE:
        return "This assessment was handed in or set aside, and nothing more is written in it: copy what you wrote."
    if getattr(held, "replaced", False):
        return "This case left the sample, and nothing more is written in its assessment: copy what you wrote."
    if held.case.case_list.inspection.state != "fieldwork":
        return "This inspection is not in fieldwork now, and nothing more is written in it: copy what you wrote."
    if held.assessor != person.name and person.role != SYSTEM:
        return "This assessment is somebody else's now, and nothing more is written in it by you: copy what you wrote."
    return ""


def _stored(ids: Sequence[str]) -> "QuerySet[Entry]":
    """Return the entries that the server holds under these ids, each with ``beside``: another stands beside it."""
    mine, others = not_replaced(), not_replaced()
    rivals = Entry.objects.filter(
        *others, assessment=OuterRef("assessment"), question=OuterRef("question"), part=OuterRef("part")
    ).exclude(pk=OuterRef("pk"))
    return Entry.objects.filter(public_id__in=ids).annotate(beside=Q(Exists(rivals)) & mine[0] & mine[1])


def _looked_over(
    entries: Sequence[NewEntry], assessment: Assessment
) -> tuple[dict[str, tuple[NewEntry, str]], list[RefusedEntry]]:
    """Return the entries that may be stored, by id with their hash, and those that may not."""
    fit: dict[str, tuple[NewEntry, str]] = {}
    refused = []
    for entry in entries:
        fault = fault_in(entry)
        if fault:
            refused.append(fault)
            continue
        hashed = hash_of(entry, assessment.public_id)
        if fit.setdefault(entry.id, (entry, hashed))[1] != hashed:
            refused.append(_other_content(entry.id))
    sent = {id_: (entry.supersedes, entry.decides) for id_, (entry, _) in fit.items()}
    for id_ in _circling(sent, assessment):
        del fit[id_]
        sentence = f"Entry {id_} closes a circle of entries that supersede each other: make it again without that."
        refused.append(RefusedEntry(id_, Refusal.CIRCLE, sentence))
    return fit, refused


def _circling(sent: Mapping[str, Links], assessment: Assessment) -> list[str]:
    """Return the ids from which superseding leads back to themselves."""
    links = dict(sent)
    after = Q(supersedes__in=list(sent)) | Q(decides__in=list(sent))
    if Entry.objects.filter(after).exists():  # something came after an entry that supersedes it
        held = Entry.objects.filter(assessment=assessment, supersedes__isnull=False)
        links = {
            id_: (one, other) for id_, one, other in held.values_list("public_id", "supersedes", "decides")
        } | links
    return [id_ for id_ in sent if _leads_back(id_, links)]


def _leads_back(start: str, links: Mapping[str, Links]) -> bool:
    seen: set[str | None] = {None}
    ahead = list(links[start])
    while ahead:
        at = ahead.pop()
        if at == start:
            return True
        if at is not None and at not in seen:
            seen.add(at)
            ahead += links.get(at, ())
    return False


def _row(entry: NewEntry, assessment: Assessment, batch: str, hashed: str) -> Entry:
    return Entry(
        public_id=entry.id,
        assessment=assessment,
        device=entry.device,
        counter=entry.counter,
        question=entry.question,
        part=entry.part,
        value=entry.value,
        text=entry.text,
        supersedes=entry.supersedes,
        decides=entry.decides,
        device_time=entry.device_time,
        received_at=datetime.now(UTC),
        batch=batch,
        hash=hashed,
    )


def _other_content(id_: str) -> RefusedEntry:
    sentence = f"Entry {id_} is held with other content: what is held stays. Send the change as a new entry."
    return RefusedEntry(id_, Refusal.OTHER_CONTENT, sentence)


def _counter_taken(entry: NewEntry) -> RefusedEntry:
    sentence = f"Device {entry.device} has sent another entry numbered {entry.counter}: give this one the next number."
    return RefusedEntry(entry.id, Refusal.COUNTER_TAKEN, sentence)


def _note(assessment: Assessment, batch: str, new: Sequence[Entry], person: Person) -> None:
    """Record what was new, by id and hash; the answers themselves stay in the journal."""
    if not new:
        return
    append(
        stream=assessment.case.case_list.inspection.name,
        by=person.name,
        verb="entries.received",
        subject=assessment.name,
        payload={"batch": batch, "entries": {row.public_id: row.hash for row in new}},
    )
