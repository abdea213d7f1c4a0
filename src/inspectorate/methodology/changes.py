"""What would change it (``what-would-change@1``): the least that would move a result into the next band.

For a share with threshold t: ceil(t·X) - Y answers up, Y - ceil(t·X) + 1 down, and the fewest cases, by reversing whole
cases with the largest adverse counts first, the routing unchanged. A change names the band that it reaches: with few
answers the least change can pass over a band. Source: ``docs/reference/methods.md``, "what-would-change@1".
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.accounts import Change, counted
from inspectorate.methodology.bands import Bands, Level
from inspectorate.methodology.tallies import Evidence

RULE = "what-would-change@1"


def answers_needed(sufficient: int, applicable: int, threshold: int, *, up: bool) -> int:
    """Return how many judgements must be reversed to reach ``threshold`` per cent (up) or to fall below it (down)."""
    at_threshold = -(-threshold * applicable // 100)
    return at_threshold - sufficient if up else sufficient - at_threshold + 1


def fewest_cases(adverse: NDArray[np.int64], answers: int) -> int:
    """Return how many whole cases must be reversed to turn ``answers`` judgements; ``adverse`` counts them by case."""
    running = np.cumsum(np.sort(adverse)[::-1])
    return int(np.searchsorted(running, answers)) + 1


def share_changes(bands: Bands, evidence: Evidence) -> tuple[Change, ...]:
    """Return the changes that would move a share to the band above and to the band below, where there is one."""
    rank = bands.rank(bands.of(evidence.tally.sufficient, evidence.tally.applicable).code)
    changes = []
    if rank + 1 < len(bands.levels):
        changes.append(_share_change(bands, bands.levels[rank + 1].from_, evidence, up=True))
    if rank > 0:
        changes.append(_share_change(bands, bands.levels[rank].from_, evidence, up=False))
    return tuple(changes)


def cases_to_move(evidence: Evidence, threshold: int, *, up: bool) -> tuple[int, int | None]:
    """Return the answers and the fewest cases that must be reversed to cross ``threshold`` per cent.

    Where no case has more than one answer (Σx² = Σx) the cases are the answers, and the cases need not be opened.
    """
    tally = evidence.tally
    answers = answers_needed(tally.sufficient, tally.applicable, threshold, up=up)
    if all(stratum.xx == stratum.x for stratum in tally.strata):
        return answers, answers
    if evidence.by_case is None:
        return answers, None
    y, x = evidence.by_case()
    return answers, fewest_cases(x - y if up else y, answers)


def _reached(bands: Bands, evidence: Evidence, answers: int, *, up: bool) -> Level:
    """Return the band after that many judgements were reversed."""
    return bands.of(evidence.tally.sufficient + (answers if up else -answers), evidence.tally.applicable)


def _share_change(bands: Bands, threshold: int, evidence: Evidence, *, up: bool) -> Change:
    answers, cases = cases_to_move(evidence, threshold, up=up)
    to = _reached(bands, evidence, answers, up=up)
    direction = "up" if up else "down"
    old, new = ("not sufficient", "sufficient") if up else ("sufficient", "not sufficient")
    judged = f"{answers} more judgement{'s' if answers != 1 else ''} {new} instead of {old}"
    in_cases = "" if cases is None else f" (in the fewest cases: {counted(cases, 'case')})"
    return Change(
        to=to.code,
        direction=direction,
        answers=answers,
        cases=cases,
        text=f"For {to.title} it would take {judged}{in_cases}.",
    )


def standard_changes(bands: Bands, level: Level, parts: Mapping[str, tuple[Level, Evidence]]) -> tuple[Change, ...]:
    """Return what would move a standard that takes the band of its lowest key question.

    ``parts`` has the band and the evidence of each rated key question. Up, every key question below the next band must
    move; down, the least that any one of them needs.
    """
    rank = bands.rank(level.code)
    changes = []
    if rank + 1 < len(bands.levels):
        cut = bands.levels[rank + 1].from_
        moving = {code: ev for code, (band, ev) in parts.items() if bands.rank(band.code) <= rank}
        needs = {code: cases_to_move(ev, cut, up=True) for code, ev in moving.items()}
        after = [_reached(bands, ev, needs[code][0], up=True) for code, ev in moving.items()]
        stay = [band for code, (band, _) in parts.items() if code not in moving]
        to = min([*after, *stay], key=lambda reached: bands.rank(reached.code))
        changes.append(_standard_change(to, "up", list(needs), list(needs.values())))
    if rank > 0:
        needs = {code: cases_to_move(ev, level.from_, up=False) for code, (_, ev) in parts.items()}
        least = min(needs, key=lambda code: (needs[code][0], code))
        to = _reached(bands, parts[least][1], needs[least][0], up=False)
        changes.append(_standard_change(to, "down", [least], [needs[least]]))
    return tuple(changes)


def _standard_change(
    to: Level, direction: str, codes: Sequence[str], needs: Sequence[tuple[int, int | None]]
) -> Change:
    answers = sum(need[0] for need in needs)
    # Over several key questions the cases add up, as the methodology has it, though one case may serve in two.
    cases = None if any(need[1] is None for need in needs) else sum(need[1] or 0 for need in needs)
    old, new = ("not sufficient", "sufficient") if direction == "up" else ("sufficient", "not sufficient")
    places = [*codes[:-2], " and ".join(codes[-2:])]
    text = (
        f"For {to.title} it would take {answers} more judgement{'' if answers == 1 else 's'} {new} instead of {old}, "
        f"at {', '.join(places)}."
    )
    return Change(to=to.code, direction=direction, answers=answers, cases=cases, text=text)


def overall_changes(
    bands: Bands, level: Level, points: Mapping[str, int], of: Mapping[str, int], limits: Sequence[int]
) -> tuple[Change, ...]:
    """Return what would move the overall rating: the least points, then the fewest standards.

    ``points`` has the points of each counted standard; ``limits`` the upper limits of the overall bands but the last.
    """
    rank, total = bands.rank(level.code), sum(points.values())
    most, least = max(of.values()), min(of.values())
    changes = []
    if rank + 1 < len(bands.levels):
        needed = limits[rank] + 1 - total
        room = sorted((most - value for value in points.values()), reverse=True)
        changes.append(_overall_change(bands.levels[rank + 1], "up", needed, room))
    if rank > 0:
        needed = total - limits[rank - 1]
        room = sorted((value - least for value in points.values()), reverse=True)
        changes.append(_overall_change(bands.levels[rank - 1], "down", needed, room))
    return tuple(changes)


def _overall_change(to: Level, direction: str, needed: int, room: Sequence[int]) -> Change:
    standards = int(np.searchsorted(np.cumsum(room), needed)) + 1
    more = "more" if direction == "up" else "fewer"
    text = (
        f"For {to.title} overall it would take {counted(needed, 'point')} {more}, in at least "
        f"{counted(standards, 'standard')}."
    )
    return Change(
        to=to.code, direction=direction, answers=None, cases=None, points=needed, standards=standards, text=text
    )
