"""Telling the scenes: each step by the action and the person that it takes in real life, one transaction a scene."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from inspectorate.config.story import words
from inspectorate.config.story.cast import Cast, cast_for
from inspectorate.config.story.inventing import Assessor, case_list, chance_of
from inspectorate.config.story.scenes import SCENES, STATES, Scene
from inspectorate.config.story.writing import answered, sent, signed, written
from inspectorate.fieldwork.actions import (
    allocate_cases,
    append_entries,
    begin_assessment,
    begin_fieldwork,
    finish_fieldwork,
    submit_assessment,
)
from inspectorate.fieldwork.journal import NewEntry
from inspectorate.fieldwork.models import Allocation, Assessment
from inspectorate.followup.actions import close_inspection
from inspectorate.inspections.actions import (
    NewInspection,
    NewModule,
    Written,
    announce_inspection,
    arrange_inspection,
    give_evidence,
    join_team,
    mark_evidence,
    set_aside,
)
from inspectorate.inspections.evidence.standards import asked_standards
from inspectorate.inspections.models import Inspection
from inspectorate.methodology import editions
from inspectorate.people.access import Person, person_of_user
from inspectorate.people.actions import load_demonstration
from inspectorate.people.models import User
from inspectorate.publication.actions import confirm_release, propose_release
from inspectorate.quality.actions import accept_assessment
from inspectorate.ratings.actions import rate_standard, settle_ratings
from inspectorate.sampling.actions import settle_list, upload_list
from inspectorate.sampling.intake import Asked
from inspectorate.sampling.listed import File
from inspectorate.sampling.models import Case
from inspectorate.sampling.plans import kinds_of
from inspectorate.sampling.queries import current_sample

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOMENT = timedelta(seconds=1)


def tell_story(*, by: tuple[str, str]) -> list[Inspection]:
    """Tell every scene that is not there yet, and return those that were told now.

    A scene is told whole or not at all. What somebody has done to one since stays as it is.
    """
    there = set(Inspection.objects.filter(invented=True).values_list("title", flat=True))
    missing = [scene for scene in SCENES if scene.title not in there]
    people = load_demonstration(by=by) if missing else []
    return [tell(scene, people, by=by) for scene in missing]


def editions_told() -> list[str]:
    """Return the editions by which the scenes are judged."""
    return sorted({scene.edition for scene in SCENES})


@transaction.atomic
def tell(scene: Scene, people: Sequence[User], *, by: tuple[str, str]) -> Inspection:
    """Tell one scene as far as it goes, with the invented people."""
    cast = cast_for(scene, people, by)
    inspection = _arranged(scene, cast)
    for state in STATES[1 : STATES.index(scene.until) + 1]:
        TELL[state](scene, cast, inspection)
        inspection.refresh_from_db()
    if scene.aside:
        set_aside(inspection=inspection, verb=scene.aside, why=words.ASIDE, by=cast.lead.name)
    return inspection


def monday(scene: Scene) -> date:
    """Return the Monday of the scene's fieldwork."""
    today = timezone.localdate()
    return today - timedelta(today.weekday()) + timedelta(weeks=scene.weeks)


def _arranged(scene: Scene, cast: Cast) -> Inspection:
    area = bool(scene.area)
    new = NewInspection(
        title=scene.title,
        modules=[NewModule(scene.edition, code) for code in editions.load(scene.edition).modules],
        body=None if area else cast.bodies[0],
        area=scene.area,
        providers=cast.bodies if area else (),
        nation=scene.bodies[0].nation,
        fieldwork_on=monday(scene),
        fieldwork_weeks=scene.fieldwork_weeks,
        invented=True,
    )
    inspection = arrange_inspection(inspection=new, by=cast.lead.name)
    for inspector in cast.inspectors:
        join_team(inspection=inspection, user=inspector, role="inspector", by=cast.lead.name)
    join_team(inspection=inspection, user=cast.local, role="local_assessor", by=cast.lead.name)
    return inspection


def _announced(scene: Scene, cast: Cast, inspection: Inspection) -> None:
    announce_inspection(inspection=inspection, by=cast.lead.name)
    inspection.refresh_from_db()
    _evidence(scene, cast, inspection)
    for planned in kinds_of(inspection):
        size = scene.listed.get(planned.code, 0)
        if size:
            heads = Asked(planned, cast.bodies).heads
            content = case_list(scene, planned.code, heads, size)
            file = File(f"{scene.bodies[0].name.lower().replace(' ', '-')}-cases.csv", content)
            upload_list(inspection=inspection, kind=planned.code, file=file, by=cast.contact.name)


def _evidence(scene: Scene, cast: Cast, inspection: Inspection) -> None:
    """Give evidence for the first standards; one is challenged, the others were seen."""
    chance = chance_of(scene.title, "evidence")
    for number, asked in enumerate(asked_standards(inspection)[: len(words.EVIDENCE)]):
        own = Written(words.EVIDENCE[number], chance.choice(asked.ratings[:3])[0], words.REASONS)
        version = give_evidence(
            inspection=inspection, standard=asked.key, written=own, body=cast.bodies[0], by=cast.contact.name
        )
        if scene.until != "announced":
            kind, reason = ("challenged", words.CHALLENGE) if number == 1 else ("seen", "")
            mark_evidence(version=version, kind=kind, reason=reason, by=cast.lead.name)


def _sampled(scene: Scene, cast: Cast, inspection: Inspection) -> None:
    why = words.SMALLER if scene.size else ""
    for one in inspection.case_lists.all():
        settle_list(case_list=one, by=cast.lead.name, size=scene.size, why=why)


def _fieldwork(scene: Scene, cast: Cast, inspection: Inspection) -> None:
    cases = list(current_sample(inspection).order_by("pk"))
    people = cycle((*cast.inspectors, cast.local))
    allocate_cases(inspection=inspection, wishes=list(zip(cases, people, strict=False)), by=cast.lead.name)
    begin_fieldwork(inspection=inspection, by=cast.lead.name)
    if scene.until == "fieldwork":
        _assess(scene, cast, inspection)


def _assess(scene: Scene, cast: Cast, inspection: Inspection) -> None:
    """Assess the cases of the sample: accepted first, then some that wait, one that is under way."""
    edition = editions.load(scene.edition)
    assessors = {kind.code: Assessor(edition.form, kind) for kind in edition.form.kinds}
    cases = list(current_sample(inspection).order_by("pk"))
    given = {allocation.case_id: allocation.assessor for allocation in _allocations(cases)}
    # It is told as it was: a clearance or training that has ended since does not undo what somebody did before.
    people = {user.pk: replace(person_of_user(user), asked=frozenset()) for user in {*given.values(), cast.lead}}
    accepted = round(scene.accepted * len(cases))
    for number, case in enumerate(cases):
        part = 1.0 if number < accepted + 3 else 0.4 if number == accepted + 3 else 0.0
        if part:
            entries = list(assessors[case.case_list.kind].entries(scene, case.reference, case.stratum))
            made = _assessed(case, entries, people[given[case.pk].pk], part=part)
            if number < accepted:
                accept_assessment(assessment=made, by=people[cast.lead.pk])


def _allocations(cases: list[Case]) -> "QuerySet[Allocation]":
    return Allocation.objects.filter(case__in=cases, ended_at__isnull=True).select_related("assessor")


def _assessed(case: Case, entries: list[NewEntry], by: Person, *, part: float) -> Assessment:
    """Assess a case, or a part of it; each person is looked up once for all of theirs."""
    assessment = begin_assessment(case=case, assessor=by.name, by=by)
    append_entries(assessment=assessment, entries=entries[: int(len(entries) * part)], by=by)
    return submit_assessment(assessment=assessment, by=by) if part == 1.0 else assessment


def _rating(scene: Scene, cast: Cast, inspection: Inspection) -> None:
    _assess(scene, cast, inspection)
    finish_fieldwork(inspection=inspection, by=cast.lead.name)
    chance = chance_of(scene.title, "judged")
    for step in editions.load(scene.edition).plan.by_people():
        if step.bands:
            rating = chance.choice(step.bands.levels[1:]).code
            rate_standard(
                inspection=inspection, standard=step.code, rating=rating, reason=words.JUDGED, by=cast.lead.name
            )


def _drafting(_: Scene, cast: Cast, inspection: Inspection) -> None:
    settle_ratings(inspection=inspection, by=cast.lead.name)
    written(cast, inspection)


def _checking(_: Scene, cast: Cast, inspection: Inspection) -> None:
    sent(cast, inspection)


def _signed_off(_: Scene, cast: Cast, inspection: Inspection) -> None:
    answered(cast, inspection)
    signed(cast, inspection)


def _released(_: Scene, cast: Cast, inspection: Inspection) -> None:
    """Release it at once: a second after two people have agreed to it."""
    now = timezone.now()
    propose_release(inspection=inspection, visible_from=now + MOMENT, by=cast.lead.name, at=now)
    confirm_release(inspection=inspection, by=cast.chief.name, at=now)


def _closed(_: Scene, cast: Cast, inspection: Inspection) -> None:
    close_inspection(inspection=inspection, by=cast.lead.name, at=timezone.now() + MOMENT)


TELL = {
    "announced": _announced,
    "sampled": _sampled,
    "fieldwork": _fieldwork,
    "rating": _rating,
    "drafting": _drafting,
    "checking": _checking,
    "signed_off": _signed_off,
    "released": _released,
    "closed": _closed,
}
