"""The pages, files and facts of the printed tables beside the scores, and of the lists of reports."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inspectorate.config.cli import main
from inspectorate.register import published, queries
from inspectorate.register.actions import load_published_record
from inspectorate.register.models import Body, PublishedProgrammeYear, PublishedReport, PublishedSheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents_loaded")]
MOST_QUERIES = 12
MOST_BYTES = 150 * 1024
PAGES = [
    "/programmes/sqs/2013-14/",
    "/programmes/prison_omi/2011-12/",
    "/programmes/prison_omi/2013-14/",
    "/programmes/thematic/2011-12/",
    "/programmes/thematic/2013-14/",
    "/years/",
    *(f"/years/{year}/" for year in ("2006-07", "2011-12", "2012-13", "2013-14", "2014-15", "2017-20")),
    "/years/2011-12/table.json",
    "/years/2011-12/tables.csv",
    "/programmes/cci/2011-12/tables.csv",
    "/reports/",
    "/reports/?q=london&year=2011-12&sort=-month",
    "/reports/reports.csv",
]


@pytest.fixture
def page(client):
    def get(address, status=200):
        answer = client.get(address)
        assert answer.status_code == status, address
        return answer.content.decode()

    return get


def rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_small_and_asks_little_of_the_database(client, address):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(asked) <= MOST_QUERIES
    assert len(answer.content) < MOST_BYTES


def test_a_sheet_stands_with_its_base_source_notes_and_flags(page):
    told = page("/programmes/cci/2011-12/")
    assert "Lowest, highest and aggregate, last year in brackets" in told
    assert "44 (37)" in told
    assert "1,008 returns from case managers." in told
    assert "Text and chart use different cuts" in told
    assert "3.14 and chart" in told
    assert told.count("General criteria, all inspections of the year") < 6  # the sheet takes the place of the old list


def test_what_is_ours_says_so(page):
    assert "ours, not printed" in page("/years/2011-12/")
    assert "Ours, not printed." in page("/years/2014-15/")


def test_a_picture_is_marked_and_a_failing_too(page):
    assert "Printed as a picture, value not available" in page("/programmes/sqs/2013-14/")
    assert page("/programmes/omi2/2011-12/").count("phrased as a failing") == 3


def test_a_sheet_as_csv_is_the_sheet_of_the_page(page):
    told = rows(page("/programmes/cci/2011-12/tables/practitioners.csv"))
    assert len(told) == 4
    assert list(told[1].values()) == ["We paid attention to race equality and diversity", "86", "12", "1", "99"]


def test_all_sheets_as_csv_are_a_figure_a_line(page):
    told = rows(page("/years/2013-14/tables.csv"))
    total = next(row for row in told if (row["table"], row["row"]) == ("reports", "Total"))
    assert (total["value"], total["printed_or_ours"]) == ("49", "ours")
    assert {row["document"] for row in told} == {"HM Inspectorate of Probation, Annual Report 2013-14 (July 2014)"}
    money = next(row for row in told if row["row"] == "Communications")
    assert (money["unit"], money["value"]) == ("£", "36000")


@pytest.mark.parametrize(
    "address", ["/years/1999-00/", "/years/2011-12/tables/none.csv", "/programmes/cci/2006-07/", "/years/cci/"]
)
def test_what_is_not_there_is_not_found(page, address):
    page(address, status=404)


def test_a_year_as_json_is_what_the_command_prints(page, capsys):
    main(["published", "organisation", "2011-12", "--json"])
    assert json.loads(page("/years/2011-12/table.json")) == json.loads(capsys.readouterr().out)


def test_reports_are_searched_filtered_and_downloaded(page):
    assert "116 of 116 reports" in page("/reports/")
    assert "2 of 116 reports" in page("/reports/?q=croydon")
    assert "28 of 116 reports" in page("/reports/?programme=sqs&year=2013-14")
    assert "2 of 116 reports" in page("/reports/?kind=reinspection")
    assert "No report matches these filters" in page("/reports/?q=nowhere")
    told = rows(page("/reports/reports.csv?programme=fji&sort=month"))
    assert [row["title"] for row in told][:2] == ["Blackpool", "Powys"]
    assert len(rows(page("/reports/reports.csv"))) == 116


@pytest.mark.parametrize("query", ["kind=circus", "page=ninety", "sort=;drop", "year=%00", "q=" + "x" * 400])
def test_a_filter_that_is_not_known_asks_for_nothing(page, query):
    assert "116 of 116 reports" in page(f"/reports/?{query}")


def test_a_title_that_a_spreadsheet_would_run_is_made_harmless(page):
    PublishedReport.objects.filter(title="Dorset").update(title="=1+1")
    assert rows(page("/reports/reports.csv?q=1%2B1"))[0]["title"] == "'=1+1"


def test_a_body_shows_its_reports(page):
    dorset = page(Body.objects.get(name="Dorset").get_absolute_url())
    assert "Reports published" in dorset
    assert "May 2011" in dorset
    assert "Reports published" not in page(Body.objects.get(name="National Probation Service").get_absolute_url())


def test_what_is_not_released_answers_as_what_does_not_exist(page):
    later = timezone.now() + timedelta(hours=1)
    PublishedSheet.objects.filter(programme_year__programme="sqs").update(visible_from=later)
    PublishedReport.objects.filter(programme="sqs").update(visible_from=later)
    page("/programmes/sqs/2013-14/", status=404)
    assert "sqs" not in page("/programmes/")
    assert "88 of 88 reports" in page("/reports/")
    assert rows(page("/reports/reports.csv?programme=sqs")) == []


def test_a_sheet_that_has_changed_gets_a_further_version_and_the_earlier_one_stays():
    sheet = PublishedSheet.objects.get(programme_year__programme="sqs", code="disposals")
    PublishedSheet.objects.filter(pk=sheet.pk).update(body=sheet.body | {"title": "A slip of ours"})
    at = timezone.now()
    loaded = load_published_record(by=("system", "loader"), at=at)
    assert (loaded.sheets, loaded.results, loaded.reports) == (1, 0, 0)
    versions = PublishedSheet.objects.filter(programme_year__programme="sqs", code="disposals").order_by("version")
    assert [one.body["title"] for one in versions] == ["A slip of ours", sheet.body["title"]]
    assert queries.programme_year("sqs", "2013-14", at=at) == published.read("sqs", "2013-14")
    before = queries.programme_year("sqs", "2013-14", at=at - timedelta(seconds=1))
    assert "A slip of ours" in [one.title for one in before.sheets]


def test_a_report_is_known_by_its_title_and_not_listed_twice():
    PublishedReport.objects.filter(year="2013-14").update(position=F("position") + 100)
    assert load_published_record(by=("system", "loader")).reports == 0


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("register_sheet_version_once", {}),
        ("register_sheet_version_from_one", {"version": 0}),
        ("register_sheet_has_a_code", {"code": ""}),
    ],
)
def test_the_database_holds_what_is_true_of_a_sheet(name, changed):
    head = PublishedProgrammeYear.objects.get(programme="sqs")
    facts = {"code": "disposals", "version": 1, "position": 0, "body": {}, "visible_from": timezone.now()} | changed
    with pytest.raises(IntegrityError, match=violated(name)), transaction.atomic():
        PublishedSheet.objects.create(programme_year=head, **facts)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("register_report_has_its_place", {"position": 0}),
        ("register_report_has_a_title", {"title": ""}),
        ("register_report_kind_is_known", {"kind": "rumour"}),
    ],
)
def test_the_database_holds_what_is_true_of_a_report(name, changed):
    facts = {"year": "2013-14", "position": 900, "programme": "fji", "kind": "inspection", "title": "Northmoor"}
    with pytest.raises(IntegrityError, match=violated(name)), transaction.atomic():
        PublishedReport.objects.create(**(facts | changed), month="2013-05", visible_from=timezone.now())


def violated(name):
    """The constraint's name; SQLite names the columns where a unique one is broken."""
    columns = {
        "register_sheet_version_once": "publishedsheet.programme_year_id",
        "register_report_has_its_place": "publishedreport.year",
    }
    return columns.get(name, name) if connection.vendor == "sqlite" else name
