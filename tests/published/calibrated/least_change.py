"""Whole numbers that meet bounds on their sums and stay as near as they can to what was wished for."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

FORBIDDING = 10_000.0
"""What a unit of a bound that is not met costs, against 1 for a unit away from a wish."""
TOLERABLE = 0.1
"""How far from the least change the answer may be: any that meets the bounds will do."""


@dataclass
class Problem:
    """Values to be found: what is wished, within which limits; ``cost`` of moving each, and which must be whole."""

    wish: NDArray[np.float64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    cost: NDArray[np.float64]
    whole: NDArray[np.bool_]
    rows: list[tuple[NDArray[np.int64], NDArray[np.float64], float, float, bool]] = field(default_factory=list)

    def bound(
        self,
        places: NDArray[np.int64],
        weights: NDArray[np.float64] | float,
        low: float,
        high: float,
        *,
        yields: bool = False,
    ) -> None:
        """Hold a weighted sum between low and high; one that ``yields`` is given up where it cannot be met."""
        self.rows.append((places, np.broadcast_to(np.asarray(weights, dtype=float), places.shape), low, high, yields))

    def solve(self) -> NDArray[np.float64]:
        """Return the values. Raises ValueError where the bounds that do not yield contradict each other."""
        size, count = len(self.wish), len(self.rows)
        places = np.concatenate([row[0] for row in self.rows])
        weights = np.concatenate([row[1] for row in self.rows])
        number = np.repeat(np.arange(count), [len(row[0]) for row in self.rows])
        sums = csr_array((weights, (number, places)), shape=(count, size))
        slack = eye_array(count, format="csr")
        started = sums @ self.wish
        yields = np.array([row[4] for row in self.rows])
        most_slack = np.where(yields, np.inf, 0.0)
        found = milp(
            np.concatenate([self.cost, self.cost, np.full(2 * count, FORBIDDING)]),
            integrality=np.concatenate([self.whole, self.whole, np.zeros(2 * count)]),
            bounds=Bounds(0, np.concatenate([self.most - self.wish, self.wish - self.least, most_slack, most_slack])),
            constraints=LinearConstraint(
                hstack([sums, -sums, slack, -slack]),
                np.array([row[2] for row in self.rows]) - started,
                np.array([row[3] for row in self.rows]) - started,
            ),
            options={"mip_rel_gap": TOLERABLE},
        )
        if found.x is None:
            raise ValueError(f"no values meet the bounds: {found.message}")
        moved = self.wish + found.x[:size] - found.x[size : 2 * size]
        return np.where(self.whole, np.rint(moved), moved)
