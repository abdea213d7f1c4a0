"""The panel rule (``panel@1``): when a ratings panel may move a rating, and what a move must carry.

A rating may be moved only where the edition allows it: the exact share is within so many points of a boundary, one case
would change it, or there are five cases or fewer. A standard rests on its key questions: it may be moved where one that
decides is near a boundary that would change the standard, or has so few cases. It takes a reason and two people. The
rule's result and the moved one are both kept and shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from inspectorate.methodology.accounts import Line, counted
from inspectorate.methodology.bands import Level
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.plans import TOTALS, Panel
from inspectorate.methodology.results import Inputs, Result
from inspectorate.methodology.scoring import METHODS
from inspectorate.methodology.tallies import Evidence, Tally

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
    if result.parts:
        yield from _standard_grounds(panel, result)
    elif result.applicable and result.step.bands:
        cuts = [level.from_ for level in result.step.bands.levels[1:]]
        for cut in cuts:
            if _near(panel, result, cut):
                yield _near_words(panel, result, cut)
        yield from _few(panel, result)
    if panel.one_case and any(change.cases == 1 for change in result.account.changes):
        yield "One case would change it."


def _standard_grounds(panel: Panel, result: Result) -> Iterator[str]:
    """Down, any one key question can take the standard along; up, all that stand lowest must move."""
    bands = result.step.bands
    if bands is None or result.band is None:
        return
    rank = bands.rank(result.band.code)
    lowest = [part for part in result.parts if part.band == result.band]
    if rank > 0:
        for part in result.parts:
            if _near(panel, part, result.band.from_):
                yield _near_words(panel, part, result.band.from_)
    if rank + 1 < len(bands.levels):
        cut = bands.levels[rank + 1].from_
        if all(_near(panel, part, cut) for part in lowest):
            yield " ".join(_near_words(panel, part, cut) for part in lowest)
    for part in lowest:
        yield from _few(panel, part)


def _near(panel: Panel, share: Result, cut: int) -> bool:
    """Say whether |100·Y/X - cut| is at most so many points, in whole numbers."""
    y, x = share.sufficient or 0, share.applicable or 0
    return abs(100 * y - cut * x) <= panel.within_points * x


def _near_words(panel: Panel, share: Result, cut: int) -> str:
    points = counted(panel.within_points, "point")
    return f"{share.code}: {share.sufficient} of {share.applicable} is within {points} of {cut} per cent."


def _few(panel: Panel, share: Result) -> Iterator[str]:
    cases = share.applicable if share.step.method == "case-share@1" else share.cases
    if cases is not None and cases <= panel.few_cases:
        yield f"{share.code}: it rests on {counted(cases, 'case')}, and {panel.few_cases} or fewer are few."


def move(panel: Panel | None, result: Result, *, to: str, reason: str, people: Sequence[str]) -> Move:
    """Move a rating. Raises Refused where there are no grounds, no reason, too few people, or no such rating."""
    found = grounds(panel, result)
    level = result.step.bands.named(to) if result.step.bands else None
    faults = list(_faults(panel, result, level, reason, people, found))
    if faults or level is None or result.band is None:
        raise Refused(faults)
    names = " and ".join(_different(people))
    text = f"The rule gave {result.band.title}. The panel ({names}) moved it to {level.title}, because: {reason}"
    line = Line(RULE, text, {"from": result.band.code, "to": level.code})
    return Move(result, level, reason, _different(people), line)


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
    decided = len(_different(people))
    if decided < panel.people:
        why = f"{decided} {'person' if decided == 1 else 'people'} decided, and it takes {panel.people}."
        yield Fault(FaultCode.OUT_OF_RANGE, where, why, "Have another person confirm it.", column="people")


def _different(people: Sequence[str]) -> tuple[str, ...]:
    """Return the people named, each once: one person under two spellings of a space or a capital is one."""
    names = {" ".join(name.split()).casefold(): " ".join(name.split()) for name in people}
    return tuple(name for key, name in names.items() if key)


def with_moves(results: Sequence[Result], moves: Sequence[Move]) -> tuple[Result, ...]:
    """Return the results with the moved ratings in place of the rule's, every total worked out again from them.

    The account of a moved rating says what the rule gave; that of a total names each moved rating that it counts.
    """
    by_code = {move.result.code: move for move in moves}
    after: dict[str, Result] = {}
    for result in results:
        counts = [by_code[code] for code in result.step.of if code in by_code]
        if result.code in by_code:
            after[result.code] = _moved(result, by_code[result.code])
        elif result.step.method in TOTALS and counts:
            after[result.code] = _again(result, after, counts)
        else:
            after[result.code] = result
    return tuple(after.values())


def _moved(result: Result, moved: Move) -> Result:
    sentence = f"{result.step.title}: {moved.to.title}, moved by the panel; the rule gave {_ruled(moved)}."
    account = replace(result.account, sentence=sentence, lines=(*result.account.lines, moved.line))
    return replace(result, band=moved.to, account=account)


def _again(result: Result, after: Mapping[str, Result], moves: Sequence[Move]) -> Result:
    """Return a total from the ratings as they stand now, by its own method; the account names what was moved."""
    made = METHODS[result.step.method](result.step, Inputs(lambda _: Evidence(Tally(())), after))
    lines = [
        Line(
            RULE,
            f"{one.result.code} counts as {one.to.title}, to which the panel moved it; the rule gave {_ruled(one)}.",
            {one.result.code: one.to.code},
        )
        for one in moves
    ]
    rule = result.band.code if result.band else None
    alone = Line(RULE, f"Without the panel: {result.account.sentence}", {"rule": rule})
    return replace(made, account=replace(made.account, lines=(*made.account.lines, *lines, alone)))


def _ruled(moved: Move) -> str:
    return str(moved.result.band.title) if moved.result.band else "none"
