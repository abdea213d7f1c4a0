"""What the template of ``table`` needs beyond its parameters."""

from collections.abc import Mapping
from typing import Any

from inspectorate.ui import components, words
from inspectorate.ui.levels import take

TURNED = {"ascending": "descending", "descending": "ascending"}


def figure(value: Any, places: int) -> Any:
    """Write a number of a column of figures; leave words as they are."""
    written = value is None or (isinstance(value, int | float) and not isinstance(value, bool))
    return words.written_number(value, places) if written else value


def cell(value: Any, column: Mapping[str, Any]) -> dict[str, Any]:
    """Return one cell as the template needs it."""
    given = dict(value) if isinstance(value, Mapping) else {"text": value}
    if "component" in given:
        return {"text": components.render(given.pop("component"), **given), "numeric": column.get("numeric")}
    text = given.get("text")
    if column.get("numeric"):
        text = figure(text, column.get("places", 0))
    return given | {"text": "" if text is None else text, "numeric": column.get("numeric")}


def prepare(given: dict[str, Any]) -> dict[str, Any]:
    """Give every cell its column's kind; a row may be a plain list or ``{cells, total}``."""
    columns = given["columns"]
    rows = [
        {
            "cells": [cell(value, column) for value, column in zip(take(row, "cells") or row, columns, strict=True)],
            "total": isinstance(row, Mapping) and row.get("total", False),
        }
        for row in given["rows"]
    ]
    return {"rows": rows, "sortable": any(column.get("href") for column in columns)}
