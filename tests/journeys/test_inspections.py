"""A lead arranges an inspection in a browser, moves a date, hands over the lead and reads the record."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from inspectorate.inspections.actions import (
    NewInspection,
    NewModule,
    arrange_inspection,
    join_team,
    move_date,
    set_aside,
)
from inspectorate.inspections.dates import dates_of
from inspectorate.inspections.models import Inspection
from inspectorate.people.models import Role, User
from inspectorate.register.actions import NewBody, register_body

pytestmark = pytest.mark.browser
FIRST_SCREENFUL = 667
"""The height of a small phone that is 375 wide, in pixels."""
PAGES = ["", "team/", "team/lead/", "dates/", "dates/draft/", "history/", "aside/", "aside/defer/"]


def monday_in(weeks):
    today = timezone.localdate()
    return today - timedelta(today.weekday()) + timedelta(7 * weeks)


@pytest.fixture
def people(page):  # noqa: ARG001 - it opens the database
    """A lead inspector, another, and an inspector."""
    names = {"Rhian Prosser": Role.LEAD_INSPECTOR, "Martin Ashdown": Role.LEAD_INSPECTOR, "Priya Raman": Role.INSPECTOR}
    made = {}
    for name, role in names.items():
        first, last = name.split()
        account = {"username": first.lower(), "first_name": first, "last_name": last, "role": role}
        made[first] = User.objects.create(email=f"{first.lower()}@example.org", **account)
    return made


@pytest.fixture
def lead(page, people, server):
    """Rhian, signed in."""
    client = Client()
    client.force_login(people["Rhian"])
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server}])
    return people["Rhian"]


@pytest.fixture
def trust(lead):
    body = NewBody("Westmoor", kind="probation_trust", nation="wales", region="Moors", invented=True)
    return register_body(body=body, by=lead.name)


@pytest.fixture
def inspection(lead, people, trust):
    """An inspection with a team, a moved date, and a history."""
    facts = {"title": "Westmoor Probation Trust 2027", "modules": [NewModule("iaow/2013")], "body": trust}
    new = NewInspection(**facts, fieldwork_on=monday_in(30), invented=True)
    made = arrange_inspection(inspection=new, by=lead.name)
    join_team(inspection=made, user=people["Priya"], role="inspector", by=lead.name)
    draft = next(one for one in dates_of(made) if one.code == "draft")
    why = "The chair of the trust is away until then."
    move_date(inspection=made, code="draft", on=draft.on + timedelta(1), why=why, by=lead.name)
    for verb in ("defer", "resume"):
        set_aside(inspection=made, verb=verb, why="The office was flooded.", by=lead.name)
    return made


@pytest.fixture
def looked_at(page, for_everybody):
    """Check the page as it stands for everybody, and that on a phone the frame leaves room for it."""

    def look():
        for_everybody(page)
        page.set_viewport_size({"width": 375, "height": FIRST_SCREENFUL})
        frame = page.locator(".ins-page-nav--fold")
        if frame.count():
            begins = frame.evaluate("e => e.getBoundingClientRect().bottom + window.scrollY")
            assert begins < FIRST_SCREENFUL, "the frame leaves no room for the page on a phone"
        page.set_viewport_size({"width": 1280, "height": 900})

    return look


def test_every_page_meets_wcag_wide_and_on_a_phone(page, looked_at, transferred, screenshot, inspection):
    for below in PAGES:
        transferred(page, inspection.get_absolute_url() + below)
        looked_at()
        screenshot(page, f"inspection-{below.strip('/').replace('/', '-') or 'overview'}")
    for address, name in (("/inspections/", "inspections"), ("/inspections/new/", "inspections-new")):
        transferred(page, address)
        looked_at()
        screenshot(page, name)


def test_the_parts_of_an_inspection_unfold_on_a_phone_without_a_script(page, inspection):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(inspection.get_absolute_url())
    fold = page.locator(".ins-page-nav--fold summary")
    fold.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Team", exact=True).click()
    page.wait_for_url("**/team/")


def test_a_lead_arranges_an_inspection_and_hands_it_over(page, looked_at, screenshot, tab_through, people, trust):
    page.goto("/inspections/")
    page.get_by_role("link", name="Arrange an inspection").click()
    page.get_by_label("What it is judged by").select_option("fji/2013")
    page.get_by_label("Body", exact=True).select_option(trust.public_id)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Monday of the first fieldwork week").fill((monday_in(30) + timedelta(1)).isoformat())
    page.get_by_label("With the module: Interventions").check()
    page.get_by_role("button", name="Show every date").click()
    expect(page.get_by_role("alert")).to_contain_text("A fieldwork week begins on a Monday")
    looked_at()
    screenshot(page, "inspections-new-refused")
    page.get_by_label("Monday of the first fieldwork week").fill(monday_in(30).isoformat())
    page.get_by_label("Why Interventions").fill("Reoffending rose to 41 per cent in the last quarter.")
    page.get_by_role("button", name="Show every date").click()
    page.get_by_role("button", name="Arrange this inspection").wait_for()
    assert "Arrange this inspection" in " | ".join(tab_through(page))
    looked_at()
    screenshot(page, "inspections-new-dates")
    page.get_by_role("button", name="Arrange this inspection").click()
    expect(page.locator("main")).to_contain_text("It is arranged")
    page.go_back()
    expect(page.locator("main")).to_contain_text("It is arranged already")
    assert Inspection.objects.count() == 1
    page.go_forward()
    page.get_by_role("link", name="Change the team").click()
    page.get_by_role("link", name="Change the lead").click()
    page.get_by_label("New lead inspector").select_option(people["Martin"].public_id)
    page.get_by_label("Why the lead changes").fill("Rhian is on leave in the fieldwork week.")
    page.get_by_role("button", name="Change the lead").click()
    page.wait_for_url(lambda url: not url.endswith("/team/lead/"))
    expect(page.locator("main")).to_contain_text("Martin Ashdown")
    page.get_by_role("link", name="Record", exact=True).click()
    expect(page.locator("main")).to_contain_text("Made Martin Ashdown the lead inspector")
