"""An assessment is written by whoever has the case, handed in whole, taken back, handed over; nothing is lost."""

import pytest
from django.db import IntegrityError, transaction

from inspectorate.fieldwork.actions import (
    append_entries,
    begin_assessment,
    finish_fieldwork,
    hand_over,
    submit_assessment,
    take_back_assessment,
    withdraw_assessment,
)
from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.fieldwork.standing import edition_of, progress_of, standing_of
from inspectorate.inspections.actions import join_team, leave_team
from inspectorate.methodology.lifecycle import Refusal as Story
from inspectorate.people.access import NotAllowedError
from inspectorate.record.models import Entry as Line
from inspectorate.sampling.models import Replacement
from tests.stages.casework import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def fill(begun, assessor):
    append_entries(assessment=begun, entries=everything(), by=assessor)
    return begun


def refused(code, call, **given):
    with pytest.raises(RefusedError) as caught:
        call(**given)
    assert caught.value.code == code
    return caught.value.sentence


def test_only_whoever_has_the_case_writes_in_it(begun, entry, lead, chief):
    for other in (lead, chief):
        with pytest.raises(NotAllowedError):
            append_entries(assessment=begun, entries=[entry(1)], by=other)
    assert Entry.objects.count() == 0


def test_nobody_writes_in_an_assessment_of_another_person_of_the_same_case(begun, entry, lead, give):
    give(begun.case, lead)
    delivery = append_entries(assessment=begun, entries=[entry(1)], by=lead)
    assert [one.code for one in delivery.refused] == [Refusal.ASSESSMENT_CLOSED]


def test_a_case_is_assessed_during_fieldwork_alone(begun, assessor, entry):
    inspection = begun.case.case_list.inspection
    type(inspection).objects.filter(pk=inspection.pk).update(state="deferred", state_before="fieldwork")
    delivery = append_entries(assessment=begun, entries=[entry(1)], by=assessor)
    assert [(one.code, "not in fieldwork" in one.sentence) for one in delivery.refused] == [
        (Refusal.ASSESSMENT_CLOSED, True)
    ]
    inspection.refresh_from_db()
    begun.case.case_list.inspection = inspection
    refused(Refusal.FIELDWORK_CLOSED, begin_assessment, case=begun.case, assessor=assessor, by=assessor)


def test_nobody_begins_for_another_person(begun, assessor, lead):
    sentence = refused(
        Refusal.NOT_THEIRS, begin_assessment, case=begun.case, assessor=lead, by=assessor, purpose="double"
    )
    assert "let them begin it" in sentence


def test_a_case_has_one_live_assessment(begun):
    usual = {field: getattr(begun, field) for field in ("case", "edition", "edition_digest", "begun_at")}
    with pytest.raises(IntegrityError, match=r"fieldwork_one_live|UNIQUE"), transaction.atomic():
        Assessment.objects.create(**usual, assessor_kind="user", assessor_id="another")
    Assessment.objects.filter(pk=begun.pk).update(state="withdrawn")
    Assessment.objects.create(**usual, assessor_kind="user", assessor_id="another")


def test_what_is_missing_is_named_and_nothing_is_handed_in(begun, assessor):
    sentence = refused(Story.ANSWERS_MISSING, submit_assessment, assessment=begun, by=assessor)
    assert "(F01, F02," in sentence
    assert "more)" in sentence


def test_an_assessment_is_handed_in_once_and_then_read_only(fill, assessor, entry):
    assert submit_assessment(assessment=fill, by=assessor).state == "submitted"
    refused(Story.NOT_FROM_HERE, submit_assessment, assessment=fill, by=assessor)
    delivery = append_entries(assessment=fill, entries=[entry(1), everything()[0]], by=assessor)
    assert [one.code for one in delivery.refused] == [Refusal.ASSESSMENT_CLOSED]
    assert len(delivery.receipts) == 1  # what is held gets its receipt, also after the hand-in


def test_two_answers_side_by_side_stop_it_until_a_person_decides(fill, assessor, entry):
    held = Entry.objects.get(assessment=fill, question="A01")
    append_entries(assessment=fill, entries=[entry(1, "not_sufficient")], by=assessor)
    sentence = refused(Story.ANSWERS_MISSING, submit_assessment, assessment=fill, by=assessor)
    assert "(A01)" in sentence
    assert standing_of(fill).conflicts == (("A01", "answer"),)
    decision = entry(2, "not_sufficient", supersedes=f"{1:032x}", decides=held.public_id)
    append_entries(assessment=fill, entries=[decision], by=assessor)
    assert submit_assessment(assessment=fill, by=assessor).state == "submitted"


def test_two_notes_side_by_side_stop_it_too(fill, assessor, entry):
    notes = [entry(n, "", part="note", text=f"Words {n}") for n in (1, 2)]
    append_entries(assessment=fill, entries=notes, by=assessor)
    refused(Story.ANSWERS_IN_CONFLICT, submit_assessment, assessment=fill, by=assessor)


def test_what_is_no_longer_called_for_is_taken_back_by_entries_and_kept(fill, assessor, entry):
    standing = standing_of(fill)
    routed = next(q for q in standing.kind.questions if not standing.asked[q.code])
    extra = [entry(1, routed.options[0].code, question=routed.code), entry(2, "late", part="reasons")]
    append_entries(assessment=fill, entries=extra, by=assessor)
    assert set(standing_of(fill).left_over) == {(routed.code, "answer"), ("A01", "reasons")}
    submit_assessment(assessment=fill, by=assessor)
    assert standing_of(fill).left_over == ()
    assert Entry.objects.filter(public_id__in=[f"{n:032x}" for n in (1, 2)]).count() == 2


def test_progress_counts_the_questions_that_are_asked(begun, assessor):
    before = standing_of(begun).progress
    append_entries(assessment=begun, entries=everything()[:5], by=assessor)
    standing = standing_of(begun)
    assert (before[0], standing.progress[0]) == (0, 5)
    assert progress_of([(begun.pk, begun.edition, "case")]) == {begun.pk: standing.progress}


def test_it_is_taken_back_before_it_is_decided_with_the_reason(submitted, assessor, entry):
    refused(Story.REASON_MISSING, take_back_assessment, assessment=submitted, why=" ", by=assessor)
    assert take_back_assessment(assessment=submitted, why="I found the plan", by=assessor).state == "begun"
    refused(Story.NOT_FROM_HERE, take_back_assessment, assessment=submitted, why="again", by=assessor)
    assert append_entries(assessment=submitted, entries=[entry(1, question="Q")], by=assessor).refused == ()


def test_who_leaves_in_the_middle_hands_over_the_assessment_with_all_its_entries(
    fill, people, lead, assessor, entry, inspection
):
    leave_team(member=inspection.team.get(user=people[assessor]), why="Ill", by=lead)
    with pytest.raises(NotAllowedError):
        append_entries(assessment=fill, entries=[entry(1)], by=assessor)
    held = hand_over(assessment=fill, to=people[lead], why="Ann is ill", by=lead)
    assert (held.assessor, held.entries.count()) == (lead, len(everything()))
    assert submit_assessment(assessment=held, by=lead).state == "submitted"
    line = Line.objects.get(verb="assessment.handed_over")
    assert line.particulars == {"from": list(assessor), "to": list(lead)}
    written = Line.objects.filter(verb="entries.received").values_list("actor_id", flat=True)
    assert set(written) == {assessor[1]}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"why": " "}, Refusal.REASON_MISSING),
        ({"to": ("user", "a-chief-inspector")}, Refusal.NOT_IN_THE_TEAM),
        ({"to": ("user", "an-assessor")}, Refusal.ALREADY_ALLOCATED),
    ],
)
def test_an_unfit_hand_over_is_refused_by_name(begun, people, lead, changed, code):
    given = {"why": "Ill", "to": lead} | changed
    refused(code, hand_over, assessment=begun, to=people[given["to"]], why=given["why"], by=lead)


def test_an_assessment_is_not_handed_over_to_somebody_with_an_interest_or_once_it_is_handed_in(
    submitted, people, lead, assessor, tie, inspection
):
    refused(Refusal.ASSESSMENT_CLOSED, hand_over, assessment=submitted, to=people[lead], why="Ill", by=lead)
    take_back_assessment(assessment=submitted, why="More to read", by=assessor)
    local = people["user", "a-local-assessor"]
    join_team(inspection=inspection, user=local, role="local_assessor", by=lead)
    tie(("user", "a-local-assessor"), "case", submitted.case)
    refused(Refusal.HAS_AN_INTEREST, hand_over, assessment=submitted, to=local, why="Ill", by=lead)


def test_a_withdrawn_assessment_keeps_what_was_written_and_takes_nothing_more(fill, lead, assessor, entry):
    withdraw_assessment(assessment=fill, why="The case was transferred", by=lead)
    with pytest.raises(NotAllowedError):
        append_entries(assessment=fill, entries=[entry(1)], by=assessor)
    assert fill.entries.count() == len(everything())


def test_nothing_new_is_written_once_the_case_has_left_the_sample(begun, sample, assessor, entry):
    drawn = sample.drawn_cases
    out, into = drawn.get(case=begun.case), drawn.filter(role="reserve").first()
    Replacement.objects.create(outgoing=out, incoming=into, reason="transferred", replaced_at=begun.begun_at)
    (one,) = append_entries(assessment=begun, entries=[entry(1)], by=assessor).refused
    assert (one.code, "left the sample" in one.sentence) == (Refusal.ASSESSMENT_CLOSED, True)


def test_an_assessment_whose_edition_has_changed_is_refused(begun):
    begun.edition_digest = "a" * 64
    refused(Refusal.EDITION_CHANGED, edition_of, assessment=begun)


def test_fieldwork_is_finished_once_all_is_accepted(begun, lead, inspection):
    refused(Story.CASES_NOT_ACCEPTED, finish_fieldwork, inspection=inspection, by=lead)
    for drawn in begun.case.drawn.sample.drawn_cases.filter(role="drawn").exclude(case=begun.case):
        facts = {"case": drawn.case, "assessor_kind": "user", "assessor_id": "x", "edition": begun.edition}
        Assessment.objects.create(**facts, edition_digest="a" * 64, begun_at=begun.begun_at, state="accepted")
    Assessment.objects.filter(pk=begun.pk).update(state="accepted")
    assert finish_fieldwork(inspection=inspection, by=lead).state == "rating"
