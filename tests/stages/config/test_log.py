"""The log of readings and the record are for auditors and the chief: filterable, downloadable, without content."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from inspectorate.config.desk import log
from inspectorate.people.access import person_of
from inspectorate.people.actions import add_person, note_readings
from inspectorate.people.models import Reading, Role
from inspectorate.record.actions import append

pytestmark = pytest.mark.django_db
CHIEF = ("user", "a-chief-inspector")


@pytest.fixture
def auditor(people):  # noqa: ARG001 - the chief adds them
    return add_person(email="audit@example.org", name="Ada Auditor", role=Role.AUDITOR, by=CHIEF)


@pytest.fixture
def read(case_list, lead, assessor):
    """Two readings: a case by Ann today, the list by the lead ten days ago."""
    inspection = case_list.inspection.public_id
    case = case_list.cases.order_by("reference")[0]
    for who, subject, way in (
        (assessor, ("case", case.public_id), "page"),
        (lead, ("case_list", case_list.public_id), "file"),
    ):
        note_readings(subjects=[subject], inspection=inspection, way=way, because="own", by=person_of(who))
    Reading.objects.filter(way="file").update(at=timezone.now() - timedelta(days=10))
    return case


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_an_auditor_reads_narrows_and_takes_away_the_log(client, auditor, read, django_assert_max_num_queries):
    client.force_login(auditor)
    with django_assert_max_num_queries(12):
        page = client.get("/access-log/").content.decode()
    assert ("Ann Assessor" in page, "Rhian Lead" in page, "Westmoor 2013" in page) == (True, True, True)
    assert read.reference not in page
    today = timezone.localdate()
    narrowed = client.get(f"/access-log/?first={today:%Y-%m-%d}").content.decode()
    assert ("Ann Assessor" in narrowed, "Rhian Lead" in narrowed) == (True, False)
    (line,) = rows(client.get("/access-log/readings.csv?q=ann&way=page"))
    assert (line["reader"], line["id"], line["way"]) == ("Ann Assessor", read.public_id, "page")
    before = today - timedelta(days=5)
    (line,) = rows(client.get(f"/access-log/readings.csv?last={before:%Y-%m-%d}"))
    assert line["what"] == "case_list"


def test_an_auditor_reads_the_record_without_what_was_said(client, auditor, inspection, lead):
    said = "Canary-9f2c"
    append(stream=inspection.name, by=lead, verb="note.made", subject=inspection.name, payload={"x": said}, why=said)
    client.force_login(auditor)
    page = client.get("/record/entries/").content.decode()
    assert ("Note made" in page, "Westmoor 2013" in page, said in page) == (True, True, False)
    answer = client.get("/record/entries/entries.csv?q=note.made")
    assert [line["who"] for line in rows(answer)] == ["Rhian Lead"]
    assert said not in answer.content.decode()


def test_an_auditor_finds_no_inspection(client, auditor, inspection):
    client.force_login(auditor)
    assert client.get(f"/inspections/{inspection.public_id}/").status_code == 404
    assert client.get("/inspections/").status_code == 403
    assert "/access-log/" in client.get("/my-work/").content.decode()


@pytest.mark.parametrize(
    "address", ["/access-log/", "/access-log/readings.csv", "/record/entries/", "/record/entries/entries.csv"]
)
def test_a_lead_reads_neither(client, people, lead, address):
    client.force_login(people[lead])
    assert client.get(address).status_code == 403


def test_filters_that_are_no_days_narrow_nothing(client, auditor, read):  # noqa: ARG001 - there is something to see
    client.force_login(auditor)
    assert "2 in all" in client.get("/access-log/?first=yesterday&way=smell").content.decode()


def test_an_empty_log_says_why_and_a_narrowed_one_how_to_see_more(client, auditor):
    client.force_login(auditor)
    assert "Nobody has been shown a case yet" in client.get("/access-log/").content.decode()
    assert "Take a filter away" in client.get("/access-log/?q=nobody").content.decode()


def test_a_file_that_does_not_hold_all_says_so(client, auditor, read, monkeypatch):  # noqa: ARG001 - it is in the log
    client.force_login(auditor)
    assert "what is shown, all pages" in client.get("/access-log/").content.decode()
    monkeypatch.setattr(log, "MOST_IN_A_FILE", 1)
    assert "the latest 1; choose days for the others" in client.get("/access-log/").content.decode()
