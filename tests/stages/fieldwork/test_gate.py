"""The gate before a case opens, down to pages, the door for programs, files and the export; by the day."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from inspectorate.config.desk import export
from inspectorate.fieldwork.actions import append_entries, begin_assessment, declare_interest
from inspectorate.fieldwork.queries import closed_to, relations_to_case
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.tasks import tasks_of
from inspectorate.people.access import NotAllowedError, may, person_of
from inspectorate.people.gate import LACKS
from inspectorate.people.models import Clearance, Tie
from inspectorate.quality.actions import accept_assessment
from inspectorate.quality.models import Decision
from inspectorate.quality.queries import decisions_in
from inspectorate.ratings.judged import seen_cases
from tests.stages.cleared import ask_for, ask_for_everything, hold, withdraw
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD, new_entry

pytestmark = pytest.mark.django_db
EDITION = ("edition_training", "iaow/2013")
SAYS = "training in the edition iaow/2013"


@pytest.fixture
def asked(begun):
    """Ann's assessment of a case is under way, and training in the edition is asked for from yesterday."""
    ask_for("edition_training")
    return begun


def ends(people, name, days):
    """Let somebody's training end so many days from today, or not have any."""
    return None if days is None else hold(people[name], *EDITION, days=days)


@pytest.mark.parametrize(("days", "opens"), [(None, False), (-1, False), (0, True), (1, True)])
def test_a_case_opens_up_to_the_last_day_and_not_after(asked, people, client, days, opens):
    ends(people, ASSESSOR, days)
    case, person = asked.case, person_of(ASSESSOR)
    held = relations_to_case(person, case)
    assert [may(person, f"assessment.{what}", held) for what in ("read", "write")] == [opens, opens]
    home = f"{case.case_list.inspection.get_absolute_url()}cases/{case.public_id}/"
    client.force_login(people[ASSESSOR])
    page = client.get(home).content.decode()
    assert ('name="csrfmiddlewaretoken"' in page and "A01" in page) is opens
    assert ("This case does not open for you now" in page) is not opens
    assert (SAYS in page and "The chief inspector or an administrator" in page) is not opens
    assert client.get(f"{home}check/").status_code == (200 if opens else 403)
    assert client.get(f"{home}submit/").status_code == (200 if opens else 403)


def test_the_door_for_programs_says_what_is_missing_and_stores_nothing(asked, people, client):
    client.force_login(people[ASSESSOR])
    case = asked.case
    door = f"{case.case_list.inspection.get_absolute_url()}cases/{case.public_id}/entries/?assessment={asked.public_id}"
    answer = client.post(door, json.dumps({"entries": []}), "application/json")
    assert answer.status_code == 403
    assert SAYS in answer.content.decode()
    with pytest.raises(NotAllowedError, match=SAYS):
        append_entries(assessment=asked, entries=[new_entry(1)], by=ASSESSOR)
    assert not asked.entries.exists()


def test_no_action_opens_what_no_page_does(asked, give):
    other = asked.case.case_list.cases.exclude(pk=asked.case.pk)[0]
    give(other, ASSESSOR)
    with pytest.raises(NotAllowedError, match=SAYS):
        begin_assessment(case=other, assessor=ASSESSOR, by=ASSESSOR)
    with pytest.raises(NotAllowedError, match=SAYS):
        accept_assessment(assessment=asked, by=LEAD, seen="")


def test_whoever_may_open_nothing_still_declares_an_interest(asked):
    declare_interest(case=asked.case, note="A neighbour", by=ASSESSOR)
    assert Tie.objects.filter(subject_id=asked.case.public_id).exists()


def test_what_ended_opens_again_once_it_is_renewed_and_what_is_withdrawn_does_not(asked, people):
    ends(people, ASSESSOR, -3)
    renewed = ends(people, ASSESSOR, 300)
    assert not lacks(asked.case)
    withdraw(renewed)
    assert lacks(asked.case)


def lacks(case, name=ASSESSOR):
    return [held for held in relations_to_case(person_of(name), case) if held.startswith(LACKS)]


def test_it_is_asked_for_from_its_day_on_and_no_more_once_somebody_says_so(begun):
    ask_for("edition_training", days=1)
    assert not lacks(begun.case)
    ask_for("edition_training", days=0)
    assert lacks(begun.case)
    ask_for("edition_training", days=None)
    assert not lacks(begun.case)


def test_the_case_of_a_child_in_a_programme_of_adults_takes_a_record_check(begun, people):
    ask_for_everything()
    for name in (LEAD, ASSESSOR):
        ends(people, name, 90)
    child, adult = begun.case, begun.case.case_list.cases.exclude(pk=begun.case.pk)[0]
    child.characteristics = {"age_group": "17"}
    child.save()
    assert not lacks(adult)
    assert lacks(child) == ["lacks: an enhanced record check"]
    assert closed_to(person_of(CHIEF), child.case_list.inspection) == {child.public_id}
    hold(people[CHIEF], "record_check")
    assert closed_to(person_of(CHIEF), child.case_list.inspection) == frozenset()


def test_the_export_leaves_out_what_does_not_open(asked, people):
    inspection = asked.case.case_list.inspection
    assert asked.public_id.encode() not in exported(inspection)
    ends(people, LEAD, 10)
    assert asked.public_id.encode() in exported(inspection)


def exported(inspection):
    with export.make(inspection, person_of(LEAD), timezone.now()) as made:
        content = made.read()
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        return b"".join(read.read(name) for name in read.namelist())


def test_accounts_of_scores_show_no_answers_of_a_case_that_does_not_open(asked, people):
    asked.state = "accepted"
    asked.save()
    inspection = asked.case.case_list.inspection

    def may_read():
        person = person_of(LEAD)
        seen = seen_cases(person, inspection, frozenset({"team", "leads"}))
        return {one.may_read for one in seen.values()}

    assert may_read() == {False}
    ends(people, LEAD, 10)
    assert may_read() == {True}


def test_reasons_of_decisions_are_of_cases_that_open(asked, people):
    at, inspection = timezone.now(), asked.case.case_list.inspection
    by = {"decided_by_kind": CHIEF[0], "decided_by_id": CHIEF[1], "decided_at": at}
    Decision.objects.create(assessment=asked, verdict="accepted", **by)
    assert not decisions_in(person_of(LEAD), inspection).exists()
    ends(people, LEAD, 10)
    assert decisions_in(person_of(LEAD), inspection).exists()


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (None, ["Get what you need before your cases open"]),
        (-1, ["Get what you need before your cases open"]),
        (0, ["Renew: Training in the edition iaow/2013"]),
        (60, ["Renew: Training in the edition iaow/2013"]),
        (61, []),
    ],
)
@pytest.mark.usefixtures("asked")
def test_my_work_warns_sixty_days_ahead(people, days, says):
    ends(people, ASSESSOR, days)
    assert [task.title for task in tasks_of(person_of(ASSESSOR), timezone.now())] == says


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (None, "Ann Assessor cannot open cases"),
        (-1, "Ann Assessor cannot open cases"),
        (10, "Ann Assessor will not be able to open cases for long"),
        (40, ""),
        (200, ""),
    ],
)
def test_the_lead_is_warned_of_whoever_lapses_before_the_fieldwork_is_done(asked, people, days, says):
    today = timezone.localdate()
    monday = today + timedelta(days=14 - today.weekday())
    Inspection.objects.filter(pk=asked.case.case_list.inspection_id).update(fieldwork_on=monday)
    ends(people, LEAD, 400)
    ends(people, ASSESSOR, days)
    told = [task.title for task in tasks_of(person_of(LEAD), timezone.now()) if "Ann" in task.title]
    assert told == ([says] if says else [])


def test_the_team_page_names_what_is_missing(asked, people, client, django_assert_max_num_queries):
    ends(people, LEAD, 400)
    inspection = asked.case.case_list.inspection
    client.force_login(people[LEAD])
    with django_assert_max_num_queries(12):
        page = client.get(f"{inspection.get_absolute_url()}team/").content.decode()
    assert "Needs training in the edition iaow/2013" in page
    assert "Odd Outsider needs training in the edition iaow/2013" in page


def test_whoever_gives_cases_is_told_and_may_do_so(sample, people, client, django_assert_max_num_queries):
    ask_for("edition_training")
    inspection = sample.case_list.inspection
    client.force_login(people[LEAD])
    where = f"{inspection.get_absolute_url()}cases/allocate/"
    with django_assert_max_num_queries(12):
        page = client.get(where).content.decode()
    assert "Ann Assessor needs training in the edition iaow/2013" in page
    case = sample.case_list.cases.first()
    given = {"step": "give", "case": case.public_id, "to": people[ASSESSOR].public_id}
    page = client.post(where, given).content.decode()
    assert "Ann Assessor needs training in the edition iaow/2013 before these cases open." in page
    client.post(where, {"step": "save", "wish": f"{case.public_id}:{people[ASSESSOR].public_id}"})
    assert case.allocations.filter(assessor=people[ASSESSOR], ended_at__isnull=True).exists()


def test_nobody_is_kept_out_where_nothing_is_asked_for(begun, people, client):
    assert not Clearance.objects.exists()
    client.force_login(people[ASSESSOR])
    home = f"{begun.case.case_list.inspection.get_absolute_url()}cases/{begun.case.public_id}/"
    assert client.get(f"{home}submit/").status_code == 200
