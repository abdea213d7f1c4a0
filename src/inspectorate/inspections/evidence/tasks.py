"""What is to do about evidence: for the body what is missing or challenged, for the lead what waits to be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from inspectorate.inspections.dates import due_date
from inspectorate.inspections.evidence.opened import OPEN
from inspectorate.inspections.evidence.standards import DUE, asked_in
from inspectorate.inspections.models import EvidenceVersion, InspectedProvider, Inspection, Mark, Module, TeamRole
from inspectorate.inspections.queries import visible_to
from inspectorate.people.access import CONTACT, LEAD, Person
from inspectorate.people.tasks import Task
from inspectorate.standards.queries import shelf


@dataclass(slots=True)
class _Counted:
    """How the evidence of one inspection stands, in numbers."""

    inspection: Inspection
    modules: dict[str, set[str]] = field(default_factory=dict)
    bodies: int = 1
    given: int = 0
    waiting: int = 0
    challenged: int = 0

    @property
    def total(self) -> int:
        held = {code: shelf.held(code) for code in self.modules}
        each = sum(len(asked_in(held[code], {*held[code].edition.modules, *self.modules[code]})) for code in held)
        return each * self.bodies


def evidence_tasks(person: Person, at: datetime) -> list[Task]:
    """Return what this person has to do about evidence, in one query."""
    if person.role not in (LEAD, CONTACT):
        return []
    mine = visible_to(person).filter(state__in=OPEN)
    if not person.is_contact:
        mine = mine.filter(team_role=TeamRole.LEAD)
    tasks = _for_the_body if person.is_contact else _for_the_lead
    return [task for counted in _counted(mine, person) for task in tasks(counted, at)]


def _counted(inspections: QuerySet[Inspection], person: Person) -> list[_Counted]:
    """Count the evidence of inspections: of all their bodies, and to a contact of those they speak for."""
    given = EvidenceVersion.objects.filter(inspection=OuterRef("inspection"), edition=OuterRef("edition"), given=True)
    bodies = InspectedProvider.objects.filter(inspection=OuterRef("inspection"))
    if person.is_contact:
        given = given.filter(body__public_id__in=person.works_for)
        bodies = bodies.filter(body__public_id__in=person.works_for)
    later = EvidenceVersion.objects.filter(
        inspection=OuterRef("inspection"),
        body=OuterRef("body"),
        edition=OuterRef("edition"),
        standard=OuterRef("standard"),
        number__gt=OuterRef("number"),
        given=True,
    )
    holds = given.filter(~Exists(later))
    marks = Mark.objects.filter(version=OuterRef("pk")).order_by("-number")
    marked = holds.annotate(mark=Subquery(marks.values("kind")[:1]), answer=Subquery(marks.values("answer")[:1]))
    rows = (
        Module.objects.filter(inspection__in=inspections.values("pk"))
        .select_related("inspection")
        .annotate(
            bodies=_number(bodies),
            standards_given=_number(holds),
            unmarked=_number(marked.filter(mark__isnull=True)),
            answered=_number(marked.filter(mark=Mark.Kind.CHALLENGED, answer__isnull=False)),
            challenged=_number(marked.filter(mark=Mark.Kind.CHALLENGED, answer__isnull=True)),
        )
        .order_by("inspection__fieldwork_on", "inspection", "pk")
    )
    found: dict[int, _Counted] = {}
    for row in rows:
        one = found.setdefault(row.inspection_id, _Counted(row.inspection, bodies=row.bodies))
        if row.edition not in one.modules:
            one.given += row.standards_given
            one.waiting += row.unmarked + row.answered
            one.challenged += row.challenged
        one.modules.setdefault(row.edition, set()).add(row.code)
    return list(found.values())


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("inspection").annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _for_the_body(one: _Counted, _at: datetime) -> Iterator[Task]:
    total, href = one.total, _href(one)
    if one.given < total:
        about = f"{one.inspection.title}: {one.given} of {total} standards given"
        yield Task("Give your evidence and self-assessment", about, href, due_date(one.inspection, DUE))
    if one.challenged:
        yield Task("Answer what the lead inspector challenged", f"{one.inspection.title}: {one.challenged}", href)


def _for_the_lead(one: _Counted, at: datetime) -> Iterator[Task]:
    due, total = due_date(one.inspection, DUE), one.total
    if one.waiting:
        yield Task("Say what you make of the evidence", f"{one.inspection.title}: {one.waiting} to read", _href(one))
    if due and due < timezone.localdate(at) and one.given < total:
        note = "Nothing has been given." if not one.given else f"{one.given} of {total} standards were given."
        yield Task("Ask the body for its evidence", one.inspection.title, _href(one), due, note)


def _href(one: _Counted) -> str:
    return reverse("inspections:evidence", args=[one.inspection.public_id])
