"""The page of the security log, the number of an error, and where the lines go besides the database."""

import csv
import io
import json
import logging
import logging.config
import re
import socket

import pytest
from django.test import Client
from django.urls import path

from inspectorate.config import journal
from inspectorate.config.urls import urlpatterns as shipped
from inspectorate.people import security
from inspectorate.people.actions import add_person
from inspectorate.people.models import Role, SecurityEvent
from inspectorate.people.security import Kind, note

pytestmark = pytest.mark.django_db
CHIEF = ("user", "a-chief-inspector")
WORDS = "Canary-51d7 wrote this about a case"


def breaks(_request):
    raise LookupError(WORDS)


urlpatterns = [path("breaks/", breaks), *shipped]
handler500 = "inspectorate.config.not_saved.server_error"


@pytest.fixture
def administrator(people):  # noqa: ARG001 - the chief adds them
    return add_person(email="admin@example.org", name="Adam Min", role=Role.ADMINISTRATOR, by=CHIEF)


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_an_administrator_reads_narrows_and_takes_it_away(
    client, administrator, people, lead, django_assert_max_num_queries
):
    client.force_login(administrator)
    note(Kind.REFUSED, user=people[lead], about="GET /system/")
    number = note(Kind.FORGED, about="POST /=cmd|calc/")
    with django_assert_max_num_queries(12):
        page = client.get("/security-log/").content.decode()
    assert ("Rhian Lead" in page, "GET /system/" in page, number in page) == (True, True, True)
    narrowed = client.get("/security-log/?kind=refused&q=rhian").content.decode()
    assert ("GET /system/" in narrowed, number in narrowed) == (True, False)
    assert number in client.get(f"/security-log/?q={number.lower()}").content.decode()
    (line,) = rows(client.get("/security-log/security.csv?kind=forged"))
    assert (line["number"], line["at"][-6:], line["who"]) == (number, "+00:00", "")
    assert "Nothing like that" in client.get("/security-log/?q=nobody-of-that-name").content.decode()
    assert client.get("/security-log/?kind=nonsense&first=never").status_code == 200


def test_an_inspector_does_not(client, people, assessor):
    client.force_login(people[assessor])
    assert [client.get(f"/security-log/{file}").status_code for file in ("", "security.csv")] == [403, 403]


def test_an_error_shows_a_number_that_stands_in_the_log_and_no_word_of_it(settings, people, lead):
    settings.ROOT_URLCONF = __name__
    heard = []
    hears = logging.Handler()
    hears.emit = lambda record: heard.append(record.getMessage())
    security.LOGGER.addHandler(hears)
    try:
        client = Client(raise_request_exception=False)
        client.force_login(people[lead])
        answer = client.get("/breaks/")
    finally:
        security.LOGGER.removeHandler(hears)
    number = re.search(r"<strong>([0-9A-Z]{4}-[0-9A-Z]{4})</strong>", answer.content.decode())[1]
    line = SecurityEvent.objects.get(number=number)
    assert (answer.status_code, line.kind, line.who) == (500, Kind.ERROR, lead[1])
    assert line.detail.startswith("LookupError in ")
    way = next(one for one in map(json.loads, heard) if one["kind"] == "error_way")
    assert (way["number"], way["way"][-1].split()[-1]) == (number, "breaks")
    assert "Canary-51d7" not in "".join(heard) + line.detail + answer.content.decode()


@pytest.mark.parametrize(
    ("address", "handler"),
    [
        ("stderr", {"class": "logging.StreamHandler"}),
        ("none", {"class": "logging.NullHandler"}),
        ("syslog:/dev/log", {"class": "logging.handlers.SysLogHandler", "address": "/dev/log"}),
        ("syslog://logs.example.org", {"address": ("logs.example.org", 514)}),
        ("syslog://logs.example.org:1514", {"address": ("logs.example.org", 1514)}),
    ],
)
def test_the_lines_go_where_the_setting_says(address, handler):
    made = journal.logging_to(address)["handlers"]["security"]
    assert handler.items() <= made.items()


@pytest.mark.parametrize("address", ["", "syslg:/dev/log", "file:folder/log", "/var/log/inspectorate"])
def test_an_address_that_is_none_is_refused_at_the_start(address):
    with pytest.raises(ValueError, match="INSPECTORATE_SECURITY_LOG"):
        journal.logging_to(address)


def test_a_file_gets_a_line_for_each_and_syslog_a_datagram(tmp_path):
    file = tmp_path / "security.jsonl"
    heard = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    heard.bind(("127.0.0.1", 0))
    heard.settimeout(10)
    before = security.LOGGER.handlers[:], security.LOGGER.propagate
    try:
        for address in (f"file://{file}", f"syslog://127.0.0.1:{heard.getsockname()[1]}"):
            logging.config.dictConfig(journal.logging_to(address))
            note(Kind.FORGED, about="POST /a/\nforged line")
        (line,) = file.read_text("utf-8").splitlines()
        assert json.loads(line)["about"] == "POST /a/\N{REPLACEMENT CHARACTER}forged line"
        assert b"inspectorate: {" in heard.recv(65_000)
    finally:
        for handler in security.LOGGER.handlers:
            handler.close()
        security.LOGGER.handlers, security.LOGGER.propagate = before
        heard.close()
