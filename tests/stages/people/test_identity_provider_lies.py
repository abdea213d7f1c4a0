"""An identity provider, or somebody in its place, that says what is not so: nobody is signed in by it."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from inspectorate.config.urls import urlpatterns as shipped
from inspectorate.people.actions import link_identity
from inspectorate.people.models import SecurityEvent
from inspectorate.people.urls import by_organisation
from tests.stages.people.lying_provider import CLIENT, running

pytestmark = pytest.mark.django_db
urlpatterns = [*by_organisation, *shipped]
SYSTEM = ("system", "test")
SECRET = "a-secret-that-only-the-two-of-us-know-of"  # noqa: S105 - of no installation


@pytest.fixture(scope="module")
def served():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(served, settings, rhian):
    served.says_issuer, served.token = served.address, None
    served.about = {"sub": "7f3a", "email": "rhian@example.org", "email_verified": True}
    configure(settings, served.address)
    link_identity(user=rhian, subject="7f3a", by=SYSTEM)
    return served


def configure(settings, address):
    settings.ROOT_URLCONF = __name__
    settings.OIDC_SERVER = address
    app = {"provider_id": "organisation", "name": "Moors", "client_id": CLIENT, "secret": SECRET}
    app["settings"] = {"server_url": address}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def leave(client):
    """Press the button; return the state and the number used once that the provider is asked with."""
    asked = parse_qs(urlsplit(client.post("/sign-in/with/organisation/")["Location"]).query)
    return asked["state"][0], asked["nonce"][0]


def back(client, state):
    return client.get("/sign-in/with/organisation/back/", {"code": "anything", "state": state})


def comes_in(client, provider, make):
    """Come back with the token that ``make`` makes of the nonce; say whether that signs somebody in."""
    state, nonce = leave(client)
    provider.token = make(nonce)
    answer = back(client, state)
    here = client.get("/account/").status_code == 200
    assert here is (answer.status_code == 302)
    return here


def test_a_token_that_is_as_it_should_be_signs_in(client, provider):
    assert comes_in(client, provider, lambda nonce: provider.signed(provider.claims(nonce)))


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "of another browser"},
        {"nonce": None},
        {"iss": "https://login.elsewhere.example"},
        {"aud": "another-service"},
        {"aud": [CLIENT, "another-service"]},
        {"aud": [CLIENT, "another-service"], "azp": "another-service"},
        {"exp": 1_700_000_000},
        {"sub": "another"},
        {"sub": ""},
    ],
    ids=str,
)
def test_a_token_of_another_question_issuer_audience_time_or_person_does_not(client, provider, changed):
    assert not comes_in(client, provider, lambda nonce: provider.signed(provider.claims(nonce, changed)))
    failed = SecurityEvent.objects.get(kind="sign_in_failed")
    assert failed.detail.startswith("by the identity provider")


def unsigned(_provider, claims):
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "first"})


def signed_by_another(provider, claims):
    return provider.signed(claims, key=provider.other_key)


def signed_by_an_unknown_key(provider, claims):
    return provider.signed(claims, key=provider.other_key, kid="second")


def signed_by_the_shared_secret(provider, claims):
    return provider.signed(claims, key=SECRET, algorithm="HS256")


def changed_after_signing(provider, claims):
    head, _, signature = provider.signed(claims).split(".")
    body = jwt.encode(claims | {"sub": "7f3a", "admin": True}, SECRET, algorithm="HS256").split(".")[1]
    return f"{head}.{body}.{signature}"


def signed_by_the_public_key_as_if_it_were_a_secret(provider, claims):
    form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    public = provider.key.public_key().public_bytes(*form)
    head, body, _ = provider.signed(claims, key=SECRET, algorithm="HS256").split(".")
    made = hmac.new(public, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


@pytest.mark.parametrize(
    "forge",
    [
        unsigned,
        signed_by_another,
        signed_by_an_unknown_key,
        signed_by_the_shared_secret,
        signed_by_the_public_key_as_if_it_were_a_secret,
        changed_after_signing,
        lambda _provider, _claims: "no token at all",
        lambda _provider, _claims: None,
    ],
)
def test_a_token_that_the_provider_did_not_sign_does_not(client, provider, forge):
    assert not comes_in(client, provider, lambda nonce: forge(provider, provider.claims(nonce)))


def test_a_token_that_was_taken_once_is_not_taken_again(client, provider):
    state, nonce = leave(client)
    provider.token = provider.signed(provider.claims(nonce))
    assert back(client, state).status_code == 302
    client.post("/sign-out/")
    state, another = leave(client)
    assert another != nonce
    assert back(client, state).status_code == 403, "it is the token of the time before"
    assert back(client, state).status_code == 403
    assert client.get("/account/").status_code == 302


def test_a_provider_that_calls_itself_another_is_not_believed(client, provider):
    provider.says_issuer = "https://login.example.org"
    claims = {"iss": provider.says_issuer}
    assert client.post("/sign-in/with/organisation/").status_code == 403, "nobody is even sent there"
    provider.says_issuer = provider.address
    state, nonce = leave(client)
    provider.says_issuer = claims["iss"]
    provider.token = provider.signed(provider.claims(nonce, claims))
    assert back(client, state).status_code == 403
    assert client.get("/account/").status_code == 302


def test_the_same_subject_at_another_provider_is_another_person(client, provider, settings):
    """The installation moves to another provider, which calls somebody else what the first one called Rhian."""
    with running() as other:
        other.about = {"sub": "7f3a", "email": "somebody.else@example.org", "email_verified": True}
        configure(settings, other.address)
        assert not comes_in(client, other, lambda nonce: other.signed(other.claims(nonce)))
    configure(settings, provider.address)
    assert comes_in(client, provider, lambda nonce: provider.signed(provider.claims(nonce))), "the first still holds"
