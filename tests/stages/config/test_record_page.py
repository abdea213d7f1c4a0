"""The page of the record, and the verifier that anybody can take from it."""

from pathlib import Path

import pytest

from inspectorate.record import standalone
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
