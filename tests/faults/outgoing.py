"""What every workbook that leaves may hold, and nothing else; read from the bytes, by every writer of one."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

from inspectorate.methodology import editions
from inspectorate.ratings.downloads import as_xlsx, wide_sheet
from inspectorate.ratings.downloads.rows import Sheet
from inspectorate.sampling import sheets
from inspectorate.standards.downloads import questions_as_xlsx
from inspectorate.standards.forms import QuestionsAsked
from inspectorate.standards.workbook import as_workbook

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(styles|workbook|sharedStrings)\.xml|xl/theme/theme1\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml"
)
CREATORS = {b"Inspectorate", b"openpyxl"}


def by_sampling(rows: list[list[str]]) -> bytes:
    """Return rows as the sampling stage writes them."""
    return sheets.as_xlsx(["first", "second"], rows)


def by_ratings(rows: list[list[str]]) -> bytes:
    """Return rows as the ratings stage writes them."""
    return as_xlsx.make([Sheet("Rows", ("first", "second"), [tuple(row) for row in rows])], title="Rows", at=AT)


def by_standards(rows: list[list[str]]) -> bytes:
    """Return rows as the standards stage writes them."""
    return as_workbook({"Rows": [["first", "second"], *rows]})


def questions(_rows: list[list[str]]) -> bytes:
    """Return the questions of an edition."""
    return questions_as_xlsx("iaow/2013", QuestionsAsked()).content


def own_sheet(_rows: list[list[str]]) -> bytes:
    """Return the sheet on which a service scores itself."""
    edition = editions.load("youth/2018")
    return wide_sheet.make(edition, edition.form.kinds[0], 20, at=AT)


OF_ROWS: tuple[Callable[[list[list[str]]], bytes], ...] = (by_sampling, by_ratings, by_standards)
ALL = (*OF_ROWS, questions, own_sheet)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def faults_of(content: bytes) -> list[str]:
    """Return what a workbook holds that none may: parts, formulas, hidden things, names of people."""
    parts = parts_of(content)
    found = [f"part {name}" for name in parts if not PARTS.fullmatch(name)]
    for name, data in parts.items():
        if name.startswith("xl/worksheets/"):
            found += [f"{what} in {name}" for what, mark in MARKS.items() if re.search(mark, data)]
    book = parts["xl/workbook.xml"]
    found += [f"{what} in the workbook" for what, mark in BOOK.items() if re.search(mark, book)]
    core = parts["docProps/core.xml"]
    names = set(re.findall(rb"<(?:dc:creator|cp:lastModifiedBy)[^>]*>([^<]*)<", core))
    return found + [f"name {name!r}" for name in names - CREATORS]


MARKS = {
    "formula": rb"<f[\s/>]",
    "hidden": rb"hidden=\"(?:1|true)\"",
    "comment": rb"<legacyDrawing",
    "link": rb"<hyperlink",
}
BOOK = {
    "hidden sheet": rb"\sstate=\"(?!visible)",
    "defined name": rb"<definedName ",
    "linked book": rb"<externalReference",
}
