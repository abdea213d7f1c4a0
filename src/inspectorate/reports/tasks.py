"""What is somebody's to do with a report: write it, check the draft, answer, sign it off, agree to reopen it."""

from datetime import datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from inspectorate.inspections.dates import due_date
from inspectorate.inspections.models import Inspection, TeamRole
from inspectorate.inspections.queries import visible_to
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import CHIEF, Person
from inspectorate.people.tasks import Task
from inspectorate.reports.models import Answer, Comment, Draft, Reopening

STATES = ("drafting", "checking", "signed_off")


def tasks_of(person: Person, at: datetime) -> list[Task]:
    """Return what this person has to do with reports, in one query; a body contact sees the check of a draft alone."""
    if person.user is None:
        return []
    drafts = Draft.objects.filter(inspection=OuterRef("pk")).order_by("-number")
    open_comments = Comment.objects.filter(
        ~Exists(Answer.objects.filter(comment=OuterRef("pk"))), draft__inspection=OuterRef("pk")
    )
    counted = open_comments.order_by().values("draft__inspection").annotate(count=Count("pk")).values("count")
    asked = Reopening.objects.filter(report__inspection=OuterRef("pk"), decision="")
    found = (
        visible_to(person)
        .filter(state__in=STATES)
        .annotate(
            draft_number=Subquery(drafts.values("number")[:1]),
            draft_due=Subquery(drafts.values("due_on")[:1]),
            unanswered=Coalesce(Subquery(counted[:1], output_field=IntegerField()), 0),
            asked_by=Subquery(asked.values("asked_by_id")[:1]),
        )
        .order_by("pk")
    )
    return [task for inspection in found for task in [_task(person, inspection, at)] if task]


def _task(person: Person, inspection: Inspection, at: datetime) -> Task | None:
    leads = inspection.team_role == TeamRole.LEAD  # type: ignore[attr-defined] - added by the query
    if person.is_contact:
        return _check(inspection, at)
    if inspection.state == "signed_off":
        return _agree(person, inspection) if leads or person.role == CHIEF else None
    if leads:
        return _lead(inspection)
    return _sign(inspection, at) if person.role == CHIEF and inspection.state == "checking" else None


def _check(inspection: Inspection, at: datetime) -> Task | None:
    over = inspection.draft_due is None or timezone.localdate(at) > inspection.draft_due  # type: ignore[attr-defined]
    if inspection.state != "checking" or over:
        return None
    href = reverse("reports:drafts", args=[inspection.public_id])
    return Task("Check the facts of the draft", inspection.title, href, inspection.draft_due)  # type: ignore[attr-defined]


def _lead(inspection: Inspection) -> Task | None:
    unanswered = inspection.unanswered  # type: ignore[attr-defined]
    if unanswered:
        words = "1 comment" if unanswered == 1 else f"{unanswered} comments"
        href = reverse("reports:drafts", args=[inspection.public_id])
        return Task("Answer what the body says of the draft", inspection.title, href, note=f"{words} without an answer")
    if inspection.state != "drafting":
        return None
    due = due_date(inspection, INSPECTION.state("drafting").due)
    note = "The draft is being corrected" if inspection.draft_number else ""  # type: ignore[attr-defined]
    return Task("Write the report", inspection.title, reverse("reports:report", args=[inspection.public_id]), due, note)


def _sign(inspection: Inspection, at: datetime) -> Task | None:
    due, unanswered = inspection.draft_due, inspection.unanswered  # type: ignore[attr-defined]
    if unanswered or due is None or timezone.localdate(at) <= due:
        return None
    return Task("Sign the report off", inspection.title, reverse("reports:sign_off", args=[inspection.public_id]))


def _agree(person: Person, inspection: Inspection) -> Task | None:
    asked_by = inspection.asked_by  # type: ignore[attr-defined]
    if asked_by is None or asked_by == person.name[1]:
        return None
    href = reverse("reports:reopen", args=[inspection.public_id])
    return Task("Agree to reopen the report, or decline", inspection.title, href)
