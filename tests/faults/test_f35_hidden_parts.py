"""F35: nothing hidden leaves: a workbook holds listed parts alone, in sight, with no comment and nobody's name."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from tests.faults import outgoing

ROWS = [["C001", "high"], ["C002", "=1+1"]]


@pytest.mark.parametrize("writer", outgoing.ALL, ids=lambda one: one.__name__)
def test_a_workbook_holds_listed_parts_alone_and_nothing_hidden(writer):
    content = writer(ROWS)
    assert outgoing.faults_of(content) == []
    book = load_workbook(io.BytesIO(content))
    assert {page.sheet_state for page in book} == {"visible"}
    assert not book.defined_names


def hide_a_sheet(book):
    book.create_sheet("Secret").sheet_state = "hidden"


def hide_a_row(book):
    book.active.row_dimensions[1].hidden = True


def comment(book):
    book.active["A1"].comment = Comment("Not this one", "Jane Canary")


def name_an_author(book):
    book.properties.creator = "Jane Canary"


def calculate(book):
    book.active["B1"] = "=1+1"


@pytest.mark.parametrize("change", [hide_a_sheet, hide_a_row, comment, name_an_author, calculate])
def test_what_must_not_be_in_a_workbook_would_be_found(change):
    book, made = Workbook(), io.BytesIO()
    book.active["A1"] = "case"
    book.save(made)
    assert outgoing.faults_of(made.getvalue()) == []
    change(book)
    made = io.BytesIO()
    book.save(made)
    assert outgoing.faults_of(made.getvalue()) != []


def test_every_place_that_writes_a_workbook_is_tried_here():
    root = outgoing.as_xlsx.__file__.partition("/ratings/")[0]
    from pathlib import Path  # noqa: PLC0415 - for this alone

    found = {
        path.relative_to(root).as_posix() for path in Path(root).rglob("*.py") if "Workbook(" in path.read_text("utf-8")
    }
    assert found == {
        "ratings/downloads/as_xlsx.py",
        "ratings/downloads/wide_sheet.py",
        "ui/workbook.py",
    }
