"""From a list with faults to a sample with a case replaced, in a browser: by the body and the lead, on every width."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from inspectorate.inspections.actions import NewInspection, NewModule, advance, arrange_inspection
from inspectorate.people.models import Role, Tie, User
from inspectorate.register.actions import NewBody, register_body
from inspectorate.sampling.models import CaseList

pytestmark = pytest.mark.browser
HEADS = "case,sex,ethnicity,age_group,disability,sentence,offence,risk_level"
FACTS = "female,white,25-34,no,licence,theft"
LEVELS = ("high", "low")


def row(number, level=None):
    return f"W24/{number:04d},{FACTS},{LEVELS[number % 2] if level is None else level}"


def somebody(first, last, role):
    name = f"{first}.{last}".lower()
    return User.objects.create(username=name, first_name=first, last_name=last, role=role, email=f"{name}@example.org")


@pytest.fixture
def inspection(page):  # noqa: ARG001 - it opens the database
    """An announced inspection of an invented trust, with its lead and somebody who speaks for the trust."""
    lead, contact = somebody("Rhian", "Lead", Role.LEAD_INSPECTOR), somebody("Bob", "Contact", Role.BODY_CONTACT)
    body = NewBody("Westmoor", kind="probation_trust", nation="england", region="Moors", invented=True)
    trust = register_body(body=body, by=lead.name)
    facts = {"kind": Tie.Kind.WORKS_FOR, "subject_kind": "body", "subject_id": trust.public_id}
    Tie.objects.create(user=contact, declared_at="2026-01-01T00:00Z", **facts)
    new = NewInspection(title="Westmoor 2026", modules=[NewModule("iaow/2013")], body=trust, invented=True)
    arranged = arrange_inspection(inspection=new, by=lead.name)
    holds = {"lead_named", "week_set", "week_ahead"}
    return advance(inspection=arranged, verb="announce", by=lead.name, holds=holds)


@pytest.fixture
def become(page, server, client):
    """Let somebody else sit at the browser."""

    def change(username):
        client.force_login(User.objects.get(username=username))
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}
        page.context.add_cookies([cookie])

    return change


@pytest.fixture
def look(page, for_everybody):
    """Look at the page as it stands: once what is expected of it is there."""

    def check(heading):
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(heading))
        for_everybody(page)

    return check


def hand_in(page, name, content):
    page.get_by_label("Case list", exact=True).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Upload", exact=True).click()


def test_a_list_comes_in_with_faults_is_mended_and_drawn_and_a_case_is_replaced(page, inspection, become, look):
    become("bob.contact")
    page.goto(f"/inspections/{inspection.public_id}/list/")
    look("^Case list")
    page.get_by_role("link", name="Upload the case list").first.click()
    look("Upload the case list")
    rows = [row(number) for number in range(1, 60)]
    hand_in(page, "list.csv", "\n".join([HEADS, *rows, row(60, level="")]))
    expect(page.get_by_text("Some rows were not accepted")).to_be_visible()
    look("list.csv")

    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    heads, wrong = csv.reader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig")))
    wrong[heads.index("risk_level")] = "low"
    made = io.StringIO()
    csv.writer(made).writerows([heads, wrong])
    page.get_by_role("link", name="Upload the mended file").click()
    hand_in(page, "mended.csv", made.getvalue())
    expect(page.get_by_text("Every row was accepted")).to_be_visible()
    page.get_by_role("link", name="Go to the list").click()
    look("^Case list")

    become("rhian.lead")
    page.goto(f"/inspections/{inspection.public_id}/sample/")
    look("^Sample")
    page.get_by_role("link", name="Freeze the list and draw").click()
    look("^Freeze the list and draw")
    page.get_by_role("button", name="Freeze the list and draw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Sample"))
    expect(page.get_by_text(CaseList.objects.get().seed).first).to_be_visible()
    look("^Sample")

    page.get_by_role("link", name="Replace").first.click()
    look("^Replace case")
    page.get_by_label("The person is on the list twice").check()
    page.get_by_role("button", name="Replace the case").click()
    expect(page.get_by_role("heading", name="What changed since the draw")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Replace the case")).to_be_visible()
    page.get_by_label("The person is on the list twice").check()
    page.get_by_role("button", name="Replace the case").click()
    expect(page.get_by_text("is not in the sample now").first).to_be_visible()
    look("^Replace case")
