"""F51: every reading of a case is written down, and unusual reading is told to whoever answers for the inspection."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from inspectorate.fieldwork.actions import answer_alarm
from inspectorate.fieldwork.readings import ReadingSearch, readings_of
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.fieldwork.tasks import to_see_to
from inspectorate.inspections.actions import agree_to_export, ask_for_export, join_team
from inspectorate.people.access import NotAllowedError, person_of
from inspectorate.people.actions.readings import MANY_CASES, NOT_OWN_CASES, note_case_opened, note_readings
from inspectorate.people.models import Alarm, Reading, Role, User
from inspectorate.people.queries import because_of
from inspectorate.quality.actions import return_assessment
from inspectorate.record.queries import entries_in

pytestmark = pytest.mark.django_db
CHIEF = ("user", "a-chief-inspector")


@pytest.fixture
def colleague(sample, lead):
    """Another inspector in the team, with no case."""
    user = User.objects.create(username="carl", email="carl@example.org", role=Role.INSPECTOR, first_name="Carl")
    join_team(inspection=sample.case_list.inspection, user=user, role="inspector", by=lead)
    return user


def opened(reader, inspection, number, because="team"):
    """Open so many different cases."""
    for one in range(number):
        note_case_opened(case=f"{one:032x}", inspection=inspection.public_id, because=because, by=reader)


def test_f51_fifty_cases_in_five_minutes_raise_one_alarm(sample, assessor):
    inspection = sample.case_list.inspection
    opened(person_of(assessor), inspection, MANY_CASES - 1, "own")
    assert not Alarm.objects.exists()
    opened(person_of(assessor), inspection, MANY_CASES + 3, "own")
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.reader.public_id, alarm.inspection) == ("many", assessor[1], inspection.public_id)
    assert entries_in(inspection.name).filter(verb="readings.unusual").count() == 1


def test_f51_the_same_fifty_over_a_day_raise_none(sample, assessor):
    inspection = sample.case_list.inspection
    opened(person_of(assessor), inspection, MANY_CASES - 1, "own")
    for number, one in enumerate(Reading.objects.order_by("pk")):
        at = datetime.now(UTC) - timedelta(minutes=5 + number)
        Reading.objects.filter(pk=one.pk).update(at=at, minute=at.replace(second=0, microsecond=0))
    note_case_opened(case="f" * 32, inspection=inspection.public_id, because="own", by=person_of(assessor))
    assert not Alarm.objects.exists()


def test_f51_cases_that_are_not_ones_own_raise_an_alarm(client, sample, colleague):
    inspection = sample.case_list.inspection
    client.force_login(colleague)
    for case in sample.case_list.cases.filter(drawn__role="drawn").order_by("reference")[:NOT_OWN_CASES]:
        assert client.get(f"/inspections/{inspection.public_id}/cases/{case.public_id}/").status_code == 200
    assert list(Alarm.objects.values_list("kind", "reader")) == [("not_own", colleague.pk)]


@pytest.mark.parametrize("who", ["lead", "chief"])
def test_f51_whoever_decides_on_assessments_may_open_those_of_others(sample, lead, who):
    reader = person_of(lead if who == "lead" else CHIEF)
    opened(reader, sample.case_list.inspection, NOT_OWN_CASES + 1, because_of(reader, {"leads"}))
    assert not Alarm.objects.exists()


def test_a_reading_twice_in_a_minute_is_one_line_and_one_question(sample, assessor, django_assert_num_queries):
    inspection, reader = sample.case_list.inspection, person_of(assessor)
    at = datetime.now(UTC).replace(second=0, microsecond=0)
    lines = [
        Reading(
            reader=reader.user, subject_kind="case", subject_id="a", inspection=inspection.public_id, at=m, minute=m
        )
        for m in (at, at + timedelta(minutes=1))
    ]
    Reading.objects.bulk_create(lines)
    with django_assert_num_queries(1):
        note_case_opened(case="a", inspection=inspection.public_id, because="own", by=reader)
    assert Reading.objects.count() == len(lines)


@pytest.mark.parametrize(
    ("page", "way", "kind"),
    [
        ("list/case/", "list", "case_list"),
        ("list/case/cases.csv", "file", "case_list"),
        ("list/case/case_list.csv", "file", "case_list"),
        ("sample/case/", "list", "case_list"),
        ("sample/case/draw.csv", "file", "case_list"),
        ("cases/cases.csv", "file", "inspection"),
    ],
)
def test_f51_every_other_way_in_is_written_down(client, people, sample, page, way, kind):
    client.force_login(people["user", "a-lead-inspector"])
    answer = client.get(f"/inspections/{sample.case_list.inspection.public_id}/{page}")
    assert answer.status_code == 200
    assert set(Reading.objects.values_list("way", "subject_kind", "because")) == {(way, kind, "leads")}


def test_f51_an_export_is_a_reading_of_every_case_of_the_sample(client, people, sample, lead):
    inspection = sample.case_list.inspection
    held = ask_for_export(inspection=inspection, why="For the archive", by=lead)
    agree_to_export(export=held, by=CHIEF)
    client.force_login(people[lead])
    answer = client.post(f"/inspections/{inspection.public_id}/export/{held.public_id}/everything.zip")
    b"".join(answer.streaming_content)  # a file that is not read to its end stays open
    assert Reading.objects.filter(way="export", subject_kind="case", because="leads").count() == sample.size


def test_f51_decisions_that_leave_in_a_file_are_readings_of_their_cases(client, people, submitted, lead):
    return_assessment(assessment=submitted, reason="Look again", by=lead)
    client.force_login(people[lead])
    client.get(f"/inspections/{submitted.case.case_list.inspection.public_id}/checks/decisions.csv")
    assert list(Reading.objects.values_list("subject_id", "way")) == [(submitted.case.public_id, "file")]


def test_f51_a_page_that_is_refused_is_no_reading(client, people, begun):
    client.force_login(people["user", "another-lead-inspector"])
    page = f"/inspections/{begun.case.case_list.inspection.public_id}/cases/{begun.case.public_id}/check/"
    assert client.get(page).status_code == 404
    assert not Reading.objects.exists()


def test_an_alarm_waits_for_the_lead_and_then_for_nobody(client, people, sample, assessor, lead):
    inspection = sample.case_list.inspection
    opened(person_of(assessor), inspection, NOT_OWN_CASES)
    (task,) = to_see_to(person_of(lead))
    assert (task.href, "Ann Assessor" in task.note) == (f"/inspections/{inspection.public_id}/readings/", True)
    assert to_see_to(person_of(CHIEF)) == []
    client.force_login(people[lead])
    page = client.get(task.href).content.decode()
    assert "cases that were not allocated to them" in page
    there = f"{task.href}{Alarm.objects.get().public_id}/"
    assert client.post(there, {"answer": ""}).status_code == 422
    assert client.post(there, {"answer": "She stood in for Carl."}).status_code == 302
    assert to_see_to(person_of(lead)) == []
    assert "She stood in for Carl." in client.get(task.href).content.decode()
    assert entries_in(inspection.name).filter(verb="readings.answered").count() == 1
    again = client.post(there, {"answer": "Once more"})
    assert (again.status_code, "answered already" in again.content.decode()) == (422, True)


def test_an_alarm_about_the_lead_waits_for_the_chief(people, sample, lead):
    inspection = sample.case_list.inspection
    opened(person_of(lead), inspection, MANY_CASES, "leads")
    assert to_see_to(person_of(lead)) == []
    assert len(to_see_to(person_of(CHIEF))) == 1
    with pytest.raises(RefusedError) as refused:
        answer_alarm(inspection=inspection, alarm=Alarm.objects.get(), answer="It was me", by=lead)
    assert refused.value.code == Refusal.OWN_READING
    with pytest.raises(IntegrityError, match=r"people_alarm_answered_by_another|CHECK"), transaction.atomic():
        Alarm.objects.update(answer="x", answered_at=datetime.now(UTC), answered_by=people[lead])
    answer_alarm(inspection=inspection, alarm=Alarm.objects.get(), answer="Agreed with me", by=CHIEF)


def test_an_alarm_is_answered_in_words_once_and_by_nobody_else(sample, assessor, lead):
    inspection = sample.case_list.inspection
    opened(person_of(assessor), inspection, NOT_OWN_CASES)
    alarm = Alarm.objects.get()
    with pytest.raises(NotAllowedError):
        answer_alarm(inspection=inspection, alarm=alarm, answer="Fine", by=assessor)
    with pytest.raises(RefusedError) as refused:
        answer_alarm(inspection=inspection, alarm=alarm, answer="  ", by=lead)
    assert refused.value.code == Refusal.REASON_MISSING
    answer_alarm(inspection=inspection, alarm=alarm, answer="Fine", by=lead)
    with pytest.raises(RefusedError) as refused:
        answer_alarm(inspection=inspection, alarm=alarm, answer="Fine", by=CHIEF)
    assert refused.value.code == Refusal.ALARM_ANSWERED


def test_whoever_has_an_interest_in_a_case_does_not_see_who_read_it(sample, lead, assessor, tie):
    inspection = sample.case_list.inspection
    case = sample.case_list.cases.order_by("reference")[0]
    note_case_opened(case=case.public_id, inspection=inspection.public_id, because="own", by=person_of(assessor))
    assert readings_of(person_of(lead), inspection, ReadingSearch()).count() == 1
    tie(lead, "case", case)
    assert readings_of(person_of(lead), inspection, ReadingSearch()).count() == 0


def test_the_page_of_readings_narrows_and_hands_over(
    client, people, sample, lead, assessor, django_assert_max_num_queries
):
    inspection = sample.case_list.inspection
    case = sample.case_list.cases.order_by("reference")[0]
    note_case_opened(case=case.public_id, inspection=inspection.public_id, because="own", by=person_of(assessor))
    note_readings(
        subjects=[("case_list", sample.case_list.public_id)],
        inspection=inspection.public_id,
        way="file",
        because="leads",
        by=person_of(lead),
    )
    client.force_login(people[lead])
    home = f"/inspections/{inspection.public_id}/readings/"
    with django_assert_max_num_queries(12):
        page = client.get(home).content.decode()
    assert (f"Case {case.reference}" in page, "2 readings" in page) == (True, True)
    assert "1 reading" in client.get(f"{home}?way=page").content.decode()
    text = client.get(f"{home}readings.csv?way=page").content.decode()
    assert (text.count("\n"), case.reference in text) == (2, True)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"subject_kind": "person"}, "people_reading_of_a_known_kind"),
        ({"way": "smell"}, "people_reading_way_is_known"),
        ({"because": "bored"}, "people_reading_because_is_known"),
    ],
)
def test_the_database_knows_what_a_reading_is(people, lead, change, named):
    at = datetime.now(UTC)
    about = {"subject_kind": "case", "subject_id": "a", "inspection": "b", "at": at, "minute": at}
    with pytest.raises(IntegrityError, match=f"{named}|CHECK"), transaction.atomic():
        Reading.objects.create(reader=people[lead], **(about | change))


def test_the_database_keeps_one_reading_a_minute_and_one_alarm_a_day(people, lead):
    at = datetime.now(UTC)
    about = {"reader": people[lead], "subject_kind": "case", "subject_id": "a", "inspection": "b"}
    Reading.objects.create(at=at, minute=at, **about)
    with pytest.raises(IntegrityError, match=r"people_reading_once_a_minute|UNIQUE"), transaction.atomic():
        Reading.objects.create(at=at, minute=at, **about)
    alarm = {"reader": people[lead], "inspection": "b", "kind": "many", "day": at.date(), "raised_at": at}
    Alarm.objects.create(**alarm)
    with pytest.raises(IntegrityError, match=r"people_one_alarm_a_day|UNIQUE"), transaction.atomic():
        Alarm.objects.create(**alarm)
    with pytest.raises(IntegrityError, match=r"people_alarm_kind_is_known|CHECK"), transaction.atomic():
        Alarm.objects.create(**(alarm | {"kind": "odd"}))
    with pytest.raises(IntegrityError, match=r"people_alarm_answered_in_words|CHECK"), transaction.atomic():
        Alarm.objects.update(answer="No name beside it")
