"""A local team in a browser: takes a sheet, fills it in, hands it in, and sets its scores beside what was published."""

import io
import re

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from inspectorate.ratings import actions
from inspectorate.ratings.intake import HandedIn
from inspectorate.ratings.invented import own_sheet
from inspectorate.ratings.models import ScoredFile
from inspectorate.ratings.queries import printed_rows
from inspectorate.register.actions import load_published_record

pytestmark = pytest.mark.browser
KINDS = ["sheet", "several kinds", "no such number", "scores", "compared", "edition"]


def own_cases():
    load_published_record(by=("system", "demo"))
    own = HandedIn("iaow/2013", own_sheet(), title="Own cases, November 2026", invented=True)
    actions.hand_in(handed_in=own, by=("visitor", "anonymous"))


@pytest.fixture
def addresses(page, once):  # noqa: ARG001 - it opens the database
    """Every kind of page, the published record at hand."""
    once(own_cases)
    scores = ScoredFile.objects.get().get_absolute_url()
    return {
        "sheet": "/score/new/iaow/2013/#sheet",
        "several kinds": "/score/new/youth/2018/#sheet",
        "no such number": "/score/new/iaow/2013/?kind=case&cases=many#sheet",
        "scores": scores,
        "compared": f"{scores}?against={against()}",
        "edition": "/editions/iaow/2013/",
    }


def against():
    row = next(row for row in printed_rows("iaow/2013", at=timezone.now()) if row.body.name == "Kent")
    return f"{row.table.programme_year.year}/{row.table.code}/{row.visit}/{row.body.public_id}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_for_everybody_and_light(page, for_everybody, transferred, addresses, kind):
    transferred(page, addresses[kind])
    for_everybody(page)


def test_a_team_takes_a_sheet_and_hands_it_in_and_compares(page, addresses):
    page.goto(addresses["sheet"])
    page.get_by_label("Number of cases").fill("3")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the sheet").click()
    assert download.value.suggested_filename == "iaow-2013-case-sheet.xlsx"
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    heads = [str(cell.value).split()[0] for cell in book.worksheets[0][1]]
    own = [line.split(",") for line in own_sheet().content.decode().splitlines()]
    for number, row in enumerate(own[1:4], 3):
        for code, answer in zip([head.split()[0] for head in own[0]], row, strict=True):
            book.worksheets[0].cell(number, heads.index(code) + 1).value = answer or None
    filled = io.BytesIO()
    book.save(filled)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    files = {"name": "own.xlsx", "mimeType": kind, "buffer": filled.getvalue()}
    page.get_by_label("Judgements", exact=True).set_input_files(files)
    page.get_by_label("What is it?").fill("Three of our cases")
    page.get_by_role("button", name="Score the file").click()
    page.wait_for_url(re.compile(r"/score/[0-9a-f]{32}/$"))
    expect(page.locator("main")).to_contain_text("3 cases assessed")
    page.get_by_label("Published result", exact=True).select_option(label="Kent, 2013-14 (protecting children)")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="Kent, 2013-14 (protecting children)")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Kent, 2013-14")).click()
    assert download.value.suggested_filename == "three-of-our-cases-beside.csv"


def test_the_keyboard_reaches_everything(page, tab_through, addresses):
    page.goto(addresses["compared"])
    assert "Compare" in " | ".join(tab_through(page))


@pytest.mark.pictures
def test_pages_can_be_looked_at(page, screenshot, addresses):
    for kind, address in addresses.items():
        page.goto(address)
        screenshot(page, f"own-{kind.replace(' ', '-')}")
    page.emulate_media(color_scheme="dark")
    page.goto(addresses["compared"])
    screenshot(page, "own-compared-dark")
