"""The rows of a page as CSV and JSON. A cell that a spreadsheet would run as a formula is made harmless."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from inspectorate.register.models import Body
from inspectorate.register.tables import ProgrammeYear, Row, Table, Value

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # what spreadsheets take for a formula
BODY_HEAD = ("public_id", "name", "kind", "nation", "region", "began_on", "ended_on")


def harmless(cell: object) -> str:
    """Return a cell as text that no spreadsheet runs: an apostrophe stands before what would start a formula.

    A text that begins with an apostrophe gets another, so that taking one away gives the original back.
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith((*RUNS, "'")) else text


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return rows as a CSV file to keep, in UTF-8 with a mark that spreadsheets know it by."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
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


def _line(shape: ProgrammeYear, table: Table, row: Row) -> list[object]:
    """Return one row with its figures and flags."""
    cells: list[object] = [table.code, table.focus, row.body, row.body_id, row.visit]
    for measure, value in zip(shape.measures, row.values, strict=True):
        told = value or Value()
        cells += [told.per_cent, told.stars] if measure.scale != "per_cent" else [told.per_cent]
    flags = dict.fromkeys(value.flag for value in row.values if value is not None and value.flag)
    return [*cells, " ".join(flags)]
