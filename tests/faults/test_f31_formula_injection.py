"""F31: a formula in what somebody typed is kept as typed, and neutral in every CSV and workbook that leaves."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from inspectorate.register.downloads import as_csv as register_csv
from inspectorate.sampling.files import rows_of
from inspectorate.sampling.sheets import as_csv as sampling_csv
from inspectorate.ui.neutral import for_csv, for_sheet, from_csv
from tests.faults import outgoing

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
BEFORE = ["", " ", "  ", "'", "''", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}", "\t"]
HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
    "@SUM(1)",
    "+1",
    "-1",
    "\t=1",
    "＝1+1",
    "  =1",
    "'=1",
]
NASTY = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=30),
    st.builds("{}{}{}".format, st.sampled_from(BEFORE), st.sampled_from(STARTS), st.text(max_size=20)),
)
WRITERS = {"sampling": sampling_csv, "register": lambda heads, rows: register_csv("rows", heads, rows).content}


def rows_in(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]


@pytest.mark.parametrize("writer", WRITERS)
@settings(deadline=None, max_examples=30)
@given(texts=st.lists(NASTY, min_size=1, max_size=6))
def test_no_cell_of_a_csv_begins_a_formula_and_every_text_comes_back_as_typed(writer, texts):
    found = rows_in(WRITERS[writer](["first", "second"], [[text, "x"] for text in texts]))
    assert len(found) == len(texts)
    for cell, text in zip((row[0] for row in found), texts, strict=True):
        assert cell.strip()[:1] not in set(STARTS)
        assert from_csv(cell) == text


@pytest.mark.parametrize("writer", outgoing.OF_ROWS, ids=lambda one: one.__name__)
@settings(deadline=None, max_examples=15)
@given(texts=st.lists(NASTY.map(for_sheet), min_size=1, max_size=5))
def test_no_cell_of_a_workbook_is_a_formula_and_every_text_comes_back(writer, texts):
    content = writer([[text, "x"] for text in texts])
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    cells = list(page.iter_rows(min_row=2))
    assert len(cells) == len(texts)
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n", "inlineStr"}
    assert not [fault for fault in outgoing.faults_of(content) if "formula" in fault]
    found = [row[0].value or "" for row in cells]
    assert found == [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_file_that_went_out_and_comes_back_gives_what_was_typed(text):
    rows = rows_of("list.csv", sampling_csv(["case", "note"], [["C1", text]]))
    assert from_csv(rows[1][1]) == text
    assert for_csv(text).startswith("'")
