"""ODK Validate accepts every form where Java is there; where it is not, the check says that it was not run.

An environment that must have Java says so with ``ODK_VALIDATE=must``, and then its absence fails.
"""

import json
import os
import shutil

import pytest

from inspectorate.config.cli import main
from inspectorate.standards.xform import Checked, odk_validate
from inspectorate.standards.xform.checking import NO_JAVA

pytestmark = pytest.mark.database("sqlite")  # no database is asked: once is enough

WITHOUT_JAVA = Checked(accepted=None, says=NO_JAVA)


def test_every_form_is_accepted_or_said_not_to_have_been_checked(every):
    found = odk_validate(every)
    if shutil.which("java"):
        assert found == Checked(accepted=True, says=f"accepted by ODK Validate: {len(every)}")
    else:
        assert os.environ.get("ODK_VALIDATE") != "must", "this environment must have Java"
        assert found == WITHOUT_JAVA


def test_a_form_that_is_wrong_is_refused_or_said_not_to_have_been_checked(every):
    wrong = every[0].replace(b" and ", b" and and ")
    assert wrong != every[0]
    found = odk_validate([every[1], wrong])
    if shutil.which("java"):
        assert (found.accepted, "Invalid" in found.says) == (False, True)
    else:
        assert found == WITHOUT_JAVA


def test_without_java_the_check_says_so(monkeypatch, every):
    monkeypatch.setenv("PATH", "")
    assert odk_validate(every) == WITHOUT_JAVA


def test_the_command_says_what_came_of_the_check(tmp_path, capsys):
    out = tmp_path / "form.xml"
    words = ["editions", "xform", "youth/2018", "--kind", "court", "--out", str(out), "--validate", "--json"]
    code = main(words)
    told = json.loads(capsys.readouterr().out)
    expected = Checked(accepted=True, says="accepted by ODK Validate: 1") if shutil.which("java") else WITHOUT_JAVA
    assert told["validate"] == {"accepted": expected.accepted, "says": expected.says}
    assert code == (0 if expected.accepted else 1)
    assert (told["form"], told["bytes"]) == ("youth-2018-court", len(out.read_bytes()))


def test_the_command_without_java_writes_the_form_and_ends_with_one(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", "")
    out = tmp_path / "form.xml"
    code = main(["editions", "xform", "iaow/2013", "--out", str(out), "--validate"])
    assert (code, capsys.readouterr().err) == (1, "ODK Validate: not run: no Java\n")
    assert out.read_bytes().startswith(b"<?xml")
