import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inspectorate.config.cli import main
from inspectorate.register.actions import NewBody, NewResult, record_result, register_body
from inspectorate.register.downloads import as_csv
from inspectorate.register.models import Body

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
MOST_BYTES = 150 * 1024
loaded = pytest.mark.usefixtures("documents_loaded")


@pytest.fixture
def page(client):
    def get(address, status=200):
        answer = client.get(address)
        assert answer.status_code == status, address
        return answer.content.decode()

    return get


def rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def address_of(name, kind="youth_offending_team"):
    return Body.objects.get(name=name, kind=kind).get_absolute_url()


@loaded
@pytest.mark.parametrize(
    "address",
    [
        "/bodies/",
        "/bodies/?q=cumbria&lives=now&sort=region",
        "/programmes/",
        "/programmes/cci/2011-12/",
        "/programmes/omi2/2011-12/",
        "/programmes/iaow/2013-14/",
        "/programmes/fji/2013-14/",
        "/programmes/cci/2011-12/table.csv",
        "/bodies/bodies.csv",
    ],
)
def test_a_page_is_small_and_asks_little_of_the_database(client, address):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(asked) <= MOST_QUERIES
    assert len(answer.content) < MOST_BYTES


@loaded
def test_a_body_with_two_programmes_asks_little_of_the_database(client):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address_of("London", "probation_trust"))
    assert len(asked) <= MOST_QUERIES
    assert len(answer.content) < MOST_BYTES


@loaded
def test_filters_stay_in_the_address_and_in_the_download(page):
    told = page("/bodies/?q=london&kind=probation_trust&sort=kind")
    assert "1 of 135 bodies" in told
    assert "/bodies/bodies.csv?q=london&amp;kind=probation_trust&amp;sort=kind" in told
    assert [row["name"] for row in rows(page("/bodies/bodies.csv?q=london&kind=probation_trust"))] == ["London"]


@loaded
def test_the_download_holds_all_pages(page):
    assert len(rows(page("/bodies/bodies.csv"))) == 135
    assert "1 to 50 of 135 bodies" in page("/bodies/")
    assert "51 to 100 of 135 bodies" in page("/bodies/?page=2")


@loaded
@pytest.mark.parametrize("query", ["kind=circus", "page=ninety", "sort=;drop", "nation=%00", "q=" + "x" * 400])
def test_a_filter_that_is_not_known_asks_for_nothing(page, query):
    assert "135 of 135 bodies" in page(f"/bodies/?{query}")


@loaded
def test_where_nothing_matches_the_page_says_what_to_do(page):
    told = page("/bodies/?q=nowhere")
    assert "No body matches these filters" in told
    assert "There are 135 bodies in all." in told


@loaded
def test_a_body_shows_its_results_as_printed_and_the_flag(page):
    told = page(address_of("Croydon"))
    assert "Full Joint Inspection of youth offending work, 2013-14" in told
    assert "Core Case Inspection of youth offending work, 2011-12" in told
    assert "The document contradicts itself" in told
    assert "3 stars, satisfactory" in told
    assert "Report published July 2013" in told


@loaded
def test_the_flag_stands_on_the_other_page_too(page):
    assert "The document contradicts itself" in page(address_of("Portsmouth"))
    assert "The document contradicts itself" not in page(address_of("Islington"))


@loaded
def test_a_reinspection_is_shown_before_and_after(page):
    told = page(address_of("North Lincolnshire"))
    assert told.index("Original inspection") < told.index("Reinspection")
    assert told.count("Neither row counts") == 1


@loaded
def test_a_body_links_to_what_it_came_from_and_what_became_of_it(page):
    told = page(address_of("Cumbria", "probation_trust"))
    assert "Probation trust, North-West, England. It ended on 31 May 2014." in told
    company = address_of("Cumbria and Lancashire", "community_rehabilitation_company")
    assert f'Replaced by <a class="govuk-link" href="{company}">' in told
    assert "Earlier results stand with the bodies that it came from" in page(company)


def test_an_invented_body_says_so(page, northmoor):
    assert "This body is invented" in page(northmoor.get_absolute_url())


def test_a_body_that_is_not_there(page):
    page("/bodies/0123/", status=404)
    page("/bodies/%00/", status=404)


@loaded
def test_a_programme_year_shows_lowest_highest_median_and_aggregate(page):
    told = page("/programmes/cci/2011-12/")
    assert "Lowest: 44 (Greenwich). Highest: 90 (Camden)." in told
    assert "Lowest: 42 (Greenwich, Lambeth). Highest: 86 (Camden)." in told
    assert told.count('<svg role="img" aria-labelledby="chart-') == 3
    assert "Median, ours" in told
    assert "Aggregate, year before" in told


@loaded
def test_where_no_aggregate_is_printed_the_page_says_so(page):
    assert page("/programmes/fji/2013-14/").count("none printed") == 5


@loaded
def test_a_programme_year_can_be_sorted_by_a_measure(page):
    told = page("/programmes/fji/2013-14/?sort=-governance")
    order = [told.index(f">{name}</a>") for name in ("Peterborough", "Croydon", "Portsmouth")]
    assert order == sorted(order)
    assert 'aria-sort="descending"' in told


@loaded
def test_a_programme_year_as_csv(page):
    table = rows(page("/programmes/fji/2013-14/table.csv"))
    croydon = table[0]
    assert (len(table), croydon["body"], croydon["protecting_the_child"], croydon["protecting_the_child_stars"]) == (
        6,
        "Croydon",
        "55",
        "3",
    )
    assert croydon["flag"].startswith("The document contradicts itself")
    assert [row["visit"] for row in rows(page("/programmes/cci/2011-12/table.csv"))][-2:] == [
        "original",
        "reinspection",
    ]


@loaded
def test_a_programme_year_as_json_is_what_the_command_prints(page, capsys):
    main(["published", "iaow", "2013-14", "--json"])
    assert json.loads(page("/programmes/iaow/2013-14/table.json")) == json.loads(capsys.readouterr().out)


@loaded
def test_a_programme_year_that_is_not_there(page):
    page("/programmes/cci/1999-00/", status=404)


@loaded
def test_what_is_not_released_answers_as_what_does_not_exist(page, by):
    barnet = Body.objects.get(name="Barnet")
    later = timezone.now() + timedelta(hours=1)
    governance = NewResult(programme="fji", year="2013-14", measure="governance", stars=2, visible_from=later)
    record_result(body=barnet, result=governance, by=by)
    addresses = ["/programmes/fji/2013-14/", "/programmes/fji/2013-14/table.csv", "/programmes/fji/2013-14/table.json"]
    assert all("Barnet" not in page(address) for address in addresses)
    assert "Full Joint" not in page(barnet.get_absolute_url())


@loaded
def test_a_result_recorded_since_is_drawn_at_once(page, by):
    barnet = Body.objects.get(name="Barnet")
    record_result(
        body=barnet,
        result=NewResult(programme="fji", year="2013-14", measure="protecting_the_public", per_cent=99),
        by=by,
    )
    assert "7 bodies, from 34 to 99 per cent" in page("/programmes/fji/2013-14/")


def test_a_name_is_shown_and_never_run(page, by):
    body = register_body(
        body=NewBody(name="<script>alert(1)</script>", kind="prison", nation="wales", note="<b>bold</b>"), by=by
    )
    for address in ("/bodies/", body.get_absolute_url()):
        told = page(address)
        assert "<script>alert" not in told
        assert "<b>bold" not in told


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Camden", "Camden"),
        (None, ""),
        (55, "55"),
        ("=1+1", "'=1+1"),
        ("  @sum", "'  @sum"),
        ("\N{NO-BREAK SPACE}=1", "'\N{NO-BREAK SPACE}=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'quoted", "'quoted"),
        ("\tx", "'\tx"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell, expected):
    content = as_csv("bodies", ("name",), [[cell]]).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline="")))[1:] == [[expected]]


def test_the_pages_take_no_writing(client):
    assert [client.post(address).status_code for address in ("/bodies/", "/programmes/")] == [405, 405]
