"""One person is planted everywhere: an export finds all of it, and on the day it is gone from database and files."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from inspectorate.config.upkeep.actions import erase_due, hold, lift
from inspectorate.config.upkeep.duties.table import duty
from inspectorate.config.upkeep.models import Erasure
from inspectorate.config.upkeep.privacy import pages, words
from inspectorate.config.upkeep.privacy.due import items
from inspectorate.config.upkeep.privacy.export import about_case, about_user
from inspectorate.config.upkeep.privacy.schedule import retention
from inspectorate.config.upkeep.refusals import Refusal, RefusedError
from inspectorate.fieldwork.actions import append_entries
from inspectorate.fieldwork.models import Allocation, Entry
from inspectorate.inspections.actions import set_aside
from inspectorate.inspections.models import Attachment, EvidenceFile, EvidenceVersion
from inspectorate.people.actions import deactivate, give_role
from inspectorate.people.models import Tie
from inspectorate.ratings.models import ScoredFile, Settlement
from inspectorate.record.queries import verify, verify_stream
from inspectorate.sampling.models import Case, ListUpload
from inspectorate.standards.actions import answer
from inspectorate.standards.models import Comment, Consultation
from tests.stages.conftest import ASSESSOR, LEAD, new_entry

BY = ("system", "duties")
CANARY = "Zyxwia"
REFERENCE = f"{CANARY}-REF"
NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=731)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planted(assessment, case_list, people, settings, tmp_path):
    """A case whose person stands in every place that holds words, in an inspection that was then cancelled."""
    settings.VAR = tmp_path
    case = assessment.case
    Case.objects.filter(pk=case.pk).update(
        reference=REFERENCE, characteristics={"area": f"{CANARY}-CHAR"}, practitioner=f"{CANARY}P"
    )
    append_entries(
        assessment=assessment,
        entries=[new_entry(1, value="", text=f"{CANARY}-NOTE told us", part="note"), new_entry(2)],
        by=ASSESSOR,
    )
    Allocation.objects.filter(case=case).update(ended_at=NOW, ended_because=f"{CANARY}-MOVED away")
    uploaded = {"uploaded_at": NOW, "uploaded_by_kind": "user", "uploaded_by_id": LEAD[1], "digest": "a" * 64}
    faulty = [[f"{CANARY}-ROW", "x"]]
    ListUpload.objects.create(
        case_list=case_list, file_name=f"{CANARY}-FILE.csv", faulty_rows=faulty, faults=faulty, **uploaded
    )
    saved = {"saved_at": NOW, "saved_by_kind": "user", "saved_by_id": LEAD[1]}
    about = {
        "inspection": case_list.inspection,
        "body": case_list.inspection.body,
        "edition": "iaow/2013",
        "standard": "1",
        "number": 1,
    }
    version = EvidenceVersion.objects.create(
        given=True, text=f"{CANARY}-EVIDENCE", rating="x", reasons=f"{CANARY}-REASON", **about, **saved
    )
    content = f"{CANARY}-BYTES".encode()
    file = EvidenceFile.objects.create(
        inspection=case_list.inspection, kind="pdf", size=len(content), digest="b" * 64, content=content
    )
    Attachment.objects.create(version=version, file=file, name=f"{CANARY}-NAME.pdf")
    tie = {"user": people[LEAD], "kind": "case_known", "subject_kind": "case", "declared_at": NOW}
    Tie.objects.create(subject_id=case.public_id, note=f"{CANARY}-TIE is my neighbour", **tie)
    told = {"address": [f"{CANARY}-CHAR", "x"], "ldu": ["Harbour", "Harbour"]}
    listing = {"cases": [REFERENCE, "C002"], "characteristics": told}
    stored = {"sections": [{"cases": [{"case": REFERENCE}], "case_list": listing}]}
    settled = {"settled_at": NOW, "settled_by_kind": "user", "settled_by_id": LEAD[1]}
    resting = {"payload": {}, "rests_on": {}, "inputs_digest": "c" * 64}
    made = Settlement(inspection=case_list.inspection, number=1, inputs=Settlement.pack(stored), **resting, **settled)
    made.save()
    (tmp_path / "mail").mkdir()
    letter = tmp_path / "mail" / "one.log"
    letter.write_text(f"Subject: {CANARY}-MAIL")
    set_aside(inspection=case_list.inspection, verb="cancel", why=f"{CANARY}-WHY moved to another area", by=LEAD)
    return case


def everywhere():
    """Return what still holds the canary: every value of every table, the bytes of a SQLite file, every file beside."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.all():
            for column in model._meta.concrete_fields:
                value = column.value_from_object(row)
                if isinstance(row, Settlement) and column.name == "inputs":
                    value = json.dumps(row.stored)
                text = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                if CANARY.encode() in text:
                    found.append(f"{model._meta.label}.{column.name}")
    return found + in_the_database_files()


def in_the_database_files():
    """Return which files of the database hold the canary: tables, indexes, and what was noted of the values."""
    if connection.vendor == "sqlite":
        connection.close()
        raw = Path(connection.settings_dict["NAME"]).read_bytes()
        return ["the file of the database"] * raw.count(CANARY.encode())
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(SCAN, [CANARY.encode()])
        return [f"the file of {row[0]}" for row in cursor.fetchall()]


SCAN = """
SELECT coalesce(pg_filenode_relation(0, split_part(split_part(file, '.', 1), '_', 1)::oid)::text, file)
FROM pg_database d, pg_ls_dir('base/' || d.oid) file
WHERE d.datname = current_database() AND file ~ '^[0-9]'
  AND position(%s::bytea IN pg_read_binary_file('base/' || d.oid || '/' || file, 0, 1000000000, true)) > 0
"""


def in_files(folder):
    return [path.name for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


def be_patient(monkeypatch):
    """Tests beside these, in another database of the same server, write in transactions of a minute and more."""
    monkeypatch.setattr(pages, "TRIES", 600)
    monkeypatch.setattr(pages, "PAUSE", 0.5)


def test_a_person_who_was_planted_everywhere_is_gone_on_the_day_and_the_record_holds(
    planted, tmp_path, case_list, monkeypatch
):
    be_patient(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what the planner notes of the values is looked into as well
    assert len(set(everywhere())) > 9
    assert in_the_database_files()
    letter = tmp_path / "mail" / "one.log"
    os.utime(letter, (LATER.timestamp(), LATER.timestamp()))
    assert duty("retention").do(BY, NOW + timedelta(days=729)).said == "Nothing was due."
    assert everywhere()
    os.utime(letter, (0, 0))
    said = duty("retention").do(BY, LATER).said
    assert said.startswith("Erased: 1 of case details, 1 of evidence, 1 of mail. ")
    assert "was locked longest" in said
    assert (everywhere(), in_files(tmp_path)) == ([], [])
    assert verify().ok
    assert verify_stream(case_list.inspection.name).ok
    stays = Case.objects.get(pk=planted.pk)
    assert (stays.reference, stays.stratum) == (f"erased-{stays.public_id}", planted.stratum)
    assert list(Entry.objects.order_by("pk").values_list("value", "text")) == [("", "(erased)"), ("sufficient", "")]
    assert all(len(one.hash) == 64 for one in Entry.objects.all())
    (left,) = Settlement.objects.get().stored["sections"]
    assert left["cases"] == [{"case": stays.reference}]
    assert left["case_list"]["characteristics"] == {"ldu": ["Harbour", "Harbour"]}, "figures of units come again"
    assert duty("retention").do(BY, LATER).said == "Nothing was due."


def test_what_is_held_stays_with_its_reason_until_the_hold_is_lifted(planted, chief, lead):
    subject = planted.case_list.inspection.name
    held = hold(subject=subject, reason="A claim at the county court.", by=chief)
    assert erase_due(by=BY, at=LATER) == {"mail": 1}
    assert {item.hold.reason for item in items(LATER)} == {"A claim at the county court."}
    for given, code in (
        ({"subject": subject, "reason": "again"}, Refusal.HELD_ALREADY),
        ({"subject": ("user", "nobody"), "reason": "x"}, Refusal.NOTHING_TO_HOLD),
        ({"subject": subject, "reason": " "}, Refusal.REASON_MISSING),
    ):
        with pytest.raises(RefusedError) as caught:
            hold(**given, by=chief)
        assert caught.value.code == code
    with pytest.raises(RefusedError):
        hold(subject=subject, reason="mine", by=lead)
    lift(held=held, reason="The claim is settled.", by=chief)
    with pytest.raises(RefusedError) as caught:
        lift(held=held, reason="again", by=chief)
    assert caught.value.code == Refusal.NOT_HELD
    assert set(erase_due(by=BY, at=LATER)) == {"case_details", "evidence"}
    assert Erasure.objects.count() == 2


def test_an_export_of_a_case_finds_every_place_and_marks_who_else_is_in_it(planted):
    told = about_case(REFERENCE, NOW)
    text = json.dumps(told)
    for place in ("REF", "CHAR", "NOTE", "MOVED"):
        assert f"{CANARY}-{place}" in text, place
    assert {"sampling.Case", "fieldwork.Entry", "fieldwork.Allocation"} <= set(told["tables"])
    parties = {one["name"] for one in told["third_parties"]}
    assert {"Ann Assessor", f"{CANARY}P"} <= parties
    assert {line["verb"] for line in told["record"]} >= {"entries.received"}
    assert about_case("nobody", NOW) is None
    assert planted.pk


def test_an_export_of_somebody_who_works_here_finds_what_they_did_and_never_their_password(planted, people, lead):
    told = about_user(people[lead], NOW)
    text = json.dumps(told)
    assert f"{CANARY}-TIE" in text
    assert {"people.User", "people.Tie", "inspections.EvidenceVersion"} <= set(told["tables"])
    assert people[lead].password not in text or not people[lead].password
    assert "password" not in told["tables"]["people.User"][0]
    assert "inspection.arranged" in {line["verb"] for line in told["record"]}
    assert planted.pk


def test_an_export_opens_no_session_and_names_everybody_else_in_the_record(client, planted, people, lead, chief):
    give_role(user=people[lead], role="inspector", by=chief)
    client.force_login(people[lead])
    key = client.session.session_key
    told = about_user(people[lead], NOW)
    assert "people.Session" in told["tables"]
    assert key not in json.dumps(told)
    assert "session_data" not in told["tables"]["people.Session"][0]
    name = people[chief].full_name
    assert name in {one["name"] for one in told["third_parties"]}
    by = {line["actor"] for line in told["record"] if line["verb"] == "people.role"}
    assert by == {f"user/{name} (third party)"}
    assert {line["subject"] for line in told["record"] if line["verb"] == "people.role"} == {f"user/{lead[1]}"}
    assert planted.pk


def test_somebody_who_left_is_forgotten_when_that_is_due_and_the_record_still_says_that_somebody_did_it(
    people, chief, lead
):
    name = people[lead].full_name
    deactivate(user=people[lead], why=f"{CANARY} went to another inspectorate", by=chief)
    assert erase_due(by=BY, at=NOW + timedelta(days=1094)) == {}
    assert erase_due(by=BY, at=NOW + timedelta(days=1096)) == {"account": 1}
    people[lead].refresh_from_db()
    assert (people[lead].full_name, people[lead].email) == ("Somebody who left", "")
    assert [row for row in everywhere() if "file" not in row] == []
    assert name not in {one.full_name for one in type(people[lead]).objects.all()}
    assert verify().ok


def columns_of_words():
    """Return every column of every table, ours and those of libraries, that can hold a word of somebody's."""
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if isinstance(column, WORDS) and not column.choices and not column.name.endswith(NAMES):
                yield f"{model._meta.label}.{column.name}"


WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
NAMES = ("_kind", "_id", "digest", "hash", "seed")


def named(columns):
    return [f"{label}.{name}" for label, names in columns.items() for name in names]


def test_every_column_of_words_goes_with_a_kind_or_says_why_it_stays():
    """A new one fails here until somebody has said what becomes of it."""
    goes = {name for columns in words.going().values() for name in named(columns)}
    stays = [name for columns in words.staying().values() for name in named(columns)]
    assert sorted(set(columns_of_words()) - goes - set(stays)) == []
    assert sorted(goes & set(stays)) == []
    assert len(stays) == len(set(stays))
    assert set(words.going()) | {"mail"} == {kind.code for kind in retention().kinds}
    assert all(len(why) > 20 for why in words.staying())


def test_every_column_that_is_named_there_is_one():
    every = [columns for told in (words.going(), words.staying()) for columns in told.values()]
    for columns in every:
        for label, names in columns.items():
            assert set(names) <= {one.name for one in apps.get_model(label)._meta.concrete_fields}, label
    assert "sampling_case" in words.tables_of(["case_details"])


@pytest.mark.parametrize(
    ("kind", "days"), [("report_work", 2190), ("comments", 1825), ("scored_files", 365), ("case_details", 730)]
)
def test_each_kind_has_its_days_and_its_ground(kind, days):
    assert (retention().kind(kind).days, bool(retention().kind(kind).ground)) == (days, True)


def test_comments_on_an_edition_go_years_after_it_closed_and_an_invented_consultation_stays():
    closed = NOW - timedelta(days=1826)
    about = {"edition": "fji/2013", "edition_digest": "a" * 64, "lead": "What do you think?", "closes_at": closed}
    ours = Consultation.objects.create(opens_at=closed - timedelta(days=30), **about)
    Consultation.objects.create(opens_at=closed - timedelta(days=60), invented=True, **about)
    comment = Comment.objects.create(
        consultation=ours, sent_id="1", name=f"{CANARY} Q", organisation="x", text=f"{CANARY} says", received_at=closed
    )
    answer(comment=comment, text=f"Thank you, {CANARY}.", signed="The chief inspector", by=BY, at=closed)
    assert erase_due(by=BY, at=NOW - timedelta(days=2)) == {}
    assert erase_due(by=BY, at=NOW) == {"comments": 1}
    comment.refresh_from_db()
    assert (comment.text, comment.name, bool(comment.erased_at)) == ("", "", True)
    assert [one for one in everywhere() if "file" not in one] == []
    assert erase_due(by=BY, at=NOW) == {}


def test_a_file_that_was_kept_goes_after_a_year_and_the_example_stays():
    about = {"edition": "iaow/2013", "edition_digest": "a" * 64, "answers_digest": "b" * 64, "created_at": NOW}
    about |= {"answers_name": f"{CANARY}.csv", "answers": CANARY.encode(), "kept_at": NOW, "kept_by_kind": "user"}
    ScoredFile.objects.create(title=f"{CANARY} file", kept_by_id="somebody", **about)
    ScoredFile.objects.create(title="An example", kept_by_id="system", invented=True, example="iaow", **about)
    assert erase_due(by=BY, at=NOW + timedelta(days=364)) == {}
    assert [item.title for item in items(NOW)] == ["A file scored by iaow/2013"]
    assert erase_due(by=BY, at=NOW + timedelta(days=366)) == {"scored_files": 1}
    assert [one.title for one in ScoredFile.objects.all()] == ["An example"]


@pytest.mark.database("postgresql")
def test_whoever_reads_from_before_the_erasing_is_waited_for(monkeypatch):
    monkeypatch.setattr(pages, "TRIES", 2)
    monkeypatch.setattr(pages, "PAUSE", 0.01)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM people_tie")
            with connection.cursor() as erasing:
                erasing.execute("SELECT pg_current_xact_id()")
            with pytest.raises(RefusedError) as caught:
                pages.overwrite_free_pages(["sampling_case"])
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert (caught.value.code, "is still open" in caught.value.sentence) == (Refusal.TABLE_IN_USE, True)
    be_patient(monkeypatch)
    assert pages.overwrite_free_pages(["sampling_case"])


@pytest.mark.database("postgresql")
def test_whoever_writes_since_before_the_erasing_is_waited_for_in_another_database_too(monkeypatch):
    monkeypatch.setattr(pages, "TRIES", 2)
    monkeypatch.setattr(pages, "PAUSE", 0.01)
    other = connection.copy()
    other.settings_dict = other.settings_dict | {"NAME": "postgres"}
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_current_xact_id()")
            with pytest.raises(RefusedError) as caught:
                pages.overwrite_free_pages(["sampling_case"])
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert (caught.value.code, "is still open" in caught.value.sentence) == (Refusal.TABLE_IN_USE, True)


@pytest.mark.database("postgresql")
def test_nobody_waits_behind_the_erasure_for_a_table_that_is_in_use(monkeypatch):
    monkeypatch.setattr(pages, "_wait_for_older", lambda: None)  # this is about locks
    monkeypatch.setattr(pages, "WAIT", "50ms")
    monkeypatch.setattr(pages, "TRIES", 2)
    monkeypatch.setattr(pages, "PAUSE", 0.01)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("LOCK TABLE sampling_case IN ACCESS SHARE MODE")
            cursor.execute("SELECT 1")  # lets go of what the last sentence saw, and keeps the lock
            with pytest.raises(RefusedError) as caught:
                pages.overwrite_free_pages(["sampling_case", "fieldwork_entry"])
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert (caught.value.code, "sampling_case" in caught.value.sentence) == (Refusal.TABLE_IN_USE, True)
    written = pages.overwrite_free_pages(["sampling_case", "fieldwork_entry"])
    assert {one.table for one in written} == {"sampling_case", "fieldwork_entry", "pg_catalog.pg_statistic"}
