"""Lists of entries as sheets with heads, and back; what cannot be read is told with sheet, row and column.

A table is described in one line, ``"code title:text questions:list"``: the path of each value and its kind. A value
that must be there even when it is empty ends in an exclamation mark.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from inspectorate.methodology.conditions import SHAPE, as_data, parsed, spelled
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.forms import read_condition

WELSH = "::Welsh (cy)"
NONE = "(none)"
Rows = list[list[Any]]
Item = dict[str, Any]


@dataclass
class Book:
    """The sheets of one workbook by name, the faults found in them, and which sheets were read."""

    name: str
    sheets: Mapping[str, Rows]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, sheet: str, row: int, column: str | None, why: str, remedy: str) -> None:
        """Note a fault at a cell; rows count as in the spreadsheet, the heads being row 1."""
        self.faults.append(Fault(FaultCode.WRONG_SHAPE, f"{self.name}, sheet {sheet}", why, remedy, row, column))


@dataclass(frozen=True, slots=True)
class Column:
    """One value of an entry: where it stands, its kind, and whether it is written down when it is empty."""

    path: tuple[str, ...]
    kind: str
    always: bool

    @property
    def head(self) -> str:
        """What stands at the top of the column."""
        return ".".join(self.path)


def columns(described: str) -> tuple[Column, ...]:
    """Read the one line that describes a table."""
    found = []
    for word in described.split():
        path, _, kind = word.rstrip("!").partition(":")
        found.append(Column(tuple(path.split(".")), kind or "word", word.endswith("!")))
    return tuple(found)


def as_sheet(described: str, items: Iterable[Mapping[str, Any]]) -> Rows:
    """Return entries as rows below their heads."""
    shape = columns(described)
    heads = [head for column in shape for head in _heads(column)]
    return [heads, *([cell for column in shape for cell in _cells(column, item)] for item in items)]


def from_sheet(described: str, book: Book, sheet: str) -> list[tuple[int, Item]]:
    """Return the entries of a sheet, each with its row; a sheet that is not there has none."""
    rows = book.sheets.get(sheet, [])
    if not rows:
        return []
    shape = columns(described)
    place = {str(head).strip(): index for index, head in enumerate(rows[0]) if head not in ("", None)}
    known = {head for column in shape for head in _heads(column)}
    for head in place.keys() - known:
        book.fault(
            sheet, 1, head, f"there is no column called '{head}'.", f"The columns are: {', '.join(sorted(known))}."
        )
    found = []
    for number, row in enumerate(rows[1:], 2):
        if any(cell not in ("", None) for cell in row):
            given = {head: row[index] if index < len(row) else "" for head, index in place.items()}
            found.append((number, _item(shape, given, book, (sheet, number))))
    return found


def _heads(column: Column) -> list[str]:
    return [column.head, column.head + WELSH] if column.kind == "text" else [column.head]


def _cells(column: Column, item: Mapping[str, Any]) -> list[Any]:
    value: Any = item
    there = True
    for step in column.path:
        there = isinstance(value, Mapping) and step in value
        value = value[step] if there else None
    if column.kind == "text":
        return [value["en"], value.get("cy") or ""] if value else ["", ""]
    if value is None:
        return [NONE if there and column.kind == "value" else ""]
    return [_WRITTEN.get(column.kind, lambda one: one)(value)]


def _list(value: Sequence[str]) -> str:
    _refuse([one for one in value if "," in one or one != one.strip() or not one], "a comma or a space at an end")
    return ", ".join(value)


def _map(value: Mapping[str, Any]) -> str:
    _refuse([one for one in (*value, *map(str, value.values())) if ":" in one or ";" in one], "a colon or a semicolon")
    return "; ".join(f"{key}: {NONE if one is None else one}" for key, one in value.items())


def _refuse(wrong: list[str], what: str) -> None:
    if wrong:
        why, remedy = f"'{wrong[0]}' holds {what}, which separates things in a cell.", "Give it another code."
        raise Refused([Fault(FaultCode.WRONG_SHAPE, "edition", why, remedy)])


_WRITTEN: dict[str, Any] = {
    "list": _list,
    "map": _map,
    "numbers": _map,
    "steps": lambda steps: _map({str(step["from"]): step["cases"] for step in steps}),
    "yes": lambda value: "yes" if value else "no",
    "when": lambda value: spelled(read_condition(value)),
    "value": lambda value: ("yes" if value else "no") if isinstance(value, bool) else value,
}


def _item(shape: Sequence[Column], given: Mapping[str, Any], book: Book, at: tuple[str, int]) -> Item:
    item: Item = {}
    for column in shape:
        try:
            value = _read(column, given)
        except ValueError as error:
            why, _, remedy = str(error).partition("|")
            book.fault(*at, column.head, why, remedy or "Correct the cell.")
            continue
        if value is None and not column.always:
            continue
        here = item
        for step in column.path[:-1]:
            here = here.setdefault(step, {})
        here[column.path[-1]] = None if value is _NULL else value
    return item


_NULL = object()


def _read(column: Column, given: Mapping[str, Any]) -> Any:
    """Return the value of a cell, or None where it is empty; raise ValueError with why and remedy."""
    cell = given.get(column.head, "")
    if column.kind == "text":
        english, welsh = _plain(cell), _plain(given.get(column.head + WELSH, ""))
        if welsh and not english:
            raise ValueError("there is Welsh and no English.|Write the English beside it.")
        return {"en": english, "cy": welsh or None} if english else None
    if _plain(cell) == "":
        return [] if column.always and column.kind == "list" else None
    return _READ[column.kind](cell)


def _plain(cell: Any) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _word(cell: Any) -> str:
    if isinstance(cell, float) and not cell.is_integer():
        raise ValueError(
            f"{cell:g} is a number here, and 1.10 would have become 1.1.|Format the cell as text, type again."
        )
    return _plain(cell)


def _whole(cell: Any) -> int:
    text = _plain(cell)
    if not text.lstrip("-").isdecimal():
        raise ValueError(f"'{text}' is no whole number.|Write digits alone.")
    return int(text)


def _number(cell: Any) -> float | int:
    text = _plain(cell)
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        raise ValueError(f"'{text}' is no number.|Write it with a point, such as 0.8.") from None


def _yes(cell: Any) -> bool:
    text = _plain(cell).lower()
    if text not in {"yes", "no", "true", "false"}:
        raise ValueError(f"'{text}' is neither yes nor no.|Write yes or no.")
    return text in {"yes", "true"}


def _codes(cell: Any) -> list[str]:
    return [one for part in _word(cell).split(",") if (one := part.strip())]


def _pairs(cell: Any) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for part in (one for one in _plain(cell).split(";") if one.strip()):
        key, colon, value = (word.strip() for word in part.partition(":"))
        if not (colon and key and value) or key in found:
            raise ValueError(f"'{part.strip()}' is no pair.|Write such as F01: custody; F05: yes, each code once.")
        found[key] = None if value == NONE else value
    return found


def _value(cell: Any) -> Any:
    text = _plain(cell)
    if text == NONE:
        return _NULL
    return {"yes": True, "no": False}.get(text, text) if not _is_number(text) else _number(text)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def _when(cell: Any) -> dict[str, Any]:
    try:
        return as_data(parsed(_plain(cell)))
    except ValueError as error:
        raise ValueError(f"{error}.|{SHAPE}") from None


_READ: dict[str, Any] = {
    "word": _word,
    "whole": _whole,
    "number": _number,
    "yes": _yes,
    "list": _codes,
    "map": _pairs,
    "numbers": lambda cell: {key: _whole(value) for key, value in _pairs(cell).items()},
    "steps": lambda cell: [{"from": _whole(key), "cases": _whole(value)} for key, value in _pairs(cell).items()],
    "value": _value,
    "when": _when,
}
