"""Before the gravest acts one says once more who one is; what was sent waits, and goes on by itself."""

import json
import time

import pytest

from inspectorate.people.access import GRAVE, RULES
from inspectorate.people.actions import load_demonstration
from inspectorate.people.models import Role, Session
from inspectorate.people.sessions import PROOF_HOLDS, PROVED, WAITING, WAITS_FOR

pytestmark = pytest.mark.django_db
ABSENT = "0" * 32


@pytest.fixture
def as_chief(client, people, chief, password):
    people[chief].set_password(password)
    people[chief].save()
    client.force_login(people[chief])
    return client


def long_ago(client):
    session = client.session
    session[PROVED] = time.time() - PROOF_HOLDS - 1
    session.save()


def test_the_grave_acts_are_acts():
    assert GRAVE.keys() <= RULES.keys()


def test_within_ten_minutes_of_signing_in_nothing_is_asked(as_chief, assessor):
    answer = as_chief.post(f"/people/{assessor[1]}/role/", {"role": "lead_inspector"})
    assert answer["Location"].endswith("?done=role")


def test_later_the_act_waits_until_the_password_is_given_and_is_then_done(as_chief, people, assessor, password):
    long_ago(as_chief)
    asked = as_chief.post(f"/people/{assessor[1]}/role/", {"role": "lead_inspector"})
    assert asked["Location"].startswith("/account/again/?next=")
    people[assessor].refresh_from_db()
    assert people[assessor].role == Role.INSPECTOR
    page = as_chief.get(asked["Location"]).content.decode()
    assert "What you wrote is kept and goes on" in page
    wrong = as_chief.post(asked["Location"], {"password": "wrong"})
    assert "That is not your password" in wrong.content.decode()
    assert as_chief.post(f"/people/{assessor[1]}/role/", {"role": "lead_inspector"}).status_code == 302
    done = as_chief.post(asked["Location"], {"password": password, "next": f"/people/{assessor[1]}/role/"})
    assert done["Location"].endswith("?done=role")
    people[assessor].refresh_from_db()
    assert people[assessor].role == Role.LEAD_INSPECTOR


def test_reading_is_not_asked_for_but_carrying_everything_away_is(as_chief, assessor, inspection):
    long_ago(as_chief)
    assert as_chief.get(f"/people/{assessor[1]}/").status_code == 200
    assert as_chief.get(f"/inspections/{inspection.public_id}/").status_code == 200
    asked = as_chief.post(f"/inspections/{inspection.public_id}/export/{ABSENT}/everything.zip")
    assert asked["Location"].startswith("/account/again/?next=%2Finspections%2F")


def test_a_clock_that_was_put_back_makes_no_proof_last(as_chief, inspection):
    session = as_chief.session
    session[PROVED] = time.time() + 3600
    session.save()
    asked = as_chief.post(f"/inspections/{inspection.public_id}/export/{ABSENT}/everything.zip")
    assert asked["Location"].startswith("/account/again/")


def test_wrong_passwords_are_slowed_down_there_too(as_chief):
    long_ago(as_chief)
    for _ in range(11):
        last = as_chief.post("/account/again/", {"password": "wrong"})
    assert last.status_code == 429 or "Too many attempts" in last.content.decode()


def test_an_invented_person_presses_a_button_and_it_says_why(client, settings, tmp_path, inspection):
    settings.VAR = tmp_path
    carys = load_demonstration(by=("system", "demo"))[0]
    client.force_login(carys)
    long_ago(client)
    asked = client.post(f"/inspections/{inspection.public_id}/export/{ABSENT}/everything.zip")
    page = client.get(asked["Location"]).content.decode()
    assert "a button is enough" in page
    done = client.post(
        "/account/again/", {"next": f"/inspections/{inspection.public_id}/export/{ABSENT}/everything.zip"}
    )
    assert done.status_code == 404, "it went on, and there is no such export"
    assert client.post("/account/again/")["Location"] == "/account/"


def test_what_waits_is_what_was_sent_without_the_rest_of_its_request(as_chief, assessor, password):
    long_ago(as_chief)
    role = f"/people/{assessor[1]}/role/"
    sent = {"role": "lead_inspector", "csrfmiddlewaretoken": "a-token"}
    asked = as_chief.post(f"{role}?from=1", sent, headers={"x-canary": "a-header", "user-agent": "a-browser"})
    waiting = json.loads(as_chief.session[WAITING]["request"])
    assert (waiting["path"], waiting["POST"], waiting["META"]) == (role, "role=lead_inspector", {})
    kept = json.dumps(waiting)
    for canary in ("a-header", "a-browser", "a-token", "sessionid", "127.0.0.1"):
        assert canary not in kept
    done = as_chief.post(asked["Location"], {"password": password, "next": role})
    assert done["Location"].endswith("?done=role")
    assert WAITING not in as_chief.session


def test_what_waits_is_gone_after_a_quarter_of_an_hour(as_chief, people, assessor, password):
    long_ago(as_chief)
    role = f"/people/{assessor[1]}/role/"
    asked = as_chief.post(role, {"role": "lead_inspector"})
    session = as_chief.session
    session[WAITING] = session[WAITING] | {"at": time.time() - WAITS_FOR - 1}
    session.save()
    as_chief.get("/my-work/")
    row = Session.objects.get(pk=as_chief.session.session_key)
    assert WAITING not in row.get_decoded()
    done = as_chief.post(asked["Location"], {"password": password, "next": role})
    assert done["Location"] == role
    people[assessor].refresh_from_db()
    assert people[assessor].role == Role.INSPECTOR


def test_lists_of_cases_are_carried_away_only_by_whoever_said_again_who_they_are(as_chief, inspection):
    long_ago(as_chief)
    home = f"/inspections/{inspection.public_id}"
    for page in ("cases/cases.csv", "checks/decisions.csv"):
        asked = as_chief.get(f"{home}/{page}")
        assert asked["Location"].startswith("/account/again/?next=%2Finspections%2F"), page


def test_f49_a_code_for_an_app_that_cannot_be_read_does_not_fit_and_breaks_nothing(as_chief, people, chief, settings):
    """As after another secret key was set: the app was written down under the earlier one."""
    settings.SECRET_KEY = "another-key-" * 9
    as_chief.force_login(people[chief])
    long_ago(as_chief)
    answer = as_chief.post("/account/again/code/", {"code": "123456"})
    assert (answer.status_code, b"That code does not fit" in answer.content) == (200, True)
