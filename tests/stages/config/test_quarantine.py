"""Where a file waits that is being handed in: a folder for this account alone, emptied by use and by age."""

import stat

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import RequestFactory

from inspectorate.ui.uploads import quarantine


@pytest.fixture
def waiting(settings, tmp_path):
    settings.QUARANTINE = tmp_path / "var" / "quarantine"
    return settings.QUARANTINE


def test_a_large_file_waits_in_a_folder_for_this_account_alone_and_goes_with_its_request(waiting):
    large = SimpleUploadedFile("../list.csv", b"x" * 3 * 2**20)
    request = RequestFactory().post("/", {"file": large})
    uploaded = request.FILES["file"]
    [held] = waiting.iterdir()
    assert uploaded.temporary_file_path() == str(held)
    assert (stat.S_IMODE(waiting.stat().st_mode), stat.S_IMODE(held.stat().st_mode)) == (0o700, 0o600)
    assert "list" not in held.name
    request.close()
    assert list(waiting.iterdir()) == []


def test_what_a_killed_server_left_behind_goes_after_an_hour(waiting):
    quarantine.folder()
    (waiting / "left").write_bytes(b"a name")
    assert quarantine.erase_old() == 0
    now = (waiting / "left").stat().st_mtime
    assert quarantine.erase_old(now=now + quarantine.KEPT_SECONDS + 1) == 1
    assert list(waiting.iterdir()) == []


def test_the_settings_use_it(settings):
    assert settings.FILE_UPLOAD_HANDLERS[-1] == "inspectorate.ui.uploads.quarantine.QuarantineHandler"
    assert issubclass(quarantine.QuarantineHandler, TemporaryFileUploadHandler)
    assert str(settings.QUARANTINE).startswith(str(settings.VAR))
