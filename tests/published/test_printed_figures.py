"""Every figure that the documents print comes out of the database as it was printed.

The files are read here once more, without the program's own reader, so that a fault in that reader would show.
"""

import csv
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspectorate.register import published, queries
from inspectorate.register.actions import load_published_record
from inspectorate.register.models import PublishedFigure, PublishedResult
from inspectorate.register.tables import summarise

FOLDER = Path(__file__).resolve().parents[2] / "published"
AT = datetime(2026, 11, 21, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
YEARS = [("omi2", "2011-12"), ("cci", "2011-12"), ("iaow", "2013-14"), ("fji", "2013-14")]


def rows_of(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


AGGREGATES = json.loads((FOLDER / "aggregates.json").read_text(encoding="utf-8"))
MORE = json.loads((FOLDER / "more_figures.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def loaded(for_the_module):  # noqa: ARG001 - it opens the database
    return load_published_record(by=("system", "loader"), at=AT)


def cells(programme, year, table="headline"):
    """Return {(body, visit): {measure: (per cent, stars)}} from the database."""
    found = queries.programme_year(programme, year, at=AT)
    codes = [measure.code for measure in found.measures]
    return {
        (row.body, row.visit): {
            code: (value.per_cent, value.stars)
            for code, value in zip(codes, row.values, strict=True)
            if value is not None
        }
        for one in found.tables
        if one.code == table
        for row in one.rows
    }


def wide(name, **only):
    """Return the same from a file with one row for each body."""
    facts = ("body", "visit", "focus")
    return {
        (row["body"], row.get("visit", "original")): {
            code: (int(figure), None) for code, figure in row.items() if code not in facts
        }
        for row in rows_of(name)
        if all(row[key] == value for key, value in only.items())
    }


def summaries(programme, year, table="headline"):
    found = queries.programme_year(programme, year, at=AT)
    one = next(one for one in found.tables if one.code == table)
    return {summary.measure.code: summary for summary in summarise(found, one)}


def printed(programme, year, of, statistic, table="headline"):
    return {
        code: summary.printed[of, statistic]
        for code, summary in summaries(programme, year, table).items()
        if (of, statistic) in summary.printed
    }


def test_the_load_counts_what_the_files_hold(loaded):
    assert loaded.results == 11 * 3 + 53 * 3 + 2 * 3 + 11 * 5 + 6 * 5
    assert PublishedResult.objects.count() == 283
    assert PublishedFigure.objects.count() == 2 * 3 + 6 * 3 + 2 * 5


@pytest.mark.parametrize(("programme", "year"), YEARS)
def test_the_database_gives_back_what_the_folder_holds(programme, year):
    assert queries.programme_year(programme, year, at=AT) == published.read(programme, year)


def test_what_has_no_table_of_bodies_comes_back_too():
    others = [pair for pair in published.programme_years() if pair not in YEARS]
    assert len(others) == 11
    assert [queries.programme_year(*pair, at=AT) for pair in others] == [published.read(*pair) for pair in others]


def test_every_cell_of_offender_management_inspection_2():
    assert cells("omi2", "2011-12") == wide("omi2_headline_2011_12.csv")
    assert len(cells("omi2", "2011-12")) == MORE["activity_2011_12"]["inspections"]["omi2"] == 11


def test_every_cell_of_the_core_case_inspection():
    assert cells("cci", "2011-12") == wide("cci_headline_2011_12.csv")
    assert len(cells("cci", "2011-12")) == AGGREGATES["cci_2011_12"]["inspections"] == 53


def test_the_reinspection_of_north_lincolnshire_before_and_after():
    assert cells("cci", "2011-12", "reinspection") == wide("cci_reinspection_2011_12.csv")
    assert cells("cci", "2011-12", "reinspection") == {
        ("North Lincolnshire", "original"): {
            "safeguarding": (37, None),
            "risk_of_harm": (36, None),
            "likelihood_of_reoffending": (43, None),
        },
        ("North Lincolnshire", "reinspection"): {
            "safeguarding": (84, None),
            "risk_of_harm": (81, None),
            "likelihood_of_reoffending": (83, None),
        },
    }


def test_the_reinspection_counts_in_no_summary():
    found = queries.programme_year("cci", "2011-12", at=AT)
    assert [summarise(found, table) == () for table in found.tables] == [False, True]


@pytest.mark.parametrize("focus", ["violent offences", "protecting children"])
def test_every_cell_of_adult_offending_work_by_focus(focus):
    table = focus.replace(" ", "_")
    assert cells("iaow", "2013-14", table) == wide("iaow_headline_2013_14.csv", focus=focus)
    assert len(cells("iaow", "2013-14", table)) == AGGREGATES["iaow_2013_14"][focus]["inspections"]


def test_every_cell_of_the_full_joint_inspection():
    expected = {}
    for row in rows_of("fji_headline_2013_14.csv"):
        figures = (int(row["percent"]) if row["percent"] else None, int(row["stars"]))
        expected.setdefault((row["body"], "original"), {})[row["theme"]] = figures
    assert cells("fji", "2013-14") == expected
    assert len(expected) == MORE["activity_2013_14"]["inspections"]["fji"] == 6


def test_aggregates_of_offender_management_inspection_2():
    assert printed("omi2", "2011-12", "year", "aggregate") == AGGREGATES["omi2"]["headline_2011_12"]
    assert (
        printed("omi2", "2011-12", "programme_to_date", "aggregate") == AGGREGATES["omi2"]["headline_programme_to_date"]
    )


@pytest.mark.parametrize("statistic", ["aggregate", "lowest", "highest"])
def test_lowest_highest_and_aggregate_of_the_core_case_inspection(statistic):
    headline = AGGREGATES["cci_2011_12"]["headline"]
    assert printed("cci", "2011-12", "year", statistic) == {code: of[statistic] for code, of in headline.items()}
    assert printed("cci", "2011-12", "previous_year", statistic) == {
        code: of["previous_year"][statistic] for code, of in headline.items()
    }


def test_the_printed_lowest_and_highest_are_those_of_the_table_and_so_are_the_bodies():
    extremes = MORE["derived_from_tables"]["cci_extremes"]
    for code, summary in summaries("cci", "2011-12").items():
        assert summary.lowest.value == summary.printed["year", "lowest"]
        assert summary.highest.value == summary.printed["year", "highest"]
        assert list(summary.lowest.bodies) == extremes[code]["lowest"]
        assert list(summary.highest.bodies) == extremes[code]["highest"]


@pytest.mark.parametrize("focus", ["violent offences", "protecting children"])
def test_aggregates_of_adult_offending_work_by_focus(focus):
    expected = {code: figure for code, figure in AGGREGATES["iaow_2013_14"][focus].items() if code != "inspections"}
    assert printed("iaow", "2013-14", "year", "aggregate", focus.replace(" ", "_")) == expected


def test_the_full_joint_inspection_prints_no_aggregate_and_none_is_made_up():
    assert all(not summary.printed for summary in summaries("fji", "2013-14").values())


MEDIANS = [  # worked out by hand from the printed tables
    ("omi2", "2011-12", "headline", [78, 78, 79]),
    ("cci", "2011-12", "headline", [69, 63, 73]),
    ("iaow", "2013-14", "violent_offences", [79, 80.5, 74, 71, 77]),
    ("iaow", "2013-14", "protecting_children", [85, 77, 66, 67, 66]),
    ("fji", "2013-14", "headline", [60, 57, 60.5, 71.5, 2]),
]


@pytest.mark.parametrize(("programme", "year", "table", "expected"), MEDIANS)
def test_our_median(programme, year, table, expected):
    assert [summary.median for summary in summaries(programme, year, table).values()] == expected


def test_the_general_criteria_are_those_printed():
    omi2 = queries.programme_year("omi2", "2011-12", at=AT).also_printed[0]
    assert [figure for _, figure in omi2.figures] == list(AGGREGATES["omi2"]["general_criteria_2011_12"].values())
    cci = queries.programme_year("cci", "2011-12", at=AT).also_printed[0]
    general = AGGREGATES["cci_2011_12"]["general_criteria"].values()
    assert [figure for _, figure in cci.figures] == [figure for part in general for figure in part.values()]


def test_the_contradiction_of_croydon_and_portsmouth_is_kept_and_flagged():
    found = queries.programme_year("fji", "2013-14", at=AT)
    flagged = {
        row.body: (value.per_cent, value.stars)
        for row in found.tables[0].rows
        for value in row.values
        if value is not None and value.flag
    }
    assert flagged == {"Croydon": (55, 3), "Portsmouth": (55, 2)}
    assert len(found.flags) == 1


def test_report_months_are_those_of_the_lists_of_publications():
    of_reports = {
        pair: sum(bool(row.report_month) for table in published.read(*pair).tables for row in table.rows)
        for pair in YEARS
    }
    assert of_reports == {
        ("omi2", "2011-12"): MORE["publications_2011_12"]["derived"]["omi2_2011_12_published_by_31_march_2012"],
        ("cci", "2011-12"): MORE["publications_2011_12"]["derived"][
            "cci_2011_12_inspections_published_by_31_march_2012"
        ],
        ("iaow", "2013-14"): MORE["publications_2013_14"]["counts"]["iaow"],
        ("fji", "2013-14"): 4,
    }


def test_regions_hold_as_many_teams_as_the_document_counts():
    region_of = {body.public_id: body.region for body in published.bodies()}
    regions = [region_of[row.body_id] for row in published.read("cci", "2011-12").tables[0].rows]
    counted = {region: regions.count(region) for region in dict.fromkeys(regions)}
    assert counted == MORE["activity_2011_12"]["cci_by_region"]


def test_local_delivery_units_are_those_named():
    names = {body.public_id: body.name for body in published.bodies()}
    for units in published.local_delivery_units():
        printed_units = MORE["local_delivery_units_inspected"][names[units.body]]
        assert list(units.names) == printed_units["names"]
        assert (len(units.names), units.of) == (printed_units["inspected"], printed_units["of"])


def test_no_file_of_the_folder_has_changed():
    lines = (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    files = [path for path in FOLDER.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert told == {str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_body_has_a_name_and_id_of_its_own():
    bodies = published.bodies()
    assert len({body.public_id for body in bodies}) == len(bodies) == len({(body.kind, body.name) for body in bodies})
    assert all(len(body.public_id) == 32 for body in bodies)
