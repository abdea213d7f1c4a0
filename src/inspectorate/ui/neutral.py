"""Text that a spreadsheet might run as a formula, made harmless.

After OWASP, "CSV Injection": a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break, or with the
full-width forms of these, gets an apostrophe in front in CSV. Spaces before it do not hide it. Whoever reads the file
with a program takes one apostrophe away again where such a character follows. In XLSX a cell is written as text, which
no program runs, so nothing is put in front there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from inspectorate.methodology.refusals import RefusedError

MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
"""What a sheet of a workbook holds at most: rows, and characters in a cell. More would be cut off without a word."""

DANGEROUS = re.compile(r"^'*[\s\x00]*[=+\-@\t\r\n\x00＝＋－＠]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def for_csv(text: str) -> str:
    """Return text as it may stand in a CSV cell."""
    return f"'{text}" if DANGEROUS.match(text) else text


def from_csv(cell: str) -> str:
    """Return the text that ``for_csv`` was given."""
    return cell[1:] if cell.startswith("'") and DANGEROUS.match(cell[1:]) else cell


def for_sheet(text: str) -> str:
    """Return text as it may stand in a cell of XLSX: characters that XML cannot hold become a question mark."""
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def that_fit(rows: Iterable[Sequence[object]], heads: int = 1) -> Iterator[Sequence[object]]:
    """Yield rows as they are; raise RefusedError at the first that a workbook below ``heads`` rows would not hold."""
    for number, row in enumerate(rows, heads + 1):
        if number > MOST_ROWS:
            raise RefusedError(
                "too-many-rows",
                f"A sheet holds {MOST_ROWS:,} rows, and here are more: take the CSV, which holds them all.",
            )
        longest = max((len(cell) for cell in row if isinstance(cell, str)), default=0)
        if longest > LONGEST_CELL:
            raise RefusedError(
                "too-long-for-a-cell",
                f"Row {number} has a text of {longest:,} characters, and a cell holds {LONGEST_CELL:,}: take the "
                "CSV, which holds it whole.",
            )
        yield row
