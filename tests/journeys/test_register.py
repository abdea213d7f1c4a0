"""The register and the published record in a real browser: small phones, the keyboard, dark, print, accessibility."""

import pytest
from playwright.sync_api import expect

from inspectorate.register.actions import load_published_record
from inspectorate.register.models import Body

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("record_of_the_documents")]
ADDRESSES = [
    "/bodies/",
    "/bodies/?q=nowhere",
    "/programmes/",
    "/programmes/cci/2011-12/",
    "/programmes/iaow/2013-14/",
    "/programmes/fji/2013-14/",
    "/programmes/omi2/2011-12/",
    "/programmes/sqs/2013-14/",
    "/programmes/thematic/2013-14/",
    "/years/",
    "/years/2006-07/",
    "/years/2011-12/",
    "/years/2017-20/",
    "/reports/",
    "/reports/?q=nowhere",
]
BODIES = [("Croydon", "youth_offending_team"), ("London", "probation_trust"), ("Probation Service", "national_service")]


def loaded():
    load_published_record(by=("system", "loader"))


@pytest.fixture
def record_of_the_documents(transactional_db, once):  # noqa: ARG001 - the server reads the same database
    once(loaded)


def address_of(name, kind):
    return Body.objects.get(name=name, kind=kind).get_absolute_url()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_accessible_fits_a_small_phone_and_is_small(page, for_everybody, transferred, address):
    transferred(page, address)
    for_everybody(page)


@pytest.mark.parametrize(("name", "kind"), BODIES)
def test_a_body_is_accessible_and_fits_a_small_phone(page, for_everybody, name, kind):
    page.goto(address_of(name, kind))
    for_everybody(page)


def test_a_body_is_found_with_the_keyboard_alone(page, tab_through):
    page.goto("/bodies/")
    assert "a Cambridgeshire" in tab_through(page)
    page.get_by_label("Name, now or before").focus()
    page.keyboard.type("croydon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 of 135 bodies")
    page.get_by_role("link", name="Croydon").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Croydon Youth Offending Team")


def test_a_filtered_list_can_be_kept_sorted_and_downloaded(page):
    page.goto("/bodies/")
    page.get_by_label("Kind").select_option("probation_trust")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Region").click()
    page.wait_for_url("**/bodies/?kind=probation_trust&sort=region")
    expect(page.get_by_role("status")).to_have_text("20 of 135 bodies")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert len(download.value.path().read_text("utf-8-sig").splitlines()) == 21


def test_a_chart_is_an_image_with_a_name_and_the_table_stands_beside_it(page):
    page.goto("/programmes/cci/2011-12/")
    chart = page.get_by_role("img", name="Safeguarding, headline scores for individual inspections")
    expect(chart).to_be_visible()
    expect(page.get_by_role("row", name="Camden 90 86 84")).to_be_visible()


def test_the_history_of_a_body_can_be_followed_to_today(page):
    page.goto(address_of("Cumbria", "probation_trust"))
    page.get_by_role("link", name="National Probation Service").click()
    page.get_by_role("link", name="Probation Service", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Probation Service")


def test_a_programme_year_prints_without_what_is_for_the_screen(page):
    page.goto("/programmes/fji/2013-14/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_a_table_is_reached_from_the_contents_and_kept_as_a_file(page):
    page.goto("/programmes/cci/2011-12/")
    page.get_by_text("All 15 tables on this page").click()
    page.get_by_role("link", name="What victims said", exact=True).click()
    page.wait_for_url("**#sheet-victims")
    expect(page.get_by_role("row", name="Attention was paid to their safety 89")).to_be_visible()
    with page.expect_download() as download:
        page.locator("a[href$='tables/victims.csv']").click()
    assert len(download.value.path().read_text("utf-8-sig").splitlines()) == 4


def test_a_report_leads_to_its_body_and_back_to_the_programme(page):
    page.goto("/reports/")
    page.get_by_label("Title or body").fill("tower hamlets")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_have_text("1 of 116 reports")
    page.get_by_role("link", name="Tower Hamlets and City of London Youth Offending Team").click()
    expect(page.get_by_role("heading", name="Reports published")).to_be_visible()


def test_a_year_prints_with_its_tables_and_without_what_is_for_the_screen(page):
    page.goto("/years/2011-12/")
    expect(page.locator("a[href$='tables/budget.csv']")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Diversity of staff, end of 2011")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator("a[href$='tables/budget.csv']")).to_be_hidden()
