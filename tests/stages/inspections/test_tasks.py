"""What is mine to do in the inspections that I hold."""

from datetime import date

import pytest
from django.utils import timezone

from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection
from inspectorate.inspections.tasks import tasks_of
from inspectorate.people.access import person_of
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER
from tests.stages.inspections.asked import in_state

pytestmark = pytest.mark.django_db


def tasks(who):
    return [(task.title, task.about, task.due) for task in tasks_of(person_of(who), timezone.now())]


def test_the_lead_has_the_next_thing_with_its_day(dated):
    assert tasks(LEAD) == [("Announce it to the body", dated.title, date(2013, 2, 11))]


@pytest.mark.parametrize("who", [CHIEF, ASSESSOR, LOCAL, CONTACT, OUTSIDER])
@pytest.mark.usefixtures("dated")
def test_what_the_lead_holds_is_nobody_else_s(who):
    assert tasks(who) == []


@pytest.mark.parametrize(("state", "title"), [("checking", "sign the report off"), ("signed_off", "minute of")])
def test_what_only_the_chief_may_do_waits_for_the_chief(dated, state, title):
    in_state(dated, state)
    assert [title in task for task, *_ in tasks(CHIEF)] == [True]
    assert tasks(LEAD) == []


def test_an_inspection_without_a_lead_waits_for_the_chief(trust):
    new = NewInspection(title="Westmoor", modules=[NewModule("iaow/2013")], body=trust)
    arrange_inspection(inspection=new, by=CHIEF)
    assert tasks(CHIEF) == [("Name a lead inspector", "Westmoor", None)]


def test_what_is_closed_waits_for_nobody(dated):
    in_state(dated, "closed")
    assert (tasks(LEAD), tasks(CHIEF)) == ([], [])


@pytest.mark.parametrize(("who", "queries"), [(LEAD, 2), (CHIEF, 1), (ASSESSOR, 0)])
def test_next_steps_and_evidence_take_a_query_each_however_many_there_are(
    trust, who, queries, django_assert_num_queries
):
    for number in range(5):
        new = NewInspection(title=f"Visit {number}", modules=[NewModule("iaow/2013")], body=trust)
        arrange_inspection(inspection=new, by=LEAD)
    person = person_of(who)
    with django_assert_num_queries(queries):
        tasks_of(person, timezone.now())
