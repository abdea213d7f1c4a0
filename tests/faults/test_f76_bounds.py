"""F76: slow senders, huge headers, bodies and searches, and deep paging are bounded; others are answered meanwhile."""

import http.client
import socket
from contextlib import ExitStack, suppress

import pytest

from inspectorate.config.bounds import MOST_ASKED, MOST_SENT

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1024 * 1024
WITHIN = 30  # seconds, on a machine that does other things too


def assert_answers(server):
    for _ in range(3):
        assert server.ask("GET", "/accessibility/", within=WITHIN)[0] == 200


@pytest.mark.nightly
def test_slow_senders_keep_nobody_waiting(server):
    head = b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
    head += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with ExitStack() as stack:
        for number in range(200):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=WITHIN))
            slow.sendall(head + b"a" if number % 4 else head[:20])
        assert_answers(server)


@pytest.mark.nightly
def test_huge_headers_are_refused(server):
    for headers in ({"X-Huge": "a" * MEGABYTE}, {f"X-{number}": "a" for number in range(5000)}):
        with suppress(OSError, http.client.HTTPException):  # cut off, or refused
            assert server.ask("GET", "/accessibility/", None, headers, within=WITHIN)[0] in {400, 431}
        assert_answers(server)


def test_a_body_that_is_too_large_is_refused_in_words_and_others_are_answered(server, ann, door):
    told = ann.post(server, door, b" " * ((MOST_SENT + 1) * MEGABYTE), within=60)
    assert (told[0], b"too-large" in told[2]) == (413, True)
    assert_answers(server)


def test_a_question_that_is_too_long_is_refused_in_words(client):
    told = client.get("/bodies/", {"q": "a" * (MOST_ASKED + 1)})
    assert (told.status_code, b"Too large</h1>" in told.content) == (414, True)


@pytest.mark.parametrize("where", ["/bodies/", "/results/", "/reports/"])
@pytest.mark.parametrize("asked", ["page=999999999999999999999", "page=-5", "q=" + "%25_%5C" * 600])
def test_deep_pages_and_huge_searches_are_answered(client, where, asked):
    assert client.get(f"{where}?{asked}").status_code in {200, 404}
