"""Reading a table from a file that somebody handed in: CSV, XLSX or ODS, as rows of text.

A spreadsheet is opened only after its parts have been looked into, so that a small file cannot swell; macros, links,
hidden sheets, a second sheet with rows and formulas are refused, for what is not seen must not be scored.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time

from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.ui.uploads.ods import is_ods, sheets_of_ods
from inspectorate.ui.uploads.packed import Limits, UnsafeError, look_into

LARGEST = 50 * 2**20
"""Bytes of a file that are read at most."""
LARGEST_UNPACKED = 300 * 2**20
MOST_PARTS = 500
MOST_CELLS = 10_000_000
"""Cells of a sheet from A1 to the farthest one: a reader makes room for all of them, however few are filled."""
MOST_ROWS = 1_048_576
"""Rows of a sheet, or lines of a CSV file, at most: as many as a spreadsheet can hold."""
NO_TABLES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or a protected spreadsheet (.xls)"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"\xff\xfe", "text in UTF-16, which some programs call 'Unicode text'"),
    (b"\xfe\xff", "text in UTF-16, which some programs call 'Unicode text'"),
)
"""How files begin that people take for a table, and what they are."""
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
CELL = re.compile(rb"[\s]r\s*=\s*[\"']([A-Za-z]{0,9})(\d+)[\"']")


@dataclass(frozen=True, slots=True)
class SheetLimits:
    """How much of a spreadsheet is read at most: cells from A1 to the farthest one, rows, bytes once unpacked."""

    cells: int = MOST_CELLS
    rows: int = MOST_ROWS
    unpacked: int = LARGEST_UNPACKED


def rows_of(
    name: str,
    content: bytes,
    *,
    most_bytes: int = LARGEST,
    most_cells: int = MOST_CELLS,
    most_rows: int = MOST_ROWS,
    most_unpacked: int = LARGEST_UNPACKED,
) -> list[list[str]]:
    """Return the rows of a CSV, XLSX or ODS file as text; raise Refused with the reason and the remedy."""
    if len(content) > most_bytes:
        size = f"{len(content) / 2**20:.1f}"
        raise _refusal(name, f"the file has {size} MiB.", f"The most is {most_bytes // 2**20} MiB.")
    if content[:2] == b"PK":
        limits = SheetLimits(cells=most_cells, rows=most_rows, unpacked=most_unpacked)
        return (_ods_rows if is_ods(content) else _sheet_rows)(name, content, limits)
    for begins, what in NO_TABLES:
        if content.startswith(begins):
            raise _refusal(name, f"this is {what}.", "Save the table as .xlsx, .ods or CSV UTF-8.")
    return _csv_rows(name, content, most_rows)


def sheets_of(name: str, content: bytes) -> dict[str, list[list[object]]]:
    """Return every sheet of an XLSX file by its name, cells as the spreadsheet keeps them; raise Refused as above."""
    if content[:2] != b"PK" or len(content) > LARGEST:
        raise _refusal(name, "this is no .xlsx spreadsheet, or far too large a one.", "Save it as .xlsx.")
    _look_inside(name, content, SheetLimits())
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - needed for sheets only

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = [sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible]
        sheets = {one: book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in book.sheet_names}
    except CalamineError as error:
        raise _refusal(name, "the spreadsheet cannot be opened.", "Save it again as .xlsx.") from error
    _refuse_hidden(name, hidden)
    return {sheet: [list(row) for row in rows] for sheet, rows in sheets.items()}


def _refusal(name: str, why: str, remedy: str, row: int | None = None) -> Refused:
    return Refused([Fault(FaultCode.UNREADABLE, name, why, remedy, row)])


def _csv_rows(name: str, content: bytes, most_rows: int) -> list[list[str]]:
    if content.count(b"\n") > 2 * most_rows:
        why = f"the file has {content.count(bytes([10])):,} lines; it may have {most_rows:,}."
        raise _refusal(name, why, "Hand in fewer rows, or several files.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        why = f"a letter cannot be read: byte {error.start} is not UTF-8 text."
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


def _ods_rows(name: str, content: bytes, limits: "SheetLimits") -> list[list[str]]:
    _look_inside(name, content, limits)
    try:
        sheets = sheets_of_ods(content, limits.rows, limits.cells)
    except UnsafeError as error:
        raise _refusal(name, error.why, error.remedy) from error
    _refuse_hidden(name, [sheet.name for sheet in sheets if sheet.hidden])
    filled = [sheet for sheet in sheets if sheet.rows]
    _refuse_several(name, [sheet.name for sheet in filled])
    rows = filled[0].rows if filled else []
    widest = max(map(len, rows), default=0)
    return [[*row, *[""] * (widest - len(row))] for row in rows]


def _refuse_hidden(name: str, hidden: list[str]) -> None:
    if hidden:
        why = f"it has hidden sheets: {', '.join(hidden)}."
        raise _refusal(name, why, "Show or delete them: what is hidden must not travel with the file.")


def _refuse_several(name: str, filled: list[str]) -> None:
    if len(filled) > 1:
        why = f"more than one sheet has rows: {', '.join(filled)}."
        raise _refusal(name, why, "Keep the rows in one sheet, and save the others elsewhere.")


def _sheet_rows(name: str, content: bytes, limits: "SheetLimits") -> list[list[str]]:
    _look_inside(name, content, limits)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - needed for sheets only

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = book.sheets_metadata
        hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
        filled = [sheet.name for sheet in sheets if book.get_sheet_by_name(sheet.name).height]
        rows = book.get_sheet_by_name(filled[0]).to_python() if filled else []
    except CalamineError as error:
        raise _refusal(name, "the spreadsheet cannot be opened.", "Save it again as .xlsx, or as CSV UTF-8.") from error
    _refuse_hidden(name, hidden)
    _refuse_several(name, filled)
    return [[_text(cell) for cell in row] for row in rows]


def _look_inside(name: str, content: bytes, limits: "SheetLimits") -> None:
    """Refuse a spreadsheet that is unsafe, holds formulas, or reaches too far."""
    looks = _Looks(limits)
    try:
        infos = look_into(content, Limits(MOST_PARTS, limits.unpacked), looks)
    except UnsafeError as error:
        raise _refusal(name, error.why, error.remedy) from error
    names = {info.filename for info in infos}
    if not is_ods(content) and ("[Content_Types].xml" not in names or not any(map(_is_sheet, names))):
        raise _refusal(
            name, "this is a zip file but no spreadsheet (.xlsx or .ods).", "Save the sheet as .xlsx, .ods or CSV."
        )


def _is_sheet(part: str) -> bool:
    return part.startswith("xl/worksheets/") and part.endswith(".xml")


class _Looks:
    """Looks at the pieces of the sheets: no formula, and no cell or row too far out for the sheet to be opened."""

    def __init__(self, limits: "SheetLimits") -> None:
        self.limits, self.part, self.column, self.row = limits, "", 1, 1

    def __call__(self, info: zipfile.ZipInfo, seen: bytes) -> None:
        """Look at one piece, with the end of the one before."""
        if not _is_sheet(info.filename):
            return
        if info.filename != self.part:
            self.part, self.column, self.row = info.filename, 1, 1
        if FORMULA.search(seen):
            raise UnsafeError(
                "formulas",
                "it holds formulas, and their results cannot be trusted without the sheet they came from.",
                "Paste the values over the formulas and save again.",
            )
        for letters, digits in CELL.findall(seen):
            self.row = max(self.row, int(digits[:9]))
            self.column = max(self.column, _column(letters)) if letters else self.column
        if self.column * self.row > self.limits.cells or self.row > self.limits.rows:
            raise UnsafeError(
                "too-many",
                f"its cells reach as far as column {self.column}, row {self.row}, which is too far to be read.",
                "Delete what stands beside and below the rows, or hand in several files.",
            )


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
