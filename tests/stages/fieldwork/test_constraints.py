"""What the database itself holds true of assessments and entries."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from inspectorate.fieldwork.models import Assessment, Entry, FieldworkReopening
from inspectorate.record.once import WrittenOnceError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DIGEST = "a" * 64


def refused_by(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def facts(assessment, number=1, **changed):
    usual = {
        "public_id": f"{number:032x}",
        "assessment": assessment,
        "device": "a-tablet",
        "counter": number,
        "question": "A01",
        "value": "sufficient",
        "device_time": NOW,
        "received_at": NOW,
        "batch": "b" * 32,
        "hash": DIGEST,
    }
    return usual | changed


def test_an_entry_stands_once_by_its_id(assessment):
    Entry.objects.create(**facts(assessment))
    refused_by("public_id", lambda: Entry.objects.create(**facts(assessment, counter=2)))


def test_an_entry_stands_once_in_the_journal_of_its_device(assessment):
    Entry.objects.create(**facts(assessment))
    again = facts(assessment, public_id="f" * 32)
    refused_by("fieldwork_entry_once_in_a_journal|UNIQUE", lambda: Entry.objects.create(**again))


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"public_id": "short"}, "fieldwork_entry_id_has_128_bits"),
        ({"device": ""}, "fieldwork_entry_has_a_device"),
        ({"counter": 0}, "fieldwork_entry_counter_from_one"),
        ({"question": ""}, "fieldwork_entry_has_a_question"),
        ({"text": "beside a value"}, "fieldwork_entry_is_value_or_text"),
        ({"part": "note"}, "fieldwork_entry_is_value_or_text"),
        ({"part": "other"}, "fieldwork_entry_is_value_or_text"),
        ({"supersedes": f"{1:032x}"}, "fieldwork_entry_not_superseding_itself"),
        ({"decides": "d" * 32}, "fieldwork_entry_decides_between_two_others"),
        ({"decides": "d" * 32, "supersedes": "d" * 32}, "fieldwork_entry_decides_between_two_others"),
        ({"decides": f"{1:032x}", "supersedes": "d" * 32}, "fieldwork_entry_decides_between_two_others"),
        ({"hash": ""}, "fieldwork_entry_has_a_hash"),
    ],
)
def test_an_entry_is_whole(assessment, changed, name):
    refused_by(name, lambda: Entry.objects.create(**facts(assessment, **changed)))


def test_an_entry_may_arrive_before_the_one_it_supersedes(assessment):
    Entry.objects.create(**facts(assessment, supersedes="e" * 32))


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"purpose": "other"}, "fieldwork_purpose_is_known"),
        ({"assessor_id": ""}, "fieldwork_assessment_has_an_assessor"),
        ({"assessor_kind": ""}, "fieldwork_assessment_has_an_assessor"),
        ({"edition": ""}, "fieldwork_assessment_has_an_edition"),
        ({"edition_digest": ""}, "fieldwork_assessment_has_a_digest"),
        ({}, "fieldwork_assessed_once_by_a_person|UNIQUE"),
    ],
)
def test_an_assessment_is_whole_and_made_once_by_a_person(assessment, changed, name):
    usual = {
        "case": assessment.case,
        "assessor_kind": assessment.assessor_kind,
        "assessor_id": assessment.assessor_id,
        "edition": "iaow/2013",
        "edition_digest": DIGEST,
        "begun_at": NOW,
    }
    refused_by(name, lambda: Assessment.objects.create(**(usual | changed)))


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda _: Entry.objects.update(value="changed"),
        lambda _: Entry.objects.all().delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["value"]),
        lambda entry: Entry.objects.update_or_create(public_id=entry.public_id, defaults={"value": "changed"}),
        lambda entry: entry.assessment.entries.all().delete(),
        lambda entry: Entry.objects.bulk_create(
            [entry], update_conflicts=True, update_fields=["value"], unique_fields=["public_id"]
        ),
    ],
)
def test_no_entry_is_changed_or_deleted(assessment, change):
    held = Entry.objects.create(**facts(assessment))
    with pytest.raises(WrittenOnceError):
        change(held)
    assert Entry.objects.get().value == "sufficient"


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"reason": ""}, "fieldwork_reopening_has_a_reason"),
        ({"decision": "perhaps", "decided_at": NOW, "decided_by_id": "b"}, "fieldwork_reopening_decision_is_known"),
        ({"decision": "agreed"}, "fieldwork_reopening_is_decided_by_somebody"),
        ({"decided_at": NOW}, "fieldwork_reopening_is_decided_by_somebody"),
        (
            {"decision": "agreed", "decided_at": NOW, "decided_by_kind": "user", "decided_by_id": "a"},
            "fieldwork_reopening_takes_two_people",
        ),
        ({}, "fieldwork_one_open_reopening|UNIQUE"),
    ],
)
def test_reopening_fieldwork_has_a_reason_two_people_and_waits_once(inspection, changed, name):
    usual = {
        "inspection": inspection,
        "reason": "A second look",
        "asked_at": NOW,
        "asked_by_kind": "user",
        "asked_by_id": "a",
    }
    FieldworkReopening.objects.create(**usual)
    if changed:
        FieldworkReopening.objects.all().delete()
    refused_by(name, lambda: FieldworkReopening.objects.create(**(usual | changed)))
