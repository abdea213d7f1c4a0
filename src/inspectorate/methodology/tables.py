"""Tables of text: heads and columns, checked before anybody reads meaning into them."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from inspectorate.methodology.faults import Fault, FaultCode, Refused


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was handed in: the file's name for messages, and its columns by head, all of equal length.

    ``first_row`` is the row that a spreadsheet shows for the first line below the heads.
    """

    file: str
    columns: Mapping[str, Sequence[str]]
    rows: int
    first_row: int = 2
    kept: Sequence[int] | None = None
    """Which rows of the file these are, where some were passed over; None for all of them."""

    def column(self, head: str, default: str = "") -> Sequence[str]:
        """Return a column, or as many copies of ``default`` where the table has no such head."""
        return self.columns.get(head) or [default] * self.rows

    def row(self, index: int) -> int:
        """Return the row number that a spreadsheet shows for the entry at ``index``."""
        return (index if self.kept is None else self.kept[index]) + self.first_row

    def part(self, keep: Sequence[int]) -> "Table":
        """Return some rows, which keep their numbers: a fault names the row of the file as it was handed in."""
        columns = {head: [cells[index] for index in keep] for head, cells in self.columns.items()}
        return Table(self.file, columns, len(keep), self.first_row, keep)


def read_table(file: str, rows: Iterable[Sequence[str]], required: Sequence[str]) -> Table:
    """Make a table from rows of text, the heads first; raise Refused with every fault of shape.

    Heads are compared without regard to case. Spaces around a cell are taken off and letters are composed (NFC), so
    that one reference is spelled in one way. Empty rows at the end, and empty columns without a head, are passed over.
    """
    clean = _Cleaned()
    lines = list(rows)
    while lines and not any(clean[cell] for cell in lines[-1]):
        lines.pop()
    if not lines:
        raise Refused([_fault(FaultCode.NO_ROWS, file, "the file is empty.", "Put the heads in the first row.")])
    lines = _without_blank_columns(lines, clean)
    heads = [clean[head].lower().replace(" ", "_") for head in lines[0]]
    width = len(heads)
    faults = _head_faults(file, heads, required)
    body = lines[1:]
    faults += [
        Fault(
            FaultCode.UNEVEN_ROW,
            file,
            f"there are {len(line)} cells where the heads have {width}.",
            "Check for a missing or an extra comma.",
            row=number,
        )
        for number, line in enumerate(body, 2)
        if len(line) != width
    ]
    if not body and not faults:
        faults = [_fault(FaultCode.NO_ROWS, file, "there are heads but no rows below them.", "Add the rows.")]
    if faults:
        raise Refused(faults)
    # Column by column: a new row for each of a quarter of a million is what takes time.
    columns = {head: tuple(map(clean.__getitem__, map(itemgetter(i), body))) for i, head in enumerate(heads)}
    return Table(file, columns, len(body))


class _Cleaned(dict[str, str]):
    """Cells as they were written -> cleaned, each worked out once: a year of rows has few different cells."""

    def __missing__(self, cell: str) -> str:
        text = cell.strip("\ufeff \t\r\n\xa0")
        self[cell] = text if text.isascii() else unicodedata.normalize("NFC", text)
        return self[cell]


def _without_blank_columns(lines: list[Sequence[str]], clean: "_Cleaned") -> list[Sequence[str]]:
    """Leave out columns that have no head and hold nothing, which spreadsheets like to add; rows may be uneven."""
    width = len(lines[0])
    bare = [i for i, head in enumerate(lines[0]) if not clean[head]]
    blank = {i for i in bare if not any(clean[line[i]] for line in lines[1:] if i < len(line))}
    if not blank:
        return lines
    return [[cell for i, cell in enumerate(line) if i not in blank or len(line) != width] for line in lines]


def _head_faults(file: str, heads: Sequence[str], required: Sequence[str]) -> list[Fault]:
    wanted = ", ".join(required)
    faults = [
        Fault(
            FaultCode.MISSING_COLUMN,
            file,
            f"there is no column '{head}'.",
            f"The first row must hold the heads {wanted}.",
            row=1,
            column=head,
        )
        for head in required
        if head not in heads
    ]
    for head in dict.fromkeys(heads):
        if heads.count(head) > 1:
            why = f"the head '{head}' stands there {heads.count(head)} times."
            faults.append(
                Fault(FaultCode.REPEATED_COLUMN, file, why, "Keep one of them.", row=1, column=head or "(no head)")
            )
    return faults


def _fault(code: FaultCode, file: str, why: str, remedy: str) -> Fault:
    return Fault(code, file, why, remedy)
