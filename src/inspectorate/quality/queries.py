"""Readings of quality: what waits to be looked at, what was decided, and the lines of guidance to refer to."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from inspectorate.fieldwork.models import Allocation, Assessment
from inspectorate.fieldwork.queries import OPEN, closed_to, visible_cases, visible_sample
from inspectorate.fieldwork.standing import edition_of
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.queries import relations
from inspectorate.methodology.editions import Edition
from inspectorate.people.access import LEADS, OWN_CASE, Person
from inspectorate.people.models import User
from inspectorate.quality.models import Decision
from inspectorate.sampling.models import Case

MARK, LINK = re.compile(r"\*\*|^[#>-]+ ", re.MULTILINE), re.compile(r"\[([^\]]+)\]\([^)]*\)")
"""The marks of Markdown that the guidance uses: strong words, heads of lines, and links."""


def waiting_for(person: Person, inspection: Inspection) -> "QuerySet[Assessment]":
    """Return the assessments of an inspection that wait to be accepted or returned, longest first.

    Not in it: cases in which the person has an interest, and the person's own assessments.
    """
    submitted = Assessment.objects.filter(
        case__in=visible_sample(person, inspection).values("pk"), purpose=Assessment.Purpose.LIVE, state="submitted"
    )
    return submitted.exclude(_of(person)).select_related("case__case_list", "case__holder").order_by("state_at", "pk")


def _of(person: Person) -> Q:
    return Q(assessor_kind=person.name[0], assessor_id=person.name[1])


def decisions_in(person: Person, inspection: Inspection) -> "QuerySet[Decision]":
    """Return every decision about a case that the person may know of, newest first.

    Not in it: those on a case that does not open to the person for want of a clearance or training; and on another's
    assessment of a case that the person assesses themselves, unless they lead.
    """
    cases = visible_cases(person, inspection)
    found = Decision.objects.filter(assessment__case__in=cases.values("pk"))
    shut = closed_to(person, inspection)
    if shut:
        found = found.exclude(assessment__case__public_id__in=shut)
    ties = relations(person, inspection)
    if judges_unseen(person, ties | {OWN_CASE}):
        of_another = ~Q(assessment__assessor_kind=person.name[0], assessment__assessor_id=person.name[1])
        found = found.exclude(of_another, assessment__case__in=cases.filter(own=True).values("pk"))
    return found.select_related("assessment__case").order_by("-decided_at", "-pk")


def judges_unseen(person: Person, relations: Collection[str]) -> bool:
    """Say whether a person judges a case themselves, and so sees nobody else's judgement of it; the lead may."""
    return person.user is not None and OWN_CASE in relations and LEADS not in relations


def assessment_for(person: Person, case: Case, relations: Collection[str]) -> Assessment | None:
    """Return the live assessment of a case, or the last one that was withdrawn; only their own to whoever assesses it.

    Whoever takes a case on from another begins anew: what the other found, such as somebody who declared an interest
    since, must not lead them.
    """
    found = case.assessments.filter(purpose=Assessment.Purpose.LIVE)
    if person.user is not None:
        found = found.annotate(held_by_asker=Exists(_held(person.user, OuterRef("begun_at"), case=OuterRef("case"))))
    if judges_unseen(person, relations):
        found = found.filter(_of(person))
    return found.filter(state__in=OPEN).order_by("pk").first() or found.order_by("-pk").first()


def guidance_lines(edition: Edition, question: str) -> Sequence[str]:
    """Return the paragraphs of the guidance of one question as plain words, each a line a decision may rest on."""
    text = edition.guidance.get(question)
    if text is None:
        return ()
    plain = LINK.sub(r"\1", MARK.sub("", text.en))
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", plain) if part.strip()]


def is_own(assessment: Assessment, person: Person) -> bool:
    """Say whether a person has the assessment, or had it while it was under way.

    Where the assessment comes from ``assessment_for`` this asks the database nothing more.
    """
    if assessment.assessor == person.name:
        return True
    known: bool | None = getattr(assessment, "held_by_asker", None)
    if known is not None:
        return known
    return person.user is not None and _held(person.user, assessment.begun_at, case=assessment.case).exists()


def _held(user: User, begun_at: datetime | OuterRef, **case: object) -> "QuerySet[Allocation]":
    """Return the allocations of a case to somebody that had not ended when its assessment was begun."""
    while_under_way = Q(ended_at__isnull=True) | Q(ended_at__gt=begun_at)
    return Allocation.objects.filter(while_under_way, assessor=user, **case)


def guidance_lines_of(assessment: Assessment, question: str) -> Sequence[str]:
    """Return the lines of guidance of one question of an assessment, in the edition it was begun in."""
    return guidance_lines(edition_of(assessment), question)
