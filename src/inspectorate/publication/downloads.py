"""A public result as files: CSV of its figures, JSON of everything that the page says. Nothing else is in them."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify

from inspectorate.publication.models import Release
from inspectorate.publication.public import PublicResult
from inspectorate.ui.neutral import for_csv

FIGURES = ("sufficient", "applicable", "cases", "per_cent", "low", "high")
HEAD = ("kind", "code", "title", "part", *FIGURES, "rating", "note")
LIST_HEAD = ("public_from", "body", "title", "edition", "address")


def as_csv(result: PublicResult) -> HttpResponse:
    """Return every figure of a result, one a line."""
    return _csv(_named(result), HEAD, _lines(result))


def _lines(result: PublicResult) -> Iterable[list[Any]]:
    for score in result.results["scores"]:
        yield _line("headline score" if score.get("headline") else "score", score)
    for standard in result.standards:
        yield _line("standard", standard)
    if result.overall:
        yield _line("overall", result.overall)
    for finding in result.results["findings"]:
        yield _line("finding", finding | {"title": {"en": finding["question"]}, "cases": finding["applicable"]})
    for column, pieces in result.results["by"].items():
        for piece in pieces:
            yield from _part(f"by {column}", piece)


def _part(kind: str, piece: dict[str, Any]) -> Iterable[list[Any]]:
    if piece.get("held_back"):
        return [[kind, "", "", piece["value"], *[""] * (len(FIGURES) + 1), "not shown: few cases"]]
    return [_line(kind, score, piece["value"]) for score in piece["scores"]]


def _line(kind: str, one: dict[str, Any], part: str = "") -> list[Any]:
    bands = {band["code"]: band["title"]["en"] for band in one.get("bands") or []}
    figures = [one.get(key) for key in FIGURES]
    note = one.get("sentence") if one.get("held_back") else ""
    return [kind, one["code"], one["title"]["en"], part, *figures, bands.get(one.get("band") or "", ""), note]


def as_json(result: PublicResult) -> HttpResponse:
    """Return the whole result: figures, accounts, recommendations, and what it was made from."""
    told = {
        "public_from": result.visible_from.isoformat(),
        "title": result.content["title"],
        "body": result.content["body"],
        "area": result.content["area"],
        "fieldwork": result.content["fieldwork"],
        "invented": result.inspection.invented,
        "report_digest": result.signed.digest,
        "recommendations": result.content["recommendations"],
        "results": result.results,
    }
    text = json.dumps(told, ensure_ascii=False, indent=2)
    return attached(text.encode(), "application/json", f"{_named(result)}.json")


def list_as_csv(releases: Iterable[Release], root: str) -> HttpResponse:
    """Return public results, one a line."""
    rows = (
        [
            release.visible_from.isoformat(),
            release.inspection.body.full_name if release.inspection.body else release.inspection.area,
            release.signed_report.content["title"]["en"],
            release.signed_report.content["edition"],
            f"{root}{release.get_absolute_url()}",
        ]
        for release in releases
    )
    return _csv("results", LIST_HEAD, rows)


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([for_csv("" if cell is None else str(cell)) for cell in row] for row in rows)
    return attached(("\ufeff" + file.getvalue()).encode(), "text/csv; charset=utf-8", f"{name}.csv")


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to be saved."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _named(result: PublicResult) -> str:
    return f"{'invented-' if result.inspection.invented else ''}{slugify(result.content['title'])[:70]}"
