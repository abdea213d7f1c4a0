"""The pages about people: who is here, one person, my own account; each does what its buttons say."""

import csv
import io
import re

import pytest
from django.core import mail
from django.test import Client

from inspectorate.fieldwork.models import Allocation
from inspectorate.inspections.actions import join_team
from inspectorate.people.actions import deactivate, declare_interest, tie_to_body
from inspectorate.people.models import Role, Tie, User

CONTACT, LOCAL, OUTSIDER = ("user", "a-body-contact"), ("user", "a-local-assessor"), ("user", "another-lead-inspector")


@pytest.fixture
def as_chief(client, people, chief):
    client.force_login(people[chief])
    return client


@pytest.fixture
def as_ann(client, people, assessor):
    client.force_login(people[assessor])
    return client


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_list_names_everybody_with_role_body_and_interests(
    as_chief, people, trust, assessor, chief, django_assert_max_num_queries
):
    tie_to_body(user=people[CONTACT], body=trust.public_id, by=chief)
    declare_interest(user=people[assessor], kind="family", subject=("body", trust.public_id), by=assessor)
    with django_assert_max_num_queries(12):
        page = text(as_chief.get("/people/"))
    assert "6 of 6 people" in page
    assert "Bob Contact Body contact Westmoor Probation Trust" in page
    assert "Ann Assessor Inspector Westmoor Probation Trust" in page


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("?q=ann", 1),
        ("?q=example.org+odd", 1),
        ("?role=lead_inspector", 2),
        ("?here=left", 0),
        ("?role=king&here=x", 6),
    ],
)
def test_the_list_is_filtered_by_words_role_and_who_has_left(as_chief, asked, count):
    assert f"{count} of 6 people" in text(as_chief.get(f"/people/{asked}"))


def test_a_list_without_anybody_says_what_to_do(as_chief):
    assert "Nobody matches these filters" in text(as_chief.get("/people/?q=zebra"))


def test_the_download_holds_what_is_shown(as_chief, people, trust, chief):
    people[CONTACT].first_name = "=Bob"
    people[CONTACT].save()
    tie_to_body(user=people[CONTACT], body=trust.public_id, by=chief)
    answer = as_chief.get("/people/people.csv?role=body_contact")
    assert "attachment" in answer["Content-Disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["name"], row["role"], row["works_for"]) == ("'=Bob Contact", "body_contact", "Westmoor Probation Trust")


def test_the_chief_inspector_adds_somebody_and_sends_the_invitation(as_chief):
    given = {"name": "Mair Pugh", "email": "mair@example.org", "role": "inspector"}
    answer = as_chief.post("/people/new/", given)
    mair = User.objects.get(email="mair@example.org")
    assert answer["Location"] == f"/people/{mair.public_id}/?done=added"
    assert "Send the invitation" in text(as_chief.get(answer["Location"]))
    as_chief.post(f"/people/{mair.public_id}/invite/")
    (sent,) = mail.outbox
    assert "Dear Mair Pugh" in sent.body
    link = re.search(r"http://testserver(/\S+)", sent.body)[1]
    new = Client()
    form = new.get(link, follow=True).redirect_chain[-1][0]
    new.post(form, {"password1": "wet slate roofs in march", "password2": "wet slate roofs in march"})
    mair.refresh_from_db()
    assert mair.check_password("wet slate roofs in march")


def test_an_address_that_is_taken_is_said_at_its_field_and_what_was_typed_stays(as_chief):
    page = as_chief.post("/people/new/", {"name": "Mair Pugh", "email": "ann@example.org", "role": "inspector"})
    assert 'href="#id_email"' in page.content.decode()
    assert 'value="Mair Pugh"' in page.content.decode()


def test_a_lead_inspector_reads_the_people_and_changes_nothing(client, people, lead, assessor):
    client.force_login(people[lead])
    page = text(client.get(f"/people/{assessor[1]}/"))
    assert "Ann Assessor" in page
    assert "Give this role" not in page
    assert client.post(f"/people/{assessor[1]}/role/", {"role": "chief_inspector"}).status_code == 403
    people[assessor].refresh_from_db()
    assert people[assessor].role == Role.INSPECTOR


def test_a_role_is_given_on_the_page_of_the_person(as_chief, people, assessor):
    answer = as_chief.post(f"/people/{assessor[1]}/role/", {"role": "lead_inspector"})
    assert "They are signed out, and have the role when they next sign in" in text(as_chief.get(answer["Location"]))
    people[assessor].refresh_from_db()
    assert people[assessor].role == Role.LEAD_INSPECTOR
    assert as_chief.post(f"/people/{assessor[1]}/role/", {"role": "king"}).status_code == 400


def test_a_refusal_stands_at_the_top_of_the_page(as_chief, people, chief):  # noqa: ARG001 - they are there
    answer = as_chief.post(f"/people/{chief[1]}/role/", {"role": "inspector"})
    assert answer.status_code == 409
    assert "is the only chief inspector" in text(answer)


def test_a_contact_is_tied_to_a_body_that_is_found_by_its_name_and_the_tie_is_ended(as_chief, people, trust):
    page = as_chief.get(f"/people/{CONTACT[1]}/?find=westm")
    assert "Westmoor Probation Trust" in text(page)
    answer = as_chief.post(f"/people/{CONTACT[1]}/body/", {"find": "westm", "body": trust.public_id})
    assert answer.status_code == 302
    tie = Tie.objects.get(user=people[CONTACT])
    assert tie.subject_id == trust.public_id
    again = as_chief.post(f"/people/{CONTACT[1]}/body/", {"find": "westm", "body": trust.public_id})
    assert (again.status_code, "written down already" in text(again)) == (409, True)
    as_chief.post(f"/people/{CONTACT[1]}/body/{tie.public_id}/end/")
    tie.refresh_from_db()
    assert tie.ended_at is not None


def test_a_body_that_was_not_found_is_not_taken(as_chief):
    answer = as_chief.post(f"/people/{CONTACT[1]}/body/", {"find": "westm", "body": "made-up"})
    assert (answer.status_code, Tie.objects.count()) == (400, 0)


def test_the_tie_of_another_person_is_not_ended_by_this_address(as_chief, people, trust, chief):
    tie = tie_to_body(user=people[CONTACT], body=trust.public_id, by=chief)
    assert as_chief.post(f"/people/{LOCAL[1]}/body/{tie.public_id}/end/").status_code == 404


def test_somebody_who_leaves_is_shown_with_what_is_to_be_handed_over(as_chief, people, assessment, assessor):
    assert Allocation.objects.filter(assessor=people[assessor], ended_at__isnull=True).count() == 1
    page = text(as_chief.get(f"/people/{assessor[1]}/leave/"))
    assert "Westmoor 2013 : Inspector, one case to assess" in page
    assert "the account" in text(as_chief.post(f"/people/{assessor[1]}/leave/", {"why": ""}))
    answer = as_chief.post(f"/people/{assessor[1]}/leave/", {"why": "A post elsewhere"})
    assert answer["Location"] == f"/people/{assessor[1]}/?done=left"
    assessment.refresh_from_db()
    assert assessment.state == "begun", "what they did stays"
    assert "Open the account again" in text(as_chief.get(answer["Location"]))
    as_chief.post(f"/people/{assessor[1]}/readmit/")
    people[assessor].refresh_from_db()
    assert people[assessor].is_active


def test_a_lead_who_does_not_see_an_inspection_does_not_find_it_on_the_page_of_a_person(
    client, people, inspection, assessor, lead
):
    client.force_login(people[OUTSIDER])
    assert inspection.title not in text(client.get(f"/people/{assessor[1]}/"))
    client.force_login(people[lead])
    assert inspection.title in text(client.get(f"/people/{assessor[1]}/"))


def test_somebody_declares_an_interest_and_withdraws_it(as_ann, people, trust, assessor, lead, inspection):
    assert as_ann.get(f"/inspections/{inspection.public_id}/").status_code == 200
    found = as_ann.get("/people/me/?find=westmoor")
    assert "Westmoor Probation Trust" in text(found)
    given = {"find": "westmoor", "body": trust.public_id, "kind": "worked_for", "note": "Until 2021"}
    answer = as_ann.post("/people/me/interests/", given)
    page = text(as_ann.get(answer["Location"]))
    assert "Worked for it: Westmoor Probation Trust since" in page
    assert "“Until 2021”" in page
    assert as_ann.get(f"/inspections/{inspection.public_id}/").status_code == 404
    tie = Tie.objects.get(user=people[assessor])
    as_ann.post(f"/people/me/interests/{tie.public_id}/end/")
    assert as_ann.get(f"/inspections/{inspection.public_id}/").status_code == 404  # the part in the team has ended
    join_team(inspection=inspection, user=people[assessor], role="inspector", by=lead)
    assert as_ann.get(f"/inspections/{inspection.public_id}/").status_code == 200
    assert as_ann.post(f"/people/me/interests/{tie.public_id}/end/").status_code == 409


def test_the_same_interest_twice_is_refused_with_what_was_chosen_still_there(as_ann, trust):
    given = {"find": "westmoor", "body": trust.public_id, "kind": "family", "note": "A sister"}
    as_ann.post("/people/me/interests/", given)
    again = as_ann.post("/people/me/interests/", given)
    assert again.status_code == 409
    assert 'value="A sister"' in again.content.decode()
    assert Tie.objects.count() == 1


def test_an_interest_without_a_kind_is_refused_at_its_field(as_ann, trust):
    page = as_ann.post("/people/me/interests/", {"find": "westmoor", "body": trust.public_id})
    assert (page.status_code, 'href="#id_kind"' in page.content.decode()) == (400, True)


def test_nobody_withdraws_the_interest_of_another(as_ann, people, trust, lead):
    tie = declare_interest(user=people[lead], kind="family", subject=("body", trust.public_id), by=lead)
    assert as_ann.post(f"/people/me/interests/{tie.public_id}/end/").status_code == 404


def test_a_local_assessor_asks_the_chief_to_end_that_they_work_somewhere(client, people, trust, chief):
    tie = tie_to_body(user=people[LOCAL], body=trust.public_id, by=chief)
    client.force_login(people[LOCAL])
    answer = client.post(f"/people/me/interests/{tie.public_id}/end/")
    assert (answer.status_code, "alone ends it: ask them" in text(answer)) == (409, True)


def test_somebody_who_left_is_found_among_those_who_left(as_chief, people, assessor, chief):
    deactivate(user=people[assessor], why="A post elsewhere", by=chief)
    assert "Ann Assessor" in text(as_chief.get("/people/?here=left"))
    assert "Ann Assessor" not in text(as_chief.get("/people/"))


@pytest.mark.parametrize(
    "address", ["/people/me/", "/people/an-assessor/", "/people/an-assessor/leave/", "/people/why/"]
)
@pytest.mark.usefixtures("assessment")  # it makes a team and an allocation
def test_no_page_asks_the_database_more_than_twelve_times(as_chief, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert as_chief.get(address).status_code == 200
