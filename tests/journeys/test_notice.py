"""Announcing an inspection by its letter, and the evidence of the body: by mouse and keyboard, wide and narrow."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection
from inspectorate.inspections.models import ChallengeAnswer, EvidenceVersion, Letter
from inspectorate.people.models import Role, Tie, User
from inspectorate.register.actions import NewBody, register_body
from tests import made_files

PDF = made_files.pdf()


@pytest.fixture
def signed_in(page, server):
    """Sign in as somebody, in the browser of the page."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
        return page

    return sign_in


@pytest.fixture
def story(transactional_db):  # noqa: ARG001 - it opens the database
    """A lead, somebody who speaks for the body, and an inspection that is arranged and has its week."""
    lead = User.objects.create(
        username="lead", first_name="Rhian", last_name="Lead", email="rhian@example.org", role=Role.LEAD_INSPECTOR
    )
    contact = User.objects.create(username="bob", first_name="Bob", last_name="Contact", role=Role.BODY_CONTACT)
    body = register_body(
        body=NewBody("Brackenmoor Youth Justice Service", kind="youth_offending_team", nation="england", invented=True),
        by=lead.name,
    )
    told = {"subject_kind": "body", "subject_id": body.public_id, "declared_at": datetime(2026, 1, 5, tzinfo=UTC)}
    Tie.objects.create(user=contact, kind=Tie.Kind.WORKS_FOR, **told)
    today = timezone.localdate()
    monday = today - timedelta(today.weekday()) + timedelta(weeks=12)
    new = NewInspection(
        "Brackenmoor 2027", [NewModule("youth/2018")], body=body, fieldwork_on=monday, invented=True, focus="Safety"
    )
    return lead, contact, arrange_inspection(inspection=new, by=lead.name)


@pytest.fixture
def looked_at(page, for_everybody, screenshot):
    """Check a page as it stands, wide and as on a phone."""

    def look(name):
        for_everybody(page)
        screenshot(page, f"notice-{name}")

    return look


def test_the_letter_goes_out_and_the_evidence_comes_in(signed_in, story, looked_at, tmp_path, tab_through, transferred):
    lead, contact, inspection = story
    home = inspection.get_absolute_url()
    page = signed_in(lead)
    page.goto(f"{home}notice/")
    looked_at("draft")
    assert any("Announce the inspection" in one for one in tab_through(page))
    page.get_by_role("button", name="Announce the inspection").press("Enter")
    expect(page.get_by_text("The inspection is announced")).to_be_visible()
    assert Letter.objects.get().content["to"] == "Brackenmoor Youth Justice Service"
    looked_at("sent")

    page = signed_in(contact)
    transferred(page, f"{home}notice/manual/")
    looked_at("manual")
    page.goto(f"{home}evidence/")
    looked_at("evidence")
    page.get_by_role("link", name=re.compile("Write it.*1.1 Governance")).click()
    page.get_by_role("button", name="Give to the inspectors").click()
    expect(page.get_by_role("link", name="Write what shows how well you do")).to_be_visible()
    looked_at("write-refused")
    (tmp_path / "the plan.pdf").write_bytes(PDF)
    page.get_by_label("Evidence", exact=True).fill("The board looks at our own audits every quarter.")
    page.get_by_label("Add files").set_input_files(tmp_path / "the plan.pdf")
    page.get_by_label("Good", exact=True).check()
    page.get_by_label("Why do you rate it so?").fill("Every partner was there, and what was decided was done.")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("The inspectors do not see it until you give it.")).to_be_visible()
    looked_at("write")
    page.get_by_role("button", name="Give to the inspectors").click()
    expect(page.get_by_text("Given to the inspectors")).to_be_visible()
    assert EvidenceVersion.objects.get(given=True).attachments.get().name == "the plan.pdf"
    _challenged_and_answered(signed_in, story, looked_at)


def _challenged_and_answered(signed_in, story, looked_at):
    """The lead challenges what was given; the body answers once, and both stand side by side."""
    lead, contact, inspection = story
    home = inspection.get_absolute_url()
    page = signed_in(lead)
    page.goto(f"{home}evidence/youth/2018/1.1/")
    page.get_by_label("Challenged").check()
    page.get_by_label("Reason").fill("Which audits?")
    looked_at("lead")
    page.get_by_role("button", name="Save what I make of it").click()
    expect(page.get_by_text("The body sees it.")).to_be_visible()

    page = signed_in(contact)
    page.goto(f"{home}evidence/")
    page.get_by_role("link", name=re.compile("Answer the challenge")).click()
    page.get_by_label("Your answer").fill("Those of March and May.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("The lead inspector sees your answer")).to_be_visible()
    assert ChallengeAnswer.objects.get().text == "Those of March and May."
    looked_at("thread")
    page.go_back()
    page.goto(f"{home}evidence/")
    expect(page.get_by_text("1 of 12 standards given.")).to_be_visible()
    looked_at("list")
