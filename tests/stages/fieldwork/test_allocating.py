"""Cases go to people of the team who have no interest in them, and to nobody else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from inspectorate.fieldwork.actions import allocate_case, allocate_cases, begin_fieldwork, declare_interest
from inspectorate.fieldwork.models import Allocation
from inspectorate.fieldwork.queries import relations_to_case, unallocated, visible_cases, visible_sample
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.fieldwork.sharing import share_out
from inspectorate.inspections.actions import join_team, leave_team
from inspectorate.methodology.lifecycle import Refusal as Story
from inspectorate.people.access import INTEREST, NotAllowedError, person_of
from inspectorate.record.models import Entry as Line
from inspectorate.register.actions import NewBody, register_body
from inspectorate.sampling.models import Case

pytestmark = pytest.mark.django_db


def case_of(sample, reference="C001"):
    return sample.case_list.cases.select_related("case_list__inspection").get(reference=reference)


def code_of(refused):
    return refused.value.code


def test_a_case_is_given_and_goes_over_to_somebody_else(sample, people, lead, assessor):
    allocate_case(case=case_of(sample), user=people[assessor], by=lead)
    allocate_case(case=case_of(sample), user=people[lead], by=lead, why="She has fewer")
    assert list(Allocation.objects.order_by("pk").values_list("assessor__public_id", "ended_because")) == [
        (assessor[1], "She has fewer"),
        (lead[1], ""),
    ]
    assert Line.objects.filter(verb="cases.allocated").count() == 2


def test_several_cases_are_given_at_once_with_one_line_in_the_record(sample, people, lead, assessor, inspection):
    cases = [case_of(sample, f"C00{n}") for n in range(1, 7)]
    done = allocate_cases(inspection=inspection, wishes=[(case, people[assessor]) for case in cases], by=lead)
    assert (len(done.given), done.refused, unallocated(inspection).count()) == (6, (), 0)
    assert Line.objects.filter(verb="cases.allocated").count() == 1


@pytest.mark.parametrize("role", ["holder", "home", "host"])
def test_nobody_gets_a_case_of_a_body_they_are_tied_to(sample, people, lead, assessor, tie, role):
    body = register_body(body=NewBody("Eastmoor", kind="probation_trust", nation="england", invented=True), by=lead)
    Case.objects.filter(reference="C001").update(**{role: body})
    tie(assessor, "body", body, "worked_for")
    with pytest.raises(RefusedError) as refused:
        allocate_case(case=case_of(sample), user=people[assessor], by=lead)
    assert code_of(refused) == Refusal.HAS_AN_INTEREST
    assert not Allocation.objects.exists()


def test_of_several_wishes_those_that_cannot_be_stop_no_other(sample, people, lead, assessor, chief, tie):
    inspection = sample.case_list.inspection
    tie(assessor, "case", case_of(sample, "C002"))
    wishes = [
        (case_of(sample, "C001"), people[assessor]),
        (case_of(sample, "C002"), people[assessor]),
        (case_of(sample, "C012"), people[assessor]),
        (case_of(sample, "C003"), people[chief]),
    ]
    done = allocate_cases(inspection=inspection, wishes=wishes, by=lead)
    assert [given.case.reference for given in done.given] == ["C001"]
    assert [unfit.code for unfit in done.refused] == [
        Refusal.HAS_AN_INTEREST,
        Refusal.NOT_IN_SAMPLE,
        Refusal.NOT_IN_THE_TEAM,
    ]
    again = allocate_cases(inspection=inspection, wishes=wishes[:1], by=lead)
    assert [unfit.code for unfit in again.refused] == [Refusal.ALREADY_ALLOCATED]


def test_a_case_that_is_being_assessed_is_handed_over_and_not_given_anew(begun, people, lead):
    with pytest.raises(RefusedError) as refused:
        allocate_case(case=begun.case, user=people[lead], by=lead)
    assert code_of(refused) == Refusal.ASSESSMENT_UNDER_WAY


def test_cases_are_not_given_before_the_sample_or_after_fieldwork(sample, people, lead, assessor, inspection):
    for state in ("announced", "rating"):
        type(inspection).objects.filter(pk=inspection.pk).update(state=state)
        with pytest.raises(RefusedError) as refused:
            allocate_case(case=case_of(sample), user=people[assessor], by=lead)
        assert code_of(refused) == Refusal.FIELDWORK_CLOSED


def test_only_the_lead_or_the_chief_gives_cases(sample, people, assessor, chief):
    with pytest.raises(NotAllowedError):
        allocate_case(case=case_of(sample), user=people[assessor], by=assessor)
    assert allocate_case(case=case_of(sample), user=people[assessor], by=chief)


def test_a_lead_with_an_interest_finds_the_case_nowhere_and_the_chief_gives_it(
    sample, people, lead, assessor, chief, tie
):
    inspection = sample.case_list.inspection
    tie(lead, "case", case_of(sample))
    assert visible_sample(person_of(lead), inspection).count() == 5
    assert visible_cases(person_of(chief), inspection).count() == 6
    with pytest.raises(RefusedError) as refused:
        allocate_case(case=case_of(sample), user=people[assessor], by=lead)
    assert code_of(refused) == Refusal.NOT_IN_SAMPLE
    allocate_case(case=case_of(sample), user=people[assessor], by=chief)


def test_who_declares_an_interest_sees_the_case_no_more_and_the_lead_gets_it_back(begun, people, lead, assessor):
    declare_interest(case=begun.case, note="We were at school together.", by=assessor)
    begun.refresh_from_db()
    inspection = begun.case.case_list.inspection
    person = person_of(assessor)
    assert (begun.state, Allocation.objects.get().ended_because) == ("withdrawn", "The assessor declared an interest.")
    assert INTEREST in relations_to_case(person, begun.case)
    assert begun.case not in visible_cases(person, inspection)
    assert begun.case in unallocated(inspection)
    allocate_case(case=begun.case, user=people[lead], by=lead)
    with pytest.raises(RefusedError) as refused:
        allocate_case(case=begun.case, user=people[assessor], by=lead)
    assert code_of(refused) == Refusal.HAS_AN_INTEREST


def test_an_outsider_cannot_declare_an_interest_in_a_case_to_learn_that_it_exists(begun):
    with pytest.raises(NotAllowedError):
        declare_interest(case=begun.case, note="", by=("user", "another-lead-inspector"))


def test_fieldwork_begins_once_every_case_is_with_somebody_in_the_team(sample, people, lead, assessor, inspection):
    member = inspection.team.get(user=people[assessor])
    cases = [case_of(sample, f"C00{n}") for n in range(1, 7)]
    allocate_cases(inspection=inspection, wishes=[(case, people[assessor]) for case in cases], by=lead)
    leave_team(member=member, why="Ill", by=lead)
    with pytest.raises(RefusedError) as refused:
        begin_fieldwork(inspection=inspection, by=lead)
    assert code_of(refused) == Story.CASES_NOT_ALLOCATED
    join_team(inspection=inspection, user=people[assessor], role="inspector", by=lead)
    assert begin_fieldwork(inspection=inspection, by=lead).state == "fieldwork"
    with pytest.raises(RefusedError) as again:
        begin_fieldwork(inspection=inspection, by=lead)
    assert code_of(again) == Story.NOT_FROM_HERE


def test_shares_are_even_and_respect_conflicts():
    shared = share_out(["1", "2", "3", "4", "5"], {"a": 0, "b": 0}, {("a", "1"), ("a", "2"), ("b", "3"), ("a", "3")})
    assert shared.to == {"1": "b", "2": "b", "4": "a", "5": "a"}
    assert shared.nobody == ("3",)


def test_shares_count_what_people_have_already():
    assert share_out(["1", "2", "3"], {"a": 3, "b": 0}, set()).to == {"1": "b", "2": "b", "3": "b"}


def test_the_database_holds_one_assessor_of_a_case(sample, people, assessor, lead, give):
    case = case_of(sample)
    held = give(case, assessor)
    with pytest.raises(IntegrityError, match=r"fieldwork_case_with_one_assessor|UNIQUE"), transaction.atomic():
        Allocation.objects.create(case=case, assessor=people[lead], allocated_at=held.allocated_at)


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_give_the_same_case_at_once_leave_one_assessor(sample, people, lead, assessor, chief):
    case = case_of(sample)

    def give_to(who):
        try:
            allocate_case(case=case, user=people[who[0]], by=who[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(give_to, [(assessor, lead), (lead, chief)]))
    assert Allocation.objects.filter(ended_at__isnull=True).count() == 1
