"""The signed heads leave: by a folder, by e-mail, as a line; what left is recorded, and what did not is said."""

import json
import stat
from pathlib import Path

import pytest

from inspectorate.config.cli import main
from inspectorate.record import standalone
from inspectorate.record.leaving import STREAM, NotSentError, send_heads
from inspectorate.record.queries import entries_in, verify
from inspectorate.record.signing import public_key

DUTY = ("system", "duties")
pytestmark = pytest.mark.usefixtures("streams")


@pytest.fixture(autouse=True)
def ways(settings, tmp_path):
    settings.HEADS_FOLDER = tmp_path / "outside"
    settings.HEADS_EMAIL = ["heads@example.org"]
    settings.HEADS_LINE = str(tmp_path / "printer")
    return settings


def test_a_head_leaves_by_every_way_and_each_holds(ways, mailoutbox):
    leaving = send_heads(by=DUTY)
    [file] = ways.HEADS_FOLDER.iterdir()
    [message] = mailoutbox
    attached = message.attachments[0].content
    line = Path(ways.HEADS_LINE).read_text(encoding="utf-8")
    assert file.read_text(encoding="utf-8") == attached
    for text in (attached, line, message.body[message.body.index("inspectorate-head@1") :]):
        head, key = standalone.read_head(text, public_key())
        assert (head, key) == (leaving.signed["head"], public_key())
        assert verify(head).ok
    assert message.to == ["heads@example.org"]


def test_every_day_adds_a_file_and_a_line_and_overwrites_none(ways):
    send_heads(by=DUTY)
    send_heads(by=DUTY)
    assert len(list(ways.HEADS_FOLDER.iterdir())) == 2
    assert len(Path(ways.HEADS_LINE).read_text(encoding="utf-8").splitlines()) == 2


def test_what_left_is_an_entry_of_the_record():
    leaving = send_heads(by=DUTY)
    entry = entries_in(STREAM).get()
    assert (entry.actor, entry.verb) == (DUTY, "heads.sent")
    assert entry.particulars["head"] == leaving.signed["head"]["head"]
    assert [way["way"] for way in entry.particulars["ways"]] == ["folder", "e-mail", "line"]


def test_a_way_that_fails_stops_no_other_and_is_said_and_recorded(ways, tmp_path, mailoutbox):
    (tmp_path / "file").write_text("no folder")
    ways.HEADS_FOLDER = tmp_path / "file" / "below"
    with pytest.raises(NotSentError, match="folder to ") as refused:
        send_heads(by=DUTY)
    assert [fault.way for fault in refused.value.leaving.faults] == ["folder"]
    assert len(mailoutbox) == 1
    assert "below" in entries_in(STREAM).get().particulars["ways"][0]["fault"]
    assert main(["record", "send"]) == 1


def test_the_command_sends_and_the_settings_may_leave_out_mail_and_line(ways, capsys):
    ways.HEADS_EMAIL, ways.HEADS_LINE = [], ""
    assert main(["record", "send"]) == 0
    assert capsys.readouterr().out == f"The head left by folder: {ways.HEADS_FOLDER}.\n"


def test_the_command_exports_for_its_owner_alone_and_prints_verifier_and_key(tmp_path, capsys):
    file = tmp_path / "record.jsonl"
    assert main(["record", "export", "--out", str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "whole" in standalone.verify(str(file))
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[0])["payloads"] is False
    capsys.readouterr()
    assert main(["record", "key"]) == 0
    assert capsys.readouterr().out == f"{public_key()}\n"
    assert main(["record", "verifier"]) == 0
    assert "def verify_ed25519" in capsys.readouterr().out


def test_without_a_key_nothing_is_signed_and_the_sentence_says_what_to_do(ways, capsys):
    ways.RECORD_SIGNING_KEY = ""
    assert main(["record", "key"]) == 2
    assert "INSPECTORATE_RECORD_SIGNING_KEY" in capsys.readouterr().err
