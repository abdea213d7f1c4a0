"""The command line of people: how an installation gets its first chief inspector."""

import re

import pytest
from django.test import Client

from inspectorate.config.cli import main, people
from inspectorate.people.actions import add_app
from inspectorate.people.models import User

pytestmark = pytest.mark.django_db
ADD = ["people", "add", "--email", "Ann@example.org", "--name", "Ann Price", "--role", "chief_inspector"]


@pytest.fixture(autouse=True)
def own_counters(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "people"}}


def typed(monkeypatch, *passwords):
    waiting = list(passwords)
    monkeypatch.setattr(people.getpass, "getpass", lambda _words: waiting.pop(0))


def test_the_first_chief_inspector_is_added_and_sets_a_password_by_the_link(capsys):
    assert main([*ADD, "--address", "https://inspect.example"]) == 0
    told = capsys.readouterr().out
    assert "Ann Price is chief inspector and signs in with ann@example.org." in told
    link = re.search(r"^https://inspect\.example(/password/\S+)$", told, re.MULTILINE)[1]
    client, new = Client(), "wet slate roofs in march"
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": new, "password2": new})
    assert User.objects.get(email="ann@example.org").check_password(new)


def test_a_password_can_be_typed_on_the_terminal(monkeypatch, capsys):
    typed(monkeypatch, "wet slate roofs in march", "wet slate roofs in march")
    assert main([*ADD, "--ask-password"]) == 0
    assert "/password/" not in capsys.readouterr().out
    assert User.objects.get(email="ann@example.org").check_password("wet slate roofs in march")


@pytest.mark.parametrize(
    ("passwords", "says"), [(("short", "short"), "at least 12 characters"), (("one", "two"), "not the same")]
)
def test_a_password_that_does_not_do_adds_nobody(monkeypatch, capsys, passwords, says):
    typed(monkeypatch, *passwords)
    assert main([*ADD, "--ask-password"]) == 2
    assert says in capsys.readouterr().err
    assert not User.objects.exists()


def test_a_lost_link_is_made_anew(capsys):
    main(ADD)
    capsys.readouterr()
    assert main(["people", "link", "--email", "ANN@example.org"]) == 0
    assert re.search(r"^http://127\.0\.0\.1/password/\S+$", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([*ADD[:-1], "king"], "There is no role 'king'"),
        ([*ADD[:3], "nowhere", *ADD[4:]], "is no e-mail address"),
        (["people", "link", "--email", "nobody@example.org"], "Nobody signs in with nobody@example.org"),
    ],
)
def test_what_does_not_do_is_refused_with_a_sentence(capsys, words, says):
    assert main(words) == 2
    assert says in capsys.readouterr().err


def test_the_same_address_twice_is_refused(capsys):
    main(ADD)
    assert main(ADD) == 2
    assert "signs in with ann@example.org already" in capsys.readouterr().err


def test_the_only_chief_inspector_who_lost_everything_begins_anew_by_a_link(capsys):
    main(ADD)
    ann = User.objects.get(email="ann@example.org")
    reset = ["people", "reset-factors", "--email", ann.email, "--why", "Her telephone is lost"]
    assert main(reset) == 2
    assert "has no second factor" in capsys.readouterr().err
    add_app(user=ann, secret="JBSWY3DPEHPK3PXP", by=ann.name)  # noqa: S106 - of an invented person
    assert main([*reset, "--address", "https://inspect.example"]) == 0
    link = re.search(r"https://inspect.example(/sign-in/reset/\S+)", capsys.readouterr().out)[1]
    assert "Begin anew" in Client().get(link).content.decode()


def test_an_identity_of_the_organisation_is_linked_on_the_server(capsys):
    main(ADD)
    assert main(["people", "link-identity", "--email", "ann@example.org", "--subject", "7f3a"]) == 0
    assert "may sign in by the identity provider, as 7f3a" in capsys.readouterr().out
    assert main(["people", "link-identity", "--email", "nobody@example.org", "--subject", "7f3a"]) == 2
