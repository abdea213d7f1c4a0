"""F41: nobody sees, is given or reads what they have an interest in, by kind of interest and by day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inspectorate.fieldwork.actions import (
    allocate_cases,
    append_entries,
    declare_body_interest,
    declare_interest,
    submit_assessment,
    tie_and_part,
)
from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.queries import unallocated
from inspectorate.fieldwork.tasks import tasks_of
from inspectorate.inspections.actions import change_lead, join_team, leave_team
from inspectorate.inspections.queries import visible_to
from inspectorate.inspections.refusals import Refusal as Kept
from inspectorate.people import actions
from inspectorate.people.access import person_of
from inspectorate.people.models import FORMER_EMPLOYER_BARS, Tie
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.queries import entries_in
from tests.stages.casework import everything

pytestmark = pytest.mark.django_db
CHIEF, LOCAL, OUTSIDER = (
    ("user", f"{who}") for who in ("a-chief-inspector", "a-local-assessor", "another-lead-inspector")
)
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


def tied(user, kind, body, until=None, ended=None):
    about = {"subject_kind": "body", "subject_id": body.public_id, "declared_at": AT}
    return Tie.objects.create(user=user, kind=kind, until=until, ended_at=ended, **about)


def told(inspection, verb):
    return entries_in(inspection.name).filter(verb=verb).count()


KINDS = ["works_for", "worked_for", "family", "friendship", "other"]


@pytest.mark.parametrize("who", ["another-lead-inspector", "a-local-assessor"])
@pytest.mark.parametrize("kind", KINDS)
def test_f41_any_tie_to_the_body_keeps_out_of_the_team_and_is_written_down(people, inspection, trust, lead, who, kind):
    user = people["user", who]
    tied(user, kind, trust)
    role = "local_assessor" if who == LOCAL[1] else "inspector"
    with pytest.raises(RefusedError) as refused:
        join_team(inspection=inspection, user=user, role=role, by=lead)
    assert refused.value.code == Kept.HAS_AN_INTEREST
    assert told(inspection, "interest.refused") == 1
    assert not visible_to(person_of(user.name)).exists()


@pytest.mark.parametrize(
    ("ago", "barred"),
    [
        (None, True),
        (timedelta(0), True),
        (YEAR, True),
        (FORMER_EMPLOYER_BARS * YEAR - timedelta(days=5), True),
        (FORMER_EMPLOYER_BARS * YEAR + timedelta(days=5), False),
    ],
)
def test_f41_a_former_employer_bars_for_some_years_after_the_last_day(people, inspection, trust, lead, ago, barred):
    user = people[OUTSIDER]
    tied(user, "worked_for", trust, until=None if ago is None else timezone.localdate() - ago)
    if barred:
        with pytest.raises(RefusedError):
            join_team(inspection=inspection, user=user, role="inspector", by=lead)
    else:
        join_team(inspection=inspection, user=user, role="inspector", by=lead)
    assert visible_to(person_of(OUTSIDER)).exists() is not barred


def test_f41_an_interest_that_was_ended_bars_no_more(people, inspection, trust, lead):
    tied(people[OUTSIDER], "family", trust, ended=AT)
    join_team(inspection=inspection, user=people[OUTSIDER], role="inspector", by=lead)


def test_f41_nobody_with_an_interest_is_made_the_lead(people, inspection, trust, lead):
    tied(people[OUTSIDER], "family", trust)
    with pytest.raises(RefusedError):
        change_lead(inspection=inspection, user=people[OUTSIDER], why="Ill", stays=True, by=lead)
    assert told(inspection, "interest.refused") == 1
    assert inspection.team.get(role="lead", left_at__isnull=True).user == people[lead]


def test_f41_a_case_of_ones_own_body_is_not_given_and_the_refusal_is_written_down(sample, people, lead, assessor, tie):
    case = sample.case_list.cases.order_by("reference")[0]
    tie(assessor, "case", case)
    done = allocate_cases(inspection=sample.case_list.inspection, wishes=[(case, people[assessor])], by=lead)
    assert [one.code for one in done.refused] == ["has-an-interest"]
    assert told(sample.case_list.inspection, "interest.refused") == 1


@pytest.mark.parametrize("kind", ["worked_for", "family", "friendship", "other"])
def test_f41_an_interest_in_mid_inspection_ends_part_cases_and_assessment(begun, people, trust, assessor, lead, kind):
    inspection = begun.case.case_list.inspection
    before = unallocated(inspection).count()
    declare_body_interest(user=people[assessor], kind=kind, body=trust.public_id, by=assessor)
    begun.refresh_from_db()
    assert begun.state == "withdrawn"
    assert not inspection.team.filter(user=people[assessor], left_at__isnull=True).exists()
    assert unallocated(inspection).count() == before + 1
    assert told(inspection, "interest.parted") == 1
    assert not visible_to(person_of(assessor)).exists()
    assert "Give 6 cases to assessors" in [task.title for task in tasks_of(person_of(lead), timezone.now())]


def test_f41_what_was_handed_in_does_not_count_any_more_and_is_kept(begun, people, trust, assessor):
    append_entries(assessment=begun, entries=everything(), by=assessor)
    submit_assessment(assessment=begun, by=assessor)
    entries = begun.entries.count()
    declare_body_interest(user=people[assessor], kind="family", body=trust.public_id, by=assessor)
    assert Assessment.objects.get(pk=begun.pk).state == "withdrawn"
    assert begun.entries.count() == entries


def test_f41_a_local_assessor_who_changes_their_job_in_mid_inspection_parts_with_it(sample, people, trust, lead):
    inspection = sample.case_list.inspection
    join_team(inspection=inspection, user=people[LOCAL], role="local_assessor", by=lead)
    tie_and_part(user=people[LOCAL], body=trust.public_id, by=CHIEF)
    assert not inspection.team.filter(user=people[LOCAL], left_at__isnull=True).exists()
    assert told(inspection, "interest.parted") == 1


def test_f41_an_interest_in_another_body_ends_nothing(begun, people, assessor):
    declare_body_interest(user=people[assessor], kind="family", body="f" * 32, by=assessor)
    begun.refresh_from_db()
    assert begun.state == "begun"


def test_f41_what_is_over_keeps_its_team(begun, people, trust, assessor):
    inspection = begun.case.case_list.inspection
    type(inspection).objects.filter(pk=inspection.pk).update(state="closed")
    declare_body_interest(user=people[assessor], kind="family", body=trust.public_id, by=assessor)
    assert inspection.team.filter(user=people[assessor], left_at__isnull=True).exists()
    assert not visible_to(person_of(assessor)).exists()


@pytest.mark.parametrize(("kind", "until"), [("family", date(2020, 1, 1)), ("worked_for", date(2100, 1, 1))])
def test_a_last_day_is_of_a_former_employment_and_has_passed(people, trust, assessor, kind, until):
    with pytest.raises(RefusedError) as refused:
        actions.declare_interest(
            user=people[assessor], kind=kind, subject=("body", trust.public_id), until=until, by=assessor
        )
    assert refused.value.code == Refusal.UNTIL_UNFIT


def test_the_database_keeps_a_last_day_to_employments(people, trust, assessor):
    with pytest.raises(IntegrityError, match=r"people_last_day_of_an_employment|CHECK"), transaction.atomic():
        tied(people[assessor], "family", trust, until=date(2020, 1, 1))


def test_the_lead_sees_who_was_kept_out_and_who_left_and_no_case(client, sample, people, trust, lead, assessor):
    inspection = sample.case_list.inspection
    case = sample.case_list.cases.order_by("reference")[0]
    allocate_cases(inspection=inspection, wishes=[(case, people[assessor])], by=lead)
    declare_interest(case=case, note="A cousin", by=assessor)
    allocate_cases(inspection=inspection, wishes=[(case, people[assessor])], by=lead)
    client.force_login(people[assessor])
    posted = {"find": "Westmoor", "body": trust.public_id, "kind": "worked_for", "until": "2026-01-31", "note": ""}
    assert client.post("/people/me/interests/", posted).status_code == 302
    assert Tie.objects.get(kind="worked_for").until == date(2026, 1, 31)
    client.force_login(people[lead])
    page = client.get(f"/inspections/{inspection.public_id}/interests/").content.decode()
    for words in ("Declared an interest in a case", "Was not given a case", "Left the team", "Ann Assessor"):
        assert words in page, words
    assert case.reference not in page
    assert "A cousin" not in page


def test_leaving_for_another_reason_is_no_interest(inspection, people, assessor, lead):
    member = inspection.team.get(user=people[assessor])
    leave_team(member=member, why="Ill", by=lead)
    assert told(inspection, "interest.parted") == 0
