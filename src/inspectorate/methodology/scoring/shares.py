"""What the two kinds of share have in common: the value, its words, its band and its account."""

from math import floor

from inspectorate.methodology.accounts import Account, Line, counted
from inspectorate.methodology.bands import per_cent, rounding_warning
from inspectorate.methodology.changes import share_changes
from inspectorate.methodology.intervals import Interval
from inspectorate.methodology.plans import Step
from inspectorate.methodology.results import Result
from inspectorate.methodology.tallies import Evidence, Tally


def share_result(step: Step, evidence: Evidence, interval: Interval, first: Line, words: str) -> Result:
    """Return the result of a share whose denominator is above 0; ``words`` follow the per cent in its sentence."""
    tally = evidence.tally
    sufficient, applicable = tally.sufficient, tally.applicable
    band = step.bands.of(sufficient, applicable) if step.bands else None
    lines = [first, interval.line]
    warnings: tuple[str, ...] = ()
    if step.bands and band:
        lines.append(_band_line(step, sufficient, applicable))
        warning = rounding_warning(step.bands, sufficient, applicable)
        warnings = (warning,) if warning else ()
    printed = per_cent(sufficient, applicable)
    return Result(
        step=step,
        account=Account(
            sentence=_sentence(printed, interval, tally, step, words),
            lines=tuple(lines),
            warnings=warnings,
            changes=share_changes(step.bands, evidence) if step.bands else (),
        ),
        sufficient=sufficient,
        applicable=applicable,
        cases=tally.cases,
        per_cent=printed,
        low=None if interval.low is None else 100 * interval.low,
        high=None if interval.high is None else 100 * interval.high,
        band=band,
        population=population_of(tally),
    )


def nothing_to_judge(step: Step, tally: Tally) -> Result:
    """Return the result where nothing applied in any case: no value, which is not nought."""
    sentence = f"No case to judge: nothing applied in the {counted(tally.cases, 'case')} assessed."
    if tally.cases == 0:
        sentence = "No case to judge: no case was assessed."
    line = Line(step.method, sentence, {"cases": tally.cases})
    return Result(
        step=step,
        account=Account(sentence=sentence, lines=(line,)),
        sufficient=0,
        applicable=0,
        cases=tally.cases,
        population=population_of(tally),
    )


def population_of(tally: Tally) -> int | str:
    """Return the size of the case list, or ``unknown``."""
    return "unknown" if tally.listed is None else tally.listed


def _band_line(step: Step, sufficient: int, applicable: int) -> Line:
    assert step.bands  # noqa: S101 - the caller has looked
    band = step.bands.of(sufficient, applicable)
    after = step.bands.levels[step.bands.rank(band.code) + 1 :]
    until = f" and below {after[0].from_}" if after else ""
    text = f"{sufficient} of {applicable} is {band.from_} per cent or more{until}, which is {band.title}."
    if step.bands.to_verify:
        text += " (These cuts are to be verified.)"
    return Line("bands", text, {"bands": step.bands.code, "from": band.from_})


def _sentence(printed: int, interval: Interval, tally: Tally, step: Step, words: str) -> str:
    what = step.sentence.en if step.sentence else words
    if tally.is_census:
        return f"{printed} per cent {what}; every case on the list was inspected."
    if interval.low is None or interval.high is None:
        return f"{printed} per cent {what}; not enough cases to say how sure that is."
    where = "in the whole caseload" if tally.listed is not None else "in a large caseload (no case list was given)"
    return f"{printed} per cent {what}; between {_whole(interval.low)} and {_whole(interval.high)} {where}."


def _whole(share: float) -> int:
    """Return a limit as a whole per cent, rounded half up as every printed per cent is."""
    return floor(100 * share + 0.5)
