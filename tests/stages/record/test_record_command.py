"""The command line of the record."""

import json

import pytest

from inspectorate.config.cli import main

BODY = ("body", "b1")
pytestmark = pytest.mark.usefixtures("streams")


def test_the_command_says_that_the_record_is_whole(capsys):
    assert main(["record", "verify"]) == 0
    assert capsys.readouterr().out == "The record is whole: 15 entries in 3 streams, 0 seals.\n"


def test_the_command_names_the_first_bad_row(tamper, body, capsys):
    tamper("UPDATE record_entry SET verb = 'accept' WHERE stream_id = %s AND sequence = 2", [body])
    assert main(["record", "verify"]) == 1
    assert "Entry 2 of body/b1 was changed" in capsys.readouterr().out
    assert main(["record", "verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["first_fault"]["stream"], told["first_fault"]["sequence"]) == (False, "body/b1", 2)


def test_the_command_seals_and_writes_a_head_that_verifies(tmp_path, write, capsys):
    file = tmp_path / "head.json"
    assert main(["record", "head", "--out", str(file)]) == 0
    write(BODY)
    assert main(["record", "verify", "--head", str(file)]) == 0
    assert "it contains the head of " in capsys.readouterr().out


def test_the_command_prints_the_head(capsys):
    assert main(["record", "head"]) == 0
    head = json.loads(capsys.readouterr().out)["head"]
    assert (head["entries"], head["seals"]) == (15, 3)


def test_the_command_never_overwrites_a_head(tmp_path, capsys):
    file = tmp_path / "head.json"
    file.write_text("kept")
    assert main(["record", "head", "--out", str(file)]) == 2
    assert file.read_text() == "kept"
    assert "Heads are kept, never overwritten" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"{}"])
def test_the_command_refuses_a_head_that_is_none(tmp_path, content, capsys):
    file = tmp_path / "head.json"
    if content is not None:
        file.write_bytes(content)
    assert main(["record", "verify", "--head", str(file)]) == 2
    assert "record head" in capsys.readouterr().err
