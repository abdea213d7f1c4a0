"""Running the steps that an edition names: from answers to scores, standards and the overall rating."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.accounts import Account, Line
from inspectorate.methodology.answers import Answers, KindAnswers
from inspectorate.methodology.bands import Level
from inspectorate.methodology.cases import CaseList
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.intervals import refuse_confidence
from inspectorate.methodology.packing import pack
from inspectorate.methodology.plans import SHARES, STANDARDS, Plan, Step
from inspectorate.methodology.results import Inputs, Result
from inspectorate.methodology.scoring import METHODS
from inspectorate.methodology.tallies import Evidence, Tally, tally_cases


@dataclass(frozen=True, slots=True)
class Judgements:
    """Ratings made by people, by step, with the reasons they gave. A step that is absent has no rating."""

    levels: Mapping[str, Level | None]
    reasons: Mapping[str, str]


NO_JUDGEMENTS = Judgements({}, {})
EvidenceReader = Callable[[Step], Evidence]
"""What gives the evidence of a step, wherever the answers are."""


def score(
    edition: Edition,
    answers: Answers,
    *,
    case_list: CaseList | None = None,
    judgements: Judgements = NO_JUDGEMENTS,
    confidence: float = 0.95,
    modules: Collection[str] = (),
) -> tuple[Result, ...]:
    """Return the result of every step of the edition, in order; ``modules`` adds the optional ones by name.

    With a case list, intervals speak of that whole list (N is its rows of a kind, n the cases with answers); without
    one they speak of a large caseload and say that the population is unknown.
    """
    plan = edition.plan.of_modules({*edition.modules, *modules})
    source = evidence_from(answers, case_list, plan.steps)
    return run(plan, source, judgements=judgements, confidence=confidence)


def run(
    plan: Plan,
    evidence: EvidenceReader,
    *,
    judgements: Judgements = NO_JUDGEMENTS,
    confidence: float = 0.95,
) -> tuple[Result, ...]:
    """Return the result of every step, from wherever the evidence comes: a file, the database, a columnar engine.

    Raises Refused where no interval can be made at the confidence.
    """
    refuse_confidence(confidence)
    results: dict[str, Result] = {}
    inputs = Inputs(evidence, results, judgements.levels, judgements.reasons, confidence)
    for step in plan.steps:
        results[step.code] = METHODS[step.method](step, inputs)
    return tuple(results.values())


def score_by(
    edition: Edition,
    answers: Answers,
    case_list: CaseList,
    column: str,
    *,
    confidence: float = 0.95,
    modules: Collection[str] = (),
) -> dict[str, tuple[Result, ...]]:
    """Return the results of the steps that rest on cases, for each value in a column of the case list, in order.

    Each part has its own base: N and n are the cases of that value. Ratings by judgement and totals are of the whole.
    """
    whole = edition.plan.of_modules({*edition.modules, *modules})
    steps = tuple(step for step in whole.steps if step.method in (*SHARES, STANDARDS[0]))
    plan = Plan(edition.plan.bands, steps, edition.plan.panel)
    found = {}
    for value in sorted(set(case_list.column(column))):
        part = answers.within(case_list, column, value)
        source = evidence_from(part, case_list.within(column, value), steps)
        found[value] = run(plan, source, confidence=confidence)
    return found


def evidence_from(answers: Answers, case_list: CaseList | None, steps: Sequence[Step] = ()) -> EvidenceReader:
    """Return a reader that makes the evidence of any share step from answers, once.

    ``steps`` are summed all together, when the first of them is asked for; any other step by itself.
    """
    several = len(answers.kinds) > 1  # strata of two kinds may share a name, and are never the same stratum
    designs = {part.kind.code: _design(part, case_list, named=several) for part in answers.kinds}
    together = pack(steps)
    summed: dict[str, NDArray[np.int64]] = {}
    made: dict[str, Evidence] = {}

    def words(step: Step, part: KindAnswers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if step.code not in together.fields:
            alone = pack((step,))
            return alone.unpack(step.code, alone.sum_cases(part.kind, part.values))
        if part.kind.code not in summed:
            summed[part.kind.code] = together.sum_cases(part.kind, part.values)
        return together.unpack(step.code, summed[part.kind.code])

    def read(step: Step) -> Evidence:
        if step.code not in made:
            made[step.code] = _evidence(step, answers, words, designs)
        return made[step.code]

    return read


@dataclass(frozen=True, slots=True)
class _Design:
    """The strata of one kind: their names, the stratum of each assessed case, and the size of each on the list."""

    names: list[str]
    stratum: NDArray[np.int64]
    listed: list[int] | None


def _design(part: KindAnswers, case_list: CaseList | None, *, named: bool) -> _Design:
    if case_list is None:
        return _Design([part.kind.code], np.zeros(len(part.keys), dtype=np.int64), None)
    names, codes = case_list.design(part.kind.code)
    stratum = codes[[case_list.place[key] for key in part.keys]] if part.keys else np.zeros(0, dtype=np.int64)
    listed = np.bincount(codes[codes >= 0], minlength=len(names)).tolist()
    return _Design([f"{part.kind.code} / {name}" for name in names] if named else names, stratum, listed)


def _evidence(
    step: Step,
    answers: Answers,
    words: Callable[[Step, KindAnswers], tuple[NDArray[np.int64], NDArray[np.int64]]],
    designs: Mapping[str, _Design],
) -> Evidence:
    tally = Tally(())
    columns: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for part in answers.kinds:
        if part.kind.place.keys().isdisjoint(step.questions):
            continue
        y, x = words(step, part)
        design = designs[part.kind.code]
        tally += tally_cases(y, x, design.stratum, design.names, design.listed)
        columns.append((y, x))

    def by_case() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return np.concatenate([y for y, _ in columns]), np.concatenate([x for _, x in columns])

    return Evidence(tally, by_case)


def read_judgements(data: object, edition: Edition, file: str = "ratings.json") -> Judgements:
    """Read ratings made by people: ``{"1.1": "Good", "1.2": {"rating": "Good", "reason": "…"}, "1.3": null}``.

    A standard that is left out has no judgement given. Raises Refused for a standard or a rating the edition lacks.
    """
    steps = {step.code: step for step in edition.plan.by_people()}
    given = _as_mapping(data, file)
    faults: list[Fault] = []
    levels: dict[str, Level | None] = {}
    reasons: dict[str, str] = {}
    for code, value in given.items():
        if code not in steps:
            why = f"'{code}' is not rated by judgement in {edition.code}."
            known = ", ".join(steps) or "none in this edition"
            faults.append(Fault(FaultCode.UNKNOWN_STANDARD, file, why, f"Such ratings are: {known}.", column=code))
            continue
        if isinstance(value, Mapping) and "rating" not in value:
            why = f"the entry of {code} has no rating."
            remedy = 'Write {"rating": "Good", "reason": "…"}, or null for no judgement given.'
            faults.append(Fault(FaultCode.WRONG_SHAPE, file, why, remedy, column=code))
            continue
        rating = value.get("rating") if isinstance(value, Mapping) else value
        levels[code] = _level(steps[code], rating, file, faults)
        if isinstance(value, Mapping) and value.get("reason"):
            reasons[code] = str(value["reason"])
    if faults:
        raise Refused(faults)
    return Judgements(levels, reasons)


def rate(edition: Edition, data: object, file: str = "ratings.json", modules: Collection[str] = ()) -> Result:
    """Return the overall rating from the ratings of the standards: ``{"1.1": "Good", …}``, null for not rated.

    ``modules`` adds the optional ones by name, where an edition has an overall rating for each kind of inspection.

    Every standard that the edition counts, and every one it rates without counting, must be there as a key. Raises
    Refused where one is missing or unknown, and where the edition has no overall rating.
    """
    total = _total(edition, file, modules)
    given = _as_mapping(data, file)
    wanted = (*total.of, *total.not_counted)
    faults = [
        Fault(
            FaultCode.MISSING_STANDARD,
            file,
            f"there is no rating for standard {code}.",
            "Write null where it was not rated.",
            column=code,
        )
        for code in wanted
        if code not in given
    ]
    faults += [
        Fault(
            FaultCode.UNKNOWN_STANDARD, file, f"{edition.code} has no standard '{code}'.", "Take it out.", column=code
        )
        for code in given
        if code not in wanted
    ]
    levels = {code: _level(edition.plan.step(code), given.get(code), file, faults) for code in wanted}
    if faults:
        raise Refused(faults)
    results = {code: _given(edition.plan.step(code), level) for code, level in levels.items()}
    return METHODS[total.method](total, Inputs(lambda _: Evidence(Tally(())), results))


def _total(edition: Edition, file: str, modules: Collection[str]) -> Step:
    """Return the one step that adds up; raise Refused where there is none, or where a module must be chosen first."""
    plan = edition.plan.of_modules({*edition.modules, *modules})
    totals = [step for step in plan.steps if step.method == "sum-of-points@1"]
    if len(totals) == 1:
        return totals[0]
    possible = {step.module: step.title.en for step in edition.plan.steps if step.method == "sum-of-points@1"}
    if not possible:
        why, remedy = f"{edition.code} has no overall rating to work out.", "Choose an edition with rated standards."
    else:
        why = f"{edition.code} has {len(totals) or 'no'} overall ratings for these modules."
        remedy = f"Choose one module: {', '.join(f'{code} ({title})' for code, title in possible.items())}."
    raise Refused([Fault(FaultCode.UNKNOWN_STANDARD, file, why, remedy)])


def _given(step: Step, level: Level | None) -> Result:
    words = f"{step.title}: {level.title if level else 'not rated'}, as given."
    return Result(step=step, account=Account(words, (Line("given", words),)), band=level)


def _as_mapping(data: object, file: str) -> Mapping[str, object]:
    if isinstance(data, Mapping):
        return {str(code): value for code, value in data.items()}
    why, remedy = "the file is not an object of ratings.", 'Write {"1.1": "Good", …}.'
    raise Refused([Fault(FaultCode.WRONG_SHAPE, file, why, remedy)])


def _level(step: Step, rating: object, file: str, faults: list[Fault]) -> Level | None:
    if rating is None or step.bands is None:
        return None
    level = step.bands.named(rating) if isinstance(rating, str) else None
    if level is None:
        names = ", ".join(str(level.title) for level in step.bands.levels)
        why = f"'{rating}' is no rating for {step.code}."
        faults.append(
            Fault(FaultCode.UNKNOWN_RATING, file, why, f"Write one of: {names}; null for not rated.", column=step.code)
        )
    return level
