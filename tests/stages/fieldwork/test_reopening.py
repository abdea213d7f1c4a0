"""Reopening fieldwork takes two people: one asks, another agrees; every request is kept, whatever becomes of it."""

import pytest

from inspectorate.fieldwork.actions import (
    agree_to_reopen_fieldwork,
    ask_to_reopen_fieldwork,
    decline_to_reopen_fieldwork,
)
from inspectorate.fieldwork.models import FieldworkReopening
from inspectorate.fieldwork.refusals import Refusal
from inspectorate.inspections.actions import join_team
from inspectorate.methodology.lifecycle import Refusal as Story
from inspectorate.people.access import NotAllowedError
from inspectorate.record.queries import entries_in
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, OUTSIDER
from tests.stages.fieldwork.test_assessing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def rating(inspection):
    """Fieldwork is over."""
    return at(inspection, "rating")


def at(inspection, state):
    type(inspection).objects.filter(pk=inspection.pk).update(state=state)
    inspection.refresh_from_db()
    return inspection


def test_the_lead_asks_the_chief_agrees_and_it_is_open(rating):
    asked = ask_to_reopen_fieldwork(inspection=rating, why="A case to look at again.", by=LEAD)
    assert ask_to_reopen_fieldwork(inspection=rating, why="A case to look at again.", by=LEAD) == asked
    refused(Refusal.ASKED_ALREADY, ask_to_reopen_fieldwork, inspection=rating, why="Another.", by=CHIEF)
    refused(Refusal.SAME_PERSON, agree_to_reopen_fieldwork, inspection=rating, by=LEAD)
    agree_to_reopen_fieldwork(inspection=rating, by=CHIEF)
    rating.refresh_from_db()
    assert rating.state == "fieldwork"
    said = entries_in(rating.name).get(verb="inspection.reopen_fieldwork")
    assert said.why == "A case to look at again."


def test_the_chief_asks_and_another_lead_of_the_team_agrees(rating, people):
    join_team(inspection=rating, user=people[OUTSIDER], role="inspector", by=LEAD)
    ask_to_reopen_fieldwork(inspection=rating, why="A case to look at again.", by=CHIEF)
    agree_to_reopen_fieldwork(inspection=rating, by=OUTSIDER)
    rating.refresh_from_db()
    assert rating.state == "fieldwork"


def test_it_is_declined_or_taken_back_with_a_reason_and_may_be_asked_for_again(rating):
    refused(Refusal.NOT_ASKED, decline_to_reopen_fieldwork, inspection=rating, why="No.", by=CHIEF)
    refused(Refusal.NOT_ASKED, agree_to_reopen_fieldwork, inspection=rating, by=CHIEF)
    ask_to_reopen_fieldwork(inspection=rating, why="One.", by=LEAD)
    refused(Refusal.REASON_MISSING, decline_to_reopen_fieldwork, inspection=rating, why=" ", by=CHIEF)
    assert decline_to_reopen_fieldwork(inspection=rating, why="No.", by=CHIEF).decision == "declined"
    ask_to_reopen_fieldwork(inspection=rating, why="One.", by=LEAD)
    assert decline_to_reopen_fieldwork(inspection=rating, why="Seen.", by=LEAD).decision == "taken_back"
    rating.refresh_from_db()
    assert (rating.state, FieldworkReopening.objects.count()) == ("rating", 2)


def test_it_takes_a_reason_and_a_fieldwork_that_is_over(inspection):
    refused(Story.NOT_FROM_HERE, ask_to_reopen_fieldwork, inspection=at(inspection, "fieldwork"), why="x", by=LEAD)
    refused(Story.REASON_MISSING, ask_to_reopen_fieldwork, inspection=at(inspection, "rating"), why=" ", by=LEAD)
    ask_to_reopen_fieldwork(inspection=inspection, why="x", by=LEAD)
    at(inspection, "signed_off")
    refused(Story.NOT_FROM_HERE, agree_to_reopen_fieldwork, inspection=inspection, by=CHIEF)
    assert FieldworkReopening.objects.get().decision == ""


@pytest.mark.parametrize("person", [ASSESSOR, CONTACT, LOCAL, OUTSIDER])
def test_nobody_else_has_a_hand_in_it(rating, person):
    with pytest.raises(NotAllowedError):
        ask_to_reopen_fieldwork(inspection=rating, why="x", by=person)
    ask_to_reopen_fieldwork(inspection=rating, why="x", by=LEAD)
    for act in (
        lambda: agree_to_reopen_fieldwork(inspection=rating, by=person),
        lambda: decline_to_reopen_fieldwork(inspection=rating, why="x", by=person),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_both_find_it_on_the_page_and_the_second_in_their_work(rating, client, people, django_assert_max_num_queries):
    there = f"{rating.get_absolute_url()}cases/reopen/"

    def page(name):
        client.force_login(people[name])
        with django_assert_max_num_queries(12):
            return client.get(there).content.decode()

    assert "Ask to reopen fieldwork" in page(LEAD)
    assert client.post(there, {"verb": "ask", "why": ""}).status_code == 422
    assert client.post(there, {"verb": "ask", "why": "A second look."}).status_code == 302
    assert ("Take it back" in page(LEAD), "Agree: reopen" in page(LEAD)) == (True, False)
    assert client.post(there, {"verb": "agree"}).status_code == 409
    assert "Agree to reopen fieldwork" not in client.get("/my-work/").content.decode()
    assert "A second look." in page(CHIEF)
    assert "Agree to reopen fieldwork" in client.get("/my-work/").content.decode()
    assert client.post(there, {"verb": "agree"}).status_code == 302
    assert client.post(there, {"verb": "agree"}).status_code == 409
    rating.refresh_from_db()
    assert rating.state == "fieldwork"
    assert "cannot be reopened now" in page(CHIEF)
    client.force_login(people[ASSESSOR])
    assert client.get(there).status_code == 403
