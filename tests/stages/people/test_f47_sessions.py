"""F47: a session that is fixed, stolen or used after its end opens nothing, wherever it is tried."""

import re

import pytest
from django.test import Client

from inspectorate.inspections.actions import join_team
from inspectorate.people.access import NotAllowedError
from inspectorate.people.actions import deactivate, end_session, give_role, invite, readmit
from inspectorate.people.models import Role, Session
from inspectorate.people.refusals import Refusal, RefusedError

pytestmark = pytest.mark.django_db


def opens(client):
    return client.get("/my-work/").status_code == 200


def with_cookie(key):
    thief = Client(headers={"user-agent": "another browser"})
    thief.cookies["sessionid"] = key
    return thief


@pytest.fixture
def two(rhian):
    both = Client(headers={"user-agent": "one browser"}), Client(headers={"user-agent": "another browser"})
    for client in both:
        client.force_login(rhian)
    return both


def test_a_session_that_a_stranger_fixed_beforehand_is_not_signed_in(client, rhian, password):
    client.get("/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    fixed = session.session_key
    client.cookies["sessionid"] = fixed
    client.post("/sign-in/", {"login": rhian.email, "password": password})
    assert client.session.session_key != fixed
    assert not Session.objects.filter(session_key=fixed).exists()
    assert with_cookie(fixed).get("/account/").status_code == 302


def test_a_cookie_that_was_kept_opens_nothing_after_signing_out(two):
    kept = two[0].cookies["sessionid"].value
    assert opens(with_cookie(kept))
    two[0].post("/sign-out/")
    assert not opens(with_cookie(kept))
    assert opens(two[1]), "the other browser goes on"


@pytest.mark.parametrize("how", ["left", "role"])
def test_everywhere_at_once_when_somebody_leaves_or_gets_another_role(two, rhian, chief, how):
    if how == "left":
        deactivate(user=rhian, why="A post elsewhere", by=chief)
    else:
        give_role(user=rhian, role=Role.INSPECTOR, by=chief)
    assert [opens(client) for client in two] == [False, False]
    assert not Session.objects.filter(user=rhian).exists()


def test_everywhere_else_when_the_password_is_changed(two, rhian, password):
    new = "wet slate roofs in march"
    two[0].post("/password/change/", {"oldpassword": password, "password1": new, "password2": new})
    assert [opens(client) for client in two] == [True, False]
    assert Session.objects.filter(user=rhian).count() == 1


def test_what_was_queued_in_the_name_of_somebody_who_left_is_refused(rhian, chief, inspection, assessor, people):
    deactivate(user=rhian, why="A post elsewhere", by=chief)
    with pytest.raises(NotAllowedError):
        join_team(inspection=inspection, user=people[assessor], role="inspector", by=rhian.name)


def test_a_link_sent_before_somebody_left_opens_nothing_when_they_are_back(client, people, assessor, chief):
    ann = people[assessor]
    link = invite(user=ann, by=chief)
    deactivate(user=ann, why="A post elsewhere", by=chief)
    assert "This link works no longer" in client.get(link, follow=True).content.decode()
    readmit(user=ann, by=chief)
    assert "This link works no longer" in Client().get(link, follow=True).content.decode()


def test_everybody_sees_where_they_are_signed_in_and_ends_one_or_all_others(two, rhian):
    page = two[0].get("/account/").content.decode()
    (link,) = re.findall(r"/account/sessions/\w{32}/end/", page)
    assert two[0].post(link)["Location"] == "/account/?done=ended"
    assert [opens(client) for client in two] == [True, False]
    again = two[0].post(link)
    assert (again.status_code, "has ended already" in again.content.decode()) == (409, True)
    two[1].force_login(rhian)
    assert two[1].post("/account/sessions/end-others/")["Location"] == "/account/?done=others"
    assert [opens(client) for client in two] == [False, True]


def test_a_session_is_listed_with_the_place_and_the_browser_that_it_began_with(rhian, password):
    mine = Client(headers={"user-agent": "a browser <b>"}, REMOTE_ADDR="203.0.113.9")
    mine.post("/sign-in/", {"login": rhian.email, "password": password})
    page = mine.get("/account/").content.decode()
    assert "from 203.0.113.9; a browser &lt;b&gt;" in page
    assert "Nowhere else" in page


def test_nobody_ends_the_session_of_another(two, rhian, people, assessor):
    other = Client()
    other.force_login(people[assessor])
    session = Session.objects.filter(user=rhian).first()
    assert other.post(f"/account/sessions/{session.public_id}/end/").status_code == 409
    assert [opens(client) for client in two] == [True, True]
    with pytest.raises(NotAllowedError):
        end_session(user=rhian, session=session.public_id, by=assessor)
    with pytest.raises(RefusedError) as caught:
        end_session(user=rhian, session="0" * 32, by=rhian.name)
    assert caught.value.code == Refusal.ENDED_ALREADY
