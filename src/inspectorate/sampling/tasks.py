"""What is somebody's to do about lists and samples: the body's list, and the second person's word on a case.

That the lead freezes and draws is told by the inspection itself, as the next step of its life.
"""

from datetime import datetime

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.urls import reverse

from inspectorate.inspections.dates import due_date
from inspectorate.inspections.models import Inspection, Module
from inspectorate.inspections.queries import visible_to
from inspectorate.people.access import CHIEF, CONTACT, LEAD, Person
from inspectorate.people.tasks import Task
from inspectorate.sampling.actions.holding import IS_DRAWN, MAY_CHANGE
from inspectorate.sampling.models import Case, Proposal
from inspectorate.sampling.plans import Planned, kinds_in
from inspectorate.sampling.queries import without_interest
from inspectorate.sampling.shown import DUE
from inspectorate.ui.words import in_language


def tasks_of(person: Person, at: datetime) -> list[Task]:  # noqa: ARG001 - every stage is asked alike; lateness is told by who shows it
    """Return a task for each list that a body still owes, or each case that waits for this person's word; one query."""
    if person.role == CONTACT:
        return _lists(person)
    return _proposals(person) if person.role in (CHIEF, LEAD) else []


def _lists(person: Person) -> list[Task]:
    standing = Q(inspection__case_lists__superseded_at__isnull=True)
    rows = (
        Module.objects.filter(inspection__in=visible_to(person).filter(state__in=IS_DRAWN).values("pk"))
        .annotate(listed=FilteredRelation("inspection__case_lists", condition=standing))
        .annotate(kind=F("listed__kind"), settled=F("listed__none_eligible_at"))
        .annotate(has_cases=Exists(Case.objects.filter(case_list=OuterRef("listed__pk"))))
        .select_related("inspection")
        .order_by("inspection__fieldwork_on", "pk")
    )
    inspections: dict[int, Inspection] = {}
    pinned: dict[int, dict[tuple[str, str], None]] = {}
    there: dict[int, set[str]] = {}
    for row in rows:
        inspections[row.inspection_id] = row.inspection
        pinned.setdefault(row.inspection_id, {})[row.edition, row.code] = None
        done = {row.kind} if row.has_cases or row.settled else set()
        there[row.inspection_id] = there.get(row.inspection_id, set()) | done
    return [
        _upload(inspection, planned)
        for pk, inspection in inspections.items()
        for planned in kinds_in(tuple(pinned[pk]))
        if planned.code not in there[pk]
    ]


def _upload(inspection: Inspection, planned: Planned) -> Task:
    title = "Upload the case list" if planned.alone else f"Upload the case list: {in_language(planned.kind.title)}"
    href = reverse("sampling:upload", args=[inspection.public_id, planned.code])
    return Task(title, inspection.title, href, due_date(inspection, DUE))


def _proposals(person: Person) -> list[Task]:
    mine = Q(proposed_by_kind=person.name[0], proposed_by_id=person.name[1])
    open_ = visible_to(person).filter(state__in=MAY_CHANGE).values("pk")
    waiting = (
        Proposal.objects.filter(
            Q(drawn_case__sample__case_list__inspection__in=open_) | Q(sample__case_list__inspection__in=open_),
            decision="",
        )
        .exclude(mine)
        .filter(Q(sample__isnull=False) | Q(drawn_case__case__in=without_interest(Case.objects.all(), person)))
        .select_related(
            "drawn_case__case", "drawn_case__sample__case_list__inspection", "sample__case_list__inspection"
        )
        .order_by("pk")
    )
    return [_decide(proposal) for proposal in waiting]


def _decide(proposal: Proposal) -> Task:
    place = proposal.drawn_case
    sample = place.sample if place else proposal.sample
    assert sample  # noqa: S101 - a constraint has it so
    case_list = sample.case_list
    href = reverse("sampling:proposal", args=[case_list.inspection.public_id, case_list.kind, proposal.public_id])
    if place is None:
        return Task("Decide whether the sample is extended", case_list.inspection.title, href)
    about = f"{case_list.inspection.title}, case {place.case.reference}"
    return Task("Decide whether a case leaves the sample", about, href)
