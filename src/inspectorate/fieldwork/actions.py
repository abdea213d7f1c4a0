"""Beginning an assessment, and storing what a device sends of its journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q

from inspectorate.fieldwork.journal import NewEntry, Receipt, RefusedEntry, fault_in, hash_of
from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.models import Module
from inspectorate.record.actions import append
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import checked_name
from inspectorate.sampling.models import Case

MOST_IN_A_BATCH = 500
Links = tuple[str | None, str | None]
"""The ids of the entries that one supersedes and decides."""


@dataclass(frozen=True)
class Delivery:
    """What became of a batch: a receipt for each entry that the server holds, and the entries it refused, by name."""

    receipts: tuple[Receipt, ...]
    refused: tuple[RefusedEntry, ...]


@transaction.atomic
def begin_assessment(
    *, case: Case, assessor: tuple[str, str], by: tuple[str, str], purpose: str = "live", module: str = "main"
) -> Assessment:
    """Begin a person's assessment of a case, in the edition that the inspection pins for the module.

    Refused: an unknown purpose or module; a second assessment by the same person for the same purpose.
    """
    inspection = case.case_list.inspection
    pinned = Module.objects.filter(inspection=inspection, code=module).first()
    if pinned is None:
        raise RefusedError(Refusal.MODULE_UNKNOWN, f"{inspection} has no module '{module}': choose one that it has.")
    if purpose not in Assessment.Purpose.values:
        known = ", ".join(Assessment.Purpose.values)
        raise RefusedError(Refusal.PURPOSE_UNKNOWN, f"'{purpose}' is no purpose of an assessment: choose {known}.")
    person = checked_name(assessor, "assessor")
    assessment, new = Assessment.objects.get_or_create(
        case=case,
        assessor_kind=person.kind,
        assessor_id=person.id,
        purpose=purpose,
        defaults={
            "edition": pinned.edition,
            "edition_digest": pinned.edition_digest,
            "begun_at": datetime.now(UTC),
        },
    )
    if not new:
        raise RefusedError(Refusal.ALREADY_BEGUN, f"There is a {assessment} by this person already: go on with it.")
    append(
        stream=("inspection", inspection.public_id),
        by=by,
        verb="assessment.begun",
        subject=("assessment", assessment.public_id),
        payload={
            "case": case.public_id,
            "assessor": list(person),
            "purpose": purpose,
            "edition": pinned.edition,
            "digest": pinned.edition_digest,
        },
    )
    return assessment


@transaction.atomic
def append_entries(*, assessment: Assessment, entries: Sequence[NewEntry], by: tuple[str, str]) -> Delivery:
    """Store a batch of entries of one assessment, each once by its id, in one statement.

    An identical resend is accepted and gives the same receipt. An entry is refused by name, and stops no other, where
    it is malformed, its id stands with other content, its device has used its counter, or it closes a circle of
    entries that supersede each other. Nothing is stored, and RefusedError raised, where the batch is too large.
    The record has one entry for what was new; a resend leaves none.
    """
    if len(entries) > MOST_IN_A_BATCH:
        sentence = f"A batch has at most {MOST_IN_A_BATCH} entries: send the {len(entries)} in several."
        raise RefusedError(Refusal.BATCH_TOO_LARGE, sentence)
    fit, refused = _looked_over(entries, assessment)
    batch = new_public_id()
    rows = [_row(entry, assessment, batch, hashed) for entry, hashed in fit.values()]
    # Always in the order of the ids: two deliveries of the same entries then wait for each other in one direction.
    Entry.objects.bulk_create(sorted(rows, key=lambda row: row.public_id), ignore_conflicts=True)
    stored = {row.public_id: row for row in Entry.objects.filter(public_id__in=list(fit))}
    receipts = []
    for id_, (entry, hashed) in fit.items():
        held = stored.get(id_)
        if held is None:
            refused.append(_counter_taken(entry))
        elif held.hash != hashed:
            refused.append(_other_content(id_))
        else:
            receipts.append(Receipt(id_, held.sequence, held.hash))
    _note(assessment, batch, [row for row in stored.values() if row.batch == batch], by)
    return Delivery(tuple(receipts), tuple(refused))


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


def _note(assessment: Assessment, batch: str, new: Sequence[Entry], by: tuple[str, str]) -> None:
    """Record what was new, by id and hash; the answers themselves stay in the journal."""
    if not new:
        return
    append(
        stream=("inspection", assessment.case.case_list.inspection.public_id),
        by=by,
        verb="entries.received",
        subject=("assessment", assessment.public_id),
        payload={"batch": batch, "entries": {row.public_id: row.hash for row in new}},
    )
