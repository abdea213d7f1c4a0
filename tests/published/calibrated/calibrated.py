"""Synthetic cases from a seed that, once scored, give the printed figures, as far as there are such cases at all.

Three steps: how many cases each inspection has; how many judgements of each class are sufficient, in whole numbers; and
which judgements these are, by chance, so that cases and questions differ. Nothing here is a finding about anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology import editions
from inspectorate.methodology.editions import Edition
from tests.published.calibrated.caseload import Caseload, invent, judge
from tests.published.calibrated.chosen import numbers_of_cases, numbers_sufficient
from tests.published.calibrated.design import Design
from tests.published.calibrated.printed import PROGRAMMES, Programme

SEED = 2012
UNSCORED = 0.7
"""The share of sufficient judgements at questions that count in no printed score."""
Row = tuple[str, str, str, str]


def placed(
    design: Design,
    caseload: Caseload,
    body_of: NDArray[np.int64],
    wanted: NDArray[np.int64],
    chance: np.random.Generator,
) -> NDArray[np.bool_]:
    """Say which judgements are sufficient: those with most luck, which good cases and easy questions have more of."""
    shape = caseload.due.shape
    luck = chance.logistic(size=shape) + chance.normal(0, 1.0, (shape[0], 1)) + chance.normal(0, 0.7, (1, shape[1]))
    sufficient = np.zeros(shape, dtype=np.bool_)
    for body in range(len(wanted)):
        cases = np.flatnonzero(body_of == body)
        for number in range(-1, wanted.shape[1]):
            columns = np.flatnonzero(design.class_of == number)
            rows, cells = np.nonzero(caseload.due[np.ix_(cases, columns)])
            rows, cells = cases[rows], columns[cells]
            take = int(wanted[body, number]) if number >= 0 else round(UNSCORED * len(rows))
            first = np.argsort(-luck[rows, cells], kind="stable")[:take]
            sufficient[rows[first], cells[first]] = True
    return sufficient


@dataclass(frozen=True)
class Calibrated:
    """The synthetic cases of a programme: rows of inspection, case, question and judgement, and ratings by people."""

    programme: Programme
    edition: Edition
    rows: list[Row]
    ratings: dict[str, dict[str, str]]
    """By body: the ratings that people give without cases, as printed."""


@lru_cache
def calibrated(code: str) -> Calibrated:
    """Return the synthetic cases of a programme: the same for ever from the same seed."""
    programme = PROGRAMMES[code]()
    design = Design(programme, editions.load(programme.edition))
    chance = np.random.default_rng([SEED, *code.encode()])
    sizes = numbers_of_cases(design, chance)
    body_of = np.repeat(np.arange(len(sizes)), sizes)
    caseload = invent(design.edition.form, design.kind, len(body_of), chance)
    by_case = design.by_class(caseload.due)
    applicable = np.array([by_case[body_of == body].sum(axis=0) for body in range(len(sizes))])
    wanted = numbers_sufficient(design, applicable, chance)
    judge(caseload, design.kind, placed(design, caseload, body_of, wanted, chance), chance)
    rows = list(_rows(design, caseload, body_of))
    return Calibrated(programme, design.edition, rows, _ratings(design))


def synthetic(body: str) -> str:
    """Return the name of the synthetic inspection that stands for a body."""
    return f"{body} (synthetic)"


def _rows(design: Design, caseload: Caseload, body_of: NDArray[np.int64]) -> Iterator[Row]:
    """Yield the answers as a file has them; every inspection and every case says that it is synthetic.

    References begin anew in each inspection, as they would in life: a case is known by both names together.
    """
    names = [synthetic(body) for body in design.programme.bodies]
    words = [[option.code for option in question.options] for question in design.kind.questions]
    codes = [question.code for question in design.kind.questions]
    before = np.searchsorted(body_of, body_of).tolist()
    for case, (body, values) in enumerate(zip(body_of.tolist(), caseload.values.tolist(), strict=True)):
        name, reference = names[body], f"SYN-{case - before[case] + 1:03d}"
        for column, value in enumerate(values):
            if value >= 0:
                yield name, reference, codes[column], words[column][value]


def _ratings(design: Design) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    by_people = {step.code: step for step in design.edition.plan.by_people()}
    for figure in design.programme.figures:
        if figure.score in by_people and figure.what == "stars":
            levels = by_people[figure.score].bands.levels
            title = next(level.title.en for level in levels if level.stars == figure.printed)
            found.setdefault(figure.of, {})[figure.score] = title
    return found
