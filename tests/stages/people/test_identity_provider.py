"""Signing in by the organisation: against a real OpenID Connect server on loopback, for people who have an account."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from oidc_provider_mock import User as Identity
from oidc_provider_mock import run_server_in_thread

from inspectorate.config.urls import urlpatterns as shipped
from inspectorate.people.access import NotAllowedError
from inspectorate.people.actions import add_app, deactivate, link_identity
from inspectorate.people.identity_key import identity_key
from inspectorate.people.models import User
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.people.urls import by_organisation
from inspectorate.record.models import Entry

# The server that is tried against uses what its own libraries call old.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
urlpatterns = [*by_organisation, *shipped]
SUB = "7f3a-rhian"


def identity(sub, email, *, verified=True):
    return Identity(sub=sub, claims={"email": email, "email_verified": verified})


@pytest.fixture(scope="module")
def issuer():
    known = [
        identity(SUB, "Rhian@example.org"),
        identity("another", "rhian@example.org"),
        identity("unverified", "rhian@example.org", verified=False),
        identity("stranger", "stranger@example.org"),
    ]
    with run_server_in_thread(user_claims=known) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def configured(settings, issuer):
    settings.ROOT_URLCONF = __name__
    settings.OIDC_SERVER, settings.OIDC_NAME = issuer, "Moors County"
    app = {"provider_id": "organisation", "name": "Moors County", "client_id": "inspectorate", "secret": "a-secret"}
    app["settings"] = {"server_url": issuer}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def come_back_as(client, sub, **sent):
    """Press the button, be somebody at the identity provider, and come back with what it says."""
    away = client.post("/sign-in/with/organisation/", sent)
    assert away.status_code == 302
    back = requests.post(away["Location"], data={"sub": sub}, allow_redirects=False, timeout=10)
    return client.get(back.headers["Location"].removeprefix("http://testserver"))


def test_the_button_stands_on_the_sign_in_page_and_takes_a_button(client):
    assert "Sign in with Moors County" in client.get("/sign-in/").content.decode()
    assert "Go on" in client.get("/sign-in/with/organisation/").content.decode()


def test_an_account_is_found_by_the_verified_address_and_linked_from_then_on(client, rhian, issuer):
    answer = come_back_as(client, SUB)
    assert answer["Location"] == "/my-work/"
    assert "Rhian Lead" in client.get("/account/").content.decode()
    link = SocialAccount.objects.get(user=rhian)
    assert (link.uid, link.extra_data) == (identity_key(issuer, SUB), {"issuer": issuer, "subject": SUB})
    assert Entry.objects.get(verb="people.identity_linked").actor_id == rhian.public_id
    assert not SocialToken.objects.exists(), "nothing that opens anything there is kept"
    rhian.email = "married@example.org"
    rhian.save()
    client.post("/sign-out/")
    assert come_back_as(client, SUB)["Location"] == "/my-work/", "the link holds, not the address"


@pytest.mark.parametrize("sub", ["stranger", "unverified"])
def test_nobody_signs_up_by_it_and_an_unverified_address_finds_nobody(client, rhian, sub):
    answer = come_back_as(client, sub)
    assert (answer.status_code, "You are not signed in" in answer.content.decode()) == (403, True)
    assert User.objects.filter(email__startswith="stranger").count() == 0
    assert client.get("/account/").status_code == 302
    assert not SocialAccount.objects.filter(user=rhian).exists()


def test_an_address_that_passed_to_another_opens_nothing(client, rhian):
    link_identity(user=rhian, subject=SUB, by=("system", "test"))
    assert come_back_as(client, "another").status_code == 403


def test_a_link_that_was_set_needs_no_verified_address(client, rhian):
    link_identity(user=rhian, subject="unverified", by=("system", "test"))
    assert come_back_as(client, "unverified")["Location"] == "/my-work/"


def test_the_second_factor_is_asked_for_here_all_the_same(client, rhian):
    add_app(user=rhian, secret="JBSWY3DPEHPK3PXP", by=rhian.name)  # noqa: S106 - of an invented person
    assert come_back_as(client, SUB)["Location"] == "/sign-in/second-step/"
    assert client.get("/my-work/")["Location"].startswith("/sign-in/")


def test_who_has_left_does_not_come_in_by_it(client, rhian, chief):
    link_identity(user=rhian, subject=SUB, by=("system", "test"))
    deactivate(user=rhian, why="A post elsewhere", by=chief)
    assert come_back_as(client, SUB)["Location"] == "/sign-in/inactive/"


def test_an_answer_that_was_not_asked_for_opens_nothing(client, rhian):  # noqa: ARG001 - she could be let in
    answer = client.get("/sign-in/with/organisation/back/?code=made-up&state=made-up")
    assert answer.status_code == 403
    assert client.get("/account/").status_code == 302


def test_a_link_is_one_persons_alone(people, rhian, assessor, lead):
    link_identity(user=rhian, subject=SUB, by=lead)
    with pytest.raises(RefusedError) as caught:
        link_identity(user=people[assessor], subject=SUB, by=assessor)
    assert caught.value.code == Refusal.TIED_ALREADY
    with pytest.raises(NotAllowedError):
        link_identity(user=rhian, subject="x", by=assessor)
