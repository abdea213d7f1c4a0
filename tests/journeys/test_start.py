"""The start page and the pages that say what went wrong, in a browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAGES = ["/", "/accessibility/", "/no-such-page/"]


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_for_everybody(page, for_everybody, tab_through, address):
    page.goto(address)
    for_everybody(page)
    assert "a Skip to the content" in tab_through(page)


def test_the_start_page_takes_little(page, transferred):
    assert transferred(page, "/") > 10_000


def test_the_start_page_needs_no_script(browser, server):
    with browser.new_context(base_url=server, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        expect(page.locator("h1")).to_be_visible()


def test_static_files_have_hashed_names_and_are_compressed(page):
    answers = []

    def keep(answer):
        answers.append(answer)

    page.on("response", keep)
    page.goto("/")
    css = [answer for answer in answers if answer.url.endswith(".css")]
    assert len(css) == 3
    for answer in css:
        assert "max-age=315360000" in answer.header_value("cache-control")
        assert answer.header_value("content-encoding") in {"br", "gzip"}


@pytest.mark.pictures
def test_start_can_be_looked_at(page, screenshot):
    page.goto("/")
    screenshot(page, "start-light")
    page.emulate_media(color_scheme="dark")
    screenshot(page, "start-dark")
    page.goto("/no-such-page/")
    screenshot(page, "not-found")
