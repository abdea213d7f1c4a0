"""A report in a browser: written by keyboard with a figure from the list, sent, commented on, printed."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from inspectorate.inspections.actions import NewInspection, NewModule, arrange_inspection
from inspectorate.people.models import Tie, User
from inspectorate.register.actions import NewBody, register_body
from inspectorate.reports.models import Comment, Draft
from tests.stages.conftest import CAST, CONTACT, LEAD
from tests.stages.reports.conftest import GATES, NOW, settle, to_state, write


@pytest.fixture
def drafting(transactional_db):  # noqa: ARG001 - it opens the database
    """An invented inspection whose ratings are settled and whose gates are written, with its lead and its body."""
    for name in (LEAD, CONTACT):
        full_name, role = CAST[name]
        first, _, last = full_name.partition(" ")
        account = {"username": name[1], "first_name": first, "last_name": last, "role": role}
        User.objects.create(public_id=name[1], email=f"{first.lower()}@example.org", **account)
    body = NewBody("Westmoor", kind="probation_trust", nation="england", region="Moors", invented=True)
    trust = register_body(body=body, by=LEAD)
    tied = {"kind": "works_for", "subject_kind": "body", "subject_id": trust.public_id, "declared_at": NOW}
    Tie.objects.create(user=User.objects.get(public_id=CONTACT[1]), **tied)
    new = NewInspection("Westmoor 2026", modules=[NewModule("iaow/2013")], body=trust, invented=True)
    inspection = arrange_inspection(inspection=new, by=LEAD)
    settle(inspection)
    to_state(inspection, "drafting")
    for section, text in GATES.items():
        write(inspection, section, text)
    return inspection


def sign_in(page, server, name):
    client = Client()
    client.force_login(User.objects.get(public_id=name[1]))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])


def test_a_report_is_written_sent_commented_on_and_printed(page, server, drafting, axe, for_everybody, transferred):
    home = f"/inspections/{drafting.public_id}/"
    sign_in(page, server, LEAD)
    page.goto(f"{home}report/")
    for_everybody(page)
    page.get_by_role("link", name="Summary").press("Enter")
    page.get_by_label("Text").fill("Planning: {score:stage_planning}.\n\n{chart:headline}")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("region", name="As it will read")).to_contain_text("Planning: 72 per cent.")
    for_everybody(page)
    transferred(page, f"{home}report/sections/summary/")
    page.goto(f"{home}report/")
    page.get_by_label("Comments by").fill("31 December 2099")
    page.get_by_role("button", name="Send the draft").press("Enter")
    page.wait_for_url("**/draft/1/")
    assert Draft.objects.count() == 1
    sign_in(page, server, CONTACT)
    transferred(page, f"{home}draft/")
    for_everybody(page)
    page.get_by_role("link", name="Comment on 2.1", exact=True).press("Enter")
    page.get_by_label("What is wrong").fill("Planning was looked at twice.")
    axe(page)
    page.get_by_role("button", name="Send the comment").press("Enter")
    page.wait_for_url("**/draft/1/#p-2.1")
    assert Comment.objects.get().paragraph == "2.1"
    for_everybody(page)
    page.emulate_media(media="print")
    expect(page.locator(".ins-draft-mark")).to_contain_text("not for publication")
    expect(page.get_by_role("link", name="Comment on 2.1", exact=True)).to_be_hidden()
