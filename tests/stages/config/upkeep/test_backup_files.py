"""A backup file opens with its key and with nothing else, and every byte of it counts."""

import base64
import io
import os

import pytest

from inspectorate.config.upkeep.backup import bech32
from inspectorate.config.upkeep.backup.age import PIECE, TAG, Opening, Sealing
from inspectorate.config.upkeep.backup.key import SECRET, make_key, open_to_others, read_key
from inspectorate.config.upkeep.backup.manifest import is_inside, read
from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

# Made by another program for this format, for the key of the line below it.
BY_ANOTHER_PROGRAM = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBwaXNBVC80dTg5OVl5eHVnekhjbzQ0cTRXMCszUjZZdzQ4eDdPREREVXdZCmd4aWVNSWV3SWxn"
    "enlSVnd5Z2twY0hYQ1MvNjRSVkxEeGYrZXlCM3ljVUEKLT4gND4tZ3JlYXNlCmllT0RzSVE4MlVsZkxRdWdHdmFYVDdQMXB3Q2V4NmxxLzFhMmF3ZHpH"
    "eW1ubW5PMlhtUDhMR3k4dkZIVnRzN1QKdEtJeTFVWmIwRFlZV2pJNVFrZnBibXVzbzNNZE1ReFpncW0rd1FZWVh4akxGWWdLR29RSVJTWTAxcHdaa0Vn"
    "YwpTdwotLS0gdExnUDB3bnFjRHJ2UEtKOTgrRnNDcTRNaFNvRjFRb3A3SjRvRE92UXE3NArIePq3TTyl9suZuEbxD/hxXlrrxHZCk1IfoyGCAwz/Kewo"
    "eakw79F19vY64aKoFw=="
)
ITS_KEY = "00cdd469667a11d0992a336c8f3f421964f6ae737f5ac856fd50481d2dc80e67"


@pytest.fixture
def key(tmp_path):
    return make_key(tmp_path / "key")


def sealed(data, key):
    out = io.BytesIO()
    sealing = Sealing(out, key.recipient)
    sealing.write(data)
    sealing.finish()
    return out.getvalue()


def opened(raw, key):
    opening = Opening(io.BytesIO(raw), key.opening())
    data = io.BufferedReader(opening).read()
    opening.finish()
    return data


def refused(raw, key):
    with pytest.raises(RefusedError) as caught:
        opened(raw, key)
    return caught.value.code


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5])
def test_what_is_sealed_comes_out_again(key, size):
    data = os.urandom(size)
    assert opened(sealed(data, key), key) == data


def test_what_another_program_wrote_is_opened():
    opening = Opening(io.BytesIO(base64.b64decode(BY_ANOTHER_PROGRAM)), bytes.fromhex(ITS_KEY))
    assert opening.read() == b"hello from age\n"


def test_no_byte_can_be_changed(key):
    raw = sealed(b"who was seen" * 50, key)
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert refused(changed, key) in {Refusal.DAMAGED, Refusal.WRONG_KEY, Refusal.NO_BACKUP, Refusal.CUT_OFF}


def test_wherever_it_is_cut_off_that_is_found(key):
    raw = sealed(os.urandom(2 * PIECE + 10), key)
    lengths = [10, 60, 150, len(raw) - 1, len(raw) - 20, len(raw) - 26, len(raw) - 26 - PIECE - TAG]
    assert {refused(raw[:length], key) for length in lengths} <= {Refusal.CUT_OFF, Refusal.DAMAGED}


def test_pieces_in_another_order_are_refused(key):
    raw, size = sealed(os.urandom(3 * PIECE), key), PIECE + TAG
    head = len(raw) - 3 * size
    moved = raw[:head] + raw[head + size : head + 2 * size] + raw[head : head + size] + raw[head + 2 * size :]
    assert refused(moved, key) == Refusal.DAMAGED


def test_another_key_does_not_open_it(key, tmp_path):
    assert refused(sealed(b"x", key), make_key(tmp_path / "other")) == Refusal.WRONG_KEY


def test_an_empty_file_and_a_picture_are_no_backups(key):
    assert refused(b"", key) == Refusal.FILE_EMPTY
    assert refused(b"\x89PNG\r\n" + bytes(200), key) == Refusal.NO_BACKUP


def test_the_public_key_alone_makes_backups_and_opens_none(key, tmp_path):
    path = tmp_path / "public"
    path.write_text(f"# for the server\n{key.public}\n")
    public = read_key(path)
    assert public.recipient == key.recipient
    with pytest.raises(RefusedError) as caught:
        public.opening()
    assert caught.value.code == Refusal.KEY_CANNOT_OPEN


def test_a_key_is_for_its_owner_alone_and_never_written_over(key, tmp_path):
    assert not open_to_others(tmp_path / "key")
    assert read_key(tmp_path / "key") == key
    with pytest.raises(RefusedError) as caught:
        make_key(tmp_path / "key")
    assert caught.value.code == Refusal.KEY_STANDS


def test_a_letter_that_is_wrong_in_a_key_is_found(key, tmp_path):
    text = (tmp_path / "key").read_text().strip()
    last = "Q" if text[-1] != "Q" else "P"
    (tmp_path / "wrong").write_text(text[:-1] + last)
    for name, code in (("wrong", Refusal.KEY_MALFORMED), ("absent", Refusal.KEY_MISSING)):
        with pytest.raises(RefusedError) as caught:
            read_key(tmp_path / name)
        assert caught.value.code == code
    with pytest.raises(ValueError, match="mixed"):
        bech32.decode("Age1qqq")
    assert bech32.decode(bech32.encode(SECRET, key.secret)) == (SECRET, key.secret)


def test_a_manifest_that_names_a_file_outside_is_refused():
    assert [path for path in ("/etc/passwd", "../x", "files/../../x", "") if is_inside(path)] == []
    assert is_inside("files/mail/1.log")
    text = b'{"format": "inspectorate-backup@1", "files": [{"path": "../x", "size": 1, "sha256": ""}]}'
    for raw in (text, b"{}", b"[]", b"not JSON"):
        with pytest.raises(RefusedError) as caught:
            read(raw)
        assert caught.value.code == Refusal.NO_BACKUP
