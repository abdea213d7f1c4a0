"""Team, dates, setting aside, record and reinspection on their pages."""

import csv
import io
from datetime import date

import pytest
from django.utils import timezone

from inspectorate.inspections.actions import set_aside
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.pages.history import WORDS, words_of
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.models import Tie
from inspectorate.record.models import Entry, Payload
from tests.stages.conftest import ASSESSOR, LEAD, LOCAL, OUTSIDER
from tests.stages.inspections.asked import in_state, text

pytestmark = pytest.mark.django_db


def test_the_team_page_names_who_cannot_be_chosen_and_why(signed_in, dated, people, trust):
    told = {"subject_kind": "body", "subject_id": trust.public_id, "declared_at": timezone.now()}
    Tie.objects.create(user=people[OUTSIDER], kind="worked_for", **told)
    page = text(signed_in(LEAD).get(f"{dated.get_absolute_url()}team/"))
    assert "Odd Outsider: has declared an interest in a body of this inspection" in page
    assert people[OUTSIDER].public_id not in page
    assert people[LOCAL].public_id in page


def test_somebody_joins_once_however_often_the_button_is_pressed(signed_in, dated, people):
    client, home = signed_in(LEAD), dated.get_absolute_url()
    sent = {"person": people[LOCAL].public_id}
    assert client.post(f"{home}team/join/", sent).headers["Location"] == f"{home}team/?done=joined"
    again = client.post(f"{home}team/join/", sent)
    assert (again.status_code, "can no longer be chosen" in text(again)) == (422, True)
    assert dated.team.filter(user=people[LOCAL]).count() == 1
    assert "The team has grown by one" in text(client.get(f"{home}team/?done=joined"))


def test_a_part_in_the_team_ends_with_a_reason(signed_in, team_of_three):
    client, home = signed_in(LEAD), team_of_three.get_absolute_url()
    member = team_of_three.team.get(role="local_assessor")
    address = f"{home}team/{member.public_id}/end/"
    assert "They no longer see this inspection" in text(client.get(address))
    assert client.post(address, {"why": " "}).status_code == 422
    assert client.post(address, {"why": "Called back."}).status_code == 302
    again = client.post(address, {"why": "Called back."})
    assert (again.status_code, "has left the team already" in text(again)) == (422, True)
    assert "Called back." in text(client.get(f"{home}team/"))
    assert client.get(f"{home}team/nonsense/end/").status_code == 404


def test_the_lead_changes_in_one_step_and_who_has_left_is_led_away(signed_in, dated, people):
    client, home = signed_in(LEAD), dated.get_absolute_url()
    answer = client.post(f"{home}team/lead/", {"person": people[OUTSIDER].public_id, "why": "Leave."})
    assert answer.headers["Location"] == "/inspections/"
    assert client.get(home).status_code == 404
    assert "Odd Outsider" in text(signed_in(OUTSIDER).get(home))


def test_a_lead_who_stays_is_led_back_to_the_overview(signed_in, dated, people):
    client, home = signed_in(LEAD), dated.get_absolute_url()
    sent = {"person": people[OUTSIDER].public_id, "why": "Leave.", "stays": "on"}
    assert client.post(f"{home}team/lead/", sent).headers["Location"] == f"{home}?done=lead"
    assert "The inspection has a new lead" in text(client.get(f"{home}?done=lead"))


def test_the_week_is_set_and_a_refusal_stands_beside_what_was_written(signed_in, dated):
    client, home = signed_in(LEAD), dated.get_absolute_url()
    assert client.post(f"{home}dates/week/", {"monday": "2013-04-15", "weeks": "2"}).status_code == 302
    refused = client.post(f"{home}dates/week/", {"monday": "2013-04-16", "weeks": "2"})
    assert (refused.status_code, "begins on a Monday" in text(refused)) == (422, True)
    assert 'value="2013-04-16"' in text(refused)
    in_state(dated, "announced")
    refused = client.post(f"{home}dates/week/", {"monday": "2013-04-22", "weeks": "1", "why": ""})
    assert "write why it changes" in text(refused)


def test_a_date_is_moved_and_put_back(signed_in, dated):
    client, home = signed_in(LEAD), dated.get_absolute_url()
    assert client.post(f"{home}dates/draft/", {"on": "2013-06-05", "why": "Illness."}).status_code == 302
    page = text(client.get(f"{home}dates/?done=moved"))
    assert "moved by hand from 3 June 2013" in page
    assert "Illness." in page
    assert client.post(f"{home}dates/draft/", {"on": "2013-06-08", "why": "Why not?"}).status_code == 422
    assert client.post(f"{home}dates/draft/back/").status_code == 302
    again = client.post(f"{home}dates/draft/back/")
    assert (again.status_code, "there is nothing to put back" in text(again)) == (409, True)
    assert client.get(f"{home}dates/nonsense/").status_code == 404


def test_setting_aside_asks_for_reason_and_tick_and_a_second_press_is_refused_plainly(signed_in, dated):
    client, home = signed_in(LEAD), dated.get_absolute_url()
    assert "goes on where it was" in text(client.get(f"{home}aside/defer/"))
    assert client.post(f"{home}aside/defer/", {"why": "Flood."}).status_code == 422
    assert client.post(f"{home}aside/defer/", {"why": "Flood.", "sure": "on"}).status_code == 302
    again = client.post(f"{home}aside/defer/", {"why": "Flood.", "sure": "on"})
    assert (again.status_code, "Nothing was changed" in text(again)) == (409, True)
    page = text(client.get(f"{home}?done=defer"))
    assert "It is deferred" in page
    assert "Resume this inspection" in page
    assert client.post(f"{home}aside/resume/", {"why": "Dry.", "sure": "on"}).status_code == 302
    assert Inspection.objects.get(pk=dated.pk).state == "arranged"
    assert client.get(f"{home}aside/announce/").status_code == 404


def test_the_record_says_who_did_what_when_and_why(signed_in, team_of_three):
    set_aside(inspection=team_of_three, verb="defer", why="The river rose.", by=LEAD)
    home = team_of_three.get_absolute_url()
    page = text(signed_in(ASSESSOR).get(f"{home}history/"))
    for words in ("Arranged the inspection", "Took Lou Local into the team", "Rhian Lead", "The river rose."):
        assert words in page
    assert "The chain holds" in page
    assert "1 week(s) from 22 April 2013" in page
    narrowed = text(signed_in(ASSESSOR).get(f"{home}history/?verb=inspection.defer"))
    assert ("1 of 5 entries" in narrowed, "Lou Local" in narrowed.split("<ol")[-1]) == (True, False)
    handed = text(signed_in(ASSESSOR).get(f"{home}history/record.csv?verb=inspection.defer"))
    assert [row["why"] for row in csv.DictReader(io.StringIO(handed.removeprefix("\ufeff")))] == ["The river rose."]


def test_every_verb_of_the_life_has_its_words_in_the_record():
    verbs = {f"inspection.{verb.code}" for verb in INSPECTION.verbs}
    assert verbs - set(WORDS) == set()
    assert words_of("case-list.frozen") == "Froze the case list"
    assert words_of("some-thing.done") == "Some thing done"


def test_a_record_that_was_tampered_with_is_said_to_be_broken(signed_in, dated):
    entry = Entry.objects.filter(stream__public_id=dated.public_id).first()
    Payload.objects.filter(entry=entry)._raw_delete("default")
    page = text(signed_in(LEAD).get(f"{dated.get_absolute_url()}history/"))
    assert "The chain is broken" in page


def test_a_reinspection_is_shown_first_and_arranged_once(signed_in, dated):
    published = in_state(dated, "released")
    client, home = signed_in(LEAD), published.get_absolute_url()
    assert "Arrange a reinspection" in text(client.get(home))
    assert "Reinspection of Westmoor 2013" in text(client.get(f"{home}reinspection/"))
    assert client.post(f"{home}reinspection/").status_code == 302
    again = client.post(f"{home}reinspection/")
    assert (again.status_code, "has been arranged already" in text(again)) == (409, True)
    page = text(client.get(home))
    assert ("Reinspected by" in page, "Arrange a reinspection" in page) == (True, False)
    assert date(2013, 4, 22) == published.fieldwork_on
