"""Readings of fieldwork: which cases a person may see, what ties them to one, and which entries are current."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from inspectorate.fieldwork.models import Allocation, Assessment, Entry, FieldworkReopening
from inspectorate.inspections.models import Inspection, Module, TeamMember
from inspectorate.inspections.queries import editions_of, relations
from inspectorate.people.access import INTEREST, OWN_CASE, TEAM, Person, is_here, persons_of_users
from inspectorate.people.gate import Lack, as_relations, lacking
from inspectorate.people.models import User
from inspectorate.register.queries import barred_bodies
from inspectorate.sampling.models import Case
from inspectorate.sampling.queries import (
    BODIES_OF_A_CASE,
    came_into_sample,
    current_sample,
    of_another_team,
    without_interest,
)
from inspectorate.standards.queries import shelf

OPEN = ("begun", "submitted", "returned", "accepted")
"""The states of an assessment that is somebody's, in work or done."""
WRITABLE = ("begun", "returned")


def current_entries(assessments: "QuerySet[Assessment]") -> "QuerySet[Entry]":
    """Return the entries of these assessments that no other entry supersedes.

    Two entries that supersede the same one are both current: a conflict, which a person decides by a third entry that
    supersedes the one and decides the other. An entry takes the place only of one about the same part of the same
    question in the same assessment.
    """
    return Entry.objects.filter(*not_replaced(), assessment__in=assessments)


def not_replaced() -> tuple[Q, Q]:
    """Return what an entry must meet to be current: no other supersedes it, and none decided against it."""
    alike = Entry.objects.filter(
        assessment=OuterRef("assessment"), question=OuterRef("question"), part=OuterRef("part")
    )
    return (
        ~Q(Exists(alike.filter(supersedes=OuterRef("public_id")))),
        ~Q(Exists(alike.filter(decides=OuterRef("public_id")))),
    )


def current_answers(assessments: "QuerySet[Assessment]") -> "QuerySet[Entry]":
    """Return the current answers of these assessments; one with an empty value was taken back."""
    return current_entries(assessments).filter(part=Entry.Part.ANSWER)


def live_allocations() -> "QuerySet[Allocation]":
    """Return the allocations that hold now: not ended, to somebody who is still in the team."""
    here = TeamMember.objects.filter(
        inspection=OuterRef("case__case_list__inspection"), user=OuterRef("assessor"), left_at__isnull=True
    )
    return Allocation.objects.filter(Exists(here), ended_at__isnull=True)


def held_in(inspection: Inspection, users: Collection[int]) -> "QuerySet[Allocation]":
    """Return the cases of the current sample that people have now, in the team or not, each with its ``state``."""
    live = Assessment.objects.filter(case=OuterRef("case"), purpose=Assessment.Purpose.LIVE, state__in=OPEN)
    held = Allocation.objects.filter(assessor__in=users, ended_at__isnull=True, case__in=current_sample(inspection))
    state = Coalesce(Subquery(live.values("state")[:1]), Value(""))
    return held.select_related("case__case_list").annotate(state=state).order_by("case__reference")


def visible_sample(person: Person, inspection: Inspection) -> "QuerySet[Case]":
    """Return the cases of the current sample that a person may know of, each with ``own``: whether it is theirs."""
    return seen_by(person, current_sample(inspection))


def visible_cases(person: Person, inspection: Inspection) -> "QuerySet[Case]":
    """Return every case that is or was in the sample and that a person may know of, each with ``own``."""
    return seen_by(person, Case.objects.filter(came_into_sample(), case_list__inspection=inspection))


def seen_by(person: Person, cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """Return those of some cases that a person may know of, each with ``own`` and all that its ties are told by."""
    own = live_allocations().filter(case=OuterRef("pk"), assessor=person.user)
    return (
        without_interest(cases, person)
        .annotate(own=Exists(own if person.user else Allocation.objects.none()))
        .select_related("case_list", *BODIES_OF_A_CASE)
    )


def interest_in(person: Person, case: Case) -> bool:
    """Say whether a person has an interest in a case; its bodies are at hand where it comes from ``seen_by``."""
    if case.public_id in person.interests("case"):
        return True
    bodies = barred_bodies(person)
    barred = any(body.public_id in bodies for role in BODIES_OF_A_CASE if bodies and (body := getattr(case, role)))
    return barred and not of_another_team(person, case)


def relations_to_case(person: Person, case: Case, known: frozenset[str] | None = None) -> frozenset[str]:
    """Return what ties a person to a case, beyond what ties them to its inspection (``known``, where at hand).

    OWN_CASE is for whoever has it allocated now and is still in the team. What the person lacks to open the case, of
    clearances and training, is among them. Where the case comes from ``seen_by`` this asks the database nothing more,
    but for the editions of an inspection that were not asked for before.
    """
    found = set(relations(person, case.case_list.inspection) if known is None else known)
    own = getattr(case, "own", None)
    if own is None:
        own = person.user is not None and live_allocations().filter(case=case, assessor=person.user).exists()
    if own and TEAM in found:
        found.add(OWN_CASE)
    if interest_in(person, case):
        found.add(INTEREST)
    return frozenset(found) | as_relations(lacks_for(person, case))


def edition_for(case: Case) -> str:
    """Return the edition by which a case is judged: that of the first module with its kind."""
    editions = [edition for _, edition in editions_of(case.case_list.inspection.public_id)]
    fit = (one for one in editions if any(kind.code == case.kind for kind in shelf.held(one).kinds))
    return next(fit, editions[0] if editions else "")


def lacks_for(person: Person, case: Case) -> tuple[Lack, ...]:
    """Return which clearances and training a person lacks, today, to open a case."""
    return lacking(person, edition_for(case), case.characteristics) if person.asked else ()


def closed_to(person: Person, inspection: Inspection) -> frozenset[str]:
    """Return the public ids of the cases of an inspection that do not open to a person, for want of a clearance."""
    if not person.asked:
        return frozenset()
    every = Case.objects.filter(case_list__inspection=inspection).select_related("case_list__inspection")
    return frozenset(case.public_id for case in every if lacks_for(person, case))


def live_assessment(case: Case) -> Assessment | None:
    """Return the live assessment of a case that was not withdrawn, if there is one."""
    return case.assessments.filter(purpose=Assessment.Purpose.LIVE, state__in=OPEN).order_by("pk").first()


def unallocated(inspection: Inspection) -> "QuerySet[Case]":
    """Return the cases of the current sample that nobody has who is still in the team."""
    return current_sample(inspection).exclude(pk__in=live_allocations().values("case"))


def not_accepted(inspection: Inspection) -> "QuerySet[Case]":
    """Return the cases of the current sample without an accepted live assessment."""
    accepted = Assessment.objects.filter(purpose=Assessment.Purpose.LIVE, state="accepted")
    return current_sample(inspection).exclude(pk__in=accepted.values("case"))


def open_reopening(inspection: Inspection) -> FieldworkReopening | None:
    """Return what waits for a second person: that fieldwork be reopened."""
    return FieldworkReopening.objects.filter(inspection=inspection, decision="").first()


def assessors_of(inspection: Inspection) -> Sequence[User]:
    """Return who may be given cases: everybody in the team, by name."""
    members = inspection.team.filter(left_at__isnull=True).select_related("user")
    return sorted((member.user for member in members if is_here(member.user)), key=lambda user: user.full_name)


def own_assessment(case: Case, person: Person) -> Assessment | None:
    """Return a person's own live assessment of a case, if they have begun it."""
    kind, id_ = person.name
    found = case.assessments.filter(
        purpose=Assessment.Purpose.LIVE, assessor_kind=kind, assessor_id=id_, state__in=OPEN
    ).first()
    if found is not None:
        found.case = case
    return found


def module_of(case: Case) -> Module | None:
    """Return the module of the inspection whose edition has this kind of case."""
    for module in case.case_list.inspection.modules.order_by("pk"):
        if any(kind.code == case.kind for kind in shelf.held(module.edition).kinds):
            return module
    return None


def fit_to_take(inspection: Inspection, case: Case, live: Assessment | None) -> list[User]:
    """Return who in the team could go on with an assessment: nobody with an interest, not whoever has it."""
    team = assessors_of(inspection)
    people = persons_of_users(team)
    return [
        user for user in team if not interest_in(people[user.pk], case) and not (live and live.assessor == user.name)
    ]
