"""The door for what a script sends: receipts, refusals by name, few queries, and nothing for whoever may not."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from inspectorate.fieldwork.models import Allocation, Assessment, Entry
from inspectorate.inspections.models import TeamMember
from inspectorate.people.models import Tie

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(client, people, assessor, begun):
    client.force_login(people[assessor])
    inspection = begun.case.case_list.inspection
    return f"/inspections/{inspection.public_id}/cases/{begun.case.public_id}/entries/?assessment={begun.public_id}"


def made(number=1, **changed):
    facts = {
        "id": f"{number:032x}",
        "device": "tab-1",
        "counter": number,
        "question": "A01",
        "part": "answer",
        "value": "sufficient",
        "text": "",
        "supersedes": None,
        "decides": None,
        "device_time": "2026-11-26T09:00:00.000Z",
    }
    return facts | changed


def post(client, door, *entries):
    return client.post(door, json.dumps({"entries": entries}), content_type="application/json")


def tie(user, kind, id_):
    Tie.objects.create(user=user, kind="family", subject_kind=kind, subject_id=id_, declared_at=timezone.now())


def test_each_entry_is_answered_with_its_receipt_and_again_with_the_same(client, door):
    first = post(client, door, made())
    assert first.status_code == 200
    told = first.json()
    assert ([one["id"] for one in told["receipts"]], told["refused"], told["conflicts"]) == ([f"{1:032x}"], [], [])
    assert post(client, door, made()).json() == told
    assert Entry.objects.count() == 1


def test_a_save_takes_few_queries(client, door, django_assert_max_num_queries):
    """Session with its user; ties and clearances; inspection, case and assessment, locked; insert, read; the record."""
    post(client, door, made())
    of_the_record = 2 if connection.vendor == "postgresql" else 4
    with django_assert_max_num_queries(5 + of_the_record + 2):  # two of them open and close the transaction
        post(client, door, made(2))


def test_whoever_is_tied_to_something_else_saves_by_the_longer_way(client, door, people, assessor):
    tie(people[assessor], "case", "f" * 32)
    assert [one["id"] for one in post(client, door, made()).json()["receipts"]] == [f"{1:032x}"]
    assert Entry.objects.count() == 1


def test_an_interest_shuts_the_door_as_if_it_were_not_there(client, door, people, assessor, begun):
    assert post(client, door, made()).status_code == 200
    tie(people[assessor], "case", begun.case.public_id)
    assert post(client, door, made(2)).status_code == 404
    assert Entry.objects.count() == 1


def test_the_door_shuts_for_whoever_leaves_the_team(client, door, people, assessor):
    assert post(client, door, made()).status_code == 200
    TeamMember.objects.filter(user=people[assessor]).update(left_at=timezone.now(), left_because="ill")
    assert post(client, door, made(2)).status_code == 404
    assert Entry.objects.count() == 1


def test_the_door_of_one_inspection_leads_to_no_case_of_another(client, door, begun):
    elsewhere = door.replace(begun.case.case_list.inspection.public_id, "0" * 32)
    assert post(client, elsewhere, made()).status_code == 404
    assert not Entry.objects.exists()


def test_an_answer_beside_another_is_told_as_a_conflict(client, door):
    post(client, door, made(1))
    told = post(client, door, made(2, device="tab-2", value="not_sufficient")).json()
    assert told["conflicts"] == ["answer:A01"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"entries": 1}',
        '{"entries": [1]}',
        '{"entries": [{}]}',
        json.dumps({"entries": [made(counter="1")]}),
        json.dumps({"entries": [made(counter=True)]}),
        json.dumps({"entries": [made(device_time="yesterday")]}),
        json.dumps({"entries": [made(device_time="2026-11-26T09:00:00")]}),
        json.dumps({"entries": [made(device_time="2026-13-26T09:00:00Z")]}),
        json.dumps({"entries": [made(value=None)]}),
        json.dumps({"entries": [made(supersedes=7)]}),
        '{"entries": ' * 2000,
    ],
)
def test_what_is_no_batch_of_entries_is_refused_with_a_sentence(client, door, body):
    answer = client.post(door, body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "not-read")


def test_one_that_is_refused_stops_no_other_and_is_named(client, door):
    told = post(client, door, made(1, part="other"), made(2)).json()
    assert [one["code"] for one in told["refused"]] == ["entry-malformed"]
    assert len(told["receipts"]) == 1


def test_a_batch_that_is_too_large_is_refused_by_name(client, door):
    answer = post(client, door, *(made(n) for n in range(1, 502)))
    assert (answer.status_code, answer.json()["code"]) == (409, "batch-too-large")


def test_what_comes_after_handing_in_is_refused_by_name_and_what_is_held_is_receipted(client, door, begun):
    post(client, door, made(1))
    Assessment.objects.filter(pk=begun.pk).update(state="submitted")
    told = post(client, door, made(1), made(2, question="A02")).json()
    assert ([one["code"] for one in told["refused"]], len(told["receipts"])) == (["assessment-closed"], 1)


def test_an_assessment_of_another_case_is_not_there(client, door):
    answer = post(client, door.replace("assessment=", "assessment=0"), made())
    assert (answer.status_code, answer.json()["code"]) == (410, "not-there")


def test_whoever_does_not_have_the_case_is_refused_and_gets_no_token(client, door, begun):
    Allocation.objects.filter(case=begun.case).update(ended_at=begun.begun_at, ended_because="for a test")
    assert post(client, door, made()).status_code == 403
    assert client.get(door).status_code == 403
    assert Entry.objects.count() == 0


def test_a_visitor_is_sent_to_sign_in(door):
    assert post(Client(), door, made()).status_code == 302


def test_nothing_is_taken_without_the_token_and_the_door_gives_a_fresh_one(people, assessor, door):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people[assessor])
    assert post(strict, door, made()).status_code == 403
    token = strict.get(door).json()["token"]
    answer = strict.post(
        door, json.dumps({"entries": [made()]}), content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"])
def test_a_moment_that_no_other_zone_can_count_is_not_read(client, door, moment):
    assert post(client, door, made(device_time=moment)).status_code == 400
    assert not Entry.objects.exists()
