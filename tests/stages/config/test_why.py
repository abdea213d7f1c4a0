"""Why may I, why may I not: the page says what the table of rules says, for whoever asks."""

import csv
import io
import re

import pytest

from inspectorate.config.desk.why import DEPENDS, NO, YES, verdict
from inspectorate.people.access import RULES, may, person_of
from inspectorate.people.access_table import FIELDS, ROLES, fields, mine, table
from inspectorate.people.access_table import NO as NOT
from inspectorate.people.actions import declare_interest
from inspectorate.people.models import Role

LOCAL, OUTSIDER = ("user", "a-local-assessor"), ("user", "another-lead-inspector")


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_table_has_a_line_for_every_rule_and_a_cell_for_every_role():
    assert [line.action for line in table()] == list(RULES)
    for line in table():
        for role, cell in zip(ROLES, line.cells, strict=True):
            assert (cell != NOT) is any(role == allowed for allowed, _ in RULES[line.action].allowed), line.action


def test_the_lead_of_an_inspection_may_and_another_lead_may_not(people, inspection, lead):  # noqa: ARG001 - they are there
    yes = verdict(person_of(lead), "case_list.freeze", inspection)
    assert (yes.word, yes.sentence) == (YES, "Freeze the case list: you may.")
    assert yes.mine == ("leads the inspection", "is in its team")
    no = verdict(person_of(OUTSIDER), "case_list.freeze", inspection)
    assert no.word == NO
    assert "that is for a lead inspector who leads the inspection" in no.sentence


def test_without_an_inspection_it_depends_and_the_sentence_says_on_what(people, lead):  # noqa: ARG001 - they are there
    found = verdict(person_of(lead), "case_list.freeze", None)
    assert (found.word, "you may, where they lead it" in found.sentence) == (DEPENDS, False)
    assert "you may, where you lead it" in found.sentence


def test_a_case_of_ones_own_depends_on_the_case(people, inspection, assessor):  # noqa: ARG001 - they are there
    found = verdict(person_of(assessor), "assessment.write", inspection)
    assert (found.word, "a case that is allocated to you" in found.sentence) == (DEPENDS, True)


def test_what_a_role_never_may_is_no(people):  # noqa: ARG001 - they are there
    assert verdict(person_of(LOCAL), "people.manage", None).word == NO


def test_an_interest_of_ones_own_is_ones_own_to_declare(people, assessor):  # noqa: ARG001 - they are there
    assert verdict(person_of(assessor), "people.declare", None).word == YES


def test_an_interest_bars_and_the_sentence_says_so(people, inspection, trust, assessor):
    declare_interest(user=people[assessor], kind="family", subject=("body", trust.public_id), by=assessor)
    found = verdict(person_of(assessor), "inspection.read", inspection)
    assert (found.word, "because you have an interest" in found.sentence) == (NO, True)
    assert found.mine[-1] == "has an interest in a body of it"


def test_what_i_may_do_is_a_list_without_what_i_may_not(people, assessor):  # noqa: ARG001 - they are there
    person = person_of(assessor)
    titles = dict(mine(person))
    for rule in RULES.values():
        assert (rule.title in titles) is any(role == person.role for role, _ in rule.allowed)
    assert all(not condition for title, condition in mine(person) if may(person, _code(title)))


def _code(title):
    return next(code for code, rule in RULES.items() if rule.title == title)


def test_the_page_answers_in_a_sentence_and_shows_the_table(client, people, inspection, lead):
    client.force_login(people[lead])
    page = text(client.get(f"/people/why/?action=case_list.freeze&inspection={inspection.public_id}"))
    assert "Yes Freeze the case list: you may." in page
    assert "Withdraw the notice" not in page.split("Who may do what")[0]
    assert "Confirm the minute of publication" in page


def test_an_inspection_that_i_do_not_see_is_none_there(client, people, inspection):
    client.force_login(people[OUTSIDER])
    answers = [
        client.get(f"/people/why/?action=case_list.freeze&inspection={one}").content.replace(one.encode(), b"")
        for one in (inspection.public_id, "0" * 32)
    ]
    assert b"You find no such inspection" in answers[0]
    assert _without_token(answers[0]) == _without_token(answers[1])


def _without_token(page):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page)


def test_the_table_can_be_downloaded(client, people, assessor):
    client.force_login(people[assessor])
    answer = client.get("/people/why/who-may-what.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["action"] for row in rows] == list(RULES)
    assert {row["inspector"] for row in rows} >= {"yes", NOT}


@pytest.mark.parametrize("address", ["/people/why/", "/people/why/who-may-what.csv"])
def test_a_visitor_signs_in_first(client, address):
    assert client.get(address)["Location"] == f"/sign-in/?next={address}"


def test_the_page_says_which_fields_are_held_back_from_whom(client, people, lead):
    client.force_login(people[lead])
    page = client.get("/people/why/").content.decode()
    for title, rules in FIELDS.values():
        assert title in page
        assert set(rules) <= set(RULES)
    cells = {line.action: dict(zip(ROLES, line.cells, strict=True)) for line in fields()}
    assert {cells[code][Role.ADMINISTRATOR] for code in FIELDS} == {NOT, "yes"}
    assert [code for code in FIELDS if cells[code][Role.ADMINISTRATOR] != NOT] == ["interest"]
    assert cells["evidence"][Role.BODY_CONTACT] == NOT
    assert cells["given"][Role.BODY_CONTACT] == "of their own body"
