"""The start page and the pages that say what went wrong, in a browser."""

import pytest

pytestmark = pytest.mark.browser
PAGES = ["/", "/accessibility/", "/no-such-page/"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_meet_wcag(page, axe, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    axe(page)
    page.set_viewport_size({"width": 320, "height": 700})
    axe(page)


@pytest.mark.parametrize("address", PAGES)
def test_pages_fit_a_small_phone_and_the_keyboard(page, no_overflow, tab_through, address):
    page.goto(address)
    no_overflow(page)
    assert "a Skip to the content" in tab_through(page)


def test_the_start_page_takes_little(page, transferred):
    assert transferred(page, "/") > 10_000


def test_the_start_page_needs_no_script(browser, server):
    with browser.new_context(base_url=server, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        assert page.locator("h1").is_visible()


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


def test_start_can_be_looked_at(page, screenshot):
    page.goto("/")
    screenshot(page, "start-light")
    page.emulate_media(color_scheme="dark")
    screenshot(page, "start-dark")
    page.goto("/no-such-page/")
    screenshot(page, "not-found")
