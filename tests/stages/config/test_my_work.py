"""My work: what each stage says is mine, by when it is due; and what stands in the head of every page."""

from datetime import UTC, date, datetime

import pytest

from inspectorate.config.desk.gathered import to_do
from inspectorate.fieldwork.actions import begin_assessment
from inspectorate.fieldwork.models import Assessment
from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection, join_team
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import person_of
from inspectorate.people.models import Tie, User
from inspectorate.people.tasks import Task
from inspectorate.sampling.actions import ListedCase, enter_list
from tests.stages.conftest import ASSESSOR, CHIEF, CONTACT, LEAD, LOCAL, given, put_sample

THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def tasks(*days):
    return lambda _person, _at: [Task(f"Do {day}", "Westmoor", "/", day) for day in days]


def titles(group):
    return [task.title for task in group]


def test_things_are_grouped_by_when_they_are_due_the_most_pressing_first(db, lead):  # noqa: ARG001 - it opens the database
    late, today, sunday, monday = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 29), date(2026, 11, 30)
    found = to_do(person_of(lead), THURSDAY, [tasks(monday, late), tasks(None, sunday, today)])
    assert titles(found.late) == ["Do 2026-11-25"]
    assert titles(found.this_week) == ["Do 2026-11-26", "Do 2026-11-29"]
    assert titles(found.later) == ["Do 2026-11-30", "Do None"]
    assert len(found) == 5


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get("/my-work/")["Location"] == "/sign-in/?next=/my-work/"


@pytest.mark.parametrize(
    ("role", "says"),
    [
        ("chief_inspector", "What waits for a second person comes here"),
        ("body_contact", "When your body is told of an inspection"),
        ("none", "You have an account and no role yet"),
    ],
)
def test_an_empty_desk_says_what_will_come(client, db, role, says):  # noqa: ARG001 - it opens the database
    user = User.objects.create(username="new", first_name="New", last_name="Person", role=role)
    client.force_login(user)
    assert says in client.get("/my-work/").content.decode()


def test_the_desk_says_who_one_is_and_what_one_may_do(client, people, assessor, django_assert_max_num_queries):
    client.force_login(people[assessor])
    with django_assert_max_num_queries(12):
        page = client.get("/my-work/").content.decode()
    assert "Ann Assessor, Inspector" in page
    assert 'Assess a case <span class="ins-note">your own cases</span>' in page
    assert "Freeze the case list" not in page
    assert 'href="/people/"' not in page


@pytest.fixture
def every_stage(trust, people):
    """Two inspections in each state of the story, each with a team, a list and a sample; Bob speaks for their body."""
    told = {"subject_kind": "body", "subject_id": trust.public_id, "declared_at": "2026-01-01T00:00Z"}
    Tie.objects.create(user=people[CONTACT], kind=Tie.Kind.WORKS_FOR, **told)
    for state in [one.code for one in INSPECTION.states if one.code not in INSPECTION.aside] * 2:
        new = NewInspection(title=f"Visit: {state}", modules=[NewModule("iaow/2013")], body=trust)
        made = arrange_inspection(inspection=new, by=LEAD)
        join_team(inspection=made, user=people[ASSESSOR], role="inspector", by=LEAD)
        join_team(inspection=made, user=people[LOCAL], role="local_assessor", by=LEAD)
        cases = [ListedCase(f"C{number}", stratum="all") for number in range(1, 4)]
        case_list = enter_list(inspection=made, kind="case", cases=cases, by=LEAD)
        put_sample(case_list, 3, "f" * 32)
        first, second, _ = case_list.cases.select_related("case_list__inspection").order_by("reference")
        Inspection.objects.filter(pk=made.pk).update(state="fieldwork", announced_at="2026-11-01T00:00Z")
        given(first, LOCAL)
        given(second, ASSESSOR)
        begin_assessment(case=second, assessor=ASSESSOR, by=("system", "test"))
        Assessment.objects.filter(case=second).update(state="submitted", state_at="2026-11-01T00:00Z")
        Inspection.objects.filter(pk=made.pk).update(state=state)


@pytest.mark.parametrize(("who", "least"), [(LEAD, 18), (CHIEF, 0), (ASSESSOR, 0), (LOCAL, 1), (CONTACT, 2)])
@pytest.mark.usefixtures("every_stage")
def test_my_work_takes_at_most_twelve_queries_with_every_stage_full(
    client, people, who, least, django_assert_max_num_queries
):
    client.force_login(people[who])
    with django_assert_max_num_queries(12):
        page = client.get("/my-work/")
    assert page.context["count"] >= least


def test_whoever_may_see_the_people_is_led_to_them(client, people, lead):
    client.force_login(people[lead])
    assert 'href="/people/"' in client.get("/my-work/").content.decode()


def test_the_head_of_every_page_names_who_has_signed_in_and_lets_them_out(client, people, lead):
    visitor = client.get("/").content.decode()
    assert 'href="/sign-in/"' in visitor
    assert "Sign out" not in visitor
    client.force_login(people[lead])
    page = client.get("/").content.decode()
    assert "Rhian Lead" in page
    assert "Lead inspector" in page
    assert '<form class="ins-header__form" method="post" action="/sign-out/">' in page
    assert 'href="/sign-in/"' not in page


def test_a_visitor_costs_no_question_of_the_database(client, db, django_assert_num_queries):  # noqa: ARG001 - it opens the database
    with django_assert_num_queries(0):
        client.get("/accessibility/")


def test_two_pages_that_are_not_there_are_answered_alike_byte_for_byte_also_when_signed_in(client, people, lead):
    client.force_login(people[lead])
    assert client.get("/results/one/").content == client.get("/results/two/").content


@pytest.mark.parametrize(
    ("role", "led"),
    [("lead_inspector", True), ("body_contact", True), ("auditor", False), ("administrator", False), ("none", False)],
)
def test_the_head_of_a_page_leads_to_inspections_only_those_who_may_list_them(client, people, role, led):
    people[LEAD].role = role
    people[LEAD].save(update_fields=["role"])
    client.force_login(people[LEAD])
    assert (client.get("/inspections/").status_code == 200) is led
    assert ('href="/inspections/"' in client.get("/account/").content.decode()) is led
