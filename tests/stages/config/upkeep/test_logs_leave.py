"""The logs leave every night: what is new, once, as lines that a machine reads, with their digests in the record."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from inspectorate.config.in_force import facts
from inspectorate.config.upkeep.actions.logs import last_sent, send_logs
from inspectorate.config.upkeep.duties.table import duty
from inspectorate.config.upkeep.models import DutyRun
from inspectorate.people.access import NotAllowedError, person_of
from inspectorate.people.actions import note_readings
from inspectorate.people.security import Kind, note
from inspectorate.record.actions import append
from inspectorate.record.models import Entry
from tests.stages.scanner import scanner

pytestmark = pytest.mark.django_db
BY = ("system", "duties")


@pytest.fixture
def folder(settings, tmp_path):
    settings.LOGS_FOLDER = tmp_path / "outside"
    return settings.LOGS_FOLDER


def later(minutes=11):
    return datetime.now(UTC) + timedelta(minutes=minutes)


def run(at):
    """Run the duty as the process of the duties does: its row keeps how far it came."""
    did = duty("logs").do(BY, at)
    facts = {"asked_by_kind": BY[0], "asked_by_id": BY[1], "due_at": at, "began_at": at, "ended_at": at}
    DutyRun.objects.create(duty="logs", outcome="done", said=did.said, counts=did.counts, **facts)
    return did


def lines(folder, log):
    return [json.loads(one) for path in sorted(folder.glob(f"{log}-*.jsonl")) for one in path.read_text().splitlines()]


def test_each_line_leaves_once_and_the_record_says_what_left(folder, inspection, lead):
    note(Kind.FORGED, about="POST /a/\nb")
    subjects = [("inspection", inspection.public_id)]
    note_readings(subjects=subjects, inspection=inspection.public_id, way="list", because="leads", by=person_of(lead))
    run(later())
    assert [(one["kind"], one["at"][-6:]) for one in lines(folder, "security")] == [("forged", "+00:00")]
    assert [one["reader"] for one in lines(folder, "readings")] == [lead[1]]
    entries = Entry.objects.exclude(verb="logs.sent").order_by("pk")
    assert [one["hash"] for one in lines(folder, "record")] == list(entries.values_list("hash", flat=True))
    sent = Entry.objects.get(verb="logs.sent").particulars["files"]
    for one in sent:
        assert hashlib.sha256((folder / one["name"]).read_bytes()).hexdigest() == one["sha256"]
    note(Kind.FORGED, about="POST /c/")
    assert run(later()).said == "2 new lines left in 2 files.", "the forged form, and the entry about the first time"
    assert [one["about"] for one in lines(folder, "security")][-1] == "POST /c/"
    assert len(lines(folder, "security")) == 2
    assert not list(folder.glob("*.part"))


@pytest.mark.usefixtures("folder")
def test_a_line_that_is_not_settled_waits_for_the_next_night():
    note(Kind.FORGED, about="POST /a/")
    assert run(datetime.now(UTC)).said == "There was no new line."
    assert run(later()).said.startswith("1 new lines left")


def test_no_word_of_a_reason_leaves(folder, inspection, lead):
    append(
        stream=inspection.name,
        by=lead,
        verb="x.done",
        subject=inspection.name,
        payload={"a": "Canary-8d1"},
        why="Canary-8d1",
    )
    send_logs(by=BY, at=later())
    assert "Canary-8d1" not in "".join(path.read_text() for path in folder.iterdir())


def test_a_folder_that_cannot_be_written_to_fails_the_duty_and_nothing_counts_as_sent(settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.LOGS_FOLDER = tmp_path / "file" / "logs"
    note(Kind.FORGED, about="POST /a/")
    with pytest.raises(OSError, match="file"):
        duty("logs").do(BY, later())
    assert last_sent() == {}


def test_only_who_runs_the_system_sends_them(folder, assessor):
    with pytest.raises(NotAllowedError):
        send_logs(by=assessor, at=later())
    assert not folder.exists()


@pytest.mark.usefixtures("folder")
def test_it_is_said_that_logs_which_stay_inside_prove_little(settings):
    def said():
        return next(one.verdict for one in facts() if one.name == "logs")

    assert said() == "fine"
    settings.LOGS_FOLDER = settings.VAR / "logs"
    assert said() == "notice"


def test_the_status_page_says_whether_files_are_scanned(client, people, chief, settings):
    client.force_login(people[chief])
    settings.SCANNER = ""
    assert "but not scanned" in client.get("/system/").content.decode()
    with scanner() as (settings.SCANNER, _):
        assert settings.SCANNER in client.get("/system/").content.decode()
    assert "no file is taken" in client.get("/system/").content.decode()
