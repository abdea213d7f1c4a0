"""Ratings as they are settled: every figure as plain values, what they were worked out from, and the same again.

The figures are the seam to reports and publication. What they were worked out from is stored beside them, so that the
same figures can be had again from it alone, whatever became of the assessments meanwhile.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from inspectorate.methodology import panel
from inspectorate.methodology.answers import Answers, KindAnswers
from inspectorate.methodology.bands import Bands
from inspectorate.methodology.cases import CaseList
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.forms import ABSENT, Kind
from inspectorate.methodology.plans import SHARES
from inspectorate.methodology.rating import read_judgements
from inspectorate.methodology.results import Result
from inspectorate.methodology.texts import Text
from inspectorate.ratings.inspected import score_read, with_panel
from inspectorate.ratings.intake import Read, edition_of
from inspectorate.ratings.models import PanelMove, Settlement
from inspectorate.ratings.scored import Scored

BROKEN_DOWN = ("provider", "ldu")
PLACES = 6


@dataclass(frozen=True)
class Part:
    """One section with what comes of it, and the moves that count in it, as plain values."""

    code: str
    scored: Scored
    moves: Sequence[Mapping[str, Any]]


def move_as_data(move: PanelMove) -> dict[str, Any]:
    """Return a confirmed move as it is stored with a settlement."""
    return {
        "standard": move.standard,
        "to": move.to_level,
        "reason": move.reason,
        "grounds": move.grounds,
        "people": [move.proposed_by_name, move.decided_by_name],
        "decision": move.decision_reason,
        "at": move.decided_at.isoformat() if move.decided_at else None,
    }


# ---- the figures ----


def payload_of(parts: Sequence[Part]) -> dict[str, Any]:
    """Return every figure of an inspection: those of the main module, and under ``modules`` those of any other."""
    main, *others = parts
    data = _section(main) | {"modules": [{"code": part.code, **_section(part)} for part in others]}
    found: dict[str, Any] = json.loads(json.dumps(_rounded(data), ensure_ascii=False))
    return found


def _section(part: Part) -> dict[str, Any]:
    scored = part.scored
    edition = scored.given.edition
    moves = {move["standard"]: move for move in part.moves if move["standard"] in scored.moved}
    overall = scored.overall
    return {
        "edition": edition.code,
        "edition_digest": edition.digest,
        "edition_title": _text(edition.title),
        "cases": scored.cases,
        "listed": scored.listed,
        "scores": [_result(result, scored, moves) for result in scored.shares],
        "standards": [
            _result(result, scored, moves) | {"points": points_of(result, scored)} for result in scored.standards
        ],
        "overall": _overall(overall, scored, moves) if overall else None,
        "findings": [finding.as_data() for finding in scored.findings],
        "by": {head: _broken_down(scored, head) for head in BROKEN_DOWN},
    }


def _result(result: Result, scored: Scored, moves: Mapping[str, Any]) -> dict[str, Any]:
    rule, move = scored.ruled(result.code), moves.get(result.code)
    step = result.step
    return {
        "code": result.code,
        "title": _text(step.title),
        "headline": step.headline,
        "method": step.method,
        "sufficient": result.sufficient,
        "applicable": result.applicable,
        "cases": result.cases,
        "population": result.population,
        "per_cent": result.per_cent,
        "low": result.low,
        "high": result.high,
        "band": result.band.code if result.band else None,
        "bands": _bands(step.bands),
        "sentence": result.account.sentence,
        "account": result.account.as_data(),
        "rule": rule.band.code if rule and rule.band else None,
        "moved": {name: move[name] for name in ("to", "reason", "people", "at")} if move else None,
    }


def _overall(result: Result, scored: Scored, moves: Mapping[str, Any]) -> dict[str, Any]:
    alone = scored.ruled(result.code)
    return _result(result, scored, moves) | {
        "points": result.points,
        "most_points": result.most_points,
        "rule": alone.band.code if alone and alone.band else None,
    }


def points_of(result: Result, scored: Scored) -> int | None:
    """Return the points that a standard has in the overall rating; None where it is not rated or not counted."""
    overall = scored.overall
    if overall is None or overall.step.points is None or result.band is None or result.code not in overall.step.of:
        return None
    return overall.step.points.of.get(result.band.code)


def _broken_down(scored: Scored, head: str) -> list[dict[str, Any]]:
    """Return the headline scores of each value of a column, each with its own base; accounts stay with the whole."""
    listed, assessed = scored.listed_in(head), scored.assessed_in(head)
    found = []
    for value, results in scored.by(head).items():
        shares = [result for result in results if result.step.method in SHARES]
        first = [result for result in shares if result.step.headline] or shares
        rows = [_result(result, scored, {}) for result in first]
        for row, result in zip(rows, first, strict=True):
            row |= {"account": {"sentence": result.account.sentence}, "rule": row["band"]}
        found.append({"value": value, "cases": assessed[value], "listed": listed[value], "scores": rows})
    return found


def _bands(bands: Bands | None) -> list[dict[str, Any]]:
    levels = bands.levels if bands else ()
    return [{"code": level.code, "title": _text(level.title), "from": level.from_} for level in levels]


def _text(text: Text) -> dict[str, str | None]:
    return {"en": text.en, "cy": text.cy}


def _rounded(value: Any) -> Any:
    """Round every fraction, so that another machine's last digit makes no other figure."""
    if isinstance(value, float):
        return round(value, PLACES)
    if isinstance(value, Mapping):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value


# ---- what they were worked out from ----


def inputs_of(parts: Iterable[Part]) -> dict[str, Any]:
    """Return what was scored, as plain values: answers, case list and ratings by people of each section."""
    return {"sections": [_inputs(part) for part in parts]}


def _inputs(part: Part) -> dict[str, Any]:
    given = part.scored.given
    listing = given.case_list
    levels = given.judgements.levels
    return {
        "code": part.code,
        "edition": given.edition.code,
        "edition_digest": given.edition.digest,
        "modules": list(given.modules),
        "cases": [row for kind in given.answers.kinds for row in _assessed(kind)],
        "case_list": {
            "cases": [case for _, case in listing.keys],
            "kinds": list(listing.kinds),
            "strata": list(listing.strata),
            "characteristics": {head: list(column) for head, column in listing.characteristics.items()},
        }
        if listing
        else None,
        "judgements": {
            code: {"rating": level.code, "reason": given.judgements.reasons.get(code, "")}
            for code, level in levels.items()
            if level
        },
        "moves": list(part.moves),
    }


def _assessed(part: KindAnswers) -> Iterable[dict[str, Any]]:
    questions = part.kind.questions
    for row, (_, case) in enumerate(part.keys):
        given = [(column, value) for column, value in enumerate(part.values[row].tolist()) if value != ABSENT]
        yield {
            "case": case,
            "kind": part.kind.code,
            "answers": {questions[column].code: questions[column].options[value].code for column, value in given},
            "reasons": {
                questions[column].code: list(part.reasons[row, column])
                for column in range(len(questions))
                if (row, column) in part.reasons
            },
        }


# ---- and again ----


@dataclass(frozen=True)
class Verified:
    """Whether the figures of a settlement come out the same, and in what they differ."""

    figures: int
    differences: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether every figure came out the same."""
        return not self.differences


def verify(settlement: Settlement) -> Verified:
    """Score again what a settlement was worked out from, and compare every figure with what was settled."""
    try:
        parts = [_again(section) for section in settlement.stored["sections"]]
    except (Refused, KeyError, StopIteration) as error:
        return Verified(0, (f"What was scored then cannot be scored now: {error}",))
    again = payload_of(parts)
    figures = list(_figures(settlement.payload, ""))
    return Verified(len(figures), tuple(_differences(dict(figures), dict(_figures(again, "")))))


def _again(stored: Mapping[str, Any]) -> Part:
    edition = edition_of(stored["edition"])
    listing = stored["case_list"]
    given = Read(
        edition=edition,
        answers=Answers(edition.form, tuple(_answers(kind, stored["cases"]) for kind in edition.form.kinds)),
        case_list=CaseList(
            tuple(("", case) for case in listing["cases"]),
            tuple(listing["kinds"]),
            tuple(listing["strata"]),
            listing["characteristics"],
        )
        if listing
        else None,
        judgements=read_judgements(stored["judgements"], edition),
        modules=tuple(stored["modules"]),
    )
    by_rule = score_read(given)
    return Part(stored["code"], with_panel(by_rule, _moves(by_rule, edition, stored["moves"])), stored["moves"])


def _answers(kind: Kind, cases: Iterable[Mapping[str, Any]]) -> KindAnswers:
    part = [case for case in cases if case["kind"] == kind.code]
    values = np.full((len(part), len(kind.questions)), ABSENT, dtype=np.int8)
    reasons: dict[tuple[int, int], tuple[str, ...]] = {}
    for row, case in enumerate(part):
        for code, value in case["answers"].items():
            options = [option.code for option in kind.questions[kind.place[code]].options]
            values[row, kind.place[code]] = options.index(value)
        reasons |= {(row, kind.place[code]): tuple(why) for code, why in case["reasons"].items()}
    return KindAnswers(kind, tuple(("", case["case"]) for case in part), values, reasons)


def _moves(scored: Scored, edition: Edition, moves: Iterable[Mapping[str, Any]]) -> Iterable[panel.Move]:
    for move in moves:
        result = scored.result(move["standard"])
        if result is not None:
            yield panel.move(edition.plan.panel, result, to=move["to"], reason=move["reason"], people=move["people"])


def _figures(value: Any, path: str) -> Iterable[tuple[str, Any]]:
    """Yield every single value with its place, such as ``scores / assisting_sentencing / per_cent``."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _figures(one, f"{path} / {key}" if path else str(key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            name = one.get("code", number) if isinstance(one, Mapping) else number
            yield from _figures(one, f"{path} / {name}")
    else:
        yield path, value


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    for path in sorted(then.keys() | now.keys()):
        one, other = then.get(path, "nothing"), now.get(path, "nothing")
        if one != other:
            yield f"{path}: settled as {one}, comes out as {other}"
