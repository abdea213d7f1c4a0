"""Rows as CSV and XLSX: text that a spreadsheet might run is made harmless, and nothing is turned into a day."""

import csv
import io
from collections.abc import Iterable, Sequence

from inspectorate.ui.neutral import for_csv, that_fit
from inspectorate.ui.workbook import Page, as_workbook

WIDEST = 60


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as CSV in UTF-8, with the mark by which spreadsheets know it."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(heads)
    writer.writerows([for_csv("" if cell is None else str(cell)) for cell in row] for row in rows)
    return ("\ufeff" + file.getvalue()).encode()


def as_xlsx(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as a workbook of one sheet whose columns are text, so that 10-11 does not become a day."""
    whole = [["" if cell is None else str(cell) for cell in row] for row in that_fit(rows)]
    widths = [min(max(len(head) + 4, 14), WIDEST) for head in heads]
    return as_workbook([Page("Cases", [heads, *whole], widths, text_columns=True)])
