"""Invented caseloads whose true share is known, and samples from them."""

from dataclasses import dataclass

import numpy as np

from inspectorate.methodology.sampling.draw import allocate


@dataclass(frozen=True)
class Caseload:
    """How cases come about: quality is beta(mean, weight) by case; a large weight makes all cases alike."""

    name: str
    mean: float
    weight: float
    questions: int = 20
    applies: float = 0.8
    touched: float = 1.0
    """Part of the cases in which anything applies at all."""
    parts: tuple[float, ...] = (1.0,)
    """The strata, as parts of the list."""
    shift: float = 0.0
    """How much better the first stratum is than the last."""


CASELOADS = (
    Caseload("cases much alike", 0.65, 200),
    Caseload("cases vary", 0.65, 4),
    Caseload("cases good or bad throughout", 0.65, 0.5),
    Caseload("cases vary, high share", 0.92, 4),
    Caseload("cases vary, three strata", 0.65, 4, parts=(0.2, 0.3, 0.5), shift=0.2),
    Caseload("two questions in four cases of ten", 0.6, 4, questions=2, touched=0.4),
    Caseload("one question, three strata", 0.65, 4, questions=1, applies=1.0, parts=(0.2, 0.3, 0.5), shift=0.2),
    Caseload(
        "two questions in four of ten, three strata", 0.6, 4, questions=2, touched=0.4, parts=(0.2, 0.3, 0.5), shift=0.2
    ),
)


@dataclass(frozen=True)
class Samples:
    """Many samples at once: sums of shape (repetitions, strata) and the true share of each repetition."""

    listed: np.ndarray
    drawn: np.ndarray
    y: np.ndarray
    x: np.ndarray
    yy: np.ndarray
    xy: np.ndarray
    xx: np.ndarray
    touched: np.ndarray
    true: np.ndarray


def sample(caseload: Caseload, drawn: int, listed: int, repetitions: int, chance: np.random.Generator) -> Samples:
    """Make ``repetitions`` caseloads of ``listed`` cases and draw ``drawn`` of each, stratum by stratum."""
    sizes = [round(part * listed) for part in caseload.parts[:-1]]
    sizes.append(listed - sum(sizes))
    allocation = allocate({str(place): size for place, size in enumerate(sizes)}, drawn)
    sums = []
    total_y, total_x = np.zeros(repetitions), np.zeros(repetitions)
    for place, size in enumerate(sizes):
        away = caseload.shift * (0.5 - place / max(1, len(sizes) - 1)) if len(sizes) > 1 else 0.0
        mean = caseload.mean + away
        quality = chance.beta(mean * caseload.weight, (1 - mean) * caseload.weight, (repetitions, size))
        x = chance.binomial(caseload.questions, caseload.applies, (repetitions, size))
        x *= chance.random((repetitions, size)) < caseload.touched
        y = chance.binomial(x, quality)
        total_y, total_x = total_y + y.sum(axis=1), total_x + x.sum(axis=1)
        # The cases of a caseload are exchangeable, so that the first of them are a simple random sample.
        y, x = y[:, : allocation[str(place)]], x[:, : allocation[str(place)]]
        sums.append([part.sum(axis=1) for part in (y, x, y * y, x * y, x * x, (x > 0))])
    columns = [np.stack([stratum[number] for stratum in sums], axis=1) for number in range(6)]
    return Samples(np.array(sizes), np.array(list(allocation.values())), *columns, total_y / total_x)
