"""Second factors: whoever sees cases has one, nothing opens before, and losing one is no way round it."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from django.core import mail
from django.test import Client

from inspectorate.people.access import NotAllowedError
from inspectorate.people.actions import (
    STREAM,
    add_app,
    load_demonstration,
    make_codes,
    offer_reset,
    remove_factor,
    reset_factors,
    use_code,
)
from inspectorate.people.factors import APP, CODES, Authenticator, must_enrol
from inspectorate.people.models import Role, Session
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.models import Entry

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of an invented person


def code_of(secret, later=0):
    """Return the code of this half minute, or of another; one that is about to end is waited out."""
    if time.time() % 30 > 26:
        time.sleep(30.1 - time.time() % 30)
    return f"{hotp_value(secret, int(time.time()) // 30 + later):06}"


def first_step(client, user, password):
    return client.post("/sign-in/", {"login": user.email, "password": password})


def verbs():
    return list(Entry.objects.filter(stream__kind=STREAM[0]).order_by("sequence").values_list("verb", flat=True))


def refused(action, **given):
    with pytest.raises(RefusedError) as caught:
        action(**given)
    return caught.value.code


@pytest.fixture
def with_app(rhian):
    add_app(user=rhian, secret=SECRET, by=rhian.name)
    return rhian


@pytest.mark.parametrize("role", Role.values)
def test_everybody_needs_one_whatever_their_role(rhian, role):
    rhian.role = role
    assert must_enrol(rhian)
    add_app(user=rhian, secret=SECRET, by=rhian.name)
    assert not must_enrol(rhian)


def test_before_it_is_set_up_nothing_can_be_sent_either(client, rhian, password, inspection):
    first_step(client, rhian, password)
    answer = client.post(f"/inspections/{inspection.public_id}/do/announce/")
    assert answer.status_code in (302, 404)
    inspection.refresh_from_db()
    assert inspection.state == "arranged"
    assert client.get("/people/people.csv")["Location"].startswith("/account/second-factor/")


def test_an_app_is_set_up_and_recovery_codes_are_shown_until_they_are_put_away(client, rhian, password):
    first_step(client, rhian, password)
    assert client.get("/my-work/", follow=True).redirect_chain[-1][0] == "/account/second-factor/?next=%2Fmy-work%2F"
    page = client.get("/account/app/").content.decode()
    letters = re.search(r'letters">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert "data:image/svg+xml" in page
    wrong = client.post("/account/app/", {"code": "000000"})
    assert (wrong.status_code, "That code does not fit" in wrong.content.decode()) == (422, True)
    assert letters in wrong.content.decode().replace(" ", ""), "the same secret, for the app has taken it"
    right = client.post("/account/app/", {"code": code_of(letters)})
    assert right["Location"] == "/account/recovery-codes/"
    shown = [client.get("/account/recovery-codes/").content.decode() for _ in range(2)]
    codes = [re.findall(r"<li>(\d{4} \d{4} \d{4})</li>", one) for one in shown]
    assert len(codes[0]) == 10
    assert codes[0] == codes[1], "going back loses nothing"
    assert client.post("/account/recovery-codes/")["Location"] == "/my-work/", "where they wanted to go"
    assert client.get("/account/recovery-codes/")["Location"] == "/account/"
    assert client.get("/my-work/").status_code == 200
    assert "An app with one-time codes was set up" in mail.outbox[0].body
    assert verbs() == ["people.factor_added", "people.codes_made", "people.codes_kept"]


def test_the_second_step_asks_for_the_code_and_nobody_is_signed_in_before(client, with_app, password):
    assert first_step(client, with_app, password)["Location"] == "/sign-in/second-step/"
    assert client.get("/my-work/")["Location"].startswith("/sign-in/")
    wrong = client.post("/sign-in/second-step/", {"code": "000000"})
    assert "That code does not fit" in wrong.content.decode()
    assert client.post("/sign-in/second-step/", {"code": code_of(SECRET)})["Location"] == "/my-work/"
    assert client.get("/my-work/").status_code == 200


def test_a_code_works_once(client, with_app, password):
    code, other = code_of(SECRET), Client()
    for one in (client, other):
        first_step(one, with_app, password)
        one.post("/sign-in/second-step/", {"code": code})
    assert [one.get("/my-work/").status_code for one in (client, other)] == [200, 302]


def test_the_code_that_set_an_app_up_opens_nothing_more(client, rhian, password):
    first_step(client, rhian, password)
    letters = re.search(r'letters">([A-Z2-7 ]+)<', client.get("/account/app/").content.decode())[1].replace(" ", "")
    code, other = code_of(letters), Client()
    client.post("/account/app/", {"code": code})
    first_step(other, rhian, password)
    other.post("/sign-in/second-step/", {"code": code})
    assert other.get("/my-work/").status_code == 302


@pytest.mark.parametrize("later", [-1, 1])
def test_a_code_lives_for_its_half_minute_alone(client, with_app, password, later):
    first_step(client, with_app, password)
    assert "That code does not fit" in str(
        client.post("/sign-in/second-step/", {"code": code_of(SECRET, later)}).content
    )
    assert client.get("/my-work/").status_code == 302


def test_recovery_codes_are_kept_as_hashes_with_a_salt_of_their_own(with_app):
    codes, before = make_codes(user=with_app, by=with_app.name), Authenticator.objects.get(user=with_app, type=CODES)
    kept = before.data
    assert (set(kept), len(set(kept["hashes"])), len(kept["salt"])) == ({"salt", "hashes"}, 10, 32)
    assert all(len(one) == 12 and one.isdecimal() and one not in str(kept) for one in codes)
    make_codes(user=with_app, by=with_app.name)
    assert Authenticator.objects.get(user=with_app, type=CODES).data["salt"] != kept["salt"]


def test_a_recovery_code_that_was_used_is_gone_and_stands_in_the_record(client, with_app, password):
    codes = make_codes(user=with_app, by=with_app.name)
    first_step(client, with_app, password)
    client.post("/sign-in/second-step/", {"code": codes[3]})
    assert len(Authenticator.objects.get(user=with_app, type=CODES).data["hashes"]) == 9
    assert verbs()[-1] == "people.code_used"
    assert "9 are left" in client.get("/account/").content.decode()
    assert use_code(user=with_app, code=codes[3], by=with_app.name) is None


def test_a_recovery_code_stands_in_for_the_app_once(client, with_app, password):
    codes, other = make_codes(user=with_app, by=with_app.name), Client()
    for one in (client, other):
        first_step(one, with_app, password)
        one.post("/sign-in/second-step/", {"code": f" {codes[0][:4]} {codes[0][4:]} "})
    assert [one.get("/my-work/").status_code for one in (client, other)] == [200, 302]


def test_new_recovery_codes_void_the_old_ones(client, with_app, password):
    old = make_codes(user=with_app, by=with_app.name)
    assert set(make_codes(user=with_app, by=with_app.name)).isdisjoint(old)
    first_step(client, with_app, password)
    client.post("/sign-in/second-step/", {"code": old[0]})
    assert client.get("/my-work/").status_code == 302


def test_wrong_codes_are_slowed_down(client, with_app, password):
    first_step(client, with_app, password)
    for _ in range(5):
        client.post("/sign-in/second-step/", {"code": "000000"})
    page = client.post("/sign-in/second-step/", {"code": code_of(SECRET)}).content.decode()
    assert "Too many attempts" in page


def test_a_copy_of_the_database_holds_no_secret_that_opens_anything(with_app):
    make_codes(user=with_app, by=with_app.name)
    kept = " ".join(str(one.data) for one in Authenticator.objects.filter(user=with_app))
    assert SECRET not in kept
    assert kept.count("gAAAA") == 1, "the secret of the app is enciphered, and of the codes there are hashes"


def test_a_second_app_is_refused(with_app):
    assert refused(add_app, user=with_app, secret=SECRET, by=with_app.name) == Refusal.HAS_APP


def test_the_last_one_of_somebody_who_needs_one_is_not_taken_away(client, with_app):
    (app,) = Authenticator.objects.filter(user=with_app)
    assert refused(remove_factor, user=with_app, factor=app.pk, by=with_app.name) == Refusal.LAST_FACTOR
    client.force_login(with_app)
    link = re.search(r"/account/factors/\w+/remove/", client.get("/account/").content.decode())[0]
    assert "Take the app away?" in client.get(link).content.decode()
    answer = client.post(link)
    assert (answer.status_code, "add another first" in answer.content.decode()) == (409, True)


def test_one_of_two_is_taken_away_and_what_is_gone_is_not_taken_away_again(with_app):
    key = Authenticator.objects.create(user=with_app, type="webauthn", data={})
    remove_factor(user=with_app, factor=key.pk, by=with_app.name)
    assert refused(remove_factor, user=with_app, factor=key.pk, by=with_app.name) == Refusal.NO_FACTOR
    Authenticator.objects.filter(user=with_app).delete()
    assert refused(make_codes, user=with_app, by=with_app.name) == Refusal.NO_FACTOR


def test_nobody_sets_one_up_for_another(with_app, chief):
    with pytest.raises(NotAllowedError, match="by the person themselves"):
        make_codes(user=with_app, by=chief)


def test_a_reset_is_two_acts_and_the_first_changes_nothing(client, with_app, password, people, chief):
    client.force_login(people[chief])
    sent = {"reset_why": "Telephone lost; I rang her at the office"}
    answer = client.post(f"/people/{with_app.public_id}/reset-factor/", sent)
    assert answer["Location"].endswith("?done=reset")
    link = re.search(r"http://testserver(/sign-in/reset/\S+)", mail.outbox[-1].body)[1]
    assert mail.outbox[-1].to == [with_app.email]
    assert Authenticator.objects.filter(user=with_app).exists(), "nothing changed yet"
    hers = Client()
    assert hers.post(link, {"password": "wrong"}).status_code == 422
    assert Authenticator.objects.filter(user=with_app).exists()
    assert "are taken away" in hers.post(link, {"password": password}).content.decode()
    assert not Authenticator.objects.filter(user=with_app).exists()
    assert not Session.objects.filter(user=with_app).exists()
    assert "Your second factors were taken away" in mail.outbox[-1].body
    assert "This link works no longer" in hers.get(link).content.decode(), "it works once"
    entry = Entry.objects.filter(verb="people.reset_offered").get()
    assert "I rang her" in entry.payload.text
    assert Entry.objects.get(verb="people.factors_reset").actor_id == with_app.public_id
    first_step(hers, with_app, password)
    assert hers.get("/my-work/")["Location"].startswith("/account/second-factor/")


def test_what_stands_against_a_reset_is_named(with_app, people, chief, assessor, lead):
    assert refused(offer_reset, user=with_app, why=" ", by=chief) == Refusal.REASON_MISSING
    assert refused(offer_reset, user=people[assessor], why="Lost", by=chief) == Refusal.NO_FACTOR
    add_app(user=people[chief], secret=SECRET, by=chief)
    assert refused(offer_reset, user=people[chief], why="Lost", by=chief) == Refusal.OWN_ACCOUNT
    assert refused(reset_factors, token="made-up", by=lead) == Refusal.LINK_USED  # noqa: S106 - no token
    with pytest.raises(NotAllowedError):
        offer_reset(user=with_app, why="Lost", by=lead)


def test_the_link_of_a_reset_ends_when_a_factor_was_changed_since(client, with_app, chief):
    link = offer_reset(user=with_app, why="Lost", by=chief)
    make_codes(user=with_app, by=with_app.name)
    assert "This link works no longer" in client.get(link).content.decode()


def test_the_invented_people_are_exempt_in_a_demonstration_alone_and_it_is_said(client, settings, tmp_path):
    settings.VAR = tmp_path
    carys = load_demonstration(by=("system", "demo"))[0]
    assert "No password and no second factor is asked of them" in client.get("/sign-in/").content.decode()
    client.post("/sign-in/", {"as": carys.public_id})
    assert client.get("/my-work/").status_code == 200
    assert "No second factor in the demonstration" in client.get("/account/").content.decode()
    assert client.get("/account/app/")["Location"] == "/account/", "one visitor would lock out all others"
    assert refused(add_app, user=carys, secret=SECRET, by=carys.name) == Refusal.SHARED_ACCOUNT
    settings.DEMONSTRATION = False
    assert client.get("/my-work/")["Location"].startswith("/sign-in/"), "an open session ends with the demonstration"


def test_a_real_person_in_a_demonstration_is_not_exempt(client, rhian, password):
    first_step(client, rhian, password)
    assert client.get("/my-work/")["Location"].startswith("/account/second-factor/")


def test_recovery_codes_alone_are_no_second_factor(client, with_app, password):
    make_codes(user=with_app, by=with_app.name)
    Authenticator.objects.filter(user=with_app, type=APP).delete()
    assert Authenticator.objects.filter(user=with_app, type=CODES).exists()
    first_step(client, with_app, password)
    assert client.get("/my-work/")["Location"].startswith("/account/second-factor/")
