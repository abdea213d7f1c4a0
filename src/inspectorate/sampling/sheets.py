"""Rows as CSV and XLSX: text that a spreadsheet might run is made harmless, and nothing is turned into a day."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from inspectorate.ui.neutral import for_csv, for_sheet, that_fit

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
    whole = list(that_fit(rows))  # before a workbook is begun
    book = Workbook(write_only=True)
    book.properties.creator = "Inspectorate"
    sheet = book.create_sheet("Cases")
    sheet.freeze_panes = "A2"
    for number, head in enumerate(heads):
        column = sheet.column_dimensions[_letters(number)]
        column.width, column.number_format = min(max(len(head) + 4, 14), WIDEST), "@"
    sheet.append([_cell(sheet, head, bold=True) for head in heads])
    for row in whole:
        sheet.append([_cell(sheet, "" if cell is None else str(cell)) for cell in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _letters(number: int) -> str:
    first, last = divmod(number, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _cell(sheet: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=for_sheet(text))
    cell.data_type, cell.number_format = "s", "@"  # or text that begins with an equals sign would be a formula
    if bold:
        cell.font = Font(bold=True)
    return cell
