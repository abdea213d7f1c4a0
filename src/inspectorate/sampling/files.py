"""Reading a table from a file that somebody handed in: CSV or XLSX, as rows of text.

A spreadsheet is opened only after its parts have been counted and measured, so that a small file cannot swell; macros,
hidden sheets, a second sheet with rows and formulas are refused, for what is not seen must not be scored.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time

from inspectorate.methodology.faults import Fault, FaultCode, Refused

LARGEST = 50 * 2**20
"""Bytes of a file that are read at most."""
LARGEST_UNPACKED = 300 * 2**20
MOST_PARTS = 500
MOST_CELLS = 10_000_000
"""Cells of a sheet from A1 to the farthest one: a reader makes room for all of them, however few are filled."""
PIECE, OVERLAP = 2**16, 300
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
CELL = re.compile(rb"[\s]r\s*=\s*[\"']([A-Za-z]{0,9})(\d+)[\"']")


def rows_of(name: str, content: bytes, *, most_bytes: int = LARGEST, most_cells: int = MOST_CELLS) -> list[list[str]]:
    """Return the rows of a CSV or XLSX file as text; raise Refused with the reason and the remedy."""
    if len(content) > most_bytes:
        size = f"{len(content) / 2**20:.1f}"
        raise _refusal(name, f"the file has {size} MiB.", f"The most is {most_bytes // 2**20} MiB.")
    if content[:2] == b"PK":
        return _sheet_rows(name, content, most_cells)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _refusal(name, "this is an old or a protected spreadsheet (.xls).", "Save it as .xlsx or as CSV UTF-8.")
    return _csv_rows(name, content)


def sheets_of(name: str, content: bytes) -> dict[str, list[list[object]]]:
    """Return every sheet of an XLSX file by its name, cells as the spreadsheet keeps them; raise Refused as above."""
    if content[:2] != b"PK" or len(content) > LARGEST:
        raise _refusal(name, "this is no .xlsx spreadsheet, or far too large a one.", "Save it as .xlsx.")
    _look_inside(name, content, MOST_CELLS)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - needed for sheets only

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = [sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible]
        sheets = {one: book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in book.sheet_names}
    except CalamineError as error:
        raise _refusal(name, "the spreadsheet cannot be opened.", "Save it again as .xlsx.") from error
    if hidden:
        why = f"it has hidden sheets: {', '.join(hidden)}."
        raise _refusal(name, why, "Show or delete them: what is hidden must not travel with the file.")
    return {sheet: [list(row) for row in rows] for sheet, rows in sheets.items()}


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


def _sheet_rows(name: str, content: bytes, most_cells: int) -> list[list[str]]:
    _look_inside(name, content, most_cells)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - needed for sheets only

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = book.sheets_metadata
        hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
        filled = [sheet.name for sheet in sheets if book.get_sheet_by_name(sheet.name).height]
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


def _look_inside(name: str, content: bytes, most_cells: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            names = {info.filename for info in infos}
            if "[Content_Types].xml" not in names or not any(map(_is_sheet, names)):
                raise _refusal(name, "this is a zip file but no .xlsx spreadsheet.", "Save the sheet as .xlsx or CSV.")
            if any("vbaProject" in part for part in names):
                raise _refusal(name, "it holds macros.", "Save it as .xlsx without macros, or as CSV UTF-8.")
            room = LARGEST_UNPACKED if len(infos) <= MOST_PARTS else 0
            for info in infos:
                room -= _look_at(name, _Unpacked(parts, info, room), most_cells)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise _refusal(name, "the spreadsheet is cut short or damaged.", "Save and upload it again.") from error


def _is_sheet(part: str) -> bool:
    return part.startswith("xl/worksheets/") and part.endswith(".xml")


class _Unpacked:
    """One part of a zip file, unpacked piece by piece: what the file claims of its size is not believed."""

    def __init__(self, parts: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> None:
        self.parts, self.info, self.room = parts, info, room

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes; raise Refused as soon as there are more than ``room``."""
        size = 0
        self.info.file_size = LARGEST_UNPACKED + 1
        with self.parts.open(self.info) as part:
            while piece := part.read(PIECE):
                size += len(piece)
                if size > self.room:
                    raise _refusal(
                        name, "it unpacks to far more than a spreadsheet should.", "Save it again as CSV UTF-8."
                    )
                yield piece


def _look_at(name: str, part: _Unpacked, most_cells: int) -> int:
    """Return how many bytes a part holds; refuse formulas in a sheet, and cells too far out for it to be opened."""
    size, tail, column, row = 0, b"", 1, 1
    for piece in part.pieces(name):
        size += len(piece)
        if not _is_sheet(part.info.filename):
            continue
        seen, tail = tail + piece, piece[-OVERLAP:]
        if FORMULA.search(seen) or b"\0" in piece:
            why = "it holds formulas, and their results cannot be trusted without the sheet they came from."
            raise _refusal(name, why, "Paste the values over the formulas and save again.")
        for letters, digits in set(CELL.findall(seen)):
            column, row = max(column, _column(letters)), max(row, int(digits[:9]))
        if column * row > most_cells:
            why = f"its cells reach as far as column {column}, row {row}, which is too far to be read."
            raise _refusal(name, why, "Delete what stands beside and below the rows, or save it as CSV UTF-8.")
    return size


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _text(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, days as 2026-11-21."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
