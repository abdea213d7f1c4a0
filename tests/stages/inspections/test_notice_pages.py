"""The pages of the notice: who sees what, announcing with a button, further letters, PDF and manual."""

from datetime import date

import pytest
from django.urls import reverse

from inspectorate.inspections.actions import advance, announce_inspection, set_week
from inspectorate.inspections.models import Inspection, Letter
from inspectorate.people.models import User

pytestmark = pytest.mark.django_db
CHIEF, LEAD, ASSESSOR = "a-chief-inspector", "a-lead-inspector", "an-assessor"
CONTACT, LOCAL, OUTSIDER = "a-body-contact", "a-local-assessor", "another-lead-inspector"


@pytest.fixture
def as_(client):
    """Sign in as somebody of the cast and return the client."""

    def signed_in(who):
        client.force_login(User.objects.get(public_id=who))
        return client

    return signed_in


@pytest.fixture
def at(dated):
    """Return the address of a page of the notice."""

    def address(name="notice", *more):
        return reverse(f"inspections:{name}", args=[dated.public_id, *more])

    return address


def test_before_the_announcement_the_lead_sees_the_letter_as_a_draft_and_announces_with_one_button(as_, at, dated):
    lead = as_(LEAD)
    page = lead.get(at()).content.decode()
    assert "Notice letter: a draft" in page
    assert "We will inspect Westmoor Probation Trust." in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    sent = lead.post(at("announce"), {"seen": seen}, follow=True)
    assert sent.redirect_chain == [(at() + "?done=announced", 302)]
    assert "The inspection is announced" in sent.content.decode()
    dated.refresh_from_db()
    assert dated.state == "announced"


def test_a_second_press_is_refused_plainly_and_sends_nothing(as_, at):
    lead = as_(LEAD)
    lead.post(at("announce"))
    again = lead.post(at("announce"))
    assert again.status_code == 409
    assert "does not fit: the inspection is announced" in again.content.decode()
    assert Letter.objects.count() == 1


def test_what_is_missing_stands_there_in_place_of_the_button(as_, at, dated):
    Inspection.objects.filter(pk=dated.pk).update(fieldwork_on=None, dates=[])
    page = as_(LEAD).get(at()).content.decode()
    assert "The fieldwork week is not set: choose its Monday first." in page
    assert "Announce the inspection" not in page


def test_a_letter_that_changed_meanwhile_is_shown_anew(as_, at, lead, dated):
    client = as_(LEAD)
    seen = client.get(at()).content.decode().split('name="seen" value="')[1].split('"')[0]
    set_week(inspection=dated, monday=date(2013, 4, 29), weeks=1, by=lead)
    answer = client.post(at("announce"), {"seen": seen})
    assert answer.status_code == 409
    assert "look at it as it is now" in answer.content.decode()
    assert "29 April to 3 May 2013" in answer.content.decode()


@pytest.mark.usefixtures("contact")
def test_the_body_sees_the_letter_once_it_is_sent_and_nothing_before(as_, at, dated, lead):
    names = ("notice", "letter_pdf", "manual", "manual_pdf")
    body = as_(CONTACT)
    assert {body.get(at(name)).status_code for name in names} == {404}
    announce_inspection(inspection=dated, by=lead)
    assert {body.get(at(name)).status_code for name in names} == {200}
    assert body.get(at("sent_letter", 1)).status_code == 200
    assert body.get(at("sent_letter", 2)).status_code == 404
    page = body.get(at()).content.decode()
    assert "Announce the inspection" not in page
    advance(inspection=dated, verb="withdraw_notice", by=lead, why="Sent too early.")
    assert {body.get(at(name)).status_code for name in names} == {404}


@pytest.mark.parametrize(
    ("who", "reads", "announces"),
    [(CHIEF, 200, 302), (ASSESSOR, 200, 403), (OUTSIDER, 404, 404), (CONTACT, 404, 404), (LOCAL, 404, 404)],
)
def test_who_reads_the_letter_and_who_announces(as_, at, who, reads, announces):
    client = as_(who)
    assert client.get(at()).status_code == reads
    assert client.get(at("manual")).status_code == reads
    assert client.post(at("announce")).status_code == announces


def test_a_change_that_sent_no_letter_by_itself_is_named_and_sent_with_a_button(as_, at, dated, lead):
    announce_inspection(inspection=dated, by=lead)
    Inspection.objects.filter(pk=dated.pk).update(focus="Violent offences")
    client = as_(LEAD)
    page = client.get(at()).content.decode()
    assert "The focus: Violent offences, not none." in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(at("further_letter"), {"seen": seen, "why": "The panel asked"}).status_code == 302
    shown = client.get(at()).content.decode()
    assert "The reason: The panel asked." in shown
    assert "Letter 1" in shown
    assert client.post(at("further_letter"), {"seen": seen}).status_code == 409


def test_the_letter_and_the_manual_are_pdf_to_save(as_, at, dated, lead):
    client = as_(LEAD)
    draft = client.get(at("letter_pdf"))
    announce_inspection(inspection=dated, by=lead)
    sent = client.get(at("letter_pdf"))
    manual = client.get(at("manual_pdf"))
    for answer in (draft, sent, manual):
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer.content.startswith(b"%PDF-")
    assert "draft-letter-westmoor-probation-trust.pdf" in draft["Content-Disposition"]
    assert sent.content == client.get(at("sent_letter_pdf", 1)).content


def test_the_pages_of_the_notice_ask_at_most_twelve_things(
    as_, at, dated, lead, contact, django_assert_max_num_queries
):
    del contact
    client = as_(LEAD)
    for name in ("notice", "manual", "letter_pdf", "manual_pdf"):
        with django_assert_max_num_queries(12):
            client.get(at(name))
    announce_inspection(inspection=dated, by=lead)
    Inspection.objects.filter(pk=dated.pk).update(focus="Violent offences")
    for who in (LEAD, CONTACT):
        client = as_(who)
        for name, more in (("notice", ()), ("sent_letter", (1,)), ("manual", ()), ("letter_pdf", ())):
            with django_assert_max_num_queries(12):
                assert client.get(at(name, *more)).status_code == 200


def test_the_manual_says_what_is_looked_at_and_when(as_, at):
    page = as_(LEAD).get(at("manual")).content.decode()
    for words in (
        "Manual for Westmoor",
        "Adults supervised by the inspected trust",
        "Week +2: managers, providers and sentencers",
        "3 weeks after",
        "By 11 March 2013: Evidence and self-assessment: 1 Assisting sentencing.",
        "Share of answers.",
        "Nobody may move a result.",
        "Your evidence and self-assessment, once given",
    ):
        assert words in page, words
