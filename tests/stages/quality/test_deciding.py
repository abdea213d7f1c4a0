"""An assessment is accepted, or returned with the line of guidance; never by whoever made it."""

import pytest
from django.db import IntegrityError, transaction

from inspectorate.fieldwork.actions import (
    agree_to_reopen_fieldwork,
    append_entries,
    ask_to_reopen_fieldwork,
    hand_over,
    submit_assessment,
    take_back_assessment,
)
from inspectorate.fieldwork.standing import edition_of
from inspectorate.inspections.actions import join_team
from inspectorate.methodology.lifecycle import Refusal as Story
from inspectorate.people.access import NotAllowedError, person_of
from inspectorate.quality.actions import accept_assessment, return_assessment
from inspectorate.quality.models import Decision
from inspectorate.quality.queries import decisions_in, guidance_lines, waiting_for
from inspectorate.quality.refusals import Refusal, RefusedError
from inspectorate.record.models import Entry as Line
from inspectorate.sampling.models import Replacement
from tests.stages.casework import everything

pytestmark = pytest.mark.django_db
OUTSIDER = ("user", "another-lead-inspector")


def refused(code, call, **given):
    with pytest.raises(RefusedError) as caught:
        call(**given)
    assert caught.value.code == code


def state_of(assessment):
    assessment.refresh_from_db()
    return assessment.state


def test_an_assessment_is_accepted_once(submitted, lead):
    decision = accept_assessment(assessment=submitted, by=lead)
    assert (decision.verdict, state_of(submitted)) == ("accepted", "accepted")
    assert Line.objects.filter(verb="assessment.accept", subject_id=submitted.public_id).count() == 1
    refused(Story.NOT_FROM_HERE, accept_assessment, assessment=submitted, by=lead)


def test_it_is_returned_with_reason_question_and_the_line_of_guidance_as_it_read(submitted, lead, assessor, entry):
    line = guidance_lines(edition_of(submitted), "A01")[1]
    return_assessment(assessment=submitted, reason="Too lenient", question="A01", guidance=line, by=lead)
    decision = Decision.objects.get()
    assert (state_of(submitted), decision.question, decision.guidance) == ("returned", "A01", line)
    assert append_entries(assessment=submitted, entries=[entry(1, question="Q")], by=assessor).refused == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": " "}, Story.REASON_MISSING),
        ({"question": "Z99"}, Refusal.QUESTION_UNKNOWN),
        ({"question": "A01", "guidance": "As I please"}, Refusal.GUIDANCE_UNKNOWN),
    ],
)
def test_an_unfit_return_is_refused_by_name(submitted, lead, changed, code):
    refused(code, return_assessment, **({"assessment": submitted, "reason": "Why", "by": lead} | changed))
    assert state_of(submitted) == "submitted"


def test_an_accepted_one_is_returned_later(submitted, lead):
    accept_assessment(assessment=submitted, by=lead)
    return_assessment(assessment=submitted, reason="A second look", by=lead)
    assert list(Decision.objects.order_by("pk").values_list("verdict", flat=True)) == ["accepted", "returned"]


def test_after_fieldwork_nothing_is_returned_until_two_people_have_reopened_it(submitted, lead, chief, inspection):
    accept_assessment(assessment=submitted, by=lead)
    type(inspection).objects.filter(pk=inspection.pk).update(state="rating")
    refused(Refusal.FIELDWORK_OVER, return_assessment, assessment=submitted, reason="Why", by=lead)
    ask_to_reopen_fieldwork(inspection=inspection, why="Why", by=lead)
    agree_to_reopen_fieldwork(inspection=inspection, by=chief)
    return_assessment(assessment=submitted, reason="Why", by=lead)
    inspection.refresh_from_db()
    assert (inspection.state, state_of(submitted)) == ("fieldwork", "returned")


def test_nothing_is_accepted_after_fieldwork(submitted, lead, inspection):
    type(inspection).objects.filter(pk=inspection.pk).update(state="rating")
    refused(Refusal.FIELDWORK_OVER, accept_assessment, assessment=submitted, by=lead)


def test_a_case_that_left_the_sample_is_not_accepted(submitted, sample, lead):
    drawn = sample.drawn_cases
    out, into = drawn.get(case=submitted.case), drawn.filter(role="reserve").first()
    Replacement.objects.create(outgoing=out, incoming=into, reason="transferred", replaced_at=submitted.begun_at)
    refused(Refusal.NOT_IN_SAMPLE, accept_assessment, assessment=submitted, by=lead)


def test_nobody_decides_on_their_own_and_the_chief_or_another_lead_of_the_team_does(
    submitted, people, lead, assessor, chief, inspection
):
    take_back_assessment(assessment=submitted, why="Ann is ill", by=assessor)
    hand_over(assessment=submitted, to=people[lead], why="Ann is ill", by=lead)
    submitted.refresh_from_db()
    submit_assessment(assessment=submitted, by=lead)
    refused(Refusal.OWN_ASSESSMENT, accept_assessment, assessment=submitted, by=lead)
    refused(Refusal.OWN_ASSESSMENT, return_assessment, assessment=submitted, reason="Why", by=lead)
    with pytest.raises(NotAllowedError):
        accept_assessment(assessment=submitted, by=OUTSIDER)
    join_team(inspection=inspection, user=people[OUTSIDER], role="inspector", by=lead)
    assert return_assessment(assessment=submitted, reason="Look at A04 again", by=OUTSIDER)
    submit_assessment(assessment=submitted, by=lead)
    assert accept_assessment(assessment=submitted, by=chief)


def test_who_had_it_under_way_does_not_decide_after_handing_it_over(submitted, people, lead, assessor):
    take_back_assessment(assessment=submitted, why="Ann is ill", by=assessor)
    hand_over(assessment=submitted, to=people[lead], why="Ann is ill", by=lead)
    submitted.refresh_from_db()
    hand_over(assessment=submitted, to=people[assessor], why="Ann is well", by=lead)
    submitted.refresh_from_db()
    submit_assessment(assessment=submitted, by=assessor)
    refused(Refusal.OWN_ASSESSMENT, accept_assessment, assessment=submitted, by=lead)


def test_assessors_do_not_decide(submitted, assessor):
    with pytest.raises(NotAllowedError):
        accept_assessment(assessment=submitted, by=assessor)


def test_an_answer_that_goes_missing_stops_the_acceptance(submitted, lead, assessor):
    type(submitted).objects.filter(pk=submitted.pk).update(state="begun")
    first = everything()[0]
    gone = type(first)("f" * 32, "a-tablet", 1, first.question, first.device_time, "", supersedes=first.id)
    append_entries(assessment=submitted, entries=[gone], by=assessor)
    type(submitted).objects.filter(pk=submitted.pk).update(state="submitted")
    refused(Story.ANSWERS_MISSING, accept_assessment, assessment=submitted, by=lead)


def test_lists_leave_out_what_a_person_has_an_interest_in(submitted, lead, chief, tie, inspection):
    assert list(waiting_for(person_of(lead), inspection)) == [submitted]
    return_assessment(assessment=submitted, reason="Why", by=lead)
    assert decisions_in(person_of(chief), inspection).count() == 1
    tie(lead, "case", submitted.case)
    assert decisions_in(person_of(lead), inspection).count() == 0


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"verdict": "maybe", "reason": "x"}, "quality_verdict_is_known"),
        ({"verdict": "returned"}, "quality_returned_with_a_reason"),
    ],
)
def test_the_database_holds_a_known_verdict_and_a_reason(submitted, changed, name):
    facts = {"assessment": submitted, "verdict": "accepted", "decided_by_kind": "user", "decided_by_id": "x"}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Decision.objects.create(**(facts | {"decided_at": submitted.begun_at} | changed))


def test_what_was_handed_in_anew_since_it_was_read_is_not_accepted(submitted, lead, assessor):
    seen = submitted.state_at.isoformat()
    take_back_assessment(assessment=submitted, why="One answer was wrong", by=assessor)
    submit_assessment(assessment=submitted, by=assessor)
    refused(Refusal.HANDED_IN_ANEW, accept_assessment, assessment=submitted, by=lead, seen=seen)
    submitted.refresh_from_db()
    accept_assessment(assessment=submitted, by=lead, seen=submitted.state_at.isoformat())
    assert state_of(submitted) == "accepted"
