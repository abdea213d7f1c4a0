"""The security log: what happens at the doors is written down, once, in one line, and never what somebody typed."""

import json
import logging
import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from inspectorate.config.upkeep.privacy.export import about_user
from inspectorate.people import security
from inspectorate.people.actions import add_app, deactivate, forget_security_events
from inspectorate.people.models import SecurityEvent
from inspectorate.people.security import Budget, Kind, fingerprint, note, plain
from inspectorate.record.models import Entry
from inspectorate.record.once import WrittenOnceError

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of an invented person
TYPED = "correct horse battery staple"
LATER = timedelta(seconds=1)


@pytest.fixture
def lines():
    """The lines of JSON as they leave."""
    heard = []
    hears = logging.Handler()
    hears.emit = lambda record: heard.append(record.getMessage())
    security.LOGGER.addHandler(hears)
    yield heard
    security.LOGGER.removeHandler(hears)


def written(kind):
    return list(SecurityEvent.objects.filter(kind=kind).order_by("pk"))


def sign_in(client, login, password):
    return client.post("/sign-in/", {"login": login, "password": password})


def test_a_sign_in_that_succeeds_says_who_from_where_and_by_what(client, rhian, password, lines):
    sign_in(client, rhian.email, password)
    (line,) = written(Kind.SIGN_IN)
    assert (line.who, line.place, line.detail) == (rhian.public_id, "127.0.0.1", "by password")
    (said,) = [json.loads(one) for one in lines if '"sign_in"' in one]
    assert (said["number"], said["at"][-6:]) == (line.number, "+00:00")
    client.post("/sign-out/")
    assert [one.who for one in written(Kind.SIGN_OUT)] == [rhian.public_id]


def test_one_that_fails_says_for_whom_where_there_is_such_a_person_and_never_the_password(client, rhian, lines):
    for _ in range(2):
        sign_in(client, rhian.email, TYPED)
    failed = written(Kind.SIGN_IN_FAILED)
    assert [one.who for one in failed] == [rhian.public_id] * 2, "each one counts, also within a minute"
    assert TYPED not in "".join(lines)


def test_an_address_that_nobody_has_is_not_written_for_it_may_be_a_password(client, rhian, lines):
    for typed in ("hunter2-of-rhian@example.org", "hunter2-of-rhian@example.org", "other@example.org"):
        sign_in(client, typed, "whatever it is")
    failed = written(Kind.SIGN_IN_FAILED)
    assert "hunter2" not in "".join(lines) + "".join(one.detail + one.about for one in failed)
    marks = [one.detail.split()[-1] for one in failed]
    assert (marks[0] == marks[1], marks[1] == marks[2]) == (True, False), "the same try is known again"
    assert rhian.public_id not in [one.who for one in failed]


def test_a_fingerprint_needs_the_secret_key(settings):
    before = fingerprint("nobody@example.org")
    settings.SECRET_KEY = "another key that is long enough to be one, for a test alone"  # noqa: S105 - of no installation
    assert fingerprint("nobody@example.org") != before


def test_too_many_attempts_are_written_once_a_minute(client, rhian):
    for _ in range(8):
        sign_in(client, rhian.email, TYPED)
    assert len(written(Kind.SIGN_IN_FAILED)) == 5
    assert len(written(Kind.THROTTLED)) in (1, 2), "two, where the minute ended meanwhile"


def test_a_wrong_second_factor_is_written_and_a_closed_account(client, rhian, password, chief):
    add_app(user=rhian, secret=SECRET, by=rhian.name)
    sign_in(client, rhian.email, password)
    wrong = f"{(hotp_value(SECRET, int(time.time()) // 30) + 500_000) % 1_000_000:06}"
    client.post("/sign-in/second-step/", {"code": wrong})
    assert [(one.who, one.detail) for one in written(Kind.FACTOR_FAILED)] == [(rhian.public_id, "wrong totp")]
    assert wrong not in "".join(SecurityEvent.objects.values_list("detail", flat=True))
    deactivate(user=rhian, why="A post elsewhere", by=chief)
    sign_in(Client(), rhian.email, password)
    assert written(Kind.SIGN_IN_FAILED)[-1].who == rhian.public_id


def test_refused_pages_of_people_are_written_and_those_of_strangers_are_not(client, people, assessor):
    Client().get("/no-such-page/")
    Client().get("/people/")
    assert not SecurityEvent.objects.exists()
    client.force_login(people[assessor])
    assert client.get("/people/").status_code == 403
    assert client.get("/inspections/0123456789/?q=words").status_code == 404
    assert [(one.who, one.about) for one in written(Kind.REFUSED)] == [(assessor[1], "GET /people/")]
    assert [one.about for one in written(Kind.NOT_FOUND)] == ["GET /inspections/0123456789/"], "no question is kept"


def test_a_page_that_is_refused_again_within_the_minute_is_written_once(client, people, assessor):
    client.force_login(people[assessor])
    for _ in range(10):
        client.get("/people/")
    minutes = {f"{one.at:%H:%M}" for one in written(Kind.REFUSED)}
    assert len(written(Kind.REFUSED)) == len(minutes)
    assert len(minutes) <= 2


def test_a_refused_page_costs_one_statement_more(people, assessor, settings):
    all_of_it, counts = settings.MIDDLEWARE, []
    for middleware in ([one for one in all_of_it if "doorkeeper" not in one], all_of_it):
        settings.MIDDLEWARE = middleware
        client = Client()
        client.force_login(people[assessor])
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/people/").status_code == 403
        counts.append(len(asked))
    assert counts[1] == counts[0] + 1


def test_a_forged_form_is_written_as_such_by_whomever(rhian):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"login": rhian.email}).status_code == 403
    strict.force_login(rhian)
    assert strict.post("/sign-out/").status_code == 403
    assert [one.who for one in written(Kind.FORGED)] == ["", rhian.public_id]


def test_a_request_that_is_too_large_is_written(client):
    assert client.get("/bodies/", {"q": "x" * 9_000}).status_code == 414
    assert [one.about for one in written(Kind.TOO_LARGE)] == ["GET /bodies/"]


def test_an_address_that_opens_something_is_written_by_its_pattern(client, people, assessor, rf):
    client.force_login(people[assessor])
    request = rf.get("/sign-in/reset/open-sesame/")
    request.resolver_match = resolve("/sign-in/reset/open-sesame/")
    assert security.page_of(request) == "GET /sign-in/reset/<str:token>/"


def test_what_is_written_is_one_line_whatever_was_asked_for(client, people, assessor, lines):
    client.force_login(people[assessor])
    client.get("/no-such\r\n2026-11-26 sign_in admin\x1b[2J/")
    (line,) = written(Kind.NOT_FOUND)
    assert line.about.isprintable()
    assert all("\n" not in one and one.isascii() and "\x1b" not in one for one in lines)
    gone = "\N{REPLACEMENT CHARACTER}"
    assert plain("a\nb\u202ec\x00" + "x" * 300) == f"a{gone}b{gone}c{gone}" + "x" * 194


def test_who_repeats_without_end_fills_no_disk_and_what_was_left_out_is_counted():
    begun = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    purse = Budget(a_minute=2, a_day=3)
    assert [purse.take(begun)[0] for _ in range(5)] == [True, True, False, False, False]
    assert purse.take(begun + timedelta(minutes=1)) == (True, 3), "a new minute, and three were left out"
    assert purse.take(begun + timedelta(minutes=2)) == (False, 0), "the day is used up"
    assert purse.take(begun + timedelta(days=1)) == (True, 1)


def test_what_was_left_out_stands_in_the_log(monkeypatch):
    monkeypatch.setattr(security, "BUDGETS", {"strangers": Budget(1, 10)})
    for _ in range(3):
        note(Kind.FORGED, about="POST /a/")
    security.BUDGETS["strangers"].minute -= timedelta(minutes=1)
    note(Kind.FORGED, about="POST /b/")
    assert [one.detail for one in written(Kind.LEFT_OUT)] == [
        "2 lines about strangers were left out: there were too many."
    ]


def test_strangers_use_up_nothing_that_is_kept_for_people_who_signed_in(monkeypatch, rhian):
    monkeypatch.setattr(security, "BUDGETS", {"strangers": Budget(0, 0), "people": Budget(1, 1)})
    note(Kind.FORGED, about="POST /a/")
    note(Kind.REFUSED, user=rhian, about="GET /people/")
    assert list(SecurityEvent.objects.values_list("kind", flat=True)) == [Kind.REFUSED]


def test_a_line_is_written_once_and_goes_by_the_table_of_retention_alone():
    chief = ("system", "retention")
    note(Kind.FORGED, about="POST /a/")
    (line,) = written(Kind.FORGED)
    line.detail = "nothing happened"
    for change in (line.save, line.delete, SecurityEvent.objects.all().delete):
        with pytest.raises(WrittenOnceError):
            change()
    assert forget_security_events(before=timezone.now() - LATER, by=chief) == 0
    assert forget_security_events(before=timezone.now() + LATER, by=chief) == 1
    assert Entry.objects.filter(verb="security.erased").count() == 1


def test_where_the_database_does_not_take_it_the_line_leaves_all_the_same(monkeypatch, lines):
    def away(*_args, **_named):
        raise OperationalError("the database is away")

    monkeypatch.setattr(SecurityEvent.objects, "bulk_create", away)
    number = note(Kind.FORGED, about="POST /a/")
    assert [json.loads(one)["kind"] for one in lines] == ["forged", "not_in_database"]
    assert {json.loads(one)["number"] for one in lines} == {number}


def test_whoever_asks_for_everything_about_themselves_gets_their_lines_too(rhian, people, assessor):
    note(Kind.REFUSED, user=rhian, about="GET /system/")
    note(Kind.REFUSED, user=people[assessor], about="GET /people/")
    found = about_user(rhian, timezone.now())["tables"]["people.SecurityEvent"]
    assert [one["about"] for one in found] == ["GET /system/"]
