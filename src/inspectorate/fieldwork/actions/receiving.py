"""Storing what a device sends of its journal, each entry once, for whoever may write in the assessment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from inspectorate.fieldwork.asking import require_on
from inspectorate.fieldwork.journal import NewEntry, Receipt, RefusedEntry, fault_in, hash_of
from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.queries import WRITABLE, live_allocations, not_replaced, relations_to_case, seen_by
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.models import TeamMember
from inspectorate.inspections.queries import relations, visible_to
from inspectorate.people.access import RULES, SYSTEM, Person, person_of, require
from inspectorate.people.models import User
from inspectorate.record.actions import append
from inspectorate.record.ids import new_public_id
from inspectorate.record.prepared import Insert, Question
from inspectorate.sampling.models import Case, Replacement
from inspectorate.sampling.queries import came_into_sample

MOST_IN_A_BATCH = 500
FEW = 10
"""Up to so many entries at once the questions about them are kept, one for each number of them."""
WRITERS = frozenset(role for role, _ in RULES["assessment.write"].allowed)
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


@dataclass(frozen=True)
class Door:
    """The address to which a device sends: inspection, case and assessment by their public ids."""

    inspection: str
    case: str
    assessment: str


@transaction.atomic
def append_entries_at(*, door: Door, entries: Sequence[NewEntry], by: Person) -> Delivery | None:
    """Store a batch as ``append_entries`` does, where an address leads there straight for this person.

    The assessment, the case and the inspection are then found, seen to be theirs and locked in one question. None where
    it does not lead there straight, also for whoever has a tie to anything: why not, and whether they may all the
    same, the longer way finds out, page by page.
    """
    _refuse_too_many(entries)
    held = _held_behind(door, by)
    return None if held is None else _append(held, entries, by)


@transaction.atomic
def append_entries(*, assessment: Assessment, entries: Sequence[NewEntry], by: tuple[str, str] | Person) -> Delivery:
    """Store a batch of entries of one assessment, each once by its id, in one statement.

    An identical resend is accepted and gives the same receipt. An entry is refused by name, and stops no other, where
    it is malformed, its id stands with other content, its device has used its counter, it closes a circle of entries
    that supersede each other, or it is new and the assessment may not be written in any more. Nothing is stored, and
    RefusedError raised, where the batch is too large or the case is not theirs to assess.
    The record has one entry for what was new; a resend leaves none.
    """
    _refuse_too_many(entries)
    person = by if isinstance(by, Person) else person_of(by)
    return _append(_held_for(assessment, person), entries, person)


def _refuse_too_many(entries: Sequence[NewEntry]) -> None:
    if len(entries) > MOST_IN_A_BATCH:
        sentence = f"A batch has at most {MOST_IN_A_BATCH} entries: send the {len(entries)} in several."
        raise RefusedError(Refusal.BATCH_TOO_LARGE, sentence)


def _append(held: Assessment, entries: Sequence[NewEntry], person: Person) -> Delivery:
    closed = _why_closed(held, person)
    fit, refused = _looked_over(entries, held)
    batch = new_public_id()
    if not closed:
        _insert([_row(entry, held, batch, hashed) for entry, hashed in fit.values()])
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
    rows = _with_ties(Assessment.objects.select_related("case__holder", "case__home", "case__host"), person.user)
    held = _tied(rows.get(pk=assessment.pk))
    require_on(case=held.case, action="assessment.write", by=person)
    return held


def _with_ties(assessments: "QuerySet[Assessment]", user: User | None) -> "QuerySet[Assessment]":
    """Return assessments, to be locked, with their case and inspection and with what ties somebody to both."""
    rows = assessments.select_for_update(of=("self",)).select_related("case__case_list__inspection")
    if user is not None:
        own = live_allocations().filter(case=OuterRef("case"), assessor=user)
        team = TeamMember.objects.filter(
            inspection=OuterRef("case__case_list__inspection"), user=user, left_at__isnull=True
        )
        role = Coalesce(Subquery(team.values("role")[:1]), Value(""), output_field=CharField())
        rows = rows.annotate(own=Exists(own), team_role=role)
    return rows.annotate(replaced=Exists(Replacement.objects.filter(outgoing__case=OuterRef("case"))))


def _tied(held: Assessment) -> Assessment:
    held.case.own = getattr(held, "own", False)  # type: ignore[attr-defined]
    held.case.case_list.inspection.team_role = getattr(held, "team_role", "")  # type: ignore[attr-defined]
    return held


def _behind(role: str, *, user: int, inspection: str, case: str, assessment: str) -> "QuerySet[Assessment]":
    """Ask for what is behind a door, where somebody of this role without any tie may see all that leads to it."""
    who = User(pk=user)
    person = Person(("user", ""), role, user=who)
    seen = visible_to(person).filter(public_id=inspection)
    theirs = seen_by(
        person, Case.objects.filter(came_into_sample(), public_id=case, case_list__inspection__in=seen.values("pk"))
    )
    found = Assessment.objects.filter(public_id=assessment, case__in=theirs.values("pk"))
    return _with_ties(found, who).only(
        *("public_id", "case", "assessor_kind", "assessor_id", "state", "edition", "edition_digest"),
        *("case__public_id", "case__characteristics", "case__case_list__kind", "case__case_list__inspection"),
        *(f"case__case_list__inspection__{name}" for name in ("public_id", "state", "announced_at", "public_from")),
    )


BEHIND = Question(_behind)


def _held_behind(door: Door, person: Person) -> Assessment | None:
    """Return the assessment behind a door, locked; None where it does not lead there straight; or refuse."""
    if person.user is None or person.ties or person.role not in WRITERS or person.must_enrol:
        return None
    named = {"inspection": door.inspection, "case": door.case, "assessment": door.assessment}
    found = BEHIND.objects(person.role, user=person.user.pk, **named)
    if not found:
        return None
    held = _tied(found[0])
    known = relations(person, held.case.case_list.inspection)
    for action in ("inspection.read", "assessment.list"):  # the pages that lead to the door
        require(person, action, known)
    require(person, "assessment.write", relations_to_case(person, held.case, known))
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


def _insert(rows: Sequence[Entry]) -> None:
    """Insert what is not there yet."""
    # Always in the order of the ids: two deliveries of the same entries then wait for each other in one direction.
    ordered = sorted(rows, key=lambda row: row.public_id)
    if 0 < len(ordered) <= FEW:
        INTO_JOURNAL.rows(ordered, returning="public_id")
    else:
        Entry.objects.bulk_create(ordered, ignore_conflicts=True)


def _stored(ids: Sequence[str]) -> Iterable[Entry]:
    """Return the entries that the server holds under these ids, each with ``beside``: another stands beside it."""
    if 0 < len(ids) <= FEW:
        return HELD.objects(len(ids), **{f"id_{place}": id_ for place, id_ in enumerate(ids)})
    return _held_entries(ids)


def _held_entries(ids: Sequence[str]) -> "QuerySet[Entry]":
    mine, others = not_replaced(), not_replaced()
    rivals = Entry.objects.filter(
        *others, assessment=OuterRef("assessment"), question=OuterRef("question"), part=OuterRef("part")
    ).exclude(pk=OuterRef("pk"))
    return Entry.objects.filter(public_id__in=ids).annotate(beside=Q(Exists(rivals)) & mine[0] & mine[1])


INTO_JOURNAL = Insert(Entry, ignore_conflicts=True)
HELD = Question(lambda _, **ids: _held_entries(list(ids.values())))


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
    if not any(one or other for one, other in sent.values()):
        return []
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
