"""F48: passwords are tried, accounts are looked for: slowed down, nobody else locked out, the same answer for all."""

import re
import time

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from inspectorate.config import settings as shipped
from inspectorate.people.actions import deactivate
from inspectorate.people.models import SecurityEvent
from inspectorate.people.views import signing_in

pytestmark = pytest.mark.django_db
STRANGER, HERS, UNKNOWN = "203.0.113.9", "198.51.100.7", "nobody@example.org"
TRIED = 30


class Counting(MD5PasswordHasher):
    """Counts how often a password is worked out."""

    times = 0

    def encode(self, password, salt):
        type(self).times += 1
        return super().encode(password, salt)


def tries(email, password="made up for this", place=STRANGER, client=None):  # noqa: S107 - of nobody
    sent = {"login": email, "password": password}
    return (client or Client()).post("/sign-in/", sent, REMOTE_ADDR=place)


def said(answer, email):
    """Return a page without what differs by itself: the token, and the address that was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return answer.status_code, page.replace(email, "")


def test_who_guesses_is_slowed_down_and_the_owner_signs_in_meanwhile(client, rhian, password):
    pages = [tries(rhian.email).content.decode() for _ in range(TRIED)]
    refused = sum("Too many attempts" in page for page in pages)
    assert refused >= TRIED - 10, "five in five minutes; ten, where five minutes ended meanwhile"
    assert "Too many attempts" in tries(rhian.email, password).content.decode(), "not even with the right one"
    assert tries(rhian.email, password, HERS, client).status_code == 302
    assert client.get("/account/", REMOTE_ADDR=HERS).status_code == 200


def test_who_tries_one_password_with_many_addresses_is_slowed_down_as_well(rhian, password):
    pages = [tries(f"somebody.{number}@example.org").content.decode() for number in range(45)]
    assert sum("Too many attempts" in page for page in pages) >= 5, "twenty a minute from one place"
    assert tries(rhian.email, password, HERS).status_code == 302


def test_the_answer_is_the_same_for_whoever_has_an_account_had_one_or_never_had(people, rhian, assessor, chief):
    gone = people[assessor]
    gone.set_password("another quiet harbour")
    gone.save()
    deactivate(user=gone, why="A post elsewhere", by=chief)
    answers = {said(tries(one), one) for one in (rhian.email, gone.email, UNKNOWN, UNKNOWN.upper())}
    assert len(answers) == 1
    throttled = set()
    for one in (rhian.email, UNKNOWN):
        for _ in range(6):
            last = tries(one)
        throttled.add(said(last, one))
    assert len(throttled) == 1


def test_a_password_is_worked_out_once_whether_somebody_is_there_or_not(settings, rhian):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    rhian.set_password("a quiet harbour at dusk")
    rhian.save()
    counts = []
    for one in (rhian.email, UNKNOWN):
        before = Counting.times
        tries(one)
        counts.append(Counting.times - before)
    assert counts == [1, 1]


def test_a_forgotten_password_is_answered_the_same_and_mail_goes_to_its_owner_alone(rhian):
    answers = {
        said(Client().post("/password/reset/", {"email": one}, follow=True, REMOTE_ADDR=STRANGER), one)
        for one in (rhian.email, UNKNOWN)
    }
    assert len(answers) == 1
    assert [message.to for message in mail.outbox] == [[rhian.email]]


def test_the_answer_waits_for_as_long_as_a_mail_server_takes_also_where_nothing_is_sent(settings, rhian):
    settings.RESET_ANSWER_SECONDS = 0.3
    for one in (rhian.email, UNKNOWN):
        begun = time.monotonic()
        Client().post("/password/reset/", {"email": one})
        assert time.monotonic() - begun >= 0.3
    assert signing_in.settings.RESET_ANSWER_SECONDS == 0.3


def test_every_try_stands_in_the_security_log(rhian):
    for _ in range(5):
        tries(rhian.email)
    tries(UNKNOWN)
    lines = SecurityEvent.objects.filter(kind="sign_in_failed").order_by("pk")
    assert [(one.who, one.place) for one in lines] == [(rhian.public_id, STRANGER)] * 5 + [("", STRANGER)]


@pytest.mark.nightly
def test_it_takes_as_long_whether_somebody_is_there_or_not(settings, rhian):
    """By the passwords of a real installation; the quickest of twelve each, which is what noise adds least to."""
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    settings.ACCOUNT_RATE_LIMITS = {}
    rhian.set_password("a quiet harbour at dusk")
    rhian.save()
    quickest = {}
    for one in (rhian.email, UNKNOWN) * 12:
        begun = time.perf_counter()
        tries(one)
        quickest[one] = min(time.perf_counter() - begun, quickest.get(one, 60))
    assert 0.5 < quickest[rhian.email] / quickest[UNKNOWN] < 2
