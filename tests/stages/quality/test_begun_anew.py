"""Whoever takes a case on from another judges it themselves: what the other found is for the lead alone."""

import pytest
from django.test import Client

from inspectorate.fieldwork.actions import append_entries, begin_assessment, declare_interest, submit_assessment
from inspectorate.fieldwork.actions import take_back_assessment as take_back
from inspectorate.fieldwork.models import Assessment
from inspectorate.inspections.actions import join_team
from inspectorate.people.access import person_of
from inspectorate.quality.actions import return_assessment
from inspectorate.quality.queries import decisions_in
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD, LOCAL, OUTSIDER

pytestmark = pytest.mark.django_db
FOUND = "The plan of March names no contact."


@pytest.fixture
def given_on(submitted, people, give, entry):
    """Ann found something and was returned her assessment; then she declared an interest. It is given to another."""
    inspection, case = submitted.case.case_list.inspection, submitted.case
    take_back(assessment=submitted, why="More", by=ASSESSOR)
    append_entries(assessment=submitted, entries=[entry(1, "", part="note", text=FOUND)], by=ASSESSOR)
    submit_assessment(assessment=submitted, by=ASSESSOR)
    return_assessment(assessment=submitted, reason="See page 3 again.", by=LEAD)
    join_team(inspection=inspection, user=people[LOCAL], role="local_assessor", by=LEAD)
    join_team(inspection=inspection, user=people[OUTSIDER], role="inspector", by=LEAD)
    declare_interest(case=case, note="", by=ASSESSOR)

    def to(name):
        give(case, name)
        return case

    return to


@pytest.fixture
def read(people):
    def reading(case, name):
        client = Client()
        client.force_login(people[name])
        home = f"/inspections/{case.case_list.inspection.public_id}/cases/{case.public_id}/"
        pages = [client.get(f"{home}{below}") for below in ("", "check/", "check/changes/", "about/")]
        return b" ".join(page.content for page in pages if page.status_code != 404).decode()

    return reading


@pytest.mark.parametrize("name", [LOCAL, OUTSIDER])
def test_the_next_assessor_sees_nothing_of_what_another_found(given_on, read, name):
    case = given_on(name)
    assert FOUND not in read(case, name)
    begun = begin_assessment(case=case, assessor=name, by=name)
    assert FOUND not in read(case, name)
    Assessment.objects.filter(pk=begun.pk).update(state="submitted")
    text = read(case, name)
    assert (FOUND in text, person_of(name).full_name in text) == (False, True)


@pytest.mark.parametrize("name", [LEAD, CHIEF])
def test_the_lead_and_the_chief_see_what_was_found(given_on, read, name):
    assert FOUND in read(given_on(LOCAL), name)


def test_decisions_on_what_another_found_are_not_for_the_next_assessor(given_on, people, client):
    case = given_on(OUTSIDER)
    inspection = case.case_list.inspection
    assert decisions_in(person_of(LEAD), inspection).count() == 1
    assert decisions_in(person_of(OUTSIDER), inspection).count() == 0
    client.force_login(people[OUTSIDER])
    assert "See page 3 again." not in client.get(f"/inspections/{inspection.public_id}/checks/").content.decode()
