"""The pages on which an assessment is read, accepted and returned."""

from html import unescape

import pytest

from inspectorate.fieldwork.actions import append_entries, take_back_assessment
from inspectorate.fieldwork.models import Assessment
from inspectorate.people.models import Reading
from inspectorate.quality.models import Decision

pytestmark = pytest.mark.django_db
CHIEF = ("user", "a-chief-inspector")


@pytest.fixture
def rhian(client, people, lead):
    client.force_login(people[lead])
    return client


def where(assessment, more=""):
    case = assessment.case
    return f"/inspections/{case.case_list.inspection.public_id}/cases/{case.public_id}/check/{more}"


def checks(assessment, more=""):
    return f"/inspections/{assessment.case.case_list.inspection.public_id}/checks/{more}"


def test_the_lead_reads_it_as_a_whole(rhian, submitted, assessor, entry, django_assert_max_num_queries):
    take_back_assessment(assessment=submitted, why="More", by=assessor)
    note = entry(1, "", part="note", text="Seen on page 3 <b>")
    append_entries(assessment=submitted, entries=[note], by=assessor)
    with django_assert_max_num_queries(12):
        page = rhian.get(where(submitted))
    text = unescape(page.content.decode())
    assert "Seen on page 3 <b>" in text
    assert "<b>" not in page.content.decode().split("Seen on page 3")[1][:10]
    assert "Ann Assessor" in text
    assert Reading.objects.filter(subject_kind="case").count() == 1


def test_it_is_accepted_with_one_press_and_a_second_is_harmless(rhian, submitted):
    for _ in range(2):
        page = rhian.post(where(submitted, "accept/"), follow=True)
        assert "Accepted: scores rest on it now." in page.content.decode()
    assert Decision.objects.count() == 1
    assert 'href="return/"' in page.content.decode()


def test_a_second_lead_who_presses_too_gets_one_plain_refusal(client, people, submitted, lead):
    client.force_login(people[CHIEF])
    assert client.post(where(submitted, "accept/")).status_code == 302
    client.force_login(people[lead])
    page = client.post(where(submitted, "accept/"))
    assert (page.status_code, "'Accept' does not fit" in unescape(page.content.decode())) == (409, True)
    assert Decision.objects.count() == 1


def test_it_is_returned_with_a_line_of_guidance_picked_at_its_question(rhian, submitted):
    there = where(submitted, "return/?question=A01")
    page = rhian.get(there).content.decode()
    line = "What does not excuse."
    sent = unescape(next(part for part in page.split('value="') if part.startswith(line)).split('"')[0])
    assert rhian.post(there, {"reason": "", "guidance": sent}).status_code == 422
    answer = rhian.post(there, {"reason": "See page 3", "guidance": sent}, follow=True)
    assert "See page 3" in answer.content.decode()
    decision = Decision.objects.get()
    assert (decision.question, decision.guidance[: len(line)]) == ("A01", line)


def test_after_fieldwork_a_return_leads_to_where_two_people_reopen_it(rhian, submitted, inspection):
    rhian.post(where(submitted, "accept/"))
    type(inspection).objects.filter(pk=inspection.pk).update(state="rating")
    page = rhian.get(where(submitted, "return/")).content.decode()
    assert ("cases/reopen/" in page, 'name="reason"' in page) == (True, False)
    assert rhian.post(where(submitted, "return/"), {"reason": "A second look"}).status_code == 422
    submitted.refresh_from_db()
    inspection.refresh_from_db()
    assert (submitted.state, inspection.state) == ("accepted", "rating")


def test_one_s_own_is_not_offered_to_decide_on(rhian, submitted, lead):
    Assessment.objects.filter(pk=submitted.pk).update(assessor_id=lead[1])
    text = rhian.get(where(submitted)).content.decode()
    assert "You assessed this case" in text
    assert 'action="accept/"' not in text
    assert rhian.post(where(submitted, "accept/")).status_code == 409


def test_how_it_came_about_is_told_with_names(rhian, submitted, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        text = rhian.get(where(submitted, "changes/")).content.decode()
    assert text.count("Ann Assessor") > 10
    assert rhian.get(where(submitted, "changes/?question=A01")).content.decode().count("<tr>") < 5


def test_lists_show_what_waits_and_what_was_decided(rhian, submitted, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert "C001" in rhian.get(checks(submitted)).content.decode()
    rhian.post(where(submitted, "return/"), {"reason": "=1+1"})
    text = rhian.get(checks(submitted)).content.decode()
    assert "Nothing waits for you" in text
    assert "=1+1" in text
    lines = rhian.get(checks(submitted, "decisions.csv")).content.decode().splitlines()
    assert (len(lines), "'=1+1" in lines[1]) == (2, True)


def test_a_case_nobody_has_assessed_says_so(rhian, submitted):
    other = submitted.case.case_list.cases.get(reference="C002")
    there = where(submitted).replace(submitted.case.public_id, other.public_id)
    assert "has not been assessed yet" in rhian.get(there).content.decode()
    assert rhian.post(f"{there}accept/")["Location"] == there
    assert rhian.get(f"{there}return/")["Location"] == there
    assert rhian.get(f"{there}changes/").status_code == 200


def test_assessors_read_their_own_and_decide_nothing(client, people, submitted, assessor):
    client.force_login(people[assessor])
    assert client.get(where(submitted)).status_code == 200
    assert client.post(where(submitted, "accept/")).status_code == 403
    assert client.get(checks(submitted)).status_code == 403


def test_a_case_of_an_interest_is_not_there(rhian, submitted, tie, lead):
    tie(lead, "case", submitted.case)
    for more in ("", "changes/", "return/"):
        assert rhian.get(where(submitted, more)).status_code == 404
    assert "C001" not in rhian.get(checks(submitted)).content.decode()
