"""Every figure of the JSON files is shown by a table of a page, or listed with the reason why not.

The files are read and walked here without the program's own reader; what is shown comes from the database.
"""

import json
import re
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from inspectorate.register import queries
from inspectorate.register.actions import load_published_record
from inspectorate.register.models import PublishedProgrammeYear

FOLDER = Path(__file__).resolve().parents[2] / "published"
FILES = ("aggregates", "hours_and_money", "more_figures")
AT = datetime(2026, 11, 21, tzinfo=UTC)
NOT_REPRODUCED = yaml.safe_load((FOLDER / "not-reproduced.yaml").read_text(encoding="utf-8"))
pytestmark = pytest.mark.django_db


def leaves(node, place):
    """Yield (place, value) of every value of a file."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from leaves(inner, f"{place}/{key}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from leaves(inner, f"{place}/{index}")
    elif node is not None:
        yield place, node


PRINTED = {
    place: value
    for file in FILES
    for place, value in leaves(json.loads((FOLDER / f"{file}.json").read_text(encoding="utf-8")), file)
}
FIGURES = {place: value for place, value in PRINTED.items() if isinstance(value, int | float)}


@pytest.fixture(scope="module")
def pages(for_the_module):  # noqa: ARG001 - it opens the database
    """Every page with sheets, as the database gives it."""
    load_published_record(by=("system", "loader"), at=AT)
    heads = PublishedProgrammeYear.objects.values_list("programme", "year")
    return [queries.programme_year(*pair, at=AT) for pair in heads]


@pytest.fixture(scope="module")
def shown(pages):
    """Map a place in the files to every cell that shows what stands there."""
    found = {}
    for cell in (cell for page in pages for sheet in page.sheets for cell in sheet.cells):
        for part in cell.parts:
            found.setdefault(part.key, []).append(cell)
    return found


def listed(place, kind):
    """Whether a place is in the list of what is not reproduced; a star stands for one step or a part of one."""
    return any(
        place.count("/") == one["place"].count("/") and fnmatchcase(place, one["place"]) for one in NOT_REPRODUCED[kind]
    )


def test_every_figure_is_shown_or_listed(shown):
    assert len(FIGURES) == 548
    assert sorted(place for place in FIGURES if place not in shown and not listed(place, "figures")) == []


def test_nothing_that_is_shown_is_listed_as_not_reproduced(shown):
    assert [place for place in FIGURES if place in shown and listed(place, "figures")] == []


def test_every_figure_is_shown_to_the_digit(shown):
    for place, figure in FIGURES.items():
        for cell in shown[place]:
            said = [float(words) for words in re.findall(r"\d+(?:\.\d+)?", cell.text.replace(",", ""))]
            assert float(figure) in said, (place, figure, cell.text)


def test_what_the_database_says_a_figure_is_read_from_holds_that_figure(shown):
    for place, cells in shown.items():
        told = {part.value for cell in cells for part in cell.parts if part.key == place}
        assert told == {PRINTED[place]}, place


def test_every_text_of_the_files_is_shown_or_listed(shown):
    texts = [place for place, value in PRINTED.items() if isinstance(value, str)]
    kinds = ("words", "pictures")
    assert [place for place in texts if place not in shown and not any(listed(place, kind) for kind in kinds)] == []


def test_every_reason_stands_for_something():
    for kind, entries in NOT_REPRODUCED.items():
        for entry in entries:
            assert entry["reason"].endswith("."), entry
            assert [place for place in PRINTED if listed(place, kind)] != [], entry


def test_every_flag_of_the_files_is_a_flag_of_a_page(pages):
    flags = {part.key for page in pages for sheet in page.sheets for flag in sheet.flags for part in flag.parts}
    wanted = {place for place in PRINTED if re.search(r"/flags?(/\d+)?$", place)}
    assert len(wanted) == 9
    assert wanted - flags == set()


def test_every_contradiction_is_told(shown):
    told = [place for place in PRINTED if re.fullmatch(r"more_figures/contradictions_in_the_documents/\d+/what", place)]
    assert len(told) == 10
    assert all(place in shown for place in told)


def test_what_is_derived_is_never_shown_as_printed(shown):
    derived = [place for place in FIGURES if "derived" in place or place.endswith("_sum") or "printed_sums" in place]
    assert len(derived) == 53
    assert [place for place in derived if not all(cell.ours for cell in shown[place])] == []


def test_a_picture_is_marked_where_its_value_would_stand(pages):
    rows = {
        part.key: line.cells[1].text
        for page in pages
        for sheet in page.sheets
        for line in sheet.lines
        for part in line.cells[0].parts
        if "images_only" in part.key
    }
    assert sorted(rows) == sorted(one["place"] for one in NOT_REPRODUCED["pictures"])
    assert set(rows.values()) == {"Printed as a picture, value not available"}


def test_a_finding_that_is_phrased_as_a_failing_is_marked(pages):
    failing = {
        line.cells[1].parts[0].key.rsplit("/", 1)[1]
        for page in pages
        for sheet in page.sheets
        for line in sheet.lines
        if line.failing
    }
    assert failing == {
        "managers_not_effectively_involved_risk_of_harm",
        "managers_not_effectively_involved_child_protection",
        "concerned_about_staffing_in_court",
        "management_oversight_not_well_enough",
    }


def test_shares_that_do_not_add_up_to_a_hundred_are_left_so(pages):
    sums = []
    for page in pages:
        for sheet in (sheet for sheet in page.sheets if sheet.draw == "stack"):
            for line in sheet.lines:
                *shares, total = [cell.value for cell in line.cells[1:]]
                assert sum(shares) == total
                sums.append(total)
    assert sums == [100, 99, 100, 99, 100, 100, 101, 99]
