"""How the commands print: JSON for programs, a plain table for people."""

import json
import shutil
from collections.abc import Sequence
from typing import Any


def as_json(data: Any) -> None:
    """Print plain values as JSON on stdout."""
    print(json.dumps(data, indent=2, ensure_ascii=False))


def as_table(heads: Sequence[str], rows: Sequence[Sequence[Any]], *, left: Sequence[int] = (0, 1)) -> None:
    """Print a table; columns whose place is in ``left`` are set left, all others right. None is shown as a dash."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(head), *(len(row[i]) for row in cells), 0) for i, head in enumerate(heads)]
    _fit(widths, left)
    for row in ([*heads], ["-" * width for width in widths], *cells):
        parts = [
            _cut(cell, width).ljust(width) if i in left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(parts).rstrip())


def _fit(widths: list[int], left: Sequence[int]) -> None:
    """Narrow the widest text columns, one character at a time, until the table fits the terminal."""
    terminal = shutil.get_terminal_size((140, 24)).columns
    while sum(widths) + 2 * (len(widths) - 1) > terminal:
        widest = max(left, key=lambda i: widths[i])
        if widths[widest] <= 16:
            return
        widths[widest] -= 1


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
