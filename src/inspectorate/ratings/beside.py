"""A service's own scores beside those of the inspectors: how far apart, and whether chance may account for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inspectorate.methodology.plans import SHARES
from inspectorate.methodology.results import Result

CAVEAT = (
    "A service that scores itself and inspectors seldom look at the same cases in the same months, so a difference may "
    "come from the cases as well as from the judging."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What the inspectors found: a share in per cent, with its interval where there is one; or stars alone."""

    per_cent: int | None = None
    low: float | None = None
    high: float | None = None
    stars: int | None = None
    published: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """One score of one's own beside the inspectors'."""

    own: Result
    theirs: Figure
    difference: int | None
    overlap: bool | None
    sentence: str

    def as_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "code": self.own.code,
            "title": self.own.step.title.en,
            "own": {"per_cent": self.own.per_cent, "low": self.own.low, "high": self.own.high},
            "inspectors": {"per_cent": self.theirs.per_cent, "low": self.theirs.low, "high": self.theirs.high},
            "published": self.theirs.published,
            "difference": self.difference,
            "intervals_overlap": self.overlap,
            "sentence": self.sentence,
        }


def of_results(results: Iterable[Result]) -> dict[str, Figure]:
    """Return the figures of a file that inspectors filled in, by score."""
    shares = [result for result in results if result.step.method in SHARES]
    return {result.code: Figure(result.per_cent, result.low, result.high) for result in shares}


def beside(results: Iterable[Result], theirs: Mapping[str, Figure]) -> list[Beside]:
    """Return every share for which the inspectors have a figure, in the order of the edition."""
    return [_beside(result, theirs[result.code]) for result in results if result.code in theirs]


def _beside(own: Result, theirs: Figure) -> Beside:
    if own.per_cent is None or theirs.per_cent is None:
        return Beside(own, theirs, None, None, _no_difference(own, theirs))
    difference = own.per_cent - theirs.per_cent
    way = "higher" if difference > 0 else "lower"
    points = f"{abs(difference)} point{'' if abs(difference) == 1 else 's'} {way}" if difference else "the same"
    said = f"Own score {own.per_cent} per cent, inspectors' {theirs.per_cent}: {points}."
    if own.low is None or own.high is None:
        return Beside(own, theirs, difference, None, f"{said} There are too few cases of your own for an interval.")
    if theirs.low is None or theirs.high is None:
        return Beside(own, theirs, difference, None, f"{said} {_without(own, theirs)}")
    overlap = own.low <= theirs.high and theirs.low <= own.high
    ends = f"The intervals, {_ends(own.low, own.high)} and {_ends(theirs.low, theirs.high)},"
    why = "overlap: the difference may be chance." if overlap else "do not overlap: chance alone is unlikely."
    if not difference:
        why = "overlap." if overlap else "do not overlap."
    return Beside(own, theirs, difference, overlap, f"{said} {ends} {why}")


def _no_difference(own: Result, theirs: Figure) -> str:
    if own.per_cent is None:
        return "You have no case to judge here, so there is nothing to compare."
    if theirs.stars:
        return f"It is published in stars alone ({theirs.stars} of 4), so there is no figure to compare with."
    return "The inspectors have no case to judge here, so there is nothing to compare."


def _without(own: Result, theirs: Figure) -> str:
    assert own.low is not None  # noqa: S101 - the caller has looked
    assert own.high is not None  # noqa: S101 - as above
    assert theirs.per_cent is not None  # noqa: S101 - as above
    where = "inside" if own.low <= theirs.per_cent <= own.high else "outside"
    what = "The published figure has no interval" if theirs.published else "The inspectors' file is too small for one"
    return f"{what}, so how sure it is cannot be said; it lies {where} your own, {_ends(own.low, own.high)}."


def _ends(low: float, high: float) -> str:
    return f"{int(low + 0.5)} to {int(high + 0.5)}"


def as_published(cells: Iterable[tuple[str, int | None, int | None]]) -> dict[str, Figure]:
    """Return the figures of a printed row, given as measure, per cent and stars, by score."""
    return {code: Figure(per_cent, stars=stars, published=True) for code, per_cent, stars in cells}
