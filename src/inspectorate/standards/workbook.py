"""The sheets of an edition as a workbook that a spreadsheet opens: text stays text, heads stay in sight."""

from collections.abc import Mapping

from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.spreadsheet.tables import Rows
from inspectorate.ui.neutral import LONGEST_CELL
from inspectorate.ui.workbook import Page
from inspectorate.ui.workbook import as_workbook as written

WIDE = ("label", "title", "text", "says", "guidance", "because", "english", "welsh", "why", "what", "eligible", "about")


def as_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """Return the workbook; raise Refused where a text is too long for a cell."""
    for name, rows in sheets.items():
        _refuse_too_long(name, rows)
    return written([Page(name, rows, [_width(head) for head in rows[0]], wrap=True) for name, rows in sheets.items()])


def _width(head: object) -> int:
    return 48 if str(head).partition("::")[0].rpartition(".")[2] in WIDE else 16


def _refuse_too_long(name: str, rows: Rows) -> None:
    for number, row in enumerate(rows, 1):
        for value in row:
            if isinstance(value, str) and len(value) > LONGEST_CELL:
                why = f"a text has {len(value)} characters, and a cell holds {LONGEST_CELL} at most."
                raise Refused([Fault(FaultCode.WRONG_SHAPE, f"sheet {name}", why, "Shorten it in the folder.", number)])
