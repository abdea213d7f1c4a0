"""The two choices behind synthetic cases: how many cases there are, and how many judgements are sufficient."""

import numpy as np
from numpy.typing import NDArray

from tests.published.calibrated.caseload import invent
from tests.published.calibrated.design import Design, limits
from tests.published.calibrated.least_change import Problem

PILOT = 3000
"""Cases invented only to see how many judgements of each class a case has."""
MARGIN = 0.3
"""Points by which a score stays inside its rounding while numbers of cases are chosen, because invented cases vary."""
LOWEST, HIGHEST = 0.1, 0.97
"""The least and the greatest share of sufficient judgements that a class is thought to have."""


def numbers_of_cases(design: Design, chance: np.random.Generator) -> NDArray[np.int64]:
    """Choose how many cases each inspection has, near a number drawn by chance, so that the aggregates can come out.

    A body's share is hardly free, so an aggregate is a matter of how much each body weighs in it.
    """
    programme = design.programme
    count, width = len(programme.bodies), len(design.classes)
    usual = design.by_class(invent(design.edition.form, design.kind, PILOT, chance).due).mean(axis=0)
    least, most = programme.sizes
    fixed = np.array([programme.more_cases.get(body, 0) for body in programme.bodies])
    wish = np.where(fixed, fixed, chance.integers(least, most, size=count, endpoint=True))
    free = np.zeros(count * width)
    problem = Problem(
        wish=np.concatenate([wish, free]),
        least=np.concatenate([np.where(fixed, fixed, least), free]),
        most=np.concatenate([np.where(fixed, fixed, most), np.full(count * width, np.inf)]),
        cost=np.concatenate([np.ones(count), free]),
        whole=np.arange(count + count * width) < count,
    )
    for place in range(count * width):
        pair, often = np.array([count + place, place // width]), usual[place % width]
        problem.bound(pair, np.array([1.0, -HIGHEST * often]), -np.inf, 0.0)
        problem.bound(pair, np.array([1.0, -LOWEST * often]), 0.0, np.inf)
    for target in design.targets:
        places = np.concatenate([count + target.cells(width), target.bodies])
        of_all = usual[target.classes].sum() / 100
        for points, low, high in ((-0.5 + MARGIN, 0.0, np.inf), (0.5 - MARGIN, -np.inf, 0.0)):
            cases = np.full(len(target.bodies), -of_all * (target.per_cent + points))
            weights = np.concatenate([np.ones(len(places) - len(cases)), cases])
            problem.bound(places, weights, low, high, yields=target.pooled)
    if programme.cases:
        problem.bound(design.pooled_bodies, 1.0, programme.cases, programme.cases)
    return problem.solve()[:count].astype(np.int64)


def numbers_sufficient(design: Design, applicable: NDArray[np.int64], chance: np.random.Generator) -> NDArray[np.int64]:
    """Choose how many judgements of each body and class are sufficient; ``applicable`` has the same shape."""
    share = np.zeros(applicable.shape)
    for target in design.targets:
        if not target.pooled:
            share[np.ix_(target.bodies, target.classes)] = target.per_cent / 100
    wish = np.rint(applicable * np.clip(share + chance.normal(0, 0.02, share.shape), LOWEST, HIGHEST)).ravel()
    most = applicable.ravel().astype(float)
    problem = Problem(wish, np.zeros(wish.shape), most, np.ones(wish.shape), np.ones(wish.shape, dtype=np.bool_))
    for target in design.targets:
        places = target.cells(applicable.shape[1])
        low, high = limits(design, target, int(applicable.ravel()[places].sum()))
        problem.bound(places, 1.0, low, high, yields=target.pooled)
    return problem.solve().astype(np.int64).reshape(applicable.shape)
