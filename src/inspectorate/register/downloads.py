"""The rows of a page as CSV and JSON. A cell that a spreadsheet would run as a formula is made harmless."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from inspectorate.register.models import Body, PublishedReport
from inspectorate.register.sheets import Cell, Head, Sheet
from inspectorate.register.tables import ProgrammeYear, Row, Table, Value
from inspectorate.ui.neutral import for_csv

BODY_HEAD = ("public_id", "name", "kind", "nation", "region", "began_on", "ended_on")
SHEET_HEAD = (
    *("table", "title", "row", "column", "unit", "value", "printed_or_ours", "base"),
    *("document", "paragraph", "notes", "flags"),
)
REPORT_HEAD = (
    *("list_of", "programme", "kind", "title", "body", "body_id", "month"),
    *("document", "paragraph", "flag"),
)


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return rows as a CSV file to keep, in UTF-8 with a mark that spreadsheets know it by."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([for_csv("" if cell is None else str(cell)) for cell in row] for row in rows)
    answer = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def bodies_as_csv(bodies: Iterable[Body]) -> HttpResponse:
    """Return bodies, one a line; days are ISO dates and empty where they are not certain."""
    return as_csv("bodies", BODY_HEAD, ([getattr(body, name) for name in BODY_HEAD] for body in bodies))


def programme_year_as_csv(shape: ProgrammeYear) -> HttpResponse:
    """Return every row of every table of a programme-year, one a line, as printed."""
    head = ["table", "focus", "body", "body_id", "visit"]
    for measure in shape.measures:
        head += [measure.code, f"{measure.code}_stars"] if measure.scale != "per_cent" else [measure.code]
    rows = [_line(shape, table, row) for table in shape.tables for row in table.rows]
    return as_csv(f"{shape.programme}-{shape.year}", [*head, "flag"], rows)


def sheet_as_csv(shape: ProgrammeYear, sheet: Sheet) -> HttpResponse:
    """Return one sheet as it stands on the page, one row a line."""
    head = [f"{head.title} ({head.unit})" if head.unit else head.title for head in sheet.heads]
    rows = [[cell.value for cell in line.cells] for line in sheet.lines]
    return as_csv(f"{shape.programme}-{shape.year}-{sheet.code}", head, rows)


def sheets_as_csv(shape: ProgrammeYear) -> HttpResponse:
    """Return every figure of every sheet, one a line, with base, source and flags."""
    rows = [
        _figure(sheet, line.cells[0], head, cell)
        for sheet in shape.sheets
        for line in sheet.lines
        for head, cell in list(zip(sheet.heads, line.cells, strict=True))[1:]
    ]
    return as_csv(f"{shape.programme}-{shape.year}-tables", SHEET_HEAD, rows)


def _figure(sheet: Sheet, label: Cell, head: Head, cell: Cell) -> list[object]:
    """Return one figure with all that belongs to it."""
    told = [sheet.code, sheet.title, label.text, head.title, head.unit, cell.value, "ours" if cell.ours else "printed"]
    base = sheet.base.text if sheet.base else ""
    notes, flags = (" ".join(said.text for said in several) for several in (sheet.notes, sheet.flags))
    return [*told, base, sheet.document_title, sheet.paragraph, notes, flags]


def reports_as_csv(reports: Iterable[PublishedReport]) -> HttpResponse:
    """Return reports, one a line."""
    rows = [
        [
            one.year,
            one.programme,
            one.kind,
            one.title,
            one.body.full_name if one.body else "",
            one.body.public_id if one.body else "",
            one.month,
            one.document_title,
            one.paragraph,
            one.flag,
        ]
        for one in reports
    ]
    return as_csv("reports", REPORT_HEAD, rows)


def _line(shape: ProgrammeYear, table: Table, row: Row) -> list[object]:
    """Return one row with its figures and flags."""
    cells: list[object] = [table.code, table.focus, row.body, row.body_id, row.visit]
    for measure, value in zip(shape.measures, row.values, strict=True):
        told = value or Value()
        cells += [told.per_cent, told.stars] if measure.scale != "per_cent" else [told.per_cent]
    flags = dict.fromkeys(value.flag for value in row.values if value is not None and value.flag)
    return [*cells, " ".join(flags)]
