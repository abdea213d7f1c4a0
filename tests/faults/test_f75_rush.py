"""F75: a rush on a result: who works inside is answered and saves, and taking down works meanwhile."""

import http.client
import socket
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest

from inspectorate.publication.actions import confirm_release, propose_release
from inspectorate.reports.actions import sign_off_report
from tests.faults.living import SignedIn, assert_nothing_lost, writing
from tests.stages.conftest import CHIEF, LEAD, make_inspection
from tests.stages.reports.conftest import make_draft, make_drafting, make_written

pytestmark = pytest.mark.django_db(transaction=True)
READERS, SECONDS, GONE_WITHIN = 12, 10, 60
ABSENT = "0" * 32


def signed_off(trust):
    """Another inspection of the trust, whose report is signed off."""
    inspection = make_inspection(trust)
    make_draft(make_written(make_drafting(inspection)))
    sign_off_report(inspection=inspection, by=CHIEF)
    return inspection


def released(trust, minute):
    inspection = signed_off(trust)
    before = min(minute, datetime.now(UTC)) - timedelta(days=1)
    propose_release(inspection=inspection, visible_from=minute, by=LEAD, at=before)
    return confirm_release(inspection=inspection, by=CHIEF, at=before)


@pytest.fixture
def public(begun, trust):  # noqa: ARG001 - somebody works inside
    """A result that has been public for an hour, in the database where a server finds it."""
    return released(trust, datetime.now(UTC) - timedelta(hours=1))


@contextmanager
def rushing(server, where, seen):
    """Let many read an address again and again, each on a connection that stays open."""
    ended = Event()

    def read():
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as asking:
            while not ended.is_set():
                try:
                    asking.request("GET", where)
                    answer = asking.getresponse()
                    answer.read()
                    seen.append(answer.status)
                except (OSError, http.client.HTTPException) as error:
                    seen.append(type(error).__name__)
                    asking.close()

    readers = [Thread(target=read, daemon=True) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        yield
    finally:
        ended.set()
        for reader in readers:
            reader.join(35)
    assert not any(reader.is_alive() for reader in readers), "a reader waits for ever"


def until_all_say(server, where, status):
    """Wait until six answers in a row have that status, of either process; so long may a copy in memory be given."""
    end, row = time.monotonic() + GONE_WITHIN, 0
    while row < 6:
        assert time.monotonic() < end, f"{where} does not answer {status} within {GONE_WITHIN} seconds"
        row = row + 1 if server.ask("GET", where)[0] == status else 0
        time.sleep(0.1)


def press(person, server, where, why):
    """Press the button, and again when told that the database was busy, as a person would: it waits a second here."""
    end, status = time.monotonic() + GONE_WITHIN, 503
    while status == 503:
        assert time.monotonic() < end, f"{where} was not done within {GONE_WITHIN} seconds"
        status = person.post(server, where, {"why": why})[0]
    assert status == 302


@pytest.mark.nightly
def test_a_rush_keeps_nobody_out_and_a_result_is_taken_down_in_the_middle_of_it(public, server, people, writers):
    where, seen = public.get_absolute_url(), []
    release = f"/inspections/{public.inspection.public_id}/release/"
    lead, chief = SignedIn(people[LEAD]), SignedIn(people[CHIEF])
    until_all_say(server, where, 200)
    with rushing(server, where, seen), writing(writers, server, go_on=True):
        for _ in range(SECONDS):
            assert lead.get(server, "/inspections/")[0] == 200
            time.sleep(1)
        press(lead, server, f"{release}take-down/", "A name stands in it.")
        until_all_say(server, where, 410)
        press(chief, server, f"{release}put-up/", "It is no real name.")
        until_all_say(server, where, 200)
    assert set(seen) == {200, 410}
    assert len(seen) > READERS * 2
    assert {status for writer in writers for status, *_ in writer.answers} <= {200, 503}
    assert_nothing_lost(writers)


def raw(server, path, more=""):
    """Return an answer as it comes over the wire, but the line that tells the time."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as asking:
        asking.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{more}\r\n".encode())
        said = b"".join(iter(lambda: asking.recv(65536), b""))
    return [line for line in said.split(b"\r\n") if not line.lower().startswith(b"date:")]


def test_f43_a_served_address_before_its_minute_answers_to_the_last_byte_as_one_that_does_not_exist(
    server,
    trust,
    begun,  # noqa: ARG001 - somebody works inside
):
    waiting = released(trust, datetime.now(UTC) + timedelta(days=1))
    for below in ("", "report/", "findings/", "result.csv", "result.json", "report.pdf"):
        for more in ("", 'If-None-Match: "x"\r\n', "Range: bytes=0-9\r\n"):  # packed, an answer has a random length
            there, absent = (raw(server, f"/results/{one}/{below}", more) for one in (waiting.public_id, ABSENT))
            assert there == absent
            assert there[0] == b"HTTP/1.1 404 Not Found"
