"""``lowest-key-question@1``: a standard takes the band of its lowest key question (2018 on)."""

from inspectorate.methodology.accounts import Account, Line
from inspectorate.methodology.changes import standard_changes
from inspectorate.methodology.plans import Step
from inspectorate.methodology.results import Inputs, Result

METHOD = "lowest-key-question@1"


def compute(step: Step, inputs: Inputs) -> Result:
    """Return the rating of a standard from the results of its key questions.

    Key questions with no case to judge are left out; where none is left the standard is not rated.
    """
    parts = [inputs.results[code] for code in step.of]
    rated = [part for part in parts if part.band is not None]
    silent = [part.code for part in parts if part.band is None]
    aside = f" No case to judge at {', '.join(silent)}." if silent else ""
    if not rated or step.bands is None:
        sentence = f"{step.title} is not rated: no case to judge at any of its key questions."
        return Result(step=step, account=Account(sentence, (Line(METHOD, sentence, {"key_questions": silent}),)))
    bands = step.bands
    lowest = min(rated, key=lambda part: (bands.rank(_code(part)), (part.sufficient or 0) / (part.applicable or 1)))
    level = bands.level(_code(lowest))
    each = "; ".join(f"{part.code} {part.per_cent} per cent, {part.band.title}" for part in rated if part.band)
    line = Line(
        METHOD,
        f"Key questions: {each}. The lowest, {lowest.code}, decides: {level.title}.{aside}",
        {
            part.code: {"sufficient": part.sufficient, "applicable": part.applicable, "band": _code(part)}
            for part in rated
        },
    )
    changes = standard_changes(
        bands, level, {part.code: (bands.level(_code(part)), inputs.evidence(part.step)) for part in rated}
    )
    sentence = f"{step.title}: {level.title}, the band of its lowest key question ({lowest.code})."
    warnings = tuple(warning for part in rated for warning in part.account.warnings)
    return Result(step=step, account=Account(sentence, (line,), warnings, changes), band=level, parts=tuple(rated))


def _code(result: Result) -> str:
    return result.band.code if result.band else ""
