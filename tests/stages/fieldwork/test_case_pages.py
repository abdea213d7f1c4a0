"""The list of cases, giving them to people, and what each person has to do."""

import re

import pytest
from django.utils import timezone

from inspectorate.fieldwork.actions import allocate_cases, append_entries
from inspectorate.fieldwork.models import Allocation
from inspectorate.fieldwork.tasks import tasks_of
from inspectorate.people.access import person_of
from inspectorate.quality.actions import accept_assessment, return_assessment
from inspectorate.quality.tasks import tasks_of as quality_tasks
from inspectorate.sampling.models import DrawnCase, Extension
from tests.stages.casework import everything

pytestmark = pytest.mark.django_db
CHIEF = ("user", "a-chief-inspector")


def home(inspection, more=""):
    return f"/inspections/{inspection.public_id}/cases/{more}"


@pytest.mark.parametrize("page", ["99999", "2", "0", "-1", "x", "9" * 90])
def test_a_page_beyond_the_last_shows_the_last_and_counts_it_right(as_, allocated, lead, monkeypatch, page):
    monkeypatch.setattr("inspectorate.fieldwork.views.listing.PAGE", 4)
    inspection = allocated[0].case_list.inspection
    answer = as_(lead).get(home(inspection, f"?page={page}"))
    last = page in ("99999", "2", "9" * 90)
    assert ("5 to 6 of 6 cases" if last else "1 to 4 of 6 cases") in answer.content.decode()
    assert len(references(answer)) == (2 if last else 4)


def references(page):
    return sorted(set(re.findall(r">(C\d{3})<", page.content.decode())))


@pytest.fixture
def as_(client, people):
    def signing_in(name):
        client.force_login(people[name])
        return client

    return signing_in


@pytest.fixture
def allocated(sample, people, lead, assessor, inspection):
    """Four cases are Ann's, one is the lead's, one is nobody's."""
    cases = list(sample.case_list.cases.order_by("reference")[:6])
    wishes = [(case, people[assessor]) for case in cases[:4]] + [(cases[4], people[lead])]
    allocate_cases(inspection=inspection, wishes=wishes, by=lead)
    return cases


def test_the_list_shows_every_case_with_state_counts_and_progress(
    as_, begun, assessor, lead, django_assert_max_num_queries
):
    append_entries(assessment=begun, entries=everything()[:5], by=assessor)
    inspection = begun.case.case_list.inspection
    client = as_(lead)
    with django_assert_max_num_queries(12):
        page = client.get(home(inspection))
    text = page.content.decode()
    assert references(page) == [f"C00{n}" for n in range(1, 7)]
    assert "6 of 6 cases" in text
    assert re.search(r"5 of \d+<", text)
    assert "Not allocated" in text


@pytest.mark.usefixtures("allocated")
def test_the_list_is_narrowed_and_downloaded_as_shown(as_, lead, inspection):
    client = as_(lead)
    assert references(client.get(home(inspection, "?assessor=Ann+Assessor"))) == ["C001", "C002", "C003", "C004"]
    assert references(client.get(home(inspection, "?assessor=me"))) == ["C005"]
    assert references(client.get(home(inspection, "?state=unallocated"))) == ["C006"]
    lines = client.get(home(inspection, "cases.csv?q=c00&state=allocated")).content.decode().splitlines()
    assert len(lines) == 6
    assert lines[1].startswith("C005,case,")  # one's own first
    assert "No case matches" in client.get(home(inspection, "?q=nothing")).content.decode()


def test_a_case_of_an_interest_is_in_no_list_count_or_file(as_, allocated, lead, inspection, tie):
    tie(lead, "case", allocated[0])
    client = as_(lead)
    page = client.get(home(inspection))
    assert "C001" not in page.content.decode()
    assert "5 of 5 cases" in page.content.decode()
    assert "C001" not in client.get(home(inspection, "cases.csv")).content.decode()
    assert "C001" not in client.get(home(inspection, "allocate/?show=all")).content.decode()


def test_before_the_sample_the_list_says_why_it_is_empty(as_, lead, inspection):
    assert "No case is in the sample yet" in as_(lead).get(home(inspection)).content.decode()


def test_cases_are_shared_out_after_a_look_at_what_comes_of_it(as_, sample, people, lead, assessor, tie):
    inspection = sample.case_list.inspection
    cases = list(sample.case_list.cases.order_by("reference")[:6])
    tie(assessor, "case", cases[0])
    client = as_(lead)
    ticked = {"case": [case.public_id for case in cases], "among": [lead[1], assessor[1]], "step": "share"}
    page = client.post(home(inspection, "allocate/"), ticked)
    text = page.content.decode()
    assert "Ann Assessor has an interest in case C001: give it to somebody else." in text
    assert "Ann Assessor gets 3 cases, Rhian Lead gets 3 cases." in text
    assert not Allocation.objects.exists()
    wishes = re.findall(r'name="wish" value="([^"]+)"', text)
    for _ in range(2):  # a second press is harmless
        assert client.post(home(inspection, "allocate/"), {"step": "save", "wish": wishes}).status_code == 302
    assert sorted(Allocation.objects.values_list("assessor", flat=True)) == sorted(
        [people[lead].pk] * 3 + [people[assessor].pk] * 3
    )


def test_ticked_cases_go_to_one_person_and_over_to_another(as_, allocated, lead, assessor, inspection):
    client = as_(lead)
    chosen = {"case": [allocated[4].public_id, allocated[5].public_id], "to": assessor[1], "step": "give"}
    text = client.post(home(inspection, "allocate/"), chosen).content.decode()
    wishes = re.findall(r'name="wish" value="([^"]+)"', text)
    assert client.post(home(inspection, "allocate/"), {"step": "save", "wish": wishes}, follow=True).status_code == 200
    assert Allocation.objects.filter(ended_at__isnull=True, assessor__public_id=assessor[1]).count() == 6


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"step": "give"}, "Tick the cases"),
        ({"step": "give", "case": ["all"]}, "Choose the person"),
        ({"step": "share", "case": ["all"]}, "Tick the people"),
    ],
)
def test_what_is_missing_is_said_at_the_top_with_all_ticks_kept(as_, allocated, lead, inspection, sent, says):
    sent = dict(sent)
    if "case" in sent:
        sent["case"] = [allocated[5].public_id]
    page = as_(lead).post(home(inspection, "allocate/"), sent)
    assert (page.status_code, says in page.content.decode()) == (422, True)


@pytest.mark.usefixtures("allocated")
def test_what_changed_meanwhile_is_refused_and_said(as_, lead, assessor, inspection):
    wish = f"{'0' * 32}:{assessor[1]}"
    page = as_(lead).post(home(inspection, "allocate/"), {"step": "save", "wish": [wish]})
    assert "Some of it has changed meanwhile" in page.content.decode()
    assert page.status_code == 422


def test_fieldwork_is_begun_finished_and_reopened_by_its_buttons(as_, allocated, people, lead, inspection):
    client = as_(lead)
    assert 'action="begin/"' not in client.get(home(inspection)).content.decode()
    assert client.post(home(inspection, "begin/")).status_code == 409
    allocate_cases(inspection=inspection, wishes=[(allocated[5], people[lead])], by=lead)
    assert 'action="begin/"' in client.get(home(inspection)).content.decode()
    assert "Fieldwork has begun" in client.post(home(inspection, "begin/"), follow=True).content.decode()
    assert client.post(home(inspection, "begin/")).status_code == 409
    assert client.post(home(inspection, "finish/")).status_code == 409
    type(inspection).objects.filter(pk=inspection.pk).update(state="rating")
    assert client.post(home(inspection, "reopen/"), {"verb": "ask", "why": ""}).status_code == 422
    assert client.post(home(inspection, "reopen/"), {"verb": "ask", "why": "To look again"}).status_code == 302
    assert client.post(home(inspection, "reopen/"), {"verb": "agree"}).status_code == 409
    inspection.refresh_from_db()
    assert inspection.state == "rating"
    assert as_(CHIEF).post(home(inspection, "reopen/"), {"verb": "agree"}).status_code == 302
    inspection.refresh_from_db()
    assert inspection.state == "fieldwork"


@pytest.mark.usefixtures("allocated")
def test_assessors_allocate_nothing(as_, assessor, inspection):
    assert as_(assessor).get(home(inspection, "allocate/")).status_code == 403


def titles(found):
    return [task.title for task in found]


@pytest.mark.usefixtures("begun")
def test_my_work_of_fieldwork_and_quality_is_a_query_each(lead, assessor, django_assert_num_queries):
    at = timezone.now()
    ann, rhian, chief = person_of(assessor), person_of(lead), person_of(CHIEF)
    with django_assert_num_queries(1):
        found = tasks_of(ann, at)
    assert titles(found) == ["Go on with 1 case"]
    with django_assert_num_queries(2):  # the second looks for alarms about reading
        found = tasks_of(rhian, at)
    assert titles(found) == ["Give 5 cases to assessors"]
    assert tasks_of(chief, at) == []
    with django_assert_num_queries(1):
        assert quality_tasks(rhian, at) == []


def test_my_work_follows_an_assessment(submitted, lead, assessor):
    at = timezone.now()
    ann, rhian, chief = person_of(assessor), person_of(lead), person_of(CHIEF)
    assert (tasks_of(ann, at), titles(quality_tasks(rhian, at))) == ([], ["Decide on 1 assessment"])
    assert quality_tasks(chief, at) == []
    return_assessment(assessment=submitted, reason="Look again", by=lead)
    assert (titles(tasks_of(ann, at)), quality_tasks(rhian, at)) == (["Look again at 1 returned case"], [])
    submitted.refresh_from_db()
    type(submitted).objects.filter(pk=submitted.pk).update(state="submitted")
    accept_assessment(assessment=submitted, by=lead)
    assert (tasks_of(ann, at), quality_tasks(rhian, at)) == ([], [])


def test_my_work_leaves_out_a_case_of_an_interest(submitted, lead, tie):
    tie(lead, "case", submitted.case)
    assert quality_tasks(person_of(lead), timezone.now()) == []


def test_the_assessment_of_the_lead_waits_for_the_chief(submitted, lead):
    type(submitted).objects.filter(pk=submitted.pk).update(assessor_id=lead[1])
    at = timezone.now()
    assert titles(quality_tasks(person_of(CHIEF), at)) == ["Decide on 1 assessment"]
    assert quality_tasks(person_of(lead), at) == []


def test_a_case_that_came_in_by_an_extension_has_its_page_and_is_somebodys_to_do(as_, sample, lead, inspection):
    extension = Extension.objects.create(sample=sample, cases=1, why="A second unit.", extended_at=timezone.now())
    place = sample.drawn_cases.filter(role="reserve").order_by("order").first()
    DrawnCase.objects.filter(pk=place.pk).update(extension=extension)
    browser = as_(lead)
    assert place.case.reference in references(browser.get(home(inspection)))
    assert browser.get(home(inspection, f"{place.case.public_id}/")).status_code == 200
    assert [task.title for task in tasks_of(person_of(lead), timezone.now())] == ["Give 7 cases to assessors"]


def test_nothing_is_to_do_in_an_inspection_that_an_interest_hides(sample, lead, inspection, tie):
    assert [task.about for task in tasks_of(person_of(lead), timezone.now())] == [inspection.title]
    tie(lead, "body", inspection.body, "family")
    assert tasks_of(person_of(lead), timezone.now()) == []
    assert sample
