"""The verifier that runs without the product: what it finds in an export, and against a head that left."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from inspectorate.record import standalone
from inspectorate.record.actions import erase_payload, export_head, seal
from inspectorate.record.heads import read_head
from inspectorate.record.names import RefusedError
from inspectorate.record.queries import entries_in, verify
from inspectorate.record.queries.handing_out import lines
from inspectorate.record.signing import file_of, line_of, public_key, sign

BODY = ("body", "b1")
OTHERS = ("inspection", "i1"), ("edition", "e1")
pytestmark = pytest.mark.usefixtures("streams", "chunk")

# RFC 8032, section 7.1: secret key, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.fixture
def told(tmp_path):
    """Export the record, and return what the verifier says: "" for whole, else the row and the code."""

    def say(*heads, payloads=True, key=""):
        export = tmp_path / "record.jsonl"
        export.write_text("".join(lines(payloads=payloads)), encoding="utf-8")
        files = [tmp_path / f"head-{number}.json" for number, _ in enumerate(heads)]
        for file, head in zip(files, heads, strict=True):
            file.write_text(head, encoding="utf-8")
        try:
            standalone.verify(str(export), [str(file) for file in files], key)
        except standalone.Broken as broken:
            return f"{broken.stream}/{broken.number} {broken.code}"
        return ""

    return say


def signed_head():
    seal()
    return sign(export_head())


def test_an_untouched_record_is_whole_with_its_heads(told, write):
    first = signed_head()
    write(BODY, 3)
    assert told(file_of(first), line_of(signed_head()), key=public_key()) == ""
    assert told(file_of(first), payloads=False) == ""


def test_it_runs_alone_without_the_product_and_without_any_package(tmp_path):
    export, head, script = tmp_path / "record.jsonl", tmp_path / "head.json", tmp_path / "verify_record.py"
    head.write_text(file_of(signed_head()), encoding="utf-8")
    export.write_text("".join(lines(payloads=True)), encoding="utf-8")
    script.write_text(Path(standalone.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(script), str(export), "--head", str(head), "--key", public_key()]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("The record is whole: 15 entries in 3 streams, 3 seals. It contains the head of ")
    text = export.read_text(encoding="utf-8")
    export.write_text(text.replace('"verb":"rename"', '"verb":"accept"', 1), encoding="utf-8")
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False)
    assert (run.returncode, run.stdout.splitlines()[0]) == (
        1,
        "The record is broken. Entry 1 of body/b1 was changed: its hash is not that of its content.",
    )
    export.write_text("{}", encoding="utf-8")
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False)
    assert (run.returncode, "Nothing was verified" in run.stderr) == (2, True)


def test_it_imports_the_standard_library_alone():
    text = Path(standalone.__file__).read_text(encoding="utf-8")
    names = {name.partition(".")[0] for name in re.findall(r"^\s*(?:from|import) (\S+)", text, re.MULTILINE)}
    assert names - {"__future__"} <= sys.stdlib_module_names


def test_an_export_without_payloads_holds_no_word_of_them(told):
    assert "As the council asked" not in "".join(lines(payloads=False))
    assert "As the council asked" in "".join(lines(payloads=True))
    assert told(payloads=False) == ""


def test_an_erased_payload_is_not_missed_and_one_deleted_is(told, tamper):
    with transaction.atomic():
        erase_payload(entry=entries_in(BODY).get(sequence=2), by=("user", "c1e7"), why="On request.")
    assert told() == ""
    tamper("DELETE FROM record_payload WHERE entry_id = %s", [entries_in(BODY).get(sequence=3).pk])
    assert told() == "body/b1/3 payload-missing"


def test_a_payload_that_came_back_is_named(told, tamper):
    entry = entries_in(BODY).get(sequence=2)
    salt, text = entry.payload.salt, entry.payload.text
    with transaction.atomic():
        erase_payload(entry=entry, by=("user", "c1e7"), why="On request.")
    tamper("INSERT INTO record_payload (entry_id, salt, text) VALUES (%s, %s, %s)", [entry.pk, salt, text])
    assert told() == "body/b1/6 payload-returned"


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_an_export_that_was_cut_short_is_never_whole(tmp_path, cut):
    seal()
    export = tmp_path / "record.jsonl"
    whole = list(lines(payloads=True))
    export.write_text("".join(whole[: max(1, int(len(whole) * cut))]), encoding="utf-8")
    with pytest.raises(standalone.Broken):
        standalone.verify(str(export))


@pytest.mark.parametrize(("secret", "key", "message", "signature"), RFC_8032)
def test_ed25519_agrees_with_the_vectors_of_its_standard(secret, key, message, signature):
    parts = [bytes.fromhex(part) for part in (key, message, signature)]
    assert standalone.verify_ed25519(*parts)
    assert Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).sign(parts[1]) == parts[2]


def test_ed25519_agrees_with_another_implementation_and_finds_every_flipped_bit():
    chance = random.Random(8032)  # noqa: S311 - it chooses tests
    for _ in range(4):
        secret = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        key, message = secret.public_key().public_bytes_raw(), chance.randbytes(chance.randint(1, 200))
        signature = secret.sign(message)
        assert standalone.verify_ed25519(key, message, signature)
        for _ in range(3):
            bit = chance.randrange(512)
            wrong = bytearray(signature)
            wrong[bit // 8] ^= 1 << bit % 8
            assert not standalone.verify_ed25519(key, message, bytes(wrong))
        assert not standalone.verify_ed25519(key, message + b"!", signature)
    order = standalone.ORDER + int.from_bytes(signature[32:], "little")
    assert not standalone.verify_ed25519(key, message, signature[:32] + order.to_bytes(32, "little"))


def test_a_head_that_was_changed_or_signed_by_another_is_refused():
    head = signed_head()
    text = file_of(head)
    assert read_head(text, public_key()) == head["head"] == read_head(line_of(head))
    more = text.replace('"entries": 15', '"entries": 14')
    assert more != text
    for wrong, key in ((more, ""), (text, "0" * 64), (json.dumps(head["head"]), public_key())):
        with pytest.raises(RefusedError):
            read_head(wrong, key)
        with pytest.raises(standalone.NotVerified):
            standalone.read_head(wrong, key)


def test_a_line_typed_in_again_with_other_spaces_is_read():
    line = line_of(signed_head())
    typed = re.sub(r"([0-9a-f]{8})(?=[0-9a-f]{8})", r"\1 ", line).replace(" key ", "\n key ")
    assert standalone.read_head(typed) == standalone.read_head(line)
    with pytest.raises(standalone.NotVerified):
        standalone.read_head(line[: len(line) // 2])


def test_both_verifiers_name_the_same_row(told, tamper, body):
    seal()
    for column, value in (("verb", "accept"), ("previous", "0" * 64), ("format", 2), ("sequence", 99)):
        with transaction.atomic():
            place = [value, body, 3]
            tamper(f"UPDATE record_entry SET {column} = %s WHERE stream_id = %s AND sequence = %s", place)  # noqa: S608
            fault = verify().first_fault
            assert told() == f"{fault.stream}/{fault.sequence} {fault.code}"
            transaction.set_rollback(True)
