"""What fieldwork hands to "my work": cases to assess or to look at again, and cases that nobody has."""

from datetime import datetime

from django.db.models import Case as When
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as If
from django.db.models.functions import Coalesce, Concat

from inspectorate.fieldwork.fitting import ALLOCATING
from inspectorate.fieldwork.models import Assessment, FieldworkReopening
from inspectorate.fieldwork.queries import OPEN, live_allocations
from inspectorate.fieldwork.readings import alarms_for
from inspectorate.inspections.models import TeamMember
from inspectorate.inspections.queries import visible_to
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import CHIEF, CONTACT, LEAD, Person
from inspectorate.people.models import Alarm
from inspectorate.people.tasks import Task
from inspectorate.sampling.models import Case
from inspectorate.sampling.queries import came_into_sample, without_interest

WORDS = {
    "": "Assess {} case{}",
    "begun": "Go on with {} case{}",
    "returned": "Look again at {} returned case{}",
    "nobody": "Give {} case{} to assessors",
}


def tasks_of(person: Person, at: datetime) -> list[Task]:  # noqa: ARG001 - due days come from the inspection
    """Return one task for each inspection and kind of work, each alarm, and what waits for one's word; two queries.

    To an assessor: the cases that are theirs, not begun, begun or returned. To a lead: the cases that nobody has.
    """
    if person.user is None or person.role == CONTACT:
        return []
    work = [
        Task(
            WORDS[work].format(number, "" if number == 1 else "s"),
            title,
            f"/inspections/{public_id}/cases/{_shown(work)}",
        )
        for public_id, title, work, number in _counted(person)
    ]
    return [*work, *to_see_to(person)]


def to_see_to(person: Person) -> list[Task]:
    """Return unusual readings to look at, and what another asks and this person can agree to; one query for both."""
    if person.role not in (CHIEF, LEAD):
        return []
    about = ("what", "title", "where", "who", "kind")
    words = {"output_field": CharField()}
    alarms = (
        alarms_for(person)
        .order_by()
        .annotate(what=Value("alarm", **words), where=F("inspection"))
        .annotate(who=Concat("reader__first_name", Value(" "), "reader__last_name"))
    )
    reopening = FieldworkReopening.objects.filter(
        decision="", inspection__in=visible_to(person), inspection__state__in=INSPECTION.verb("reopen_fieldwork").from_
    ).exclude(asked_by_kind=person.name[0], asked_by_id=person.name[1])
    asked = reopening.order_by().annotate(
        what=Value("reopening", **words),
        title=F("inspection__title"),
        where=F("inspection__public_id"),
        who=Value("", **words),
        kind=Value("", **words),
    )
    found = alarms.values_list(*about).union(asked.values_list(*about), all=True)
    return [
        Task("Agree to reopen fieldwork, or decline", title, f"/inspections/{where}/cases/reopen/")
        if what == "reopening"
        else Task(
            "Look at an unusual reading of cases",
            title,
            f"/inspections/{where}/readings/",
            note=f"{who.strip()}: {Alarm.Kind(kind).label.lower()}",
        )
        for what, title, where, who, kind in sorted(found)
    ]


def _shown(work: str) -> str:
    return {"nobody": "allocate/", "": "?assessor=me&state=allocated"}.get(work, f"?assessor=me&state={work}")


def _counted(person: Person) -> "QuerySet[Case, tuple[str, str, str, int]]":
    own = live_allocations().filter(case=OuterRef("pk"), assessor=person.user)
    given = live_allocations().filter(case=OuterRef("pk"))
    live = Assessment.objects.filter(case=OuterRef("pk"), purpose=Assessment.Purpose.LIVE, state__in=OPEN)
    leading = TeamMember.objects.filter(
        inspection=OuterRef("case_list__inspection"), user=person.user, left_at__isnull=True, role="lead"
    )
    state = Coalesce(Subquery(live.values("state")[:1]), Value(""), output_field=CharField())
    in_sample = Case.objects.filter(came_into_sample(), drawn__replaced_by__isnull=True)
    seen = in_sample.filter(case_list__inspection__in=visible_to(person).values("pk"))
    cases = without_interest(seen, person)
    work = When(If(Exists(own), then=state), default=Value("nobody"), output_field=CharField())
    mine = Q(Exists(own), case_list__inspection__state="fieldwork", work__in=["", "begun", "returned"])
    nobody = Q(~Exists(given), Exists(leading), case_list__inspection__state__in=ALLOCATING, work="nobody")
    return (
        cases.annotate(work=work)
        .filter(mine | (nobody & ~Exists(live.filter(state="accepted"))))
        .values_list("case_list__inspection__public_id", "case_list__inspection__title", "work")
        .annotate(number=Count("pk", distinct=True))
        .order_by("case_list__inspection__title", "-work")
    )
