"""Two editions side by side in a browser: beside each other on a wide page, one under the other on a phone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAGES = [
    "/editions/omi2/2011/compare/",
    "/editions/fji/2013/compare/",
    "/editions/fji/2012/compare/",
    "/editions/omi2/2009/compare/?show=rescored",
]
LONGEST = "/editions/youth/2018/compare/?with=iaow/2013"


@pytest.mark.parametrize("address", PAGES)
def test_comparisons_are_for_everybody_with_everything_open(page, for_everybody, transferred, address):
    assert transferred(page, address) > 10_000
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for_everybody(page)


def test_the_longest_fits_a_small_phone_with_everything_open(page, no_overflow, transferred):
    transferred(page, LONGEST)
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    no_overflow(page)


@pytest.mark.parametrize("address", PAGES[:2])
def test_comparisons_work_by_keyboard(page, tab_through, address):
    page.goto(address)
    assert "a Skip to the content" in tab_through(page)


def test_the_two_sides_stand_beside_each_other_and_on_a_phone_one_under_the_other(page):
    page.goto(PAGES[0])
    sides = page.locator("#q-O04 .ins-sides--title .ins-side")
    left, right = (sides.nth(n).bounding_box() for n in (0, 1))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    page.set_viewport_size({"width": 375, "height": 700})
    left, right = (sides.nth(n).bounding_box() for n in (0, 1))
    assert right["y"] >= left["y"] + left["height"]
    expect(page.locator("#q-O04 .ins-side__name").first).to_be_visible()


def test_a_reader_comes_from_the_edition_and_narrows_what_is_shown(page):
    page.goto("/editions/omi2/2011/")
    page.get_by_role("link", name="Compare with Offender Management Inspection 2, 2009, question by question").click()
    page.get_by_label("Show", exact=True).select_option(label="Removed")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/compare/?with=omi2%2F2009&show=removed")
    expect(page.locator("#q-O25")).to_be_visible()
    expect(page.locator("#q-O04")).to_have_count(0)


@pytest.mark.pictures
def test_comparisons_can_be_looked_at(page, screenshot):
    for name, address in (("compare", PAGES[0]), ("compare-none", PAGES[2]), ("compare-rescored", PAGES[3])):
        page.goto(address)
        screenshot(page, name)
