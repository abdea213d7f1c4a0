"""The rule for small numbers (``small-numbers@2``): what may be said in public of few cases.

A figure that rests on fewer than five cases can tell about one person, so it is not shown. Where the parts of a whole
are shown beside that whole, a single hidden part could be worked out by taking the others away from the total: then the
next smallest part is hidden too, and so with each score of the parts by the cases in which it applied. The units of
several providers are shown all or none where one of them or of the providers is hidden: the other units of a provider
would tell of it. Inside the inspectorate nothing is hidden. Source: ``docs/reference/methods.md``,
"small-numbers@2"; the threshold is this project's choice, to be verified by whoever publishes.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

RULE = "small-numbers@2"
FEWEST = 5
"""Cases on which a public figure must rest."""
FEW = f"It rests on fewer than {FEWEST} cases, so the figure is not shown."
NESTED = (("provider", "ldu"),)
"""Columns of which the second divides each part of the first."""
HELD_BACK = ("per_cent", "low", "high", "sufficient", "applicable", "band", "rule", "account", "values", "reasons")
"""What is not told of a score or a finding that rests on too few cases."""


def shown(cases: int | None) -> bool:
    """Say whether a figure that rests on so many cases may be shown; None (no case counted) has nothing to hide."""
    return cases is None or cases == 0 or cases >= FEWEST


def hidden_parts(cases: Mapping[str, int | None], also: Collection[str] = ()) -> frozenset[str]:
    """Return the parts of a whole that may not be shown beside it, given the cases of each.

    Parts without any case are shown as such and protect nothing. A tie is settled by name, so that every page and file
    hides the same part. ``also`` are hidden in any case; they protect others as far as they have cases.
    """
    hidden = {part for part, count in cases.items() if not shown(count) or (count and part in also)}
    if len(hidden) != 1:
        return frozenset(hidden)
    others = sorted((count, part) for part, count in cases.items() if part not in hidden and count)
    return frozenset(hidden | {part for _, part in others[:1]})


def public_results(results: Mapping[str, Any]) -> dict[str, Any]:
    """Return settled results as the public may see them: what is held back says so and has no figure.

    ``results`` has scores, findings and parts as a settlement keeps them; held back twice is the same as once.
    """
    found = dict(results)
    found["scores"] = [_score(score) for score in results["scores"]]
    found["findings"] = [_finding(finding) for finding in results.get("findings", [])]
    by = {column: _parts(parts) for column, parts in results.get("by", {}).items()}
    for whole, unit in NESTED:
        several = sum(part["cases"] != 0 for part in by.get(whole, [])) > 1
        if several and any(part.get("held_back") for part in (*by[whole], *by.get(unit, []))):
            by[unit] = [_hidden(part) if part["cases"] != 0 else part for part in by.get(unit, [])]
    found["by"] = by
    return found


def _score(score: Mapping[str, Any]) -> dict[str, Any]:
    return dict(score) if shown(_base(score)) else _held_back(score)


def _base(score: Mapping[str, Any]) -> int | None:
    """Return the cases that a score rests on: of a share of cases, those in which the question applied."""
    if str(score.get("method", "")).startswith("case-share"):
        return score.get("applicable")
    return score.get("cases")


def _finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    if finding.get("held_back") or not shown(finding["applicable"]):
        return _held_back(finding)
    told = dict(finding)
    # A count of reasons or answers can tell of one person where the question itself does not.
    told["reasons"] = {code: count for code, count in finding.get("reasons", {}).items() if shown(count)}
    told.pop("values", None)
    return told


def _held_back(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: None if key in HELD_BACK else value for key, value in one.items()} | {
        "sentence": FEW,
        "held_back": True,
    }


def _parts(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    hidden = hidden_parts({part["value"]: part["cases"] for part in parts})
    hidden |= {part["value"] for part in parts if part.get("held_back")}
    scores = _hidden_scores(parts, hidden)
    return [
        _hidden(part)
        if part["value"] in hidden
        else dict(part)
        | {
            "scores": [
                _held_back(score) if (part["value"], score.get("code")) in scores else _score(score)
                for score in part["scores"]
            ]
        }
        for part in parts
    ]


def _hidden(part: Mapping[str, Any]) -> dict[str, Any]:
    return dict(part) | {"cases": None, "scores": [], "held_back": True}


def _hidden_scores(parts: Sequence[Mapping[str, Any]], hidden: Collection[str]) -> set[tuple[str, str]]:
    """Return the scores of parts that are held back: of few cases, and so that none is the total less the others."""
    bases: dict[str, dict[str, int | None]] = {}
    for part in parts:
        for score in part["scores"]:
            base = None if score.get("held_back") else _base(score)
            bases.setdefault(score.get("code", ""), {})[part["value"]] = base
    return {(part, code) for code, of in bases.items() for part in hidden_parts(of, hidden)}
