"""XLSX: a new workbook with visible sheets, text written as text, no formula, no macro, no name of a person."""

import io
from datetime import datetime

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as BookCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from inspectorate.ratings.downloads import IncompleteError
from inspectorate.ratings.downloads.rows import Cell, Sheet
from inspectorate.ui.neutral import for_sheet
from inspectorate.ui.workbook import write_text

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
WIDEST = 60


def make(sheets: list[Sheet], *, title: str, at: datetime) -> bytes:
    """Return the tables as a workbook; raise IncompleteError where what is read back differs from what was put in."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.title = "Inspectorate", for_sheet(title)
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise IncompleteError(f"{sheet.title} has {len(sheet.rows)} rows, more than a sheet can hold: take CSV.")
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for row in sheet.rows for cell in row):
            raise IncompleteError(f"{sheet.title} has a text longer than a cell can hold: take CSV.")
        _fill(book.create_sheet(sheet.title), sheet)
    made = io.BytesIO()
    book.save(made)
    _check(sheets, made.getvalue())
    return made.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for place, row in enumerate([sheet.heads, *sheet.rows], 1):
        for column, cell in enumerate(row, 1):
            if cell not in (None, ""):
                _write(page.cell(place, column), cell)
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top")
    page.freeze_panes = "A2"
    for column, head in enumerate(sheet.heads):
        longest = max([len(head), *(len(str(row[column])) for row in sheet.rows if row[column] is not None)])
        page.column_dimensions[get_column_letter(column + 1)].width = min(longest + 2, WIDEST)


def _write(cell: BookCell, value: Cell) -> None:
    if isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = value


def _check(sheets: list[Sheet], content: bytes) -> None:
    book = load_workbook(io.BytesIO(content), read_only=False)
    for sheet in sheets:
        page = book[sheet.title]
        found = [[(cell.data_type, cell.value) for cell in row] for row in page.iter_rows(min_row=2)]
        wanted = [[_expected(value) for value in row] for row in sheet.rows]
        if found != wanted or page.sheet_state != "visible":
            raise IncompleteError(f"{sheet.title}: {len(wanted)} rows went in, {len(found)} came out or differ.")


def _expected(value: Cell) -> tuple[str, Cell]:
    if isinstance(value, str):
        kept = for_sheet(value).replace("\r\n", "\n").replace("\r", "\n")
        return ("s", kept) if kept else ("n", None)
    return "n", value
