"""Which passwords nobody may take: those of breaches, by a list that the operator loads, and words of the place."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from inspectorate.config.cli import main
from inspectorate.config.in_force import facts
from inspectorate.people import passwords
from inspectorate.people.models import User
from inspectorate.people.passwords import Breached, WordsOfThePlace, make_list, the_list, words_of_the_place

KNOWN = ["a quiet harbour at dusk", "gŵyl yn y gwanwyn", "0123456789abcdef0123456789abcdef01234567"]


@pytest.fixture(autouse=True)
def own_list(settings, tmp_path):
    settings.BREACHED_PASSWORDS = tmp_path / "breached-passwords"
    return tmp_path


def refuses(validator, password, user=None):
    try:
        validator.validate(password, user)
    except ValidationError as error:
        return error.code
    return ""


def test_a_password_of_the_list_is_refused_and_nothing_can_be_read_from_it(own_list):
    plain = own_list / "plain.txt"
    plain.write_text("\n".join(KNOWN[:2]), "utf-8")
    assert make_list(plain, own_list / "breached-passwords").entries == 2
    assert [refuses(Breached(), one) for one in KNOWN[:2]] == ["breached", "breached"]
    assert refuses(Breached(), "A Quiet Harbour At Dusk") == "breached", "in other letters as well"
    assert refuses(Breached(), "grey herons at low water") == ""
    assert b"harbour" not in (own_list / "breached-passwords").read_bytes()


def test_a_file_of_hashes_is_read_with_how_often_each_was_seen(own_list, capsys):
    hashed = [hashlib.sha1(one.encode(), usedforsecurity=False).hexdigest().upper() for one in KNOWN]
    file = own_list / "pwned.txt"
    file.write_text(f"{hashed[0]}:12\r\n{hashed[1]}:3\r\n\r\n", "ascii")
    assert main(["passwords", "load", str(file), "--at-least", "10"]) == 0
    assert capsys.readouterr().out.startswith("1 passwords, ")
    assert [refuses(Breached(), one) for one in KNOWN[:2]] == ["breached", ""]
    assert main(["passwords", "load", str(file), "--at-least", "100"]) == 2
    assert main(["passwords", "load", str(own_list / "no-such-file")]) == 2


def test_hardly_any_other_password_is_taken_for_one_of_the_list(own_list):
    plain = own_list / "plain.txt"
    plain.write_text("\n".join(f"known password {number}" for number in range(3_000)), "utf-8")
    make_list(plain, own_list / "breached-passwords")
    known = the_list()
    assert all(f"known password {number}" in known for number in range(3_000))
    assert sum(f"another password {number}" in known for number in range(3_000)) == 0


def test_a_new_list_takes_the_place_of_the_old_one_at_once(own_list):
    for one in KNOWN[:2]:
        (own_list / "plain.txt").write_text(one, "utf-8")
        make_list(own_list / "plain.txt", own_list / "breached-passwords")
        passwords._opened.cache_clear()  # two lists within one tick of a coarse clock
        assert [refuses(Breached(), other) != "" for other in KNOWN[:2]] == [one == other for other in KNOWN[:2]]


@pytest.mark.parametrize("content", [b"", b"no list at all", b'inspectorate-breached-1{"entries":1,"bits":6400}\nx'])
def test_a_list_that_cannot_be_read_takes_no_password(own_list, content):
    (own_list / "breached-passwords").write_bytes(content)
    assert refuses(Breached(), "grey herons at low water") == "list_unreadable"


def test_without_a_list_the_common_ones_are_refused_alone_and_it_is_said(db):  # noqa: ARG001 - the facts ask it
    assert refuses(Breached(), KNOWN[0]) == ""
    (fact,) = [one for one in facts() if one.name == "breached passwords"]
    assert (fact.verdict, "passwords load" in fact.advice) == ("notice", True)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Inspectorate2026", "words_of_the_place"),
        ("1nsp3ct0rate!2026", "words_of_the_place"),
        ("Moorland-County", "words_of_the_place"),
        ("Moorland-Probation", "words_of_the_place"),
        ("moorland herons at low water", ""),
        ("grey herons at low water", ""),
        ("inspect example.org", "words_of_the_place"),
    ],
)
def test_a_password_that_is_hardly_more_than_words_of_the_place_is_refused(settings, password, code):
    settings.PASSWORD_WORDS = ["Moorland", "county"]
    settings.ALLOWED_HOSTS = ["inspect.example.org"]
    assert refuses(WordsOfThePlace(), password, User(email="rhian@example.org")) == code


def test_the_words_are_the_shipped_ones_those_that_are_set_and_the_names_of_the_hosts(settings):
    settings.PASSWORD_WORDS, settings.ALLOWED_HOSTS = ["Moorland", "ab"], ["inspect.example.org"]
    found = words_of_the_place(User(email="rhian@hmip.example"))
    assert {"inspectorate", "moorland", "inspect", "example", "hmip"} <= set(found)
    assert "ab" not in found


@pytest.mark.django_db
def test_both_are_asked_where_a_password_is_set(client, rhian, password, own_list):
    (own_list / "plain.txt").write_text("grey herons at low water", "utf-8")
    make_list(own_list / "plain.txt", own_list / "breached-passwords")
    client.force_login(rhian)
    for new, says in (("grey herons at low water", "known from a breach"), ("Inspectorate-2026", "words of your")):
        sent = {"oldpassword": password, "password1": new, "password2": new}
        answer = client.post("/password/change/", sent)
        assert (answer.status_code, says in answer.content.decode()) == (200, True)
