"""Reading an OpenDocument spreadsheet: the rows of each sheet as text, never more than was allowed.

A cell or a row can say that it is repeated a million times. Repeats are counted before anything is made of them; empty
ones at the end are left out. Comments are not read, formulas are refused. Call ``packed.look_into`` before.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, iterparse

from inspectorate.ui.uploads.packed import UnsafeError, opened

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
TABLE, OFFICE, TEXT, STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text", "style")
)
DAYS, VALUES = ("date-value", "time-value"), ("float", "percentage", "currency")


@dataclass
class OdsSheet:
    """A sheet: its name, whether a reader sees it, and its rows without empty ones at the end."""

    name: str
    hidden: bool
    rows: list[list[str]] = field(default_factory=list)


def is_ods(content: bytes) -> bool:
    """Say whether a packed file is an OpenDocument spreadsheet, by its first part."""
    return content[:2] == b"PK" and MIMETYPE in content[:120]


def sheets_of_ods(content: bytes, most_rows: int, most_cells: int) -> list[OdsSheet]:
    """Return the sheets; raise UnsafeError for formulas, and for more rows or cells than are allowed."""
    with opened(content) as packed:
        if "content.xml" not in packed.namelist():
            raise UnsafeError("damaged", "it is no spreadsheet.", "Save the sheet as .ods, .xlsx or CSV.")
        data = packed.read("content.xml")
    try:
        return list(_sheets(data, most_rows, most_cells))
    except ParseError as error:
        raise UnsafeError("damaged", "it is cut short or damaged.", "Save it again and hand that in.") from error


def _sheets(data: bytes, most_rows: int, most_cells: int) -> Iterator[OdsSheet]:
    reading = _Reading(most_rows, most_cells)
    for event, element in iterparse(io.BytesIO(data), ("start", "end")):  # noqa: S314 - what declares entities was refused
        if event == "start":
            if element.tag == f"{TABLE}table":
                reading.begin(element)
        elif element.tag == f"{STYLE}style":
            reading.style(element)
        elif element.tag == f"{TABLE}table-row":
            reading.row(element)
        elif element.tag == f"{TABLE}table":
            yield reading.sheet
            element.clear()


class _Reading:
    """A sheet as its rows come, and the styles that hide a sheet."""

    def __init__(self, most_rows: int, most_cells: int) -> None:
        self.most_rows, self.most_cells = most_rows, most_cells
        self.sheet, self.unseen = OdsSheet("", hidden=False), set[str]()
        self.empty = self.cells = 0

    def style(self, element: Element) -> None:
        shown = element.find(f"{STYLE}table-properties")
        if shown is not None and shown.get(f"{TABLE}display") == "false":
            self.unseen.add(element.get(f"{STYLE}name", ""))

    def begin(self, element: Element) -> None:
        hidden = element.get(f"{TABLE}style-name", "") in self.unseen
        self.sheet, self.empty = OdsSheet(element.get(f"{TABLE}name", ""), hidden), 0

    def row(self, element: Element) -> None:
        row, times = _row(element, self.most_cells), _times(element, "rows")
        element.clear()
        if not row:
            self.empty += times
            return
        rows = len(self.sheet.rows) + self.empty + times
        self.cells += (self.empty + times) * len(row)
        if rows > self.most_rows or self.cells > self.most_cells:
            raise too_many(rows)
        self.sheet.rows += [[] for _ in range(self.empty)]
        self.sheet.rows += [row for _ in range(times)]
        self.empty = 0


def too_many(rows: int) -> UnsafeError:
    """Return the refusal of a sheet with too many rows or cells."""
    return UnsafeError("too-many", f"its cells reach as far as row {rows:,}.", "Hand in fewer rows, or several files.")


def _times(element: Element, what: str) -> int:
    text = element.get(f"{TABLE}number-{what}-repeated", "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1


def _row(row: Element, most_cells: int) -> list[str]:
    """Return the cells of a row up to the last that holds something."""
    found: list[str] = []
    empty = 0
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        if cell.get(f"{TABLE}formula") is not None:
            raise UnsafeError(
                "formulas",
                "it holds formulas, and their results cannot be trusted without the sheet they came from.",
                "Paste the values over the formulas and save again.",
            )
        text, times = _text(cell), _times(cell, "columns")
        if not text:
            empty += times
            continue
        if len(found) + empty + times > most_cells:
            raise too_many(1)
        found += [""] * empty + [text] * times
        empty = 0
    return found


def _text(cell: Element) -> str:
    """Return a cell as text: numbers and days as they are kept, everything else as it is read."""
    kind = cell.get(f"{OFFICE}value-type")
    if kind in VALUES:
        value = cell.get(f"{OFFICE}value", "")
        return value.removesuffix(".0")
    if kind in ("date", "time"):
        return next((cell.get(f"{OFFICE}{name}", "") for name in DAYS if cell.get(f"{OFFICE}{name}")), "")
    return "\n".join(_words(part) for part in cell if part.tag == f"{TEXT}p")


def _words(part: Element) -> str:
    words = part.text or ""
    for inner in part:
        if inner.tag == f"{TEXT}s":
            words += " " * min(int(inner.get(f"{TEXT}c", "1") or 1), 1_000)
        elif inner.tag == f"{TEXT}tab":
            words += "\t"
        elif inner.tag == f"{TEXT}line-break":
            words += "\n"
        elif inner.tag != f"{OFFICE}annotation":
            words += _words(inner)
        words += inner.tail or ""
    return words
