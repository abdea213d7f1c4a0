"""The synthetic cases through the engine and through the tally, and which printed figures come out."""

from dataclasses import dataclass
from functools import lru_cache

from inspectorate.methodology.answers import read_answers
from inspectorate.methodology.plans import SHARES
from inspectorate.methodology.rating import read_judgements, score
from inspectorate.methodology.tables import read_table
from tests.published.calibrated.calibrated import Calibrated, Row, calibrated, synthetic
from tests.published.calibrated.printed import Figure, Programme
from tests.published.calibrated.tally import Score, Tally

HEADS = ("inspection", "case", "question", "judgement")


@dataclass(frozen=True)
class Scored:
    """What the engine and the tally make of the same cases, by (body or pool, score), and the stars given by people."""

    made: Calibrated
    engine: dict[tuple[str, str], Score]
    tally: dict[tuple[str, str], Score]
    given: dict[tuple[str, str], int]

    def cases(self, whole: str) -> int:
        """Return how many cases a body or a pool has, as the tally counts them."""
        return next(score.cases for (of, _), score in self.tally.items() if of == whole)

    def came_out(self, figure: Figure) -> int | None:
        """Return what stands where the figure was printed; None where there are no cases to score."""
        key = (figure.of, figure.score)
        if key in self.given:
            return self.given[key]
        if key not in self.engine:
            return None
        if figure.what in {"lowest", "highest"}:
            found = [self.engine[body, figure.score].per_cent for body in self.made.programme.pools[figure.of]]
            return min(found) if figure.what == "lowest" else max(found)
        return self.engine[key].per_cent if figure.what == "per_cent" else self.engine[key].stars

    def not_reproduced(self) -> list[tuple[Figure, int | None]]:
        """Return every printed figure that does not come out, with what does."""
        found = [(figure, self.came_out(figure)) for figure in self.made.programme.figures]
        return [(figure, value) for figure, value in found if value != figure.printed]


@lru_cache
def scored(code: str) -> Scored:
    """Score the synthetic cases of a programme, body by body and pooled, and count them without the engine."""
    made = calibrated(code)
    of_body: dict[str, list[Row]] = {}
    for row in made.rows:
        of_body.setdefault(row[0], []).append(row)
    tally = Tally(made.edition.code, made.rows)
    engine: dict[tuple[str, str], Score] = {}
    counted: dict[tuple[str, str], Score] = {}
    given: dict[tuple[str, str], int] = {}
    for whole, bodies in parts(made.programme).items():
        names = [synthetic(body) for body in bodies]
        counted |= {(whole, step): tally.score(step, names) for step in tally.steps}
        for result in _results(made, whole, [row for name in names for row in of_body[name]]):
            stars = result.band.stars if result.band else None
            if result.step.method in SHARES:
                shown = (result.cases, result.sufficient, result.applicable, result.per_cent, stars)
                engine[whole, result.code] = Score(*shown)
            elif stars:
                given[whole, result.code] = stars
    return Scored(made, engine, counted, given)


def parts(programme: Programme) -> dict[str, tuple[str, ...]]:
    """Return what is scored together: every body by itself, and every pool."""
    return {**{body: (body,) for body in programme.bodies}, **programme.pools}


def _results(made, whole, rows):
    """Score rows as a file that was handed in: the table is read and checked as any other."""
    answers = read_answers(read_table("synthetic.csv", [HEADS, *rows], HEADS), made.edition.form)
    return score(made.edition, answers, judgements=read_judgements(made.ratings.get(whole, {}), made.edition))
