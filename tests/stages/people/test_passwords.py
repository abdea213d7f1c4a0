"""Passwords as a real installation keeps them: by Argon2, and whatever was kept before is kept so from then on."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password

from inspectorate.config import settings as shipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_shipped(settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS


def test_a_password_is_kept_by_argon2_with_the_figures_of_owasp():
    kept = make_password("a quiet harbour at dusk")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_kept_before_is_kept_by_argon2_after_signing_in(client, people, lead):
    class Quick(PBKDF2PasswordHasher):
        iterations = 10

    rhian, password = people[lead], "a quiet harbour at dusk"
    rhian.password = Quick().encode(password, "a-salt-of-long-ago-1234")
    rhian.save()
    assert client.post("/sign-in/", {"login": rhian.email, "password": password}).status_code == 302
    rhian.refresh_from_db()
    assert rhian.password.startswith("argon2$")
    assert rhian.check_password(password)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("eleven char", "at least 12 characters"),
        ("password1234", "too common"),
        ("rhian@example.org", "too similar"),
        ("482913750264", "entirely numeric"),
        ("grey herons at low water", ""),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client, people, lead, password, why):
    rhian = people[lead]
    rhian.set_password("a quiet harbour at dusk")
    rhian.save()
    client.force_login(rhian)
    sent = {"oldpassword": "a quiet harbour at dusk", "password1": password, "password2": password}
    answer = client.post("/password/change/", sent)
    assert (answer.status_code == 302) is (why == "")
    assert why in answer.content.decode()
