"""Signing in: by address and password, for those who were invited; a stranger locks out nobody but themselves."""

import re

import pytest
from django.core import mail
from django.test import Client

from inspectorate.people.actions import deactivate

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


def try_to(client, email, password, **more):
    return client.post(SIGN_IN, {"login": email, "password": password}, **more)


def signed_in(client):
    return client.get("/account/").status_code == 200


def test_somebody_signs_in_by_address_and_password_and_comes_to_their_work(client, rhian, password):
    answer = try_to(client, rhian.email, password)
    assert (answer.status_code, answer["Location"]) == (302, "/my-work/")
    assert "Rhian Lead" in client.get("/account/").content.decode()


def test_the_address_is_taken_however_it_is_typed(client, rhian, password):
    assert try_to(client, f" {rhian.email.upper()} ", password).status_code == 302


def test_somebody_who_was_sent_to_sign_in_comes_to_the_page_they_wanted(client, rhian, password):
    sent = client.get("/password/change/")
    assert sent["Location"] == "/sign-in/?next=/password/change/"
    page = client.get(sent["Location"]).content.decode()
    assert 'name="next" value="/password/change/"' in page
    answer = client.post(SIGN_IN, {"login": rhian.email, "password": password, "next": "/password/change/"})
    assert answer["Location"] == "/password/change/"


def test_nobody_is_sent_to_another_site_after_signing_in(client, rhian, password):
    answer = client.post(SIGN_IN, {"login": rhian.email, "password": password, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/my-work/"


@pytest.mark.parametrize("who", ["rhian@example.org", "nobody@example.org"])
@pytest.mark.usefixtures("rhian")
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, who):
    page = try_to(client, who, "wrong").content.decode()
    assert "That e-mail address and password do not belong together" in page
    assert who in page, "what was typed stays"
    assert not signed_in(client)


def test_the_cookie_of_the_session_is_out_of_reach_of_scripts_and_of_other_sites(client, rhian, password):
    cookie = try_to(client, rhian.email, password).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")


def test_signing_in_gives_a_new_session(client, rhian, password):
    client.get(SIGN_IN)
    client.session.save()
    before = client.session.session_key
    try_to(client, rhian.email, password)
    assert client.session.session_key != before


def test_after_five_wrong_passwords_more_are_refused_even_the_right_one(client, rhian, password):
    for _ in range(5):
        try_to(client, rhian.email, "wrong")
    page = try_to(client, rhian.email, password).content.decode()
    assert "Too many attempts with a wrong password" in page
    assert not signed_in(client)


def test_a_stranger_who_guesses_locks_out_nobody_but_themselves(client, rhian, password):
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(8):
        page = try_to(stranger, rhian.email, "wrong")
    assert "Too many attempts" in page.content.decode()
    assert try_to(client, rhian.email, password).status_code == 302


def test_a_stranger_does_not_slip_past_the_limit_by_naming_another_address_of_theirs(rhian):
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for number in range(6):
        page = try_to(stranger, rhian.email, "wrong", headers={"x-forwarded-for": f"198.51.100.{number}"})
    assert "Too many attempts" in page.content.decode()


def test_behind_our_own_proxy_the_address_that_it_names_counts(settings, rhian, password):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(6):
        try_to(Client(), rhian.email, "wrong", headers={"x-forwarded-for": "203.0.113.9"})
    assert try_to(Client(), rhian.email, password, headers={"x-forwarded-for": "198.51.100.7"}).status_code == 302


def test_somebody_from_one_place_cannot_try_many_addresses(client):
    for number in range(21):
        page = try_to(client, f"nobody{number}@example.org", "wrong")
    assert "Too many attempts" in page.content.decode()


def test_signing_out_takes_a_button_not_a_link(client, rhian):
    client.force_login(rhian)
    assert "Sign out?" in client.get("/sign-out/").content.decode()
    assert signed_in(client)
    assert client.post("/sign-out/")["Location"] == "/"
    assert not signed_in(client)


def test_signing_out_twice_is_harmless(client, rhian):
    client.force_login(rhian)
    client.post("/sign-out/")
    assert client.post("/sign-out/").status_code == 302


def test_nobody_signs_up(client):
    assert client.get("/sign-up/").status_code == 404
    assert "the chief inspector invites people" in client.get(SIGN_IN).content.decode()


def test_who_has_left_is_told_so_once_their_password_is_right(client, rhian, password, chief):
    deactivate(user=rhian, why="A post elsewhere", by=chief)
    assert try_to(client, rhian.email, "wrong").status_code == 200
    answer = try_to(client, rhian.email, password)
    assert answer["Location"] == "/sign-in/inactive/"
    assert "This account is closed" in client.get(answer["Location"]).content.decode()
    assert not signed_in(client)


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, rhian):
    assert client.post("/password/reset/", {"email": rhian.email})["Location"] == "/password/reset/sent/"
    (sent,) = mail.outbox
    assert sent.to == [rhian.email]
    link = re.search(r"http://testserver(/password/reset/\S+)", sent.body)[1]
    form = client.get(link, follow=True)
    assert link not in str(form.redirect_chain[-1]), "the key is not left in the address"
    new = "wet slate roofs in march"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done["Location"] == "/password/reset/set/"
    assert try_to(client, rhian.email, new).status_code == 302
    assert "This link works no longer" in Client().get(link).content.decode()


def test_who_set_a_new_password_may_use_it_at_once_even_after_too_many_wrong_ones(client, rhian):
    for _ in range(6):
        try_to(client, rhian.email, "wrong")
    client.post("/password/reset/", {"email": rhian.email})
    link = re.search(r"http://testserver(/password/reset/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    new = "wet slate roofs in march"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert try_to(client, rhian.email, new).status_code == 302


@pytest.mark.usefixtures("rhian")
def test_an_unknown_address_is_answered_like_a_known_one_and_gets_no_mail(client):
    assert client.post("/password/reset/", {"email": "nobody@example.org"})["Location"] == "/password/reset/sent/"
    assert mail.outbox == []


def test_a_stranger_who_asks_for_many_links_keeps_nobody_from_asking(client, rhian):
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(6):
        last = stranger.post("/password/reset/", {"email": rhian.email})
    assert last.status_code == 429
    assert "Too many attempts" in last.content.decode()
    assert len(mail.outbox) == 5
    assert client.post("/password/reset/", {"email": rhian.email}).status_code == 302


def test_who_changes_their_password_is_signed_out_everywhere_else(client, rhian, password):
    elsewhere = Client()
    for one in (client, elsewhere):
        try_to(one, rhian.email, password)
    new = "wet slate roofs in march"
    answer = client.post("/password/change/", {"oldpassword": password, "password1": new, "password2": new})
    assert answer["Location"] == "/people/me/?changed=password"
    assert signed_in(client)
    assert not signed_in(elsewhere)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("wrong", "wet slate roofs in march", "That is not your password of today"),
        (None, "short", "at least 12 characters"),
        (None, "rhian@example.org", "too similar"),
    ],
)
def test_a_password_that_does_not_do_is_refused_with_the_reason(client, rhian, password, old, new, says):
    client.force_login(rhian)
    given = {"oldpassword": old or password, "password1": new, "password2": new}
    assert says in client.post("/password/change/", given).content.decode()
    rhian.refresh_from_db()
    assert rhian.check_password(password)


def test_a_form_sent_from_another_site_is_refused(rhian, password):
    strict = Client(enforce_csrf_checks=True)
    assert try_to(strict, rhian.email, password).status_code == 403
