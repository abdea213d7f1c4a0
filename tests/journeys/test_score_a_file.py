"""Scoring a file in a browser: from the start page to an account, by keyboard alone, on every width, without script."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from inspectorate.ratings.actions import load_invented
from inspectorate.ratings.models import RefusedFile, ScoredFile

pytestmark = pytest.mark.browser
EXAMPLES = settings.CHECKOUT / "docs/examples"
IMAGES = settings.CHECKOUT / "docs/tutorials/images"
FRONT = settings.CHECKOUT / "docs/images/result.png"
LARGEST_IMAGE = 150_000
BAD = b"case,question,judgement\nCA1,C01,maybe\nCA1,ZZ9,sufficient\n"
KINDS = ["start", "hand in", "faults", "scores", "broken down", "findings", "account", "rating", "held"]


def invented():
    load_invented(by=("system", "demo"))


@pytest.fixture
def addresses(page, once):  # noqa: ARG001 - it opens the database
    """Every kind of page, on the invented examples."""
    once(invented)
    ids = {file.example: file.public_id for file in ScoredFile.objects.all()}
    return {
        "start": "/score/",
        "hand in": "/score/new/youth/2018/",
        "faults": RefusedFile.objects.get().get_absolute_url(),
        "scores": f"/score/{ids['youth']}/",
        "broken down": f"/score/{ids['iaow']}/?by=provider",
        "findings": f"/score/{ids['iaow']}/findings/",
        "account": f"/score/{ids['fji']}/account/protecting_the_public/",
        "rating": f"/score/{ids['youth']}/account/overall/",
        "held": f"/score/{ids['fji']}/held/",
    }


def hand_in(page, edition, name, content=None):
    """Choose an edition and hand in a file, as somebody does."""
    page.goto("/score/")
    page.locator(f"input[value='{edition}']").check()
    page.get_by_role("button", name="Continue").click()
    given = {"name": name, "mimeType": "text/csv", "buffer": content or (EXAMPLES / name).read_bytes()}
    page.get_by_label("Judgements", exact=True).set_input_files(given)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_for_everybody_and_light(page, for_everybody, transferred, addresses, kind):
    transferred(page, addresses[kind])
    for_everybody(page)


@pytest.mark.parametrize("kind", ["hand in", "faults", "scores", "account", "held"])
def test_the_keyboard_reaches_everything(page, tab_through, addresses, kind):
    page.goto(addresses[kind])
    reached = " | ".join(tab_through(page))
    links = page.locator("main a[href], main button, main select, main input:not([type=hidden])").count()
    assert reached.count(" | ") >= min(links, 40)


def tab_to(page, words, most=120):
    """Press Tab until the focus is on something with these words or this name."""
    look = "() => { const e = document.activeElement; return `${e.innerText || ''} ${e.name || ''} ${e.value || ''}`; }"
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in page.evaluate(look):
            return
    raise AssertionError(f"{page.url}: Tab does not reach {words!r}")


@pytest.mark.alone
def test_somebody_with_a_keyboard_alone_gets_from_the_start_page_to_an_account(page):
    page.goto("/")
    tab_to(page, "Score a file")
    page.keyboard.press("Enter")
    page.wait_for_url("**/score/")
    tab_to(page, "edition")
    while page.evaluate("() => document.activeElement.value") != "fji/2013":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/score/new/fji/2013/")
    tab_to(page, "answers")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(EXAMPLES / "fji-answers.csv")
    tab_to(page, "Score the file")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/score/[0-9a-f]{32}/$"))
    tab_to(page, "Protecting the public")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/protecting_the_public/")
    expect(page.locator("h1")).to_have_text("Protecting the public")
    expect(page.locator("main")).to_contain_text("What would change it")


def test_a_file_is_handed_in_kept_and_erased(page):
    hand_in(page, "fji/2013", "fji-answers.csv")
    page.get_by_label("Governance and partnership").select_option("Good")
    page.get_by_role("button", name="Score the file").click()
    expect(page.locator(".ins-held")).to_contain_text("Held until")
    page.get_by_role("link", name="Keep it, or erase it now").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".ins-held")).to_contain_text("Kept since")
    address = page.url
    page.get_by_role("link", name="Erase it now").click()
    page.get_by_role("button", name="Erase it now").click()
    expect(page.locator("h1")).to_contain_text("is erased")
    assert page.goto(address).status == 404


def test_a_refused_file_is_mended_and_handed_in_again(page, axe):
    hand_in(page, "fji/2013", "march.csv", BAD)
    page.get_by_label("What is it?").fill("Westmoor, March 2026")
    page.get_by_role("button", name="Score the file").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing was scored")
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^CSV")).click()
    assert download.value.suggested_filename == "faults.csv"
    expect(page.get_by_label("What is it?")).to_have_value("Westmoor, March 2026")
    page.get_by_label("Judgements", exact=True).set_input_files(EXAMPLES / "fji-answers.csv")
    page.get_by_role("button", name="Score the file").click()
    expect(page.locator("h1")).to_have_text("Westmoor, March 2026")


def test_it_works_without_script_and_files_come_down(browser, server, addresses):
    with browser.new_context(base_url=server, java_script_enabled=False, accept_downloads=True) as context:
        page = context.new_page()
        page.goto(addresses["scores"])
        page.get_by_label("Break down by").select_option("provider")
        page.get_by_role("button", name="Break down").click()
        expect(page.get_by_role("heading", name=re.compile("provider: North team"))).to_be_visible()
        for kind in ("CSV", "XLSX", "JSON", "PDF"):
            with page.expect_download() as download:
                page.get_by_role("link", name=re.compile(f"^{kind}")).first.click()
            assert download.value.suggested_filename.startswith("corrimoor-youth-offending-service-invented-scores")


@pytest.mark.pictures
def test_pages_can_be_looked_at(page, screenshot, addresses):
    for kind, address in addresses.items():
        page.goto(address)
        screenshot(page, f"score-{kind.replace(' ', '-')}")
    page.emulate_media(color_scheme="dark")
    for kind in ("scores", "account", "findings"):
        page.goto(addresses[kind])
        screenshot(page, f"score-{kind}-dark")
    page.emulate_media(media="print", color_scheme="light")
    for kind in ("scores", "account"):
        page.goto(addresses[kind])
        screenshot(page, f"score-{kind}-print")


def test_the_pictures_of_the_tutorial_show_the_pages(page, addresses):
    """They are written where INSPECTORATE_SCREENSHOTS is 1; otherwise the pages that they show must be there."""
    page.set_viewport_size({"width": 1000, "height": 800})
    fji = addresses["account"].partition("account/")[0]
    shown = {"choose": addresses["start"], "hand-in": "/score/new/fji/2013/", "faults": addresses["faults"]}
    for name, address in (shown | {"scores": fji, "account": addresses["account"]}).items():
        page.goto(address)
        _picture(page, IMAGES / f"score-{name}.png")


def test_the_picture_of_the_front_page_shows_a_result(page, addresses):
    page.set_viewport_size({"width": 1280, "height": 960})
    page.goto(addresses["account"].partition("account/")[0])
    expect(page.get_by_role("link", name="Protecting the public")).to_be_visible()
    _picture(page, FRONT)


def _picture(page, path):
    if settings.SCREENSHOTS:
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path)
    assert path.stat().st_size < LARGEST_IMAGE, path


def test_no_word_over_the_bands_runs_into_the_next(page, addresses):
    for kind in ("scores", "account"):
        page.goto(addresses[kind].partition("account/")[0])
        boxes = page.evaluate(
            "() => [...document.querySelectorAll('.ins-scores__head .ins-axis--words tspan')]"
            ".map(e => e.getBoundingClientRect()).map(b => [b.left, b.right, b.top, b.bottom])"
        )
        assert len(boxes) >= 4
        for number, (left, right, top, bottom) in enumerate(boxes):
            for other in boxes[:number]:
                assert right < other[0] or other[1] < left or bottom - 3 <= other[2] or other[3] - 3 <= top, kind


def test_no_address_of_a_file_is_printed(page, addresses):
    page.emulate_media(media="print")
    for kind in ("scores", "broken down", "findings", "account", "rating", "held"):
        page.goto(addresses[kind])
        printed = page.evaluate(
            "() => [...document.querySelectorAll('a')].map(e => getComputedStyle(e, '::after').content)"
        )
        assert [words for words in printed if "/score/" in words] == [], kind


def test_ratings_in_a_table_fit_a_phone(page, addresses):
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(addresses["scores"])
    table = page.locator(".ins-table").first
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
