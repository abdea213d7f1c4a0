"""A sheet as a section of a page: heading, flags, table with bars or stacked shares, base, source, notes, CSV."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from inspectorate.register.sheets import BARS, STACK, Cell, Head, Line, Sheet

PER_CENT = "per cent"
NARROW = 3  # as many columns stand close together, so that the eye finds the figure of a row
STACKED = 3  # the shares that are drawn end to end


def sheet_section(sheet: Sheet, address: str) -> dict[str, Any]:
    """Return what the template of a sheet needs; ``address`` is that of the page on which it stands."""
    drawn = _drawn(sheet)
    return {
        "code": f"sheet-{sheet.code}",
        "title": sheet.title,
        "columns": _columns(sheet, drawn),
        "rows": [_row(sheet, line, drawn) for line in sheet.lines],
        "base": _stopped(sheet.base.text) if sheet.base else "",
        "source": f"{sheet.document_title}, {sheet.paragraph}",
        "ours": sheet.ours,
        "narrow": not drawn and len(sheet.heads) <= NARROW,
        "notes": [_sentence(note.text) for note in sheet.notes],
        "flags": [_sentence(flag.text) for flag in sheet.flags],
        "csv": f"{address}tables/{sheet.code}.csv",
    }


def _drawn(sheet: Sheet) -> list[int]:
    """Return the columns after which a bar stands: each printed per cent, or the last share of a stack."""
    if sheet.draw == STACK:
        return [STACKED]
    if sheet.draw != BARS:
        return []
    return [
        place for place, head in enumerate(sheet.heads) if head.unit.startswith(PER_CENT) and "ours" not in head.unit
    ]


def _columns(sheet: Sheet, drawn: list[int]) -> list[dict[str, Any]]:
    """Return the heads, with one for each bar."""
    columns: list[dict[str, Any]] = []
    for place, head in enumerate(sheet.heads):
        columns.append(_head(head))
        if place in drawn:
            columns.append({"title": _("0 to 100") if sheet.draw == BARS else _("Shares, end to end")})
    return columns


def _head(head: Head) -> dict[str, Any]:
    """Return one head."""
    return {"title": head.title, "numeric": head.numeric} | ({"unit": head.unit} if head.unit else {})


def _row(sheet: Sheet, line: Line, drawn: list[int]) -> dict[str, Any]:
    """Return one row, with its bars."""
    cells: list[Any] = []
    for place, cell in enumerate(line.cells):
        cells.append(_label(cell, line, sheet) if place == 0 else _cell(cell, line, sheet))
        if place in drawn:
            cells.append(_stack(line) if sheet.draw == STACK else _bar(cell, total=line.total))
    return {"cells": cells, "total": line.total}


def _label(cell: Cell, line: Line, sheet: Sheet) -> Any:
    """Return the name of a row; a failing says so, and so does a row of which every figure is ours."""
    notes = [cell.note] if cell.note else []
    if line.failing:
        notes.append(_("phrased as a failing"))
    if _is_ours(line) and not _says_ours(sheet):
        notes.append(_("ours, not printed"))
    text = cell.text[:1].upper() + cell.text[1:]
    return {"text": text, "note": "; ".join(notes)} if notes else text


def _cell(cell: Cell, line: Line, sheet: Sheet) -> Any:
    """Return one cell; what is ours in a row of printed figures says so."""
    notes = [cell.note] if cell.note else []
    if cell.ours and not _is_ours(line) and not _says_ours(sheet):
        notes.append(_("ours"))
    return {"text": cell.text, "note": "; ".join(notes)} if notes else cell.text


def _is_ours(line: Line) -> bool:
    """Whether every figure of a row is ours."""
    figures = [cell for cell in line.cells[1:] if cell.parts]
    return bool(figures) and all(cell.ours for cell in figures)


def _says_ours(sheet: Sheet) -> bool:
    """Whether the sheet or the head of a column says already what is ours."""
    return sheet.ours or any("ours" in f"{head.title} {head.unit}" for head in sheet.heads)


def _bar(cell: Cell, *, total: bool) -> Any:
    """Return a bar for one per cent; none for words, and none for a sum."""
    value = cell.value
    return "" if total or isinstance(value, str) else {"component": "small_bar", "per_cent": value}


def _stack(line: Line) -> SafeString:
    """Return the shares of a row end to end, for the eye alone; what is missing to 100 stays empty."""
    shares = [float(cell.value) for cell in line.cells[1 : STACKED + 1]]
    starts = [sum(shares[:place]) for place in range(len(shares))]
    parts = format_html_join(
        "",
        '<rect class="register-stack__share--{}" x="{}%" width="{}%" y="0" height="16"/>',
        (
            (place + 1, start, max(0, min(share, 100 - start)))
            for place, (start, share) in enumerate(zip(starts, shares, strict=True))
        ),
    )
    return format_html(
        '<svg class="register-stack" width="100%" height="16" aria-hidden="true" focusable="false">{}</svg>', parts
    )


def _sentence(words: str) -> str:
    """Return words with a capital at the front and a stop at the end."""
    return _stopped(words[:1].upper() + words[1:])


def _stopped(words: str) -> str:
    """Return words with a stop at the end."""
    return words if words.endswith((".", "!", "?")) else f"{words}."
