"""How many cases to inspect (``finite-population@1`` and ``by-caseload@1``).

Source: Cochran, *Sampling Techniques* (3rd ed.), 4.4: n0 = z²·p(1 - p)/e², n = n0 / (1 + (n0 - 1)/N); z to full
precision, n0 unrounded, and only n rounded up. 80 per cent confidence and 5 points: N = 16, 203, 522 give 15, 92, 126.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist
from typing import Any

from inspectorate.methodology.accounts import Account, Line
from inspectorate.methodology.criteria import Source
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.forms import Option
from inspectorate.methodology.texts import Text


@dataclass(frozen=True, slots=True)
class SizeRule:
    """How an edition sizes the sample of one kind of case."""

    method: str
    confidence: float = 0.8
    margin: float = 0.05
    share: float = 0.5
    minimum: int | None = None
    maximum: int | None = None
    steps: tuple[tuple[int, int], ...] = ()
    """For ``by-caseload@1``: (caseload from, cases)."""
    to_verify: str | None = None


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """How an edition samples one kind of case."""

    kind: str
    eligible: Text
    size: SizeRule
    strata: tuple[str, ...]
    compare: tuple[str, ...]
    hours_per_case: float | None
    replacement_reasons: tuple[Option, ...]
    source: Source | None
    to_verify: str | None


@dataclass(frozen=True, slots=True)
class Size:
    """A sample size with its account."""

    cases: int
    population: int
    account: Account


def sample_size(population: int, rule: SizeRule) -> Size:
    """Return how many of ``population`` cases to inspect under ``rule``; never more than there are.

    Raises Refused when the population is below 1, or a confidence, margin or share is not between 0 and 1.
    """
    faults = [
        Fault(FaultCode.OUT_OF_RANGE, "sample size", f"{name} is {value}.", f"Give {name} {wanted}.")
        for name, value, wanted, good in (
            ("population", population, "as a whole number of at least 1", population >= 1),
            ("confidence", rule.confidence, "between 0 and 1, such as 0.8", 0 < rule.confidence < 1),
            ("margin", rule.margin, "between 0 and 1, such as 0.05", 0 < rule.margin < 1),
            ("share", rule.share, "between 0 and 1, such as 0.5", 0 < rule.share < 1),
        )
        if not good
    ]
    if faults:
        raise Refused(faults)
    wanted, lines = _by_caseload(population, rule) if rule.steps else _finite_population(population, rule)
    limited = wanted if rule.minimum is None else max(wanted, rule.minimum)
    limited = min(limited, population) if rule.maximum is None else min(limited, rule.maximum, population)
    if limited != wanted:
        text = (
            f"Kept between the least ({rule.minimum or 'none'}) and the most ({rule.maximum or 'none'}), and not above "
        )
        lines = (*lines, Line(rule.method, f"{text}the {population} on the list: {limited}.", {"cases": limited}))
    if rule.to_verify:
        lines = (*lines, Line("to-verify", f"To be verified: {rule.to_verify}"))
    sentence = f"{limited} of {population} cases."
    return Size(limited, population, Account(sentence, lines))


def limits(population: int, rule: SizeRule) -> tuple[int, int]:
    """Return the least and the most cases that an edition allows from a list of ``population``.

    Where it sizes by caseload these are the smallest and the largest of its sizes; without a minimum or maximum of its
    own, one case and the whole list.
    """
    sizes = [cases for _, cases in rule.steps]
    least = min(sizes) if sizes else rule.minimum or 1
    most = max(sizes) if sizes else rule.maximum or population
    return min(least, population), min(most, population)


def margin(cases: int, population: int, rule: SizeRule) -> float:
    """Return how far, in points, a share found in so many cases may be off at the confidence of ``rule``.

    The formula of the size, turned round: n0 = n·(N - 1)/(N - n). A whole list has no margin. The share is taken as
    ``rule`` takes it; half is the least certain.
    """
    if cases >= population:
        return 0.0
    z = NormalDist().inv_cdf((1 + rule.confidence) / 2)
    return 100 * z * sqrt(rule.share * (1 - rule.share) * (population - cases) / (cases * (population - 1)))


def other_sizes(population: int, rule: SizeRule) -> tuple[int, ...]:
    """Return sizes to compare: the one worked out, a quarter fewer and more, and the limits, within those limits."""
    least, most = limits(population, rule)
    usual = sample_size(population, rule).cases
    near = (ceil(usual * 0.75), usual, ceil(usual * 1.25))
    return tuple(sorted({min(max(cases, least), most) for cases in (least, *near, most)}))


def _finite_population(population: int, rule: SizeRule) -> tuple[int, tuple[Line, ...]]:
    z = NormalDist().inv_cdf((1 + rule.confidence) / 2)
    start = z**2 * rule.share * (1 - rule.share) / rule.margin**2
    cases = ceil(start / (1 + (start - 1) / population))
    points = f"{100 * rule.margin:g} point{'' if rule.margin == 0.01 else 's'}"
    text = (
        f"For {100 * rule.confidence:g} per cent confidence of being within {points}, a very large caseload would need "
        f"{start:.1f} cases; for {population} the finite-population correction makes it {cases}."
    )
    return cases, (Line("finite-population@1", text, {"z": z, "n0": start, "population": population}),)


def _by_caseload(population: int, rule: SizeRule) -> tuple[int, tuple[Line, ...]]:
    begins, cases = max((step for step in rule.steps if step[0] <= population), default=rule.steps[0])
    text = f"A caseload of {begins} or more has a sample of {cases}."
    if population < begins:
        text = f"The smallest caseload with a size of its own, {begins}, has a sample of {cases}."
    return cases, (Line("by-caseload@1", text, {"from": begins, "cases": cases}),)


def read_sampling(data: Mapping[str, Any]) -> dict[str, SamplingPlan]:
    """Make the sampling plans from the checked contents of ``sampling.yaml``, by kind of case."""
    return {
        kind: SamplingPlan(
            kind=kind,
            eligible=Text.read(item["eligible"]),
            size=_rule(item["size"]),
            strata=tuple(item["strata"]),
            compare=tuple(item["compare"]),
            hours_per_case=item.get("hours_per_case"),
            replacement_reasons=tuple(
                Option(reason["code"], Text.read(reason["text"])) for reason in item["replacement_reasons"]
            ),
            source=Source.read(item.get("source")),
            to_verify=item.get("to_verify"),
        )
        for kind, item in data["kinds"].items()
    }


def _rule(data: Mapping[str, Any]) -> SizeRule:
    if data["method"] == "by-caseload@1":
        steps = tuple((step["from"], step["cases"]) for step in data["steps"])
        return SizeRule("by-caseload@1", steps=steps, to_verify=data.get("to_verify"))
    return SizeRule(
        "finite-population@1",
        confidence=data["confidence"],
        margin=data["margin"],
        share=data["share"],
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
        to_verify=data.get("to_verify"),
    )
