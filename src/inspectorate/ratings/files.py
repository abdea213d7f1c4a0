"""Reading a table from a file that somebody handed in: CSV or XLSX, as rows of text.

A spreadsheet is opened only after its parts have been counted and measured, so that a small file cannot swell; macros,
hidden sheets, a second sheet with rows and formulas are refused, for what is not seen must not be scored.
"""

import csv
import io
import zipfile
from datetime import date, datetime, time

from inspectorate.methodology.faults import Fault, FaultCode, Refused

LARGEST = 50 * 2**20
"""Bytes of a file that are read at most."""
LARGEST_UNPACKED = 300 * 2**20
MOST_PARTS = 500
LONGEST_CELL = 32_767


def rows_of(name: str, content: bytes) -> list[list[str]]:
    """Return the rows of a CSV or XLSX file as text; raise Refused with the reason and the remedy."""
    if len(content) > LARGEST:
        raise _refusal(name, f"the file has {len(content) // 2**20} MiB.", f"The most is {LARGEST // 2**20} MiB.")
    if content[:2] == b"PK":
        return _sheet_rows(name, content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _refusal(name, "this is an old or a protected spreadsheet (.xls).", "Save it as .xlsx or as CSV UTF-8.")
    return _csv_rows(name, content)


def _refusal(name: str, why: str, remedy: str, row: int | None = None) -> Refused:
    return Refused([Fault(FaultCode.UNREADABLE, name, why, remedy, row)])


def _csv_rows(name: str, content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        why = f"byte {error.start} is not UTF-8 text."
        raise _refusal(name, why, "Save the file as 'CSV UTF-8', so that every letter is kept.", row) from error
    if "\0" in text:
        raise _refusal(name, "the file holds NUL bytes, so it is no CSV text.", "Save the sheet as CSV UTF-8.")
    head = text[: text.find("\n")] if "\n" in text else text
    if "," not in head and (";" in head or "\t" in head):
        why = "the columns are separated by semicolons or tabs."
        raise _refusal(name, why, "Save it with commas between the columns (CSV UTF-8, comma delimited).", 1)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        why = f"the quotes or cells of the file do not close ({error})."
        raise _refusal(name, why, "Check for a quote that was opened and not closed.") from error


def _sheet_rows(name: str, content: bytes) -> list[list[str]]:
    _look_inside(name, content)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - needed for sheets only

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = book.sheets_metadata
        hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
        filled = [sheet.name for sheet in sheets if book.get_sheet_by_name(sheet.name).total_height]
        rows = book.get_sheet_by_name(filled[0]).to_python() if filled else []
    except CalamineError as error:
        raise _refusal(name, "the spreadsheet cannot be opened.", "Save it again as .xlsx, or as CSV UTF-8.") from error
    if hidden:
        why = f"it has hidden sheets: {', '.join(hidden)}."
        raise _refusal(name, why, "Show or delete them: what is hidden must not travel with the file.")
    if len(filled) > 1:
        why = f"more than one sheet has rows: {', '.join(filled)}."
        raise _refusal(name, why, "Keep the rows in one sheet, and save the others elsewhere.")
    return [[_text(cell) for cell in row] for row in rows]


def _look_inside(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            sheets = [i for i in infos if i.filename.startswith("xl/worksheets/") and i.filename.endswith(".xml")]
            names = {info.filename for info in infos}
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
                raise _refusal(name, "it unpacks to far more than a spreadsheet should.", "Save it again as CSV UTF-8.")
            if "[Content_Types].xml" not in names or not sheets:
                raise _refusal(name, "this is a zip file but no .xlsx spreadsheet.", "Save the sheet as .xlsx or CSV.")
            if any("vbaProject" in part for part in names):
                raise _refusal(name, "it holds macros.", "Save it as .xlsx without macros, or as CSV UTF-8.")
            if any(b"<f>" in parts.read(i) or b"<f " in parts.read(i) for i in sheets):
                why = "it holds formulas, and their results cannot be trusted without the sheet they came from."
                raise _refusal(name, why, "Paste the values over the formulas and save again.")
    except zipfile.BadZipFile as error:
        raise _refusal(name, "the spreadsheet is cut short or damaged.", "Save and upload it again.") from error


def _text(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, days as 2026-11-21."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
