"""A form is sent after the session is over: nothing is saved, and the words come back to whoever sent them."""

from html import unescape
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
WORDS = "Seen on page 3 <b>of the plan</b> & kept."
HERE = "/people/me/interests/"


def sent_by(client, **more):
    sent = urlencode({"note": WORDS, "code": "A01", **more})
    return client.post(HERE, sent, content_type="application/x-www-form-urlencoded")


def test_the_words_of_a_form_with_files_come_back_too():
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))
    token = client.cookies["csrftoken"].value
    page = client.post(HERE, {"note": WORDS, "csrfmiddlewaretoken": token})
    assert (page.status_code, WORDS in unescape(page.content.decode())) == (401, True)


def test_the_words_come_back_and_are_kept_nowhere():
    client = Client()
    page = sent_by(client)
    text = page.content.decode()
    assert (page.status_code, WORDS in unescape(text), "<b>of" in text) == (401, True, False)
    assert ("no-store" in page["Cache-Control"], "next=/people/me/interests/" in text) == (True, True)
    assert Session.objects.count() == 0
    kept = [*(cookie.value for cookie in client.cookies.values()), page.get("Location", "")]
    assert not any("page 3" in one for one in kept)


def test_a_password_does_not_come_back():
    text = sent_by(Client(), password1="correct horse battery").content.decode()
    assert "correct horse" not in text


def test_without_words_and_for_a_program_it_is_the_sign_in_page_as_ever():
    client = Client()
    assert client.post(HERE, {"code": "A01"}).status_code == 302
    assert client.get("/people/me/").status_code == 302
    assert client.post(HERE, '{"note": "a b"}', content_type="application/json").status_code == 302


def test_a_stranger_s_form_is_refused_before_anything_of_it_is_shown():
    page = sent_by(Client(enforce_csrf_checks=True))
    assert (page.status_code, b"page 3" in page.content) == (403, False)
