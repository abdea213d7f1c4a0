"""The editions in a browser: readable by everyone, on every width, by keyboard, without script, in little weight."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAGES = [
    "/editions/",
    "/editions/?q=zeppelin",
    "/editions/youth/2018/",
    "/editions/fji/2013/",
    "/editions/iaow/2013/criteria/",
    "/editions/youth/2018/questions/?section=court_assessment",
    "/editions/iaow/2013/questions/A12/",
    "/editions/youth/2018/examples/",
]
LONGEST = ["/editions/fji/2013/questions/", "/editions/youth/2018/questions/", "/editions/youth/2018/examples/"]


@pytest.mark.parametrize("address", PAGES)
def test_the_editions_are_for_everybody_and_take_little(page, for_everybody, transferred, address):
    assert transferred(page, address) > 10_000
    for_everybody(page)


def test_the_whole_form_meets_wcag_with_its_guidance_open(page, axe):
    page.goto("/editions/iaow/2013/questions/")
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    axe(page)


def test_the_longest_fits_a_small_phone(page, no_overflow):
    page.goto(LONGEST[0])
    no_overflow(page)


@pytest.mark.parametrize("address", PAGES)
def test_the_editions_work_by_keyboard(page, tab_through, address):
    page.goto(address)
    assert "a Skip to the content" in tab_through(page)


@pytest.mark.parametrize("address", LONGEST)
def test_the_longest_take_little(transferred, page, address):
    assert transferred(page, address) > 10_000


def test_a_reader_goes_from_the_list_to_a_question_and_back_without_script(browser, server):
    with browser.new_context(base_url=server, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/editions/")
        page.get_by_role("link", name="Inspection of Adult Offending Work").click()
        page.get_by_role("link", name="Questions 120").click()
        page.get_by_label("Section", exact=True).select_option(label="Planning")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url(re.compile("section=planning"))
        expect(page.locator("article")).to_have_count(15)
        page.get_by_text("Guidance for P06").click()
        expect(page.locator("#P06 .ins-details__body")).to_be_visible()
        page.get_by_role("link", name="P06", exact=True).click()
        expect(page.locator("h1")).to_have_text(re.compile("^Did the community practitioner contribute"))
        page.get_by_role("link", name="Next").click()
        page.wait_for_url("**/questions/P07/")
        page.get_by_role("link", name="Questions", exact=True).click()
        expect(page.locator("article")).to_have_count(120)  # a long page: a busy machine is still reading it


def test_contents_stay_beside_a_long_text_and_fold_away_on_a_phone(page):
    page.goto("/editions/youth/2018/")
    contents = page.get_by_role("navigation", name="On this page").get_by_role("link", name="Timetable")
    expect(contents).to_be_visible()
    contents.click()
    expect(contents).to_be_visible()
    page.wait_for_function("() => document.getElementById('timetable').getBoundingClientRect().y < 200")
    page.set_viewport_size({"width": 375, "height": 700})
    expect(contents).to_be_hidden()


def test_a_form_prints_without_what_only_a_screen_needs(page):
    page.goto("/editions/iaow/2013/questions/")
    page.emulate_media(media="print")
    shown = {
        name: page.locator(name).first.is_visible()
        for name in (".ins-filter", ".ins-aside__contents", ".ins-page-nav", ".ins-details__summary", ".ins-question")
    }
    assert {name for name, seen in shown.items() if seen} == {".ins-question"}
    address = page.evaluate("getComputedStyle(document.querySelector('.ins-question a'), '::after').content")
    assert address == "none"


@pytest.mark.pictures
def test_the_editions_can_be_looked_at(page, screenshot):
    for name, address in (("list", PAGES[0]), ("front", PAGES[2]), ("question", PAGES[6]), ("examples", PAGES[7])):
        page.goto(address)
        screenshot(page, f"editions-{name}")
