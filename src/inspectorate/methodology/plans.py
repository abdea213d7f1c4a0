"""The plan by which an edition scores: its steps, in order, and what its ratings panel may do.

An edition names methods as ``name@number``; the arithmetic of a number never changes. Source: ../standards/README.md.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from inspectorate.methodology.bands import Bands, read_bands
from inspectorate.methodology.criteria import Source
from inspectorate.methodology.texts import Text

SHARES = ("pooled-share@1", "case-share@1")
"""Methods whose result is a share of judgements, with an interval."""
STANDARDS = ("lowest-key-question@1", "judgement@1")
"""Methods whose result is a rating."""
TOTALS = ("sum-of-points@1",)
"""Methods that put ratings together."""


@dataclass(frozen=True, slots=True)
class Points:
    """How ratings add up: points for each rating, and the upper limits of the overall bands as multiples of n."""

    of: Mapping[str, int]
    upper_limits: tuple[Fraction, ...]
    count_the_rest: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Which of the later fields are set depends on the method."""

    code: str
    title: Text
    method: str
    headline: bool = True
    kind: str | None = None
    questions: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    bands: Bands | None = None
    points: Points | None = None
    module: str = "main"
    sentence: Text | None = None
    to_verify: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """When a ratings panel may move a rating, and how many people that takes."""

    within_points: int
    one_case: bool
    few_cases: int
    people: int
    to_verify: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When an edition calls for a second visit: a share below so many per cent at any of these steps."""

    text: Text
    steps: tuple[str, ...]
    below: int
    to_verify: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How an edition gets from answers to scores and ratings."""

    bands: Mapping[str, Bands]
    steps: tuple[Step, ...]
    panel: Panel | None
    follow_up: FollowUp | None = None

    def step(self, code: str) -> Step:
        """Return the step of that code."""
        return next(step for step in self.steps if step.code == code)

    def of_modules(self, modules: Collection[str]) -> "Plan":
        """Return the plan with the steps of these modules alone."""
        return replace(self, steps=tuple(step for step in self.steps if step.module in modules))

    def by_people(self) -> tuple[Step, ...]:
        """Return the steps that are rated by judgement, without cases."""
        return tuple(step for step in self.steps if step.method == "judgement@1")


def read_plan(data: Mapping[str, Any]) -> Plan:
    """Make the plan from the checked contents of ``scoring.yaml``."""
    bands = read_bands(data.get("bands", {}))
    steps: dict[str, Step] = {}
    for item in data["steps"]:
        steps[item["code"]] = _step(item, bands, steps)
    return Plan(bands, tuple(steps.values()), _panel(data.get("panel")), _follow_up(data.get("follow_up")))


def _panel(data: Mapping[str, Any] | None) -> Panel | None:
    if data is None:
        return None
    return Panel(
        within_points=data["within_points"],
        one_case=data["one_case"],
        few_cases=data["few_cases"],
        people=data["people"],
        to_verify=data.get("to_verify"),
        source=Source.read(data.get("source")),
    )


def _follow_up(data: Mapping[str, Any] | None) -> FollowUp | None:
    if data is None:
        return None
    return FollowUp(Text.read(data["text"]), tuple(data["steps"]), data["below"], data.get("to_verify"))


def _step(item: Mapping[str, Any], bands: Mapping[str, Bands], earlier: Mapping[str, Step]) -> Step:
    of = tuple(item.get("of", ()))
    named = item.get("bands")
    # A standard takes the bands of its key questions, so that its rating can be compared with theirs.
    band = bands[named] if named else next((earlier[code].bands for code in of if code in earlier), None)
    question = item.get("question")
    sentence = item.get("sentence")
    return Step(
        code=item["code"],
        title=Text.read(item["title"]),
        method=item["method"],
        headline=item.get("headline", True),
        kind=item.get("kind"),
        questions=(question,) if question else tuple(item.get("questions", ())),
        of=of,
        not_counted=tuple(item.get("not_counted", ())),
        bands=band,
        points=_points(item),
        module=item.get("module", "main"),
        sentence=Text.read(sentence) if sentence else None,
        to_verify=item.get("to_verify"),
    )


def _points(item: Mapping[str, Any]) -> Points | None:
    if "points" not in item:
        return None
    return Points(
        of=dict(item["points"]),
        upper_limits=tuple(Fraction(limit) for limit in item["upper_limits"]),
        count_the_rest=item["without_rating"] == "count_the_rest",
    )
