"""F32: as many rows leave as there are, or the file is refused; identifiers, dates and zeros stay as they are."""

import io

import pytest
from openpyxl import load_workbook

from inspectorate.methodology.refusals import RefusedError
from inspectorate.ratings.downloads import IncompleteError
from inspectorate.sampling.files import rows_of
from inspectorate.sampling.sheets import as_csv, as_xlsx
from inspectorate.ui.neutral import LONGEST_CELL, MOST_ROWS, that_fit
from tests.faults import outgoing

KEPT = ["007", "MARCH1", "1/2", "10-11", "1E5", "0012345678901234567890", "2026-11-21", "TRUE", "1.0", "SEPT2"]


@pytest.mark.parametrize("writer", outgoing.OF_ROWS, ids=lambda one: one.__name__)
def test_identifiers_stay_text_in_every_workbook(writer):
    content = writer([[text, "x"] for text in KEPT])
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [row[0].value for row in page.iter_rows(min_row=2)] == KEPT
    assert [row[0] for row in rows_of("list.xlsx", content)][1:] == KEPT


def test_a_text_that_no_cell_can_hold_is_refused_and_never_cut():
    fits, too_long = "x" * LONGEST_CELL, "x" * (LONGEST_CELL + 1)
    assert rows_of("list.xlsx", as_xlsx(["a"], [[fits]]))[1] == [fits]
    with pytest.raises(RefusedError, match="32,768 characters"):
        as_xlsx(["a"], [[too_long]])
    with pytest.raises(IncompleteError, match="longer than a cell"):
        outgoing.by_ratings([[too_long, "x"]])
    assert rows_of("list.csv", as_csv(["a"], [[too_long]]))[1] == [too_long]


def test_one_row_more_than_a_sheet_holds_is_refused():
    row = ["x"]
    assert len(list(that_fit([row], heads=MOST_ROWS - 1))) == 1
    with pytest.raises(RefusedError, match="1,048,576 rows"):
        list(that_fit([row, row], heads=MOST_ROWS - 1))


def test_the_old_kind_of_workbook_with_its_65536_rows_is_never_written():
    assert all(content[:2] == b"PK" for content in (writer([["x", "y"]]) for writer in outgoing.ALL))


@pytest.mark.nightly
@pytest.mark.database("sqlite")  # it asks no database: once is enough
def test_as_many_rows_leave_as_there_are_beyond_the_old_limit_and_up_to_the_new():
    for count in (65_537, MOST_ROWS - 1):
        rows = [[f"C{number:07d}"] for number in range(count)]
        content = as_xlsx(["case"], rows)
        page = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        last = number = 0
        for number, (last,) in enumerate(page.iter_rows(min_row=2, values_only=True), 1):  # noqa: B007 - the last counts
            pass
        assert (number, last) == (count, rows[-1][0])
        assert rows_of("list.csv", as_csv(["case"], rows))[-1] == rows[-1]


@pytest.mark.nightly
@pytest.mark.database("sqlite")  # it asks no database: once is enough
def test_a_million_rows_and_more_go_out_as_csv_and_not_as_a_workbook():
    rows = [["C1"]] * 1_048_577
    assert as_csv(["case"], rows).count(b"\r\n") == 1_048_578
    with pytest.raises(RefusedError, match="take the CSV"):
        as_xlsx(["case"], rows)
