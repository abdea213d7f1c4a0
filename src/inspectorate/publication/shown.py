"""How a public result is laid out for pages: what the components and templates are given."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse

from inspectorate.publication.public import PublicResult

FINDINGS_EACH = 5
SCORE_COLUMNS = [
    {"title": "Score"},
    {"title": "Sufficient", "unit": "judgements", "numeric": True},
    {"title": "Applicable", "unit": "judgements", "numeric": True},
    {"title": "Sufficient", "unit": "per cent", "numeric": True},
    {"title": "Low", "unit": "per cent", "numeric": True},
    {"title": "High", "unit": "per cent", "numeric": True},
]


def bars(result: PublicResult, scores: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return scores as the component ``score_bars`` takes them, each with the way to its account."""
    return [
        {
            "title": score["title"],
            "href": account_address(result, score),
            **{key: score.get(key) for key in ("per_cent", "low", "high", "sufficient", "applicable", "cases")},
            "band": score.get("band"),
            "bands": score.get("bands") or None,
            "sentence": score.get("sentence"),
        }
        for score in scores
    ]


def account_address(result: PublicResult, one: Mapping[str, Any]) -> str:
    """Return the address of the account of a score or rating; empty where there is none to read."""
    if one.get("held_back") or not result.public_id:
        return ""
    return reverse("publication:account", args=[result.public_id, one["code"]])


def score_table(scores: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return scores as columns and rows of a table."""
    keys = ("sufficient", "applicable", "per_cent")
    rows = [
        [
            {"text": one["title"]["en"], "note": one.get("sentence") if one.get("held_back") else ""},
            *(one.get(key) for key in keys),
            _whole(one.get("low")),
            _whole(one.get("high")),
        ]
        for one in scores
    ]
    return {"columns": SCORE_COLUMNS, "rows": rows}


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value + 0.5)


def standard_table(result: PublicResult) -> dict[str, Any]:
    """Return the standards with their ratings and what decided each."""
    rows = [
        [
            {"text": one["title"]["en"], "href": account_address(result, one), "note": _moved(one)},
            {"component": "band", "code": one.get("band"), "levels": one.get("bands") or []},
        ]
        for one in result.standards
    ]
    return {"columns": [{"title": "Standard"}, {"title": "Rating"}], "rows": rows}


def _moved(one: Mapping[str, Any]) -> str:
    moved = one.get("moved")
    return f"Moved by the ratings panel: {moved['reason']}" if moved else ""


def findings(result: PublicResult) -> dict[str, list[dict[str, Any]]]:
    """Return the findings to tell first: the strongest and the weakest, none of them twice."""
    ordered = sorted(result.findings, key=lambda one: (-one["per_cent"], -one["applicable"]))
    strong = [one for one in ordered if one["per_cent"] >= 50][:FINDINGS_EACH]
    weak = [one for one in reversed(ordered) if one not in strong][:FINDINGS_EACH]
    return {"strong": strong, "weak": weak}


def recommendations(result: PublicResult) -> list[dict[str, Any]]:
    """Return the recommendations, by the organisation that they are addressed to, in the order of the report."""
    order = list(dict.fromkeys(one["addressee"] for one in result.content["recommendations"]))
    listed = sorted(result.content["recommendations"], key=lambda one: order.index(one["addressee"]))
    return [
        {"addressee": addressee, "items": list(items)}
        for addressee, items in groupby(listed, key=lambda one: one["addressee"])
    ]


def parts(result: PublicResult) -> list[dict[str, Any]]:
    """Return the breakdowns: for each column its parts, those held back named as such."""
    heads = {"provider": "By provider", "ldu": "By local delivery unit"}
    found = []
    for column, pieces in result.results["by"].items():
        if len(pieces) < 2 or all(piece.get("held_back") for piece in pieces):
            continue
        titles = next(piece["scores"] for piece in pieces if not piece.get("held_back"))
        headline = [score for score in titles if score.get("headline")] or list(titles)
        codes = [score["code"] for score in headline]
        columns = [{"title": heads.get(column, column).removeprefix("By ").capitalize()}]
        columns += [{"title": "Cases", "numeric": True}]
        columns += [{"title": score["title"]["en"], "unit": "per cent", "numeric": True} for score in headline]
        rows = [_part(piece, codes) for piece in pieces]
        found.append({"title": heads.get(column, f"By {column}"), "columns": columns, "rows": rows})
    return found


def _part(piece: Mapping[str, Any], codes: Sequence[str]) -> list[Any]:
    if piece.get("held_back"):
        return [{"text": piece["value"], "note": "not shown: few cases"}, *[None] * (len(codes) + 1)]
    per_cents = {score["code"]: score["per_cent"] for score in piece["scores"] if (score["cases"] or 0) >= 1}
    return [piece["value"] or "(none named)", piece["cases"], *(per_cents.get(code) for code in codes)]
