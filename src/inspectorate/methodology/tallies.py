"""Tallies: all that a score and its interval need to know of the cases, as whole numbers.

Seven sums for each stratum (and an eighth, the cases with anything to judge) are enough for the value and its variance,
whatever the number of answers, and whole numbers add up the same in any order. A file, the database and a columnar
engine each make the same tally. Source: methodology, "Intervals": n, N, Σy, Σx, Σy², Σxy, Σx² for each stratum.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Stratum:
    """The sums of one stratum. For case i, x is how many answers applied and y how many of these were sufficient."""

    name: str
    listed: int | None
    """N: cases of the stratum on the frozen case list; None where no list was given."""
    cases: int
    """n: cases of the stratum that were assessed, those in which nothing applied included."""
    y: int
    x: int
    yy: int
    xy: int
    xx: int
    touched: int
    """Cases with x above 0."""

    def __add__(self, other: "Stratum") -> "Stratum":
        listed = None if self.listed is None or other.listed is None else self.listed + other.listed
        return Stratum(
            name=f"{self.name} + {other.name}",
            listed=listed,
            cases=self.cases + other.cases,
            y=self.y + other.y,
            x=self.x + other.x,
            yy=self.yy + other.yy,
            xy=self.xy + other.xy,
            xx=self.xx + other.xx,
            touched=self.touched + other.touched,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """The strata of one score, by name. A stratum with no case on the list is left out.

    One on the list of which no case was assessed stays: it is part of what the share is to speak for.
    """

    strata: tuple[Stratum, ...]

    @property
    def sufficient(self) -> int:
        """Y: sufficient answers."""
        return sum(stratum.y for stratum in self.strata)

    @property
    def applicable(self) -> int:
        """X: applicable answers."""
        return sum(stratum.x for stratum in self.strata)

    @property
    def cases(self) -> int:
        """n: cases assessed."""
        return sum(stratum.cases for stratum in self.strata)

    @property
    def touched(self) -> int:
        """Cases in which at least one answer applied."""
        return sum(stratum.touched for stratum in self.strata)

    @property
    def listed(self) -> int | None:
        """N: cases on the frozen list; None where no list was given."""
        sizes = [stratum.listed for stratum in self.strata]
        return None if None in sizes else sum(size for size in sizes if size is not None)

    @property
    def is_census(self) -> bool:
        """Whether every case on the list was assessed."""
        return self.listed is not None and self.listed == self.cases

    def merged(self) -> "Tally":
        """Return the tally with every stratum of fewer than two assessed cases merged with the next smallest.

        Ties are taken in the order of the names. A single stratum is left as it is.
        """
        strata = sorted(self.strata, key=lambda stratum: (stratum.cases, stratum.name))
        while len(strata) > 1 and strata[0].cases < 2:
            strata[:2] = [strata[0] + strata[1]]
            strata.sort(key=lambda stratum: (stratum.cases, stratum.name))
        return Tally(tuple(sorted(strata, key=lambda stratum: stratum.name)))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.strata + other.strata)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one score is worked out from.

    ``by_case`` gives y and x of each case when the account is opened; None where only the tally is at hand.
    """

    tally: Tally
    by_case: Callable[[], tuple[NDArray[np.int64], NDArray[np.int64]]] | None = None


def tally_cases(
    y: NDArray[np.int64],
    x: NDArray[np.int64],
    stratum: NDArray[np.int64],
    names: Sequence[str],
    listed: Sequence[int] | None,
) -> Tally:
    """Sum cases into a tally.

    ``y``, ``x`` and ``stratum`` (the place of its name in ``names``) have one entry for each assessed case; ``listed``
    has the size of each stratum on the case list. The sums stay below 2**53, so floating-point bins hold them exactly.
    """
    size = len(names)

    def total(values: NDArray[np.int64]) -> list[int]:
        return [int(value) for value in np.bincount(stratum, weights=values, minlength=size)]

    columns = zip(
        names,
        [None] * size if listed is None else listed,
        np.bincount(stratum, minlength=size).tolist(),
        total(y),
        total(x),
        total(y * y),
        total(x * y),
        total(x * x),
        total((x > 0).astype(np.int64)),
        strict=True,
    )
    strata = (Stratum(*row) for row in columns)
    return Tally(tuple(stratum for stratum in strata if stratum.cases or stratum.listed != 0))
