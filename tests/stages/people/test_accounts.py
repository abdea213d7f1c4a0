"""Accounts: who is added, given a role, leaves and comes back; the chief inspector alone does it."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from inspectorate.people.access import NotAllowedError, may, person_of
from inspectorate.people.actions import STREAM, add_person, deactivate, give_role, readmit
from inspectorate.people.models import Role, Session, User
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.models import Entry

pytestmark = pytest.mark.usefixtures("people")
ANN = {"email": "Ann.Price@Example.org", "name": " Ann  Lloyd Price ", "role": Role.INSPECTOR}


def refused(action, **given):
    with pytest.raises(RefusedError) as caught:
        action(**given)
    return caught.value.code


def written():
    entries = Entry.objects.filter(stream__kind=STREAM[0], stream__public_id=STREAM[1]).order_by("sequence")
    return [(entry.verb, entry.actor_id, entry.subject_id) for entry in entries]


@pytest.fixture
def second_chief(people, chief):  # noqa: ARG001 - the first must be there
    return add_person(email="second@example.org", name="Second Chief", role=Role.CHIEF_INSPECTOR, by=chief)


def test_the_chief_inspector_adds_somebody_who_has_no_password_yet(chief):
    ann = add_person(**ANN, by=chief)
    assert (ann.full_name, ann.email, ann.role) == ("Ann Lloyd Price", "ann.price@example.org", "inspector")
    assert not ann.has_usable_password()
    assert written() == [("people.added", chief[1], ann.public_id)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "  "}, Refusal.NAME_MISSING),
        ({"name": "x" * 151}, Refusal.NAME_MISSING),
        ({"email": "nowhere"}, Refusal.EMAIL_UNFIT),
        ({"email": "RHIAN@example.org"}, Refusal.EMAIL_TAKEN),
        ({"role": "king"}, Refusal.ROLE_UNKNOWN),
    ],
)
def test_what_does_not_do_is_refused_by_name_and_nobody_is_added(chief, changed, code):
    assert refused(add_person, **(ANN | changed), by=chief) == code
    assert not User.objects.filter(first_name="Ann", last_name="Lloyd Price").exists()
    assert written() == []


def test_the_database_holds_one_account_for_an_address(people, lead, chief):
    people[lead].email = people[chief].email
    with pytest.raises(IntegrityError), transaction.atomic():
        people[lead].save()


def test_the_database_holds_addresses_in_small_letters(people, lead):
    people[lead].email = "Rhian@example.org"
    with pytest.raises(IntegrityError, match="people_address_in_small_letters"), transaction.atomic():
        people[lead].save()


@pytest.mark.parametrize("action", [add_person, give_role, deactivate, readmit])
def test_nobody_but_a_chief_inspector_or_an_administrator_does_it(action, people, lead, assessor):
    given = {
        add_person: ANN,
        give_role: {"user": people[assessor], "role": Role.LEAD_INSPECTOR},
        deactivate: {"user": people[assessor], "why": "Left"},
        readmit: {"user": people[assessor]},
    }[action]
    with pytest.raises(NotAllowedError, match="that is for an administrator or a chief inspector"):
        action(**given, by=lead)
    assert written() == []


def test_a_role_holds_at_once(people, assessor, chief):
    assert not may(person_of(assessor), "inspection.arrange")
    give_role(user=people[assessor], role=Role.LEAD_INSPECTOR, by=chief)
    assert may(person_of(assessor), "inspection.arrange")
    assert written() == [("people.role", chief[1], assessor[1])]


def test_the_same_role_once_more_writes_nothing(people, assessor, chief):
    give_role(user=people[assessor], role=Role.INSPECTOR, by=chief)
    assert written() == []


def test_a_role_that_there_is_not_is_refused(people, assessor, chief):
    assert refused(give_role, user=people[assessor], role="king", by=chief) == Refusal.ROLE_UNKNOWN


def test_the_last_chief_inspector_keeps_the_role_and_the_account(people, chief):
    assert refused(give_role, user=people[chief], role=Role.INSPECTOR, by=chief) == Refusal.LAST_CHIEF
    assert refused(deactivate, user=people[chief], why="Left", by=("system", "test")) == Refusal.LAST_CHIEF


def test_with_a_second_chief_inspector_the_first_may_step_down(people, chief, second_chief):
    assert give_role(user=people[chief], role=Role.INSPECTOR, by=second_chief.name).role == Role.INSPECTOR


@pytest.mark.usefixtures("second_chief")
def test_nobody_closes_their_own_account(people, chief):
    assert refused(deactivate, user=people[chief], why="Left", by=chief) == Refusal.OWN_ACCOUNT


def test_access_ends_at_once_wherever_somebody_is_signed_in(people, assessor, lead, chief):
    here, there, other = Client(), Client(), Client()
    for client, user in ((here, assessor), (there, assessor), (other, lead)):
        client.force_login(people[user])
    deactivate(user=people[assessor], why="A post elsewhere", by=chief)
    assert [client.get("/my-work/").status_code for client in (here, there, other)] == [302, 302, 200]
    assert Session.objects.count() == 1
    assert not may(person_of(assessor), "desk.read")
    assert written() == [("people.left", chief[1], assessor[1])]


def test_leaving_needs_a_reason_and_happens_once(people, assessor, chief):
    assert refused(deactivate, user=people[assessor], why=" ", by=chief) == Refusal.REASON_MISSING
    deactivate(user=people[assessor], why="A post elsewhere", by=chief)
    assert refused(deactivate, user=people[assessor], why="Again", by=chief) == Refusal.HAS_LEFT
    assert refused(give_role, user=people[assessor], role=Role.LEAD_INSPECTOR, by=chief) == Refusal.HAS_LEFT


def test_somebody_who_comes_back_has_the_role_they_had(people, assessor, chief):
    deactivate(user=people[assessor], why="A post elsewhere", by=chief)
    assert readmit(user=people[assessor], by=chief).role == Role.INSPECTOR
    assert may(person_of(assessor), "desk.read")
    assert refused(readmit, user=people[assessor], by=chief) == Refusal.IS_HERE
