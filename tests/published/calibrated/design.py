"""What synthetic cases of a programme are to meet: its printed scores, put as bounds on whole numbers.

Questions that count in the same printed scores are of one class: only how many judgements of a class are sufficient
matters to any score.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Kind
from tests.published.calibrated.printed import Figure, Programme


@dataclass(frozen=True)
class Target:
    """A printed score: of which bodies (by place), in which classes, and its figures."""

    bodies: NDArray[np.int64]
    classes: NDArray[np.int64]
    per_cent: int
    stars: int | None
    pooled: bool

    def cells(self, width: int) -> NDArray[np.int64]:
        """Return the places of its bodies and classes in a table with a row for each body and so many classes."""
        return (self.bodies[:, None] * width + self.classes).ravel()


@dataclass(frozen=True)
class Design:
    """What is to be met: the programme, its edition, the class of each question (-1 for none) and the targets."""

    programme: Programme
    edition: Edition

    @cached_property
    def kind(self) -> Kind:
        """The kind of case that is scored."""
        return self.edition.form.kind("case")

    @cached_property
    def wanted(self) -> list[Figure]:
        """The printed per cents of bodies and of pools that are here; scores rated by people have none."""
        whom = {*self.programme.bodies, *self.programme.pools}
        return [figure for figure in self.programme.figures if figure.what == "per_cent" and figure.of in whom]

    @cached_property
    def scores_of(self) -> list[frozenset[str]]:
        """For each question of the kind the printed scores in which it counts."""
        steps = [self.edition.plan.step(code) for code in sorted({figure.score for figure in self.wanted})]
        return [frozenset(s.code for s in steps if q.code in s.questions) for q in self.kind.questions]

    @cached_property
    def classes(self) -> list[frozenset[str]]:
        """The classes, in an order that never changes."""
        return sorted(set(self.scores_of) - {frozenset()}, key=sorted)

    @cached_property
    def class_of(self) -> NDArray[np.int64]:
        """The class of each question, -1 where it counts in no printed score."""
        return np.array([self.classes.index(scores) if scores else -1 for scores in self.scores_of])

    @cached_property
    def targets(self) -> list[Target]:
        """Every printed score, with the stars that stand beside it."""
        place = {body: number for number, body in enumerate(self.programme.bodies)}
        stars = {(f.of, f.score): f.printed for f in self.programme.figures if f.what == "stars"}
        return [
            Target(
                bodies=np.array([place[body] for body in self.programme.pools.get(figure.of, (figure.of,))]),
                classes=np.array([n for n, scores in enumerate(self.classes) if figure.score in scores]),
                per_cent=figure.printed,
                stars=stars.get((figure.of, figure.score)),
                pooled=figure.of in self.programme.pools,
            )
            for figure in self.wanted
        ]

    @property
    def pooled_bodies(self) -> NDArray[np.int64]:
        """The places of the bodies that stand in some pool."""
        pooled = {body for pool in self.programme.pools.values() for body in pool}
        return np.array([place for place, body in enumerate(self.programme.bodies) if body in pooled])

    def by_class(self, marks: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count marks, shape (cases, questions), by case and class."""
        member = self.class_of[:, None] == np.arange(len(self.classes))
        return marks.astype(np.int64) @ member.astype(np.int64)


def limits(design: Design, target: Target, applicable: int) -> tuple[int, int]:
    """Return the fewest and the most sufficient judgements that print as wanted, half up, and reach the stars.

    Where no share has both the per cent and the stars, the per cent alone is kept.
    """
    low, high = _from(2 * target.per_cent - 1, 200, applicable), _from(2 * target.per_cent + 1, 200, applicable) - 1
    if target.stars is None:
        return low, high
    cuts = {level.stars: level.from_ for level in design.edition.plan.bands["stars"].levels}
    least = _from(cuts[target.stars], 100, applicable)
    most = _from(cuts.get(target.stars + 1, 101), 100, applicable) - 1
    return (max(low, least), min(high, most)) if max(low, least) <= min(high, most) else (low, high)


def _from(parts: int, of: int, applicable: int) -> int:
    """Return the fewest judgements that are at least so many parts of all that apply."""
    return -(-parts * applicable // of)
