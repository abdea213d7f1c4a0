"""Charts and tables of a report, drawn from its frozen results: what components and documents are given."""

from collections.abc import Mapping
from typing import Any

from inspectorate.methodology.plans import SHARES
from inspectorate.reports.figures import counts, interval, rating
from inspectorate.ui.words import in_language, written_number

Row = Mapping[str, Any]
NO_FIGURE = "\N{EN DASH}"
NO_BREAK = "\N{NO-BREAK SPACE}"
FEW_CASES = "not shown: few cases"


def headline(results: Row) -> list[Row]:
    """Return the headline scores that are shares; every share where an edition has no such headline."""
    shares = [row for row in results["scores"] if row["method"] in SHARES]
    return [row for row in shares if row["headline"]] or shares


def result(results: Row, code: str) -> Row | None:
    """Return the result of that code; None where there is none."""
    return next((row for row in (*results["scores"], *results["standards"]) if row["code"] == code), None)


def words_of_chart(rows: list[Row]) -> str:
    """Return a chart in words, for whoever cannot see it."""
    return " ".join(f"{in_language(row['title'], 'en')}: {row['sentence']}" for row in rows)


def table(results: Row, token: str) -> dict[str, Any]:
    """Return the columns and rows of a table, cells as text; figures stand to the right where ``numeric``."""
    what = token.partition(":")[2]
    if what == "standards":
        return _standards(results)
    if what == "headline":
        return scores_table(headline(results))
    return _broken_down(results, what)


def scores_table(rows: list[Row]) -> dict[str, Any]:
    """Return shares as a table: what each rests on, its per cent and its interval."""
    banded = any(row["bands"] for row in rows)
    columns = [
        {"title": "Score"},
        {"title": "Sufficient", "unit": "per cent", "numeric": True},
        {"title": "Interval", "unit": "per cent", "numeric": True},
        {"title": "Judgements", "unit": "sufficient of all", "numeric": True},
        *([{"title": "Rating"}] if banded else []),
    ]
    return {
        "columns": columns,
        "rows": [[_title(row), *_figures(row), *([rating(row)] if banded else [])] for row in rows],
    }


def _figures(row: Row) -> list[str]:
    if row["per_cent"] is None:
        return [NO_FIGURE, FEW_CASES if row.get("held_back") else "no relevant case", NO_FIGURE]
    between = interval(row).removeprefix("between ").removesuffix(" per cent").replace(" and ", " to ")
    return [str(row["per_cent"]), *(text.replace(" ", NO_BREAK) for text in (between, counts(row)))]


def _title(row: Row) -> str:
    title = str(in_language(row["title"], "en"))
    return f"{row['code']} {title}" if row["code"][:1].isdigit() else title


def _standards(results: Row) -> dict[str, Any]:
    pointed = any(row.get("points") is not None for row in results["standards"])
    columns = [{"title": "Standard"}, {"title": "Rating"}, *([{"title": "Points", "numeric": True}] if pointed else [])]
    rows: list[Any] = [[_title(row), rating(row), *_points(row, pointed=pointed)] for row in results["standards"]]
    overall = results["overall"]
    if overall:
        rows.append({"total": True, "cells": ["Overall", rating(overall), *_points(overall, pointed=pointed)]})
    return {"columns": columns, "rows": rows}


def _points(row: Row, *, pointed: bool) -> list[str]:
    if not pointed:
        return []
    points = row.get("points")
    return [NO_FIGURE if points is None else str(points)]


def _broken_down(results: Row, what: str) -> dict[str, Any]:
    first = {"provider": "Provider", "ldu": "Local delivery unit"}[what]
    columns = [
        {"title": first},
        {"title": "Score"},
        {"title": "Sufficient", "unit": "per cent", "numeric": True},
        {"title": "Interval", "unit": "per cent", "numeric": True},
        {"title": "Judgements", "unit": "sufficient of all", "numeric": True},
    ]
    rows = [
        [f"{part['value'] or 'not said'} ({written_number(part['cases'])} cases)", _title(row), *_figures(row)]
        for part in results["by"][what]
        for row in headline(part | {"standards": []})
    ]
    hidden = [part["value"] or "not said" for part in results["by"][what] if part.get("held_back")]
    rows += [[value, NO_FIGURE, NO_FIGURE, FEW_CASES, NO_FIGURE] for value in hidden]
    return {"columns": columns, "rows": rows}
