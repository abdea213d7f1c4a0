"""PDF: what the page shows, for print. Typst lays it out; what it is given are values, never source."""

import json
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from inspectorate.methodology.plans import SHARES
from inspectorate.methodology.results import Result
from inspectorate.ratings import shown
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.subject import Subject
from inspectorate.ui import words
from inspectorate.ui.neutral import for_sheet

TEMPLATE = Path(__file__).resolve().parents[1] / "typst" / "scores.typ"
FONTS = Path(words.__file__).parent / "fonts"


def make(subject: Subject, scored: Scored, by: str = "") -> bytes:
    """Return the scores, how each came about and where they come from, as PDF/UA-1: tagged, titled, in English."""
    data = json.dumps(_clean(_data(subject, scored, by)), ensure_ascii=False)
    made: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        timestamp=int(subject.at.timestamp()),
    )
    return made


def _data(subject: Subject, scored: Scored, by: str) -> dict[str, Any]:
    edition = scored.given.edition
    at = timezone.localtime(subject.at)
    return {
        "title": subject.title,
        "invented": subject.invented,
        "edition": f"{edition.title.en} ({edition.code}, {edition.status})",
        "cases": scored.cases,
        "listed": scored.listed,
        "dated": f"{subject.dated} {words.written_date(at)}, {at:%H:%M}.",
        "notes": list(subject.notes),
        "overall": _result(scored.overall, scored) if scored.overall else None,
        "standards": [_result(result, scored) for result in scored.standards],
        "standards_title": shown.standards_title(scored),
        "headline": [_result(result, scored) for result in scored.shares if result.step.headline],
        "others": [_result(result, scored) for result in scored.shares if not result.step.headline],
        "others_title": shown.others_title(scored),
        "by": by,
        "parts": _parts(scored, by),
        "digests": [
            ["Edition", edition.digest],
            *([name, digest] for name, digest in subject.sources),
        ],
        "methods": ", ".join(scored.methods),
        "command": subject.command,
    }


def _parts(scored: Scored, by: str) -> list[dict[str, Any]]:
    listed = scored.listed_in(by) if by else {}
    found = []
    for value, results in scored.by(by).items():
        shares = [result for result in results if result.step.method in SHARES]
        first = [result for result in shares if result.step.headline] or shares
        rows = [_result(result, scored) for result in first]
        found.append({"value": value or "(empty)", "listed": listed[value], "rows": rows})
    return found


def _result(result: Result, scored: Scored) -> dict[str, Any]:
    overall = scored.overall
    points = overall.step.points.of if overall and overall.step.points else {}
    return {
        "title": shown.named(result.step),
        "sentence": result.account.sentence,
        "per_cent": result.per_cent,
        "low": result.low,
        "high": result.high,
        "between": shown.between(result.low, result.high),
        "counts": _counts(result),
        "band": result.band.title.en if result.band else "",
        "cuts": [level.from_ for level in result.step.bands.levels] if result.step.bands else [],
        "points": result.points if result.points is not None else points.get(result.band.code if result.band else ""),
        "most_points": result.most_points,
        "reasoned": shown.reasoned(result),
        "lines": [line.text for line in result.account.lines],
        "warnings": list(result.account.warnings),
        "changes": [change.text for change in result.account.changes],
    }


def _counts(result: Result) -> str:
    if not result.applicable:
        return ""
    return f"{words.written_number(result.sufficient)} of {words.written_number(result.applicable)}"


def _clean(value: Any) -> Any:
    """Take characters out of every text that no document can show."""
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return for_sheet(value) if isinstance(value, str) else value
