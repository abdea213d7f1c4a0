"""The one place where a workbook of plain tables is written, and where text goes into a cell: as text, no formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from inspectorate.ui.neutral import for_sheet


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its rows, the heads first, and how it is laid out.

    ``text_columns`` makes the cells below the rows text as well, so that 10-11 typed there does not become a day.
    """

    title: str
    rows: Iterable[Sequence[object]]
    widths: Sequence[float]
    wrap: bool = False
    in_sight: str = "A2"
    text_columns: bool = False


def write_text(cell: Any, text: str) -> None:
    """Write text into a cell as text: what begins with an equals sign is no formula, and 1.10 is no number."""
    cell.value = for_sheet(text)
    cell.data_type, cell.number_format = "s", "@"


def as_workbook(pages: Iterable[Page]) -> bytes:
    """Return visible sheets of plain cells as a workbook: text as text, anything else as it is."""
    book = Workbook(write_only=True)
    book.properties.creator = "Inspectorate"
    for page in pages:
        sheet = book.create_sheet(page.title)
        sheet.freeze_panes = page.in_sight
        for number, width in enumerate(page.widths, 1):
            column = sheet.column_dimensions[get_column_letter(number)]
            column.width = width
            if page.text_columns:
                column.number_format = "@"
        for number, row in enumerate(page.rows):
            sheet.append([_cell(sheet, value, page, bold=number == 0) for value in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(sheet: Any, value: object, page: Page, *, bold: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=None if isinstance(value, str) else value)
    if isinstance(value, str):
        write_text(cell, value)
    if page.wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
