"""What is mine to do in the inspections that I hold: for each, the next thing and the day by which it is due."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat

from inspectorate.inspections.actions.advance import MAY
from inspectorate.inspections.clearances import clearance_tasks
from inspectorate.inspections.dates import due_date
from inspectorate.inspections.evidence.tasks import evidence_tasks
from inspectorate.inspections.models import Export, Inspection, TeamMember, TeamRole
from inspectorate.inspections.next_step import forward, next_step
from inspectorate.inspections.queries import leavers, visible_to
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import CHIEF, LEAD, LEADS, RULES, Person, may
from inspectorate.people.tasks import Task


def tasks_of(person: Person, at: datetime) -> list[Task]:
    """Return what waits for this person: next steps, evidence, clearances and training."""
    return [*_next_steps(person, at), *evidence_tasks(person, at), *clearance_tasks(person)]


def _next_steps(person: Person, at: datetime) -> list[Task]:
    """Return one task for each inspection that waits for this person.

    The lead holds what the lead may do; the chief inspector what nobody else may, and an inspection without a lead.
    Either of them is the second person for what the other asks to take out.
    """
    if person.role not in (LEAD, CHIEF):
        return []
    leading = TeamMember.objects.filter(inspection=OuterRef("pk"), left_at__isnull=True, role=TeamRole.LEAD)
    left = leavers().filter(inspection=OuterRef("pk")).order_by("pk")
    left = left.annotate(name=Concat("user__first_name", Value(" "), "user__last_name"))
    states = [state.code for state in INSPECTION.states if forward(state.code)]
    asked = Export.objects.filter(
        inspection=OuterRef("pk"), agreed_at__isnull=True, ended_at__isnull=True, expires_at__gt=at
    )
    found = list(
        visible_to(person)
        .annotate(
            has_lead=Exists(leading),
            lead_is_here=Exists(leading.exclude(pk__in=leavers().values("pk"))),
            export_asked=Exists(asked.exclude(asked_by=person.user)),
            leaver=Subquery(left.values("name")[:1]),
        )
        .filter(Q(state__in=states) | Q(export_asked=True) | Q(leaver__isnull=False))
        .order_by("fieldwork_on", "pk")
    )
    steps = [task for one in found if one.state in states and (task := _task(person, one)) is not None]
    waiting = [one for one in found if one.export_asked]
    steps += [_hand_over(one) for one in found if one.leaver and _hands_over(person, one)]
    return steps + [
        Task("Agree to an export, or leave it", f"{one}", f"{one.get_absolute_url()}export/") for one in waiting
    ]


def _hands_over(person: Person, inspection: Inspection) -> bool:
    """Say whether it is this person's to hand over: the lead's, or the chief's where no lead is here."""
    if person.role == CHIEF:
        return not inspection.lead_is_here  # type: ignore[attr-defined]  # annotated above
    leads: bool = inspection.team_role == TeamRole.LEAD  # type: ignore[attr-defined]  # annotated by visible_to
    return leads


def _hand_over(inspection: Inspection) -> Task:
    """Return the task to give away what somebody held who works here no more but is in the team still."""
    title = f"Hand over what {inspection.leaver.strip()} held"  # type: ignore[attr-defined]  # annotated above
    return Task(title, inspection.title, f"{inspection.get_absolute_url()}leavers/", note="They work here no more")


def _task(person: Person, inspection: Inspection) -> Task | None:
    state = INSPECTION.state(inspection.state)
    due = due_date(inspection, state.due)
    if person.role == CHIEF and not inspection.has_lead:  # type: ignore[attr-defined]  # annotated above
        return Task("Name a lead inspector", inspection.title, f"{inspection.get_absolute_url()}team/lead/", due)
    verb = forward(inspection.state)
    if verb is None or not _holds(person, MAY[verb.code], inspection):
        return None
    step = next_step(inspection, lambda rule: rule == MAY[verb.code])
    where = step.href if step else inspection.get_absolute_url()
    return Task(state.next, inspection.title, where, due, note=state.title)


def _holds(person: Person, rule: str, inspection: Inspection) -> bool:
    """Say whether a person is the one who is waited for: the lead, or the chief where the rule names no lead."""
    if person.role == CHIEF:
        return may(person, rule) and (LEAD, LEADS) not in RULES[rule].allowed
    leads = inspection.team_role == TeamRole.LEAD  # type: ignore[attr-defined]  # annotated by visible_to
    return leads and may(person, rule, (LEADS,))
