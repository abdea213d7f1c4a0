"""CSV: UTF-8 with a mark, so that a spreadsheet reads every letter; text that might run is made harmless."""

import csv
import io

from inspectorate.ratings.downloads import IncompleteError
from inspectorate.ratings.downloads.rows import Cell, Sheet
from inspectorate.ui.neutral import for_csv, from_csv


def make(sheet: Sheet) -> bytes:
    """Return a table as CSV; raise IncompleteError where what is read back differs from what was put in."""
    made = io.StringIO(newline="")
    csv.writer(made).writerows([sheet.heads, *([_written(cell) for cell in row] for row in sheet.rows)])
    content = made.getvalue().encode("utf-8-sig", "replace")
    _check(sheet, content)
    return content


def _written(cell: Cell) -> str:
    return for_csv(cell) if isinstance(cell, str) else _plain(cell)


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _check(sheet: Sheet, content: bytes) -> None:
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    wanted = [[_plain(cell).encode("utf-8", "replace").decode() for cell in row] for row in sheet.rows]
    if [[from_csv(cell) for cell in row] for row in read[1:]] != wanted:
        raise IncompleteError(f"{sheet.title}: {len(wanted)} rows went in, {len(read) - 1} came out or differ.")
