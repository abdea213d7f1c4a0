"""Results: what every step of an edition returns, its account included."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from inspectorate.methodology.accounts import Account
from inspectorate.methodology.bands import Level
from inspectorate.methodology.plans import SHARES, STANDARDS, Step
from inspectorate.methodology.tallies import Evidence


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one step.

    A share has ``sufficient`` of ``applicable`` and, as per cent from 0 to 100, ``per_cent`` (rounded half up), ``low``
    and ``high``; a rating has a ``band``; the overall rating has ``points`` too. None where there is nothing to say,
    and the account says why. ``cases`` counts the cases assessed, those in which nothing applied included.
    """

    step: Step
    account: Account
    sufficient: int | None = None
    applicable: int | None = None
    cases: int | None = None
    per_cent: int | None = None
    low: float | None = None
    high: float | None = None
    band: Level | None = None
    points: int | None = None
    most_points: int | None = None
    population: int | str | None = None
    parts: tuple["Result", ...] = ()
    """The rated key questions of a standard, on which its rating rests."""

    @property
    def code(self) -> str:
        """The code of the step."""
        return self.step.code

    def as_data(self) -> dict[str, Any]:
        """Return the result as plain values, under the names that the command line promises."""
        data: dict[str, Any] = {
            "code": self.step.code,
            "title": self.step.title.en,
            "method": self.step.method,
            "headline": self.step.headline,
        }
        if self.step.method in SHARES:
            data |= {
                "sufficient": self.sufficient,
                "applicable": self.applicable,
                "cases": self.cases,
                "population": self.population,
                "per_cent": self.per_cent,
                "low": self.low,
                "high": self.high,
            }
        data |= {
            "band": self.band.title.en if self.band else None,
            "band_code": self.band.code if self.band else None,
            "stars": self.band.stars if self.band else None,
        }
        if self.step.method not in SHARES + STANDARDS:
            data |= {"points": self.points, "most_points": self.most_points}
        return data | {"account": self.account.as_data()}


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a method may use: the evidence of its step, earlier results, ratings made by people, the confidence."""

    evidence: Callable[[Step], Evidence]
    results: Mapping[str, Result] = field(default_factory=dict)
    judgements: Mapping[str, Level | None] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.95
