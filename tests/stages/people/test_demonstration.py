"""The invented people: made once, chosen on the sign-in page, and a way in for nobody else."""

import re
import stat

import pytest
from django.core import mail

from inspectorate.people.actions import STREAM, deactivate, invite, load_demonstration
from inspectorate.people.demonstration import PEOPLE, file_of_password, password_of_demonstration
from inspectorate.people.models import Role, User
from inspectorate.people.refusals import RefusedError
from inspectorate.record.models import Entry

DEMO = ("system", "demo")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def invented(db):  # noqa: ARG001 - it opens the database
    return load_demonstration(by=DEMO)


def choose(client, person):
    return client.post("/sign-in/", {"as": person.public_id})


def test_there_is_somebody_of_every_role_each_with_an_address_where_no_mail_arrives(invented):
    assert [(person.full_name, person.role) for person in invented] == list(PEOPLE)
    roles = [person.role for person in invented]
    several = {"lead_inspector": 2, "inspector": 3, "local_assessor": 2, "body_contact": 2}
    assert {role: roles.count(role) for role in roles} == {
        role: several.get(role, 1) for role in Role.values if role != Role.NONE
    }
    assert all(person.demonstration and person.email.endswith("@example.org") for person in invented)


def test_they_share_a_password_that_only_the_owner_of_the_installation_can_read(invented):
    assert stat.S_IMODE(file_of_password().stat().st_mode) == 0o600
    assert all(person.check_password(password_of_demonstration()) for person in invented)
    assert password_of_demonstration() != ""


def test_loading_them_again_changes_nothing(invented):
    before = [(person.pk, person.password) for person in invented]
    entries = Entry.objects.count()
    assert [(person.pk, person.password) for person in load_demonstration(by=DEMO)] == before
    assert Entry.objects.count() == entries


def test_each_is_written_down_in_the_record_of_accounts(invented):
    written = Entry.objects.filter(stream__kind=STREAM[0], stream__public_id=STREAM[1], verb="people.added")
    assert [entry.subject_id for entry in written.order_by("sequence")] == [person.public_id for person in invented]


def test_where_the_password_is_lost_they_get_a_new_one(invented):
    file_of_password().unlink()
    load_demonstration(by=DEMO)
    invented[0].refresh_from_db()
    assert invented[0].check_password(password_of_demonstration())


def test_the_sign_in_page_lets_one_choose_among_them(client, invented):
    page = client.get("/sign-in/").content.decode()
    for person in invented:
        assert f"Sign in as {person.full_name}" in page
    assert password_of_demonstration() not in page
    assert choose(client, invented[1])["Location"] == "/my-work/"
    assert "Rhian Prosser" in client.get("/my-work/").content.decode()


def test_who_was_sent_to_sign_in_and_chose_comes_to_the_page_they_wanted(client, invented):
    answer = client.post("/sign-in/", {"as": invented[0].public_id, "next": "/password/change/"})
    assert answer["Location"] == "/password/change/"


@pytest.mark.usefixtures("invented")
def test_nobody_signs_in_as_somebody_who_is_not_invented(client, people, lead):
    rhian = people[lead]
    rhian.set_password(password_of_demonstration())
    rhian.save()
    assert choose(client, rhian).status_code == 200
    assert client.get("/my-work/").status_code == 302
    assert f"Sign in as {rhian.full_name}" not in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("chosen", ["", "nobody", "0" * 32])
@pytest.mark.usefixtures("invented")
def test_nobody_signs_in_as_somebody_whom_there_is_not(client, chosen):
    assert client.post("/sign-in/", {"as": chosen}).status_code == 200
    assert client.get("/my-work/").status_code == 302


def test_in_a_real_installation_the_invented_people_are_neither_shown_nor_let_in(client, invented, settings):
    settings.DEMONSTRATION = False
    assert invented[0].full_name not in client.get("/sign-in/").content.decode()
    assert choose(client, invented[0]).status_code == 200
    by_hand = client.post("/sign-in/", {"login": invented[0].email, "password": password_of_demonstration()})
    assert by_hand["Location"] == "/sign-in/inactive/"
    assert client.get("/my-work/").status_code == 302


@pytest.mark.django_db
def test_in_a_real_installation_they_are_not_made(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(RefusedError, match="This installation is real") as refused:
        load_demonstration(by=DEMO)
    assert refused.value.code == "not-a-demonstration"
    assert not User.objects.exists()


def test_one_of_them_who_has_left_cannot_be_chosen(client, invented):
    deactivate(user=invented[3], why="Left", by=DEMO)
    assert choose(client, invented[3]).status_code == 200
    assert invented[3].full_name not in client.get("/sign-in/").content.decode()


def test_nobody_changes_the_password_that_all_of_them_share(client, invented):
    client.force_login(invented[0])
    new, old = "wet slate roofs in march", password_of_demonstration()
    page = client.post("/password/change/", {"oldpassword": old, "password1": new, "password2": new})
    assert "shared by all who try the demonstration" in page.content.decode()
    invented[0].refresh_from_db()
    assert invented[0].check_password(old)


def test_nobody_gets_a_link_to_set_that_password(client, invented):
    with pytest.raises(RefusedError, match="no password is asked for") as refused:
        invite(user=invented[0], by=DEMO)
    assert refused.value.code == "shared-account"
    client.post("/password/reset/", {"email": invented[0].email})
    link = re.search(r"http://testserver(/password/reset/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = "wet slate roofs in march"
    assert "it stays" in client.post(form, {"password1": new, "password2": new}).content.decode()
    invented[0].refresh_from_db()
    assert invented[0].check_password(password_of_demonstration())


@pytest.mark.usefixtures("folder")
def test_without_invented_people_the_page_is_that_of_any_installation(client, people):  # noqa: ARG001 - real ones
    page = client.get("/sign-in/").content.decode()
    assert "demonstration" not in page.split("<main")[1]
