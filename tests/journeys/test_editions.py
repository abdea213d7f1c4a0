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
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editions_meet_wcag(page, axe, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    axe(page)
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 700})
        axe(page)


def test_the_whole_form_meets_wcag_with_its_guidance_open(page, axe):
    page.goto("/editions/iaow/2013/questions/")
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    axe(page)


@pytest.mark.parametrize("address", [*PAGES, *LONGEST[:1]])
def test_the_editions_fit_a_small_phone(page, no_overflow, address):
    page.goto(address)
    no_overflow(page)


@pytest.mark.parametrize("address", PAGES)
def test_the_editions_work_by_keyboard(page, tab_through, address):
    page.goto(address)
    assert "a Skip to the content" in tab_through(page)


@pytest.mark.parametrize("address", [*PAGES, *LONGEST])
def test_the_editions_take_little(transferred, page, address):
    assert transferred(page, address) > 10_000


def test_a_reader_goes_from_the_list_to_a_question_and_back_without_script(browser, server):
    with browser.new_context(base_url=server, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/editions/")
        page.get_by_role("link", name="Inspection of Adult Offending Work").click()
        page.get_by_role("link", name="Questions 120").click()
        page.get_by_label("Section", exact=True).select_option(label="Planning")
        page.get_by_role("button", name="Show").click()
        assert re.search(r"section=planning", page.url)
        expect(page.locator("article")).to_have_count(15)
        page.get_by_text("Guidance for P06").click()
        assert page.locator("#P06 .ins-details__body").is_visible()
        page.get_by_role("link", name="P06", exact=True).click()
        assert page.locator("h1").inner_text().startswith("Did the community practitioner contribute")
        page.get_by_role("link", name="Next").click()
        assert page.url.endswith("/questions/P07/")
        page.get_by_role("link", name="Questions", exact=True).click()
        expect(page.locator("article")).to_have_count(120)  # a long page: a busy machine is still reading it


def test_contents_stay_beside_a_long_text_and_fold_away_on_a_phone(page):
    page.goto("/editions/youth/2018/")
    contents = page.get_by_role("navigation", name="On this page").get_by_role("link", name="Timetable")
    assert contents.is_visible()
    contents.click()
    assert contents.is_visible()
    assert page.locator("#timetable").bounding_box()["y"] < 200
    page.set_viewport_size({"width": 375, "height": 700})
    assert not contents.is_visible()


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


def test_the_editions_can_be_looked_at(page, screenshot):
    for name, address in (("list", PAGES[0]), ("front", PAGES[2]), ("question", PAGES[6]), ("examples", PAGES[7])):
        page.goto(address)
        screenshot(page, f"editions-{name}")
