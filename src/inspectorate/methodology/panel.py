"""The panel rule (``panel@1``): when a ratings panel may move a rating, and what a move must carry.

A rating may be moved only where the edition allows it: the exact share is within so many points of a boundary, one case
would change it, or there are five cases or fewer. It takes a reason and two people. The rule's result and the moved one
are both kept and shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inspectorate.methodology.accounts import Line
from inspectorate.methodology.bands import Level
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.plans import Panel
from inspectorate.methodology.results import Result

RULE = "panel@1"


@dataclass(frozen=True, slots=True)
class Move:
    """A rating moved by the panel: what the rule gave, what the panel gave, why, and who decided."""

    result: Result
    to: Level
    reason: str
    people: tuple[str, ...]
    line: Line


def grounds(panel: Panel | None, result: Result) -> tuple[str, ...]:
    """Return the grounds, in sentences, on which the panel may move this result; none means that it may not."""
    if panel is None or result.band is None or result.step.bands is None:
        return ()
    return tuple(_grounds(panel, result))


def _grounds(panel: Panel, result: Result) -> Iterator[str]:
    cuts = [level.from_ for level in result.step.bands.levels[1:]] if result.step.bands else []
    if result.sufficient is not None and result.applicable:
        y, x = result.sufficient, result.applicable
        # Exact integers: |100·Y/X - cut| <= points, multiplied by X.
        near = [cut for cut in cuts if abs(100 * y - cut * x) <= panel.within_points * x]
        if near:
            yield f"{y} of {x} is within {panel.within_points} points of {near[0]} per cent."
        if x <= panel.few_cases and result.step.method == "case-share@1":
            yield f"It rests on {x} cases, which is {panel.few_cases} or fewer."
    if panel.one_case and any(change.cases == 1 for change in result.account.changes):
        yield "One case would change it."


def move(panel: Panel | None, result: Result, *, to: str, reason: str, people: Sequence[str]) -> Move:
    """Move a rating. Raises Refused where there are no grounds, no reason, too few people, or no such rating."""
    found = grounds(panel, result)
    level = result.step.bands.named(to) if result.step.bands else None
    faults = list(_faults(panel, result, level, reason, people, found))
    if faults or level is None or result.band is None:
        raise Refused(faults)
    names = " and ".join(people)
    text = f"The rule gave {result.band.title}. The panel ({names}) moved it to {level.title}, because: {reason}"
    return Move(result, level, reason, tuple(people), Line(RULE, text, {"from": result.band.code, "to": level.code}))


def _faults(
    panel: Panel | None,
    result: Result,
    level: Level | None,
    reason: str,
    people: Sequence[str],
    found: Sequence[str],
) -> Iterator[Fault]:
    where = f"panel, {result.code}"
    if not found or panel is None:
        why = "the panel may not move this rating: the edition gives no ground for it."
        yield Fault(FaultCode.OUT_OF_RANGE, where, why, "Leave the result of the rule as it is.")
        return
    if level is None or result.band is None or level == result.band:
        yield Fault(FaultCode.UNKNOWN_RATING, where, "there is no other rating of that name.", "Name the new rating.")
    if not reason.strip():
        yield Fault(
            FaultCode.EMPTY_CELL, where, "there is no reason.", "Write why the panel moved it.", column="reason"
        )
    if len(set(people)) < panel.people:
        why = f"{len(set(people))} people decided, and it takes {panel.people}."
        yield Fault(FaultCode.OUT_OF_RANGE, where, why, "Have another person confirm it.", column="people")
