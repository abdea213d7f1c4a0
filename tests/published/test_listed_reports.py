"""The lists of reports: 67 in 2011-12 and 49 in 2013-14, each as it is listed; walked in the file by itself."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspectorate.register import queries
from inspectorate.register.actions import load_published_record
from inspectorate.register.models import Body
from inspectorate.register.queries import ReportSearch

FOLDER = Path(__file__).resolve().parents[2] / "published"
MORE = json.loads((FOLDER / "more_figures.json").read_text(encoding="utf-8"))
AT = datetime(2026, 11, 21, tzinfo=UTC)
YEARS = [("2011-12", "publications_2011_12", 67), ("2013-14", "publications_2013_14", 49)]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def loaded(for_the_module):  # noqa: ARG001 - it opens the database
    return load_published_record(by=("system", "loader"), at=AT)


def found(**search):
    return list(queries.find_reports(ReportSearch(**search), at=AT))


@pytest.mark.parametrize(("year", "place", "number"), YEARS)
def test_every_report_is_there_as_listed(year, place, number):
    listed = [
        (report["title"], datetime.strptime(report["month"], "%B %Y").strftime("%Y-%m"))  # noqa: DTZ007 - a month
        for reports in MORE[place]["lists"].values()
        for report in reports
    ]
    assert [(report.title, report.month) for report in found(year=year)] == listed
    assert len(listed) == number
    assert number == (MORE[place]["printed_total"] or MORE[place]["counted_total"])


def test_reports_by_programme_are_as_many_as_counted():
    counts = queries.report_counts(at=AT)
    first, second = MORE["publications_2011_12"]["counts"], MORE["publications_2013_14"]["counts"]
    assert counts == {
        ("2011-12", "omi2"): first["omi2"],
        ("2011-12", "cci"): first["cci_including_reinspections"],
        ("2011-12", "thematic"): first["thematic"],
        ("2013-14", "iaow"): second["iaow"],
        ("2013-14", "fji"): second["fji"],
        ("2013-14", "sqs"): second["sqs"],
        ("2013-14", "thematic"): second["thematic"],
        ("2013-14", "prison_omi"): second["prison_omi_aggregate"],
        ("2013-14", "cci"): second["cci_aggregate"],
    }
    assert sum(first.values()) == MORE["activity_2011_12"]["reports_published"] == 67
    assert second["thematic"] == MORE["activity_2013_14"]["thematic_reports_published"]


def test_only_reports_about_one_body_have_one():
    kinds = Counter((report.kind, report.body is not None) for report in found())
    assert kinds == {
        ("inspection", True): 101,
        ("reinspection", True): 2,
        ("thematic", False): 11,
        ("aggregate", False): 2,
    }


def test_the_reinspections_are_those_of_the_list():
    names = [report.body.name for report in found(kind="reinspection")]
    assert names == ["Hartlepool", "Bournemouth and Poole"]


def test_reports_of_the_year_are_those_that_we_derived():
    derived = MORE["publications_2011_12"]["derived"]
    of_table = {row.body_id for row in queries.programme_year("omi2", "2011-12", at=AT).tables[0].rows}
    published = {report.body.public_id for report in found(programme="omi2")}
    assert len(of_table & published) == derived["omi2_2011_12_published_by_31_march_2012"]
    missing = Body.objects.filter(public_id__in=of_table - published).values_list("name", flat=True)
    assert sorted(missing) == sorted(derived["omi2_2011_12_not_yet_published"])
    of_table = {row.body_id for row in queries.programme_year("cci", "2011-12", at=AT).tables[0].rows}
    published = {report.body.public_id for report in found(programme="cci", kind="inspection")}
    assert len(of_table & published) == derived["cci_2011_12_inspections_published_by_31_march_2012"]
    assert len(of_table - published) == derived["cci_2011_12_inspections_not_yet_published"]


def test_what_is_odd_in_the_lists_is_flagged_and_not_mended():
    flagged = {report.title: (report.month, report.flag) for report in found() if report.flag}
    assert flagged == {
        "Third Aggregate Report": (
            "2012-07",
            (
                "The document contradicts itself. The list gives July 2012, paragraph 3.2 says December 2013. "
                "Both are kept."
            ),
        )
    }
    assert [report.title for report in found(words="Blaenau")] == ["Blanaeu Gwent and Caerphilly"]


def test_a_body_has_its_reports_latest_first():
    croydon = Body.objects.get(name="Croydon")
    assert [(one.month, one.programme) for one in queries.reports_of(croydon, at=AT)] == [
        ("2013-07", "fji"),
        ("2012-03", "cci"),
    ]
    assert list(queries.reports_of(croydon, at=datetime(2026, 1, 1, tzinfo=UTC))) == []
