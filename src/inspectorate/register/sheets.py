"""The shape of any other printed table: a sheet has heads, rows of cells, a base, notes and flags.

Each figure of a cell carries the place in the files of ``published/`` that it was read from, so that a test can walk
those files by itself and ask of every figure where it is shown. Plain frozen values, as in ``tables``.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

STACK = "stack"  # shares of one whole, drawn end to end
BARS = "bars"  # a bar for each per cent


@dataclass(frozen=True)
class Part:
    """One value of the files: where it stands, as in "more_figures/victims/cci_2011_12/n", and what it is."""

    key: str
    value: int | float | str


@dataclass(frozen=True)
class Cell:
    """One cell in words, the values that it is made of, and whether it is ours, that is, worked out and not printed."""

    text: str
    parts: tuple[Part, ...] = ()
    ours: bool = False
    note: str = ""

    @property
    def value(self) -> int | float | str:
        """The figure by itself where the cell is one figure, else its words: for CSV and for bars."""
        values = {part.value for part in self.parts}
        only = values.pop() if len(values) == 1 else self.text
        return only if isinstance(only, int | float) and self.text == figure(only) else self.text


@dataclass(frozen=True)
class Line:
    """One row. ``failing`` marks a finding that is phrased as a failing: a high figure is bad."""

    cells: tuple[Cell, ...]
    total: bool = False
    failing: bool = False


@dataclass(frozen=True)
class Head:
    """The head of a column, with its unit; a numeric column stands to the right."""

    title: str
    unit: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Sheet:
    """One printed table with its source. ``base`` says how many it rests on, or that this is not printed."""

    code: str
    title: str
    document: str
    document_title: str
    paragraph: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    base: Cell | None = None
    notes: tuple[Cell, ...] = ()
    flags: tuple[Cell, ...] = ()
    draw: str = ""

    @property
    def ours(self) -> bool:
        """Whether nothing in it is printed as it stands: every figure is worked out by us."""
        figures = [cell for line in self.lines for cell in line.cells[1:] if cell.parts]
        return bool(figures) and all(cell.ours for cell in figures)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that a reader sees: of the rows, the base, the notes and the flags."""
        beside = (self.base,) if self.base else ()
        return (*(cell for line in self.lines for cell in line.cells), *beside, *self.notes, *self.flags)


def figure(value: float | str) -> str:
    """Return a value as it is written: thousands apart, a text as it is."""
    return value if isinstance(value, str) else f"{value:,}"


def kept(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as plain data for the database; ``sheet_of`` turns it back."""
    return asdict(sheet)


def sheet_of(data: Mapping[str, Any]) -> Sheet:
    """Return the sheet that ``kept`` made plain."""
    shaped = dict(data)
    shaped["heads"] = tuple(Head(**head) for head in data["heads"])
    shaped["lines"] = tuple(
        Line(tuple(_cell(cell) for cell in line["cells"]), line["total"], line["failing"]) for line in data["lines"]
    )
    shaped["base"] = _cell(data["base"]) if data["base"] else None
    for name in ("notes", "flags"):
        shaped[name] = tuple(_cell(cell) for cell in data[name])
    return Sheet(**shaped)


def _cell(data: Mapping[str, Any]) -> Cell:
    """Return one cell from plain data."""
    return Cell(data["text"], tuple(Part(**part) for part in data["parts"]), ours=data["ours"], note=data["note"])


def sheet_as_data(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet for JSON: keys that say nothing are left out, and what is ours says so."""
    return {
        "code": sheet.code,
        "title": sheet.title,
        "source": {"document": sheet.document, "title": sheet.document_title, "paragraph": sheet.paragraph},
        "ours": sheet.ours,
        "base": _told(sheet.base) if sheet.base else None,
        "columns": [{"title": head.title, "unit": head.unit or None} for head in sheet.heads],
        "rows": [
            {
                "label": line.cells[0].text,
                "cells": [_told(cell) for cell in line.cells[1:]],
                **({"total": True} if line.total else {}),
                **({"failing": True} if line.failing else {}),
            }
            for line in sheet.lines
        ],
        "notes": [note.text for note in sheet.notes],
        "flags": [flag.text for flag in sheet.flags],
    }


def _told(cell: Cell) -> dict[str, Any]:
    """Return one cell for JSON, with the places in the files that its figures were read from."""
    told = {
        "value": cell.value,
        "ours": cell.ours,
        "note": cell.note,
        "from": [part.key for part in cell.parts],
    }
    return {key: value for key, value in told.items() if value or key == "value"}
