"""The page of the record, and the verifier that anybody can take from it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspectorate.record import standalone
from inspectorate.record.heads import read_head
from inspectorate.record.leaving import send_heads
from inspectorate.record.signing import public_key

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_public_key_to_anybody(client):
    answer = client.get("/record/")
    assert (answer.status_code, public_key() in answer.content.decode()) == (200, True)


def test_the_verifier_is_handed_out_as_a_file_to_keep(client):
    answer = client.get("/record/verify_record.py")
    assert answer.content == Path(standalone.__file__).read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="verify_record.py"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_where_no_head_has_left_the_page_says_so_and_there_is_none_to_keep(client, settings, tmp_path):
    settings.HEADS_FOLDER = tmp_path / "none"
    assert "None has left yet" in client.get("/record/").content.decode()
    assert client.get("/record/head.json").status_code == 404


def test_anybody_can_keep_the_head_that_left_last_and_the_verifier_reads_it(client, settings, tmp_path):
    settings.HEADS_FOLDER = tmp_path
    send_heads(by=("system", "duties"), at=datetime(2026, 11, 25, 2, tzinfo=UTC))
    signed = send_heads(by=("system", "duties"), at=datetime(2026, 11, 26, 2, tzinfo=UTC)).signed
    (tmp_path / "head-2026-11-27T020000.json").write_text('{"format": "signed-', encoding="utf-8")
    page = client.get("/record/").content.decode()
    assert signed["head"]["head"] in page
    assert "26 November 2026 at 02:00" in page
    kept = client.get("/record/head.json")
    assert kept["Content-Disposition"] == 'attachment; filename="head-2026-11-26.json"'
    head = read_head(kept.content.decode(), key=public_key())
    assert head == signed["head"]
