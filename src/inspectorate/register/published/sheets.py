"""The sheets of ``published/sheets/*.yaml``: every figure is pointed to in the JSON files, none is typed again.

A pointer is a path such as ``per_cent/felt_involved``, from the place that the sheet names (``at``), or from a file
where it begins with one (``more_figures/victims``). Notes and flags that stand at that place are taken along.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from inspectorate.register.published.folder import documents, json_file, published_folder, yaml_file
from inspectorate.register.sheets import Cell, Head, Line, Part, Sheet, figure

FILES = ("aggregates", "hours_and_money", "more_figures")
HERE = "."  # the place of the sheet itself
ABOUT = ("source", "kind", "note", "flag")
NOT_PRINTED = "not printed"


@cache
def sheets_of(programme: str, year: str) -> tuple[Sheet, ...]:
    """Return the sheets of one page, in the order of the files and within each."""
    page = f"{programme} {year}"
    return tuple(
        _sheet(spec)
        for name in sorted(path.name for path in (published_folder() / "sheets").glob("*.yaml"))
        for spec in _specs(name)
        if page in spec["pages"]
    )


@cache
def _specs(name: str) -> tuple[dict[str, Any], ...]:
    """Return the sheets of one file; what stands at its head holds for each that does not say otherwise."""
    told = yaml_file(f"sheets/{name}")
    usual = {key: value for key, value in told.items() if key != "sheets"}
    return tuple(usual | spec for spec in told["sheets"])


def _sheet(spec: dict[str, Any]) -> Sheet:
    """Build one sheet."""
    place = spec["at"]
    document, paragraph = _source(spec)
    base = spec.get("base")
    return Sheet(
        code=spec["code"],
        title=spec["title"],
        document=document,
        document_title=documents()[document],
        paragraph=paragraph,
        heads=tuple(_head(head) for head in spec["columns"]),
        lines=tuple(line for row in spec["rows"] for line in _lines(row, place, ours=spec.get("ours", False))),
        base=_cell(base if isinstance(base, dict) else {"words": base}, place) if base else None,
        notes=_said(spec, "notes", "note"),
        flags=_said(spec, "flags", "flag"),
        draw=spec.get("draw", ""),
    )


def _source(spec: dict[str, Any]) -> tuple[str, str]:
    """Return document and paragraph: said by the sheet, or standing in the file at its place or above it."""
    if "document" in spec:
        return spec["document"], spec["paragraph"]
    steps = spec["at"].split("/")
    for end in range(len(steps), 0, -1):
        node = _at("/".join(steps[:end]))
        if isinstance(node, dict) and "source" in node:
            source = node["source"]
            file, paragraph = (
                source.split(", ", 1) if isinstance(source, str) else (source["file"], source["paragraph"])
            )
            return _document_of(file), spec.get("paragraph", paragraph)
    raise LookupError(f"the sheet {spec['code']} has no source: say its document and paragraph")


def _document_of(file: str) -> str:
    """Return the short name of a document by its file."""
    names = {name: short for short, name in json_file("more_figures")["about"]["documents"].items()}
    return names[file]


def _said(spec: dict[str, Any], plural: str, single: str) -> tuple[Cell, ...]:
    """Return the notes or flags: those that the sheet gives, else those that stand at its place in the file."""
    place = spec["at"]
    if plural in spec:
        return tuple(_cell(said if isinstance(said, dict) else {"words": said}, place) for said in spec[plural])
    node = _at(place)
    names = [name for name in (single, plural) if isinstance(node, dict) and name in node]
    found = []
    for name in names:
        several = node[name] if isinstance(node[name], list) else [node[name]]
        ends = [f"/{index}" for index in range(len(several))] if isinstance(node[name], list) else [""]
        found += [_cell(f"{name}{end}", place) for end in ends]
    return tuple(found)


def _head(told: str | dict[str, Any]) -> Head:
    """Build one head; a column with a unit holds figures."""
    if isinstance(told, str):
        return Head(told)
    return Head(told["title"], told.get("unit", ""), told.get("numeric", "unit" in told))


def _lines(row: list[Any] | dict[str, Any], place: str, *, ours: bool) -> Iterator[Line]:
    """Yield the rows that one entry stands for: one, or one for ``each`` key of a node."""
    if isinstance(row, list):
        row = {"label": row[0], "cells": row[1:]}
    ours = row.get("ours", ours)
    if "each" not in row:
        yield _line(row, row["label"], row["cells"], place, ours=ours)
        return
    for key in _keys(_at(_full(row["each"], place) if row["each"] != HERE else place)):
        cells = [_with_key(cell, str(key)) for cell in row.get("cells", [f"{row['each']}/%"])]
        name = row.get("labels", {}).get(key, _words(str(key)))
        label = _with_key(row["label"], str(key)) if "label" in row else name
        total = {"total": True} if key == "total" else {}
        yield _line(row | total, label, [{"words": name}, *cells] if row.get("named") else cells, place, ours=ours)


def _keys(node: Any) -> list[Any]:
    """Return the keys of a node, or the places of a list; what tells of the node itself is no row."""
    return list(range(len(node))) if isinstance(node, list) else [key for key in node if key not in ABOUT]


def _line(row: dict[str, Any], label: str | dict[str, Any], cells: list[Any], place: str, *, ours: bool) -> Line:
    """Build one row; its label is words, or a pointer to them."""
    first = _cell(label if isinstance(label, dict) else {"words": label}, place)
    told = tuple(_cell(cell, place, ours=ours) for cell in cells)
    return Line((first, *told), row.get("total", False), row.get("failing", False))


def _with_key(told: Any, key: str) -> Any:
    """Put a key in the place of each percent sign of a pointer."""
    if isinstance(told, dict):
        return {name: _with_key(value, key) if name == "of" else value for name, value in told.items()}
    if isinstance(told, list):
        return [_with_key(one, key) for one in told]
    return told.replace("%", key) if isinstance(told, str) else told


def _cell(told: str | dict[str, Any] | None, place: str, *, ours: bool = False) -> Cell:
    """Build one cell: a pointer; or {of, as, ours, note} for several values, a pattern, a mark; or {words}."""
    if told is None:
        return Cell(NOT_PRINTED)
    if isinstance(told, str):
        told = {"of": told}
    if "of" not in told:
        return Cell(told["words"], note=told.get("note", ""))
    pointers = [told["of"]] if isinstance(told["of"], str) else told["of"]
    keys = [_full(pointer, place) for pointer in pointers]
    values = [_at(key) for key in keys]
    if None in values:
        return Cell(NOT_PRINTED, note=told.get("note", ""))
    pattern = told.get("says") or told.get("as", "{0}")
    text = pattern if "says" in told else pattern.format(*map(figure, values))
    parts = tuple(Part(key, value) for key, value in zip(keys, values, strict=True))
    return Cell(text, parts, told.get("ours", ours), told.get("note", ""))


def _full(pointer: str, place: str) -> str:
    """Return a pointer from its file on."""
    return pointer if pointer.split("/", maxsplit=1)[0] in FILES else f"{place}/{pointer}"


def _at(key: str) -> Any:
    """Return what stands at a place, as in "more_figures/victims/cci_2011_12/n"."""
    file, *steps = key.split("/")
    node = json_file(file)
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


def _words(key: str) -> str:
    """Return a key as words: each_of_these becomes Each of these."""
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]
