"""Everything of an inspection in one file: at any stage, whole, harmless, and nothing of a case of an interest."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inspectorate.config.desk.export import NOT_OF_AN_INSPECTION, stage_models, ways_to
from inspectorate.fieldwork.actions import append_entries
from inspectorate.inspections.actions import agree_to_export, ask_for_export, decline_export, take_export
from inspectorate.inspections.models import Export, Inspection
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.models import Tie
from inspectorate.record.queries import entries_in
from inspectorate.register.actions import NewBody, register_body
from inspectorate.sampling.models import Case
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD, LOCAL, OUTSIDER, new_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessed(assessment):
    append_entries(assessment=assessment, entries=[new_entry(1)], by=ASSESSOR)
    return assessment.case.case_list.inspection


def taken(client, people, inspection, who=LEAD):
    """Ask, have it agreed to by another, and take it."""
    held = ask_for_export(inspection=inspection, why="To look into it", by=who)
    agree_to_export(export=held, by=CHIEF if who == LEAD else LEAD)
    client.force_login(people[who])
    return client.post(f"{inspection.get_absolute_url()}export/{held.public_id}/everything.zip")


def exported(client, people, inspection, who=LEAD):
    answer = taken(client, people, inspection, who)
    assert (answer.status_code, answer.headers["Content-Disposition"].startswith("attachment")) == (200, True)
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def tables(made):
    return json.loads(made.read("everything.json"))["tables"]


def test_every_table_of_every_stage_is_in_it_or_said_why_not():
    missing = {model._meta.label_lower for model in stage_models()} - {
        model._meta.label_lower for model in ways_to(Inspection)
    }
    assert missing == set(NOT_OF_AN_INSPECTION)
    assert all(NOT_OF_AN_INSPECTION.values())


def test_the_way_to_an_inspection_goes_by_keys_that_are_never_empty_where_there_are_such():
    assert ways_to(Inspection)[Case] == "case_list__inspection"


def test_all_that_was_entered_comes_out_as_json_and_csv(client, people, assessed):
    made = exported(client, people, assessed)
    found = tables(made)
    assert [row["title"] for row in found["inspections_inspection"]] == ["Westmoor 2013"]
    assert len(found["sampling_case"]) == 12
    assert [row["assessor"] for row in found["fieldwork_allocation"]] == [ASSESSOR[1]]
    assert [(row["question"], row["value"]) for row in found["fieldwork_entry"]] == [("A01", "sufficient")]
    assert {row["public_id"] for row in found["people"]} == {LEAD[1], ASSESSOR[1], CHIEF[1]}  # who agreed to it
    assert [row["name"] for row in found["bodies"]] == ["Westmoor"]
    assert found["record"][0]["verb"] == "inspection.arranged"
    rows = list(csv.DictReader(io.StringIO(made.read("sampling_case.csv").decode("utf-8-sig"))))
    assert [row["reference"] for row in rows] == [row["reference"] for row in found["sampling_case"]]


def test_each_file_is_as_its_digest_says(client, people, assessed):
    made = exported(client, people, assessed)
    sums = dict(reversed(line.split("  ")) for line in made.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(made.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(made.read(name)).hexdigest() == digest for name, digest in sums.items())


@pytest.mark.parametrize("state", [state.code for state in INSPECTION.states])
def test_it_can_be_exported_in_every_state(client, people, inspection, state):
    before = "arranged" if state in INSPECTION.aside else ""
    Inspection.objects.filter(pk=inspection.pk).update(state=state, state_before=before)
    assert tables(exported(client, people, inspection))["inspections_inspection"][0]["state"] == state


def test_text_that_a_spreadsheet_would_run_is_harmless(client, people, inspection):
    Inspection.objects.filter(pk=inspection.pk).update(title="=1+1")
    assert "'=1+1" in exported(client, people, inspection).read("inspections_inspection.csv").decode()


def test_nothing_of_another_inspection_is_in_it(client, people, assessed, trust):
    other = Inspection.objects.create(title="Another", body=trust)
    made = exported(client, people, assessed)
    assert all(other.public_id not in made.read(name).decode() for name in made.namelist())


def test_nothing_of_a_case_in_which_one_has_an_interest_is_in_it(client, people, assessed):
    case = Case.objects.get(reference="C001")
    told = {"subject_kind": "case", "subject_id": case.public_id, "declared_at": timezone.now()}
    Tie.objects.create(user=people[LEAD], kind="case_known", **told)
    made = exported(client, people, assessed)
    found = tables(made)
    assert len(found["sampling_case"]) == 11
    assert "fieldwork_entry" not in found
    assert "you have declared an interest" in made.read("README.txt").decode()
    assert all(case.public_id not in made.read(name).decode() for name in made.namelist())
    assert "C001" not in made.read("everything.json").decode()


@pytest.mark.parametrize(("who", "status"), [(CHIEF, 200), (ASSESSOR, 403), (LOCAL, 404), (OUTSIDER, 404)])
def test_it_is_for_the_lead_and_the_chief(client, people, inspection, who, status):
    client.force_login(people[who])
    assert client.get(f"{inspection.get_absolute_url()}export/").status_code == status


def test_whoever_has_not_signed_in_is_sent_to_sign_in(client, inspection):
    assert client.get(f"{inspection.get_absolute_url()}export/").headers["Location"].startswith("/sign-in/")


def test_nothing_of_a_case_whose_home_is_a_body_of_an_interest_is_in_it(client, people, assessed):
    far = NewBody("Farland", kind="probation_trust", nation="england", region="Far", invented=True)
    home = register_body(body=far, by=LEAD)
    Case.objects.filter(reference="C001").update(home=home)
    told = {"subject_kind": "body", "subject_id": home.public_id, "declared_at": timezone.now()}
    Tie.objects.create(user=people[LEAD], kind="family", **told)
    made = exported(client, people, assessed)
    assert "fieldwork_entry" not in tables(made)
    assert "C001" not in made.read("everything.json").decode()


def refused(act, **given):
    with pytest.raises(RefusedError) as found:
        act(**given)
    return found.value.code


def test_an_export_takes_two_people_whoever_asks_and_goes_out_once(client, people, inspection):
    for asks, agrees in ((LEAD, CHIEF), (CHIEF, LEAD)):
        held = ask_for_export(inspection=inspection, why="For the archive", by=asks)
        assert refused(take_export, export=held, by=asks) == Refusal.EXPORT_UNFIT
        assert refused(agree_to_export, export=held, by=asks) == Refusal.SAME_PERSON
        agree_to_export(export=held, by=agrees)
        assert refused(agree_to_export, export=held, by=agrees) == Refusal.EXPORT_AGREED
        assert refused(take_export, export=held, by=agrees) == Refusal.EXPORT_UNFIT
        client.force_login(people[asks])
        there = f"{inspection.get_absolute_url()}export/{held.public_id}/everything.zip"
        assert b"".join(client.post(there).streaming_content)[:2] == b"PK"
        assert client.post(there).status_code == 409
        assert refused(take_export, export=held, by=asks) == Refusal.EXPORT_TAKEN


def test_an_export_without_a_reason_or_beside_an_open_one_is_refused(inspection):
    assert refused(ask_for_export, inspection=inspection, why=" ", by=LEAD) == Refusal.REASON_MISSING
    ask_for_export(inspection=inspection, why="For the archive", by=LEAD)
    assert refused(ask_for_export, inspection=inspection, why="Again", by=LEAD) == Refusal.EXPORT_OPEN


def test_an_export_is_declined_or_taken_back_until_it_is_taken(client, people, inspection):
    held = ask_for_export(inspection=inspection, why="For the archive", by=LEAD)
    decline_export(export=held, by=CHIEF)
    for act, by in ((agree_to_export, CHIEF), (take_export, LEAD), (decline_export, LEAD)):
        assert refused(act, export=held, by=by) == Refusal.EXPORT_ENDED
    held = ask_for_export(inspection=inspection, why="For the archive", by=LEAD)
    agree_to_export(export=held, by=CHIEF)
    client.force_login(people[LEAD])
    home = f"{inspection.get_absolute_url()}export/"
    assert "Take it back" in client.get(home).content.decode()
    assert client.post(f"{home}{held.public_id}/end/").status_code == 302
    assert refused(take_export, export=held, by=LEAD) == Refusal.EXPORT_ENDED
    page = client.get(home).content.decode()
    assert ("Declined" in page, "Taken back" in page, "Take the file" in page) == (True, True, False)
    held = ask_for_export(inspection=inspection, why="For the archive", by=LEAD)
    agree_to_export(export=held, by=CHIEF)
    take_export(export=held, by=LEAD)
    assert refused(decline_export, export=held, by=CHIEF) == Refusal.EXPORT_TAKEN


def test_an_export_expires(inspection):
    held = ask_for_export(inspection=inspection, why="For the archive", by=LEAD)
    Export.objects.update(expires_at=timezone.now())
    assert refused(agree_to_export, export=held, by=CHIEF) == Refusal.EXPORT_EXPIRED
    held = ask_for_export(inspection=inspection, why="For the archive", by=LEAD)
    agree_to_export(export=held, by=CHIEF)
    Export.objects.update(expires_at=timezone.now())
    assert refused(take_export, export=held, by=LEAD) == Refusal.EXPORT_EXPIRED


def test_asking_agreeing_and_taking_stand_on_the_page_and_in_the_record(client, people, inspection):
    home = f"{inspection.get_absolute_url()}export/"
    client.force_login(people[LEAD])
    assert client.post(f"{home}ask/", {"why": ""}).status_code == 422
    assert client.post(f"{home}ask/", {"why": "For the archive"}).status_code == 302
    held = Export.objects.get()
    assert "Agree to it" not in client.get(home).content.decode()
    client.force_login(people[CHIEF])
    assert "Agree to an export" in client.get("/my-work/").content.decode()
    assert "Agree to it" in client.get(home).content.decode()
    assert client.post(f"{home}{held.public_id}/agree/").status_code == 302
    client.force_login(people[LEAD])
    assert "Take the file" in client.get(home).content.decode()
    b"".join(client.post(f"{home}{held.public_id}/everything.zip").streaming_content)
    page = client.get(home).content.decode()
    assert ("Take the file" in page, "Taken" in page) == (False, True)
    verbs = set(entries_in(inspection.name).values_list("verb", flat=True))
    assert {"export.asked", "export.agreed", "export.taken"} <= verbs


def test_the_database_holds_that_an_export_takes_two_people(people, inspection):
    held = ask_for_export(inspection=inspection, why="For the archive", by=LEAD)
    now = timezone.now()
    for named, change in (
        ("inspections_export_takes_two_people", {"agreed_at": now, "agreed_by": people[LEAD]}),
        ("inspections_export_agreed_by_somebody", {"agreed_at": now}),
        ("inspections_export_taken_if_agreed", {"taken_at": now}),
        ("inspections_export_has_a_reason", {"why": ""}),
        ("inspections_export_ended_by_somebody", {"ended_at": now}),
    ):
        with pytest.raises(IntegrityError, match=f"{named}|CHECK"), transaction.atomic():
            Export.objects.filter(pk=held.pk).update(**change)
