"""Signing in, my work and the pages about people, in a browser: by keyboard, on a phone, and for everybody."""

import pytest
from playwright.sync_api import expect

from inspectorate.people.actions import (
    declare_interest,
    load_demonstration,
    load_demonstration_clearances,
    tie_to_body,
)
from inspectorate.register.actions import NewBody, register_body

pytestmark = pytest.mark.browser
DEMO = ("system", "demo")
CLEARANCES = ["/people/clearances/", "/people/clearances/asked-for/", "/people/me/clearances/"]
OF_THE_CHIEF = ["/my-work/", "/people/", "/people/new/", "/people/me/?find=west", "/people/why/?action=sample.draw"]


@pytest.fixture
def invented(transactional_db, settings, tmp_path):  # noqa: ARG001 - it opens the database
    settings.VAR = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "people"}}
    found = {person.full_name: person for person in load_demonstration(by=DEMO)}
    body = register_body(body=NewBody("Westmoor", kind="probation_trust", nation="england", invented=True), by=DEMO)
    tie_to_body(user=found["Peter Holloway"], body=body.public_id, by=DEMO)
    rhian = found["Rhian Prosser"]
    declare_interest(user=rhian, kind="family", subject=("body", body.public_id), note="A sister", by=rhian.name)
    return found


def sign_in(page, name):
    page.goto("/sign-in/")
    page.get_by_role("button", name=f"Sign in as {name}").click()
    page.wait_for_url("**/my-work/")


@pytest.mark.usefixtures("invented")
def test_somebody_signs_in_and_out_by_keyboard_alone(page, tab_through):
    page.goto("/sign-in/")
    reached = tab_through(page)
    assert "button Sign in as Rhian Prosser" in reached
    page.get_by_role("button", name="Sign in as Rhian Prosser").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/my-work/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    assert "button Sign out" in tab_through(page)
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Sign in").wait_for()


@pytest.mark.usefixtures("invented")
def test_every_page_of_signing_in_is_for_everybody(page, for_everybody, transferred):
    for address in ("/sign-in/", "/password/reset/", "/password/reset/1-used/", "/sign-in/inactive/"):
        page.goto(address)
        for_everybody(page)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    for_everybody(page)
    transferred(page, "/sign-in/")


def test_every_page_about_people_is_for_everybody(page, invented, for_everybody):
    sign_in(page, "Carys Vaughan")
    contact = invented["Peter Holloway"].public_id
    for address in (*OF_THE_CHIEF, f"/people/{contact}/?find=west", f"/people/{contact}/leave/"):
        page.goto(address)
        for_everybody(page)


def test_every_page_of_clearances_is_for_everybody_and_one_is_written_down(page, invented, for_everybody):
    load_demonstration_clearances(editions=["iaow/2013"], by=DEMO)
    sign_in(page, "Carys Vaughan")
    owain = f"/people/{invented['Owain Tudur'].public_id}/clearances/"
    for address in (*CLEARANCES, owain):
        page.goto(address)
        for_everybody(page)
    page.get_by_label("Local assessor training").check()
    page.get_by_label("Got on").fill("2026-11-02")
    page.get_by_label("By what you saw it").fill("List of 2 November")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("It is written down, and opens cases from now on.").wait_for()
    page.get_by_role("link", name="Withdraw it").first.click()
    page.get_by_role("heading", name="Withdraw: ").wait_for()
    for_everybody(page)


@pytest.mark.usefixtures("invented")
def test_an_interest_is_declared_and_withdrawn(page):
    sign_in(page, "Dafydd Llewelyn")
    page.goto("/people/me/")
    page.get_by_role("searchbox", name="Find a body").fill("moor")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Westmoor Probation Trust").check()
    page.get_by_role("radio", name="Worked for it").check()
    page.get_by_role("button", name="Declare it").click()
    page.get_by_text("Your interest is written down").wait_for()
    page.reload()
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_text("Your interest is ended").wait_for()
    page.go_back()  # the page is never kept by a browser: it is asked for anew, and says how things stand
    page.goto("/people/me/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Withdraw it")).to_have_count(0)


@pytest.mark.usefixtures("invented")
def test_the_head_of_the_page_fits_a_phone(page, no_overflow, screenshot):
    sign_in(page, "Rhian Prosser")
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 700})
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        assert page.locator(".ins-header").bounding_box()["height"] < 260
    no_overflow(page)
    screenshot(page, "my-work")
