"""An edition as the sheets of a workbook, and back, without loss of meaning.

``survey``, ``choices`` and ``settings`` are those of an XLSForm, with columns of our own; the other sheets hold what no
XLSForm knows: criteria, scoring, sampling, timetable, what is said about the edition. Pure: sheets are lists of rows.
"""

from collections.abc import Mapping
from typing import Any

from inspectorate.methodology.faults import Refused
from inspectorate.methodology.spreadsheet import form, guidance, rest
from inspectorate.methodology.spreadsheet.tables import Book, Rows

Contents = dict[str, Any]
"""The loaded files: ``edition``, ``form`` and so on; ``guidance``, ``guidance/cy`` and ``examples`` by file."""


def as_sheets(contents: Contents) -> dict[str, Rows]:
    """Return the sheets of an edition's contents."""
    contents = {**contents, "survey_guidance": guidance.in_survey(contents)}
    return {**form.written(contents), **rest.written(contents), **guidance.written(contents)}


def from_sheets(name: str, sheets: Mapping[str, Rows]) -> Contents:
    """Return the contents that sheets stand for; raise Refused with sheet, row and column of every fault."""
    book = Book(name, sheets)
    known = {*form.SHEETS, *rest.TABLES, *guidance.SHEETS}
    for sheet in sheets.keys() - known:
        book.fault(
            sheet, 1, None, "no sheet of an edition is called so.", f"The sheets are: {', '.join(sorted(known))}."
        )
    for sheet in ("survey", "choices", "settings", "about", "criteria", "scoring", "sampling", "timetable"):
        if sheet not in sheets:
            book.fault(sheet, 1, None, "the sheet is missing.", "Write an edition to a spreadsheet to see its sheets.")
    contents = {} if book.faults else {**form.read(book), **rest.read(book)}
    found = {} if book.faults else guidance.read(book, contents["form"])
    if book.faults:
        raise Refused(book.faults)
    guides = {**found.pop("rest"), **_by_file(contents.pop("survey_guidance"))}
    titles = found.pop("titles")
    contents |= {**found, "guidance": guidance.as_files(guides, titles, "en")}
    return {**contents, "guidance/cy": guidance.as_files(guides, titles, "cy")}


def _by_file(survey: guidance.Guides) -> guidance.Guides:
    """Put an introduction, which the survey has under ("", section), under the file of its section."""
    return {(code, "") if name == "" else (name, code): text for (name, code), text in survey.items()}
