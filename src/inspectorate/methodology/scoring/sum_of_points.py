"""``sum-of-points@1``: the overall rating from the points of the counted standards.

Outstanding 3, Good 2, Requires improvement 1, Inadequate 0, unweighted. The overall bands of n counted standards have
the upper limits floor(0.5n), floor(1.5n), floor(2.5n): for 12, 0-6, 7-18, 19-30 and 31-36. All of these are data of the
edition. A standard may be rated and not counted.
"""

from collections.abc import Mapping

from inspectorate.methodology.accounts import Account, Line
from inspectorate.methodology.bands import Level
from inspectorate.methodology.changes import overall_changes
from inspectorate.methodology.plans import Points, Step
from inspectorate.methodology.results import Inputs, Result

METHOD = "sum-of-points@1"


def compute(step: Step, inputs: Inputs) -> Result:
    """Return the overall rating; withheld where a counted standard has none and the edition does not count the rest."""
    ratings = {code: inputs.results[code].band for code in step.of}
    rule, bands = step.points, step.bands
    if rule is None or bands is None:
        raise ValueError(f"Step {step.code} has no points or no bands; the edition's check refuses that.")
    rated = {code: level for code, level in ratings.items() if level is not None}
    missing = [code for code in step.of if code not in rated]
    aside = _not_counted(step, inputs)
    if not rated or (missing and not rule.count_the_rest):
        sentence = f"No overall rating: {', '.join(missing)} {'has' if len(missing) == 1 else 'have'} no rating."
        lines = (_points_line(rated, rule), Line(METHOD, sentence, {"without_rating": missing}), *aside)
        return Result(step=step, account=Account(sentence, lines))
    points = {code: rule.of[level.code] for code, level in rated.items()}
    limits, total = upper_limits(rule, len(points)), sum(points.values())
    level = bands.levels[sum(total > limit for limit in limits)]
    most = max(rule.of.values()) * len(points)
    counted = f"{len(points)} counted standards: {band_ranges(rule, len(points), bands.levels)}."
    left_out = f" {', '.join(missing)} without a rating left out." if missing else ""
    lines = (
        _points_line(rated, rule),
        Line(METHOD, f"{total} of {most} points, with {counted}{left_out} That is {level.title}.", {"points": total}),
        *aside,
    )
    sentence = f"{step.title}: {level.title}, with {total} of {most} points."
    changes = overall_changes(bands, level, points, rule.of, limits)
    return Result(step=step, account=Account(sentence, lines, (), changes), band=level, points=total, most_points=most)


def upper_limits(rule: Points, counted: int) -> list[int]:
    """Return the highest points of each overall band but the last, for that many counted standards."""
    return [int(limit * counted) for limit in rule.upper_limits]


def band_ranges(rule: Points, counted: int, levels: tuple[Level, ...]) -> str:
    """Return the overall bands in words: ``0-6 Inadequate, 7-18 …``."""
    limits = [-1, *upper_limits(rule, counted), max(rule.of.values()) * counted]
    ranges = zip(limits, limits[1:], levels, strict=False)
    return ", ".join(f"{below + 1}-{top} {level.title}" for below, top, level in ranges)


def _points_line(rated: Mapping[str, Level], rule: Points) -> Line:
    each = ", ".join(f"{code} {level.title} ({rule.of[level.code]})" for code, level in rated.items())
    values = {code: rule.of[level.code] for code, level in rated.items()}
    return Line(METHOD, f"Points of each standard: {each or 'none'}.", values)


def _not_counted(step: Step, inputs: Inputs) -> tuple[Line, ...]:
    lines = []
    for code in step.not_counted:
        level = inputs.results[code].band
        words = level.title if level else "not rated"
        lines.append(Line(METHOD, f"{code} ({words}) is rated and not counted.", {code: level.code if level else None}))
    return tuple(lines)
