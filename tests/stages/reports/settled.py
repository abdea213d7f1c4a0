"""Settled ratings for the tests of reports: an invented inspection, scored, as a settlement holds it."""

from functools import cache

from inspectorate.methodology.plans import SHARES
from inspectorate.ratings.invented import demonstration
from inspectorate.ratings.scored import work_out


@cache
def payload(example="iaow"):
    """The payload of a settlement of one of the invented examples of the product."""
    scored = work_out(demonstration(example))
    edition = scored.given.edition
    return {
        "edition": edition.code,
        "edition_digest": edition.digest,
        "edition_title": {"en": edition.title.en, "cy": edition.title.cy},
        "cases": scored.cases,
        "listed": scored.listed,
        "scores": [_result(result) for result in scored.shares],
        "standards": [_result(result) for result in scored.standards],
        "overall": _result(scored.overall) if scored.overall else None,
        "findings": [finding.as_data() for finding in scored.findings],
        "by": {column: _parts(scored, column) for column in ("provider", "ldu")},
    }


def _parts(scored, column):
    listed = scored.listed_in(column)
    found = []
    for value, results in scored.by(column).items():
        shares = [_result(result) for result in results if result.step.method in SHARES]
        cases = max(row["cases"] for row in shares)
        found.append({"value": value, "cases": cases, "listed": listed[value], "scores": shares})
    return found


def _result(result):
    data, step = result.as_data(), result.step
    named = ("code", "headline", "method", "sufficient", "applicable", "cases", "population", "per_cent", "low", "high")
    levels = [(lv.code, lv.title, lv.from_) for lv in step.bands.levels] if step.bands else []
    return {
        **{name: data.get(name) for name in named},
        "title": {"en": step.title.en, "cy": step.title.cy},
        "band": data["band_code"],
        "bands": [{"code": code, "title": {"en": name.en, "cy": name.cy}, "from": at} for code, name, at in levels],
        "points": data.get("points"),
        "sentence": result.account.sentence,
        "account": result.account.as_data(),
        "rule": data["band_code"],
        "moved": None,
    }
