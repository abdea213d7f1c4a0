"""F79: an audit that could not look says "not checked", never "clean"; a package with a known flaw is found."""

import json

import pytest

from inspectorate.config.cli import main
from inspectorate.config.supply.audit import CLEAN, FLAWED, NOT_CHECKED, audit
from inspectorate.config.supply.locked import LockError, Pin, lock_file, pins
from tests.faults.listening import listening

BAD = Pin("django", "3.2.0", "", ("0" * 64,))
GOOD = Pin("numpy", "2.4.0", "", ("1" * 64,))
KNOWN = {("django", "3.2.0"): [{"id": "PYSEC-0000-1"}, {"id": "PYSEC-0000-2"}]}


def honest(queries):
    results = [
        {"vulns": found} if (found := KNOWN.get((one["package"]["name"], one["version"]))) else {} for one in queries
    ]
    return 200, json.dumps({"results": results})


ANSWERS = {
    "an error": lambda _: (500, "{}"),
    "another address": lambda _: (302, ""),
    "a page to sign in at": lambda _: (200, "<html>Welcome to the hotel</html>"),
    "nothing": lambda _: (200, ""),
    "no results": lambda _: (200, "{}"),
    "too few results": lambda queries: (200, json.dumps({"results": [{}] * (len(queries) - 1)})),
    "results of nothing": lambda queries: (200, json.dumps({"results": [None] * len(queries)})),
    "half an answer": lambda queries: (200, honest(queries)[1][:-5]),
    "a first page": lambda queries: (200, json.dumps({"results": [{"next_page_token": "more"}] * len(queries)})),
}


@pytest.fixture
def feed():
    """A feed on this machine, answering as the test says: its address, and a way to say how."""
    says = {"answer": honest}
    with listening(lambda _, body: says["answer"](json.loads(body)["queries"])) as address:
        yield f"{address}/v1/querybatch", says


def test_a_package_with_a_known_flaw_is_named_and_others_are_clean(feed):
    address, _ = feed
    assert audit([GOOD], address).verdict == CLEAN
    found = audit([GOOD, BAD], address)
    assert (found.verdict, found.flaws) == (FLAWED, (("django 3.2.0", ("PYSEC-0000-1", "PYSEC-0000-2")),))


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_feed_that_does_not_answer_for_every_package_leaves_them_unchecked(feed, answer):
    address, says = feed
    says["answer"] = ANSWERS[answer]
    found = audit([GOOD, BAD], address)
    assert (found.verdict, found.checked, found.flaws) == (NOT_CHECKED, 0, ())
    assert found.why


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9/", "file:///etc/hosts", "http://example.org/", "ftp://x"])
def test_without_a_feed_that_can_be_reached_nothing_is_checked(address):
    assert audit([GOOD], address, patience=2).verdict == NOT_CHECKED


def test_the_command_says_not_checked_and_ends_so(monkeypatch, capsys):
    monkeypatch.delenv("INSPECTORATE_ADVISORIES", raising=False)
    assert main(["supply", "audit"]) == 2
    told = capsys.readouterr()
    assert told.err.startswith("Not checked: no feed of known flaws is set")
    assert "lean" not in told.out


def test_the_command_finds_a_planted_pin(feed, tmp_path, capsys):
    lock = tmp_path / "server.txt"
    lock.write_text(
        f"numpy==2.4.0 \\\n    --hash=sha256:{'1' * 64}\ndjango==3.2.0 \\\n    --hash=sha256:{'0' * 64}\n    # via x\n"
    )
    assert main(["supply", "audit", "--lock", str(lock), "--feed", feed[0]]) == 1
    assert "django 3.2.0: PYSEC-0000-1, PYSEC-0000-2" in capsys.readouterr().out
    assert main(["supply", "audit", "--feed", feed[0]]) == 0
    assert capsys.readouterr().out.startswith("Clean: the feed knows no flaw of any of the ")


@pytest.mark.parametrize("text", ["", "django\n", "django>=3\n", "django==3.2.0\n", "-e .\n"])
def test_a_lock_file_that_is_not_whole_is_refused_and_not_passed_over(tmp_path, text):
    lock = tmp_path / "server.txt"
    lock.write_text(text)
    with pytest.raises(LockError):
        pins(lock)
    assert main(["supply", "audit", "--lock", str(lock)]) == 2


def test_the_bill_names_every_package_with_version_licence_and_hashes(capsys):
    assert main(["supply", "bill"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    locked = {pin.name: pin for pin in pins(lock_file())}
    listed = {one["name"]: one for one in made["components"]}
    assert listed.keys() == locked.keys() >= {"django", "cryptography", "pypdf", "granian"}
    for name, one in listed.items():
        assert one["version"] == locked[name].version
        hashes = {each["hashes"][0]["content"] for each in one["externalReferences"]}
        assert hashes == set(locked[name].hashes) != set()
        assert one["licenses"][0]["license"]["name"]
    assert "BSD" in listed["django"]["licenses"][0]["license"]["name"]
