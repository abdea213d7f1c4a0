"""The review page of the components, in a browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_meets_wcag(page, axe, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/components/")
    axe(page)


def test_no_component_overflows_a_small_phone(page, no_overflow):
    page.goto("/components/")
    no_overflow(page)


def test_the_keyboard_alone_reaches_every_component(page, tab_through):
    page.goto("/components/")
    reached = tab_through(page)
    assert reached[0] == "a Skip to the content"
    assert "button Save and continue" in reached
    assert "input example-judgement" in reached


def test_the_skip_link_leads_to_the_content(page):
    page.goto("/components/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_filters_stand_open_on_a_wide_screen_and_fold_on_a_phone(page):
    page.goto("/components/")
    page.evaluate("() => document.querySelectorAll('.ins-filter__details').forEach(e => e.removeAttribute('open'))")
    expect(page.locator("#filter-q")).to_be_visible()
    page.set_viewport_size({"width": 375, "height": 900})
    expect(page.locator("#filter-q")).to_be_hidden()


@pytest.mark.pictures
def test_components_can_be_looked_at(page, screenshot):
    page.goto("/components/")
    screenshot(page, "components-light")
    page.emulate_media(color_scheme="dark")
    screenshot(page, "components-dark")
