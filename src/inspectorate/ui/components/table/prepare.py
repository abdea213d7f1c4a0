"""What the template of ``table`` needs beyond its parameters.

Cells are written here and not in the template: a page may hold some thousands of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from inspectorate.ui import components, words
from inspectorate.ui.levels import take

FEWEST_STACKED, MOST_STACKED = 4, 8
"""So many columns does a table have whose rows a phone shows as lines: three fit beside each other, and a list of
characteristics is compared down its columns."""


def figure(value: Any, places: int) -> Any:
    """Write a number of a column of figures; leave words as they are."""
    written = value is None or (isinstance(value, int | float) and not isinstance(value, bool))
    return words.written_number(value, places) if written else value


def same(value: Any) -> Any:
    """Return what two cells must share to look the same; safe HTML is never the same as the words it is made of."""
    if isinstance(value, Mapping):
        return tuple((name, same(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(same(one) for one in value)
    return type(value), value


def days(written: SafeString) -> SafeString:
    """Mark each date of a cell: a line may break between two of them, and never inside one, as 1 to 5 March 2027."""
    begins, to, ends = written.partition(" to ")
    parts = [begins, ends] if to and " " in begins else [written]
    return mark_safe(" to ".join(f'<span class="ins-day">{part}</span>' for part in parts))  # noqa: S308 - of an escaped text


def inside(value: Any, column: Mapping[str, Any], drawn: dict[Any, SafeString]) -> SafeString:
    """Return what stands in a cell: a value, ``{text, href, note}`` or ``{component, …}``, each drawn once."""
    given = value if isinstance(value, Mapping) else {"text": value}
    if "component" in given:
        key = same(given)
        if key not in drawn:
            drawn[key] = components.render(given["component"], **{k: v for k, v in given.items() if k != "component"})
        return drawn[key]
    text = given.get("text")
    if column.get("numeric"):
        text = figure(text, column.get("places", 0))
    written = conditional_escape("" if text is None else words.in_language(text))
    if column.get("dates"):
        written = days(written)
    if href := given.get("href"):
        written = format_html('<a class="govuk-link" href="{}">{}</a>', href, written)
    if note := given.get("note"):
        written = format_html('{} <span class="ins-note">{}</span>', written, note)
    return written


def stacks(columns: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether a phone shows each row as a few lines: where several columns hold words and none is one of many."""
    words_in = sum(not column.get("numeric") for column in columns)
    return FEWEST_STACKED <= len(columns) <= MOST_STACKED and words_in > len(columns) / 2


def heads(columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the head of each column as its cells carry it where a phone shows them one below the other."""
    if not stacks(columns):
        return [""] * len(columns)
    titles = [f"{column['title']} {column.get('unit') or ''}".strip() for column in columns]
    return [f' data-head="{conditional_escape(title)}"' if title else "" for title in titles]


def row(
    values: Sequence[Any], columns: Sequence[Mapping[str, Any]], drawn: dict[Any, SafeString], named: Sequence[str]
) -> SafeString:
    """Return the cells of one row; the first names it."""
    cells = []
    for place, (value, column) in enumerate(zip(values, columns, strict=True)):
        kind = (' class="ins-figure"' if column.get("numeric") else "") + named[place]
        open_, close = (f'<th scope="row"{kind}>', "</th>") if place == 0 else (f"<td{kind}>", "</td>")
        cells.append(f"{open_}{inside(value, column, drawn)}{close}")
    return mark_safe("".join(cells))  # noqa: S308 - every value was escaped above


def prepare(given: dict[str, Any]) -> dict[str, Any]:
    """Write every row; a row may be a plain list or ``{cells, total}``."""
    columns: Sequence[Mapping[str, Any]] = given["columns"]
    rows: Iterable[Any] = given["rows"]
    drawn: dict[Any, SafeString] = {}
    named = heads(columns)
    return {
        "stacked": stacks(columns),
        "rows": [
            {
                "cells": row(take(one, "cells") if isinstance(one, Mapping) else one, columns, drawn, named),
                "total": isinstance(one, Mapping) and one.get("total", False),
            }
            for one in rows
        ],
    }
