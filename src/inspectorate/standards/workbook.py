"""The sheets of an edition as a workbook that a spreadsheet opens: text stays text, heads stay in sight."""

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.spreadsheet.tables import Rows

LONGEST = 32_767
"""Characters that a cell can hold; more would be cut off without a word."""
WIDE = ("label", "title", "text", "says", "guidance", "because", "english", "welsh", "why", "what", "eligible", "about")


def as_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """Return the workbook; raise Refused where a text is too long for a cell."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, head in enumerate(rows[0], 1):
            words = str(head).partition("::")[0].rpartition(".")[2]
            sheet.column_dimensions[get_column_letter(number)].width = 48 if words in WIDE else 16
        for number, row in enumerate(rows, 1):
            sheet.append([_cell(sheet, value, (name, number)) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: Any, value: Any, at: tuple[str, int]) -> WriteOnlyCell:
    if isinstance(value, str) and len(value) > LONGEST:
        why = f"a text has {len(value)} characters, and a cell holds {LONGEST} at most."
        raise Refused([Fault(FaultCode.WRONG_SHAPE, f"sheet {at[0]}", why, "Shorten it in the folder.", at[1])])
    cell = WriteOnlyCell(sheet, value=value)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        # A text that begins with = would be run as a formula, and a code such as 1.10 be taken for a number.
        cell.data_type = "s"
        cell.number_format = "@"
    if at[1] == 1:
        cell.font = Font(bold=True)
    return cell
