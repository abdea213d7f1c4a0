"""Made-up answers in bulk, from a seed: coded arrays in which the routing of the form holds, and files of the same."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inspectorate.methodology import editions
from inspectorate.methodology.answers import Answers, KindAnswers
from inspectorate.methodology.cases import CaseList
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import ABSENT, Kind

EDITION = "iaow/2013"
ANSWERS_IN_A_CASE = 87  # what is asked of a made-up case: 120 questions less what is routed out
SEED = 20261121
ODDS = {None: 1.0, "sufficient": 6.0, "not_sufficient": 3.0, "not_applicable": 0.3}


@dataclass(frozen=True)
class Made:
    """An edition, answers and the case list they belong to."""

    edition: Edition
    answers: Answers
    case_list: CaseList

    @property
    def count(self) -> int:
        """How many answers there are."""
        return int((self.answers.kinds[0].values != ABSENT).sum())


def make(answers: int, strata: int) -> Made:
    """Make about so many answers, of a third of the cases on the list, in so many strata."""
    edition = editions.load(EDITION)
    kind = edition.form.kinds[0]
    cases = -(-answers // ANSWERS_IN_A_CASE)
    values = _values(kind, cases)
    values[~edition.form.asked(kind, values)] = ABSENT
    keys = tuple(("", f"C{number:07d}") for number in range(3 * cases))
    named = tuple(f"body {number % strata:03d}" for number in range(len(keys)))
    listed = CaseList(keys, (kind.code,) * len(keys), named, {})
    return Made(edition, Answers(edition.form, (KindAnswers(kind, keys[:cases], values, {}),)), listed)


def _values(kind: Kind, cases: int) -> np.ndarray:
    chance = np.random.default_rng(SEED)
    values = np.empty((cases, len(kind.questions)), dtype=np.int8)
    for column, question in enumerate(kind.questions):
        odds = np.array([ODDS[option.counts] for option in question.options])
        values[:, column] = chance.choice(len(odds), cases, p=odds / odds.sum())
    return values


def write_csv(made: Made, folder: Path) -> None:
    """Write ``answers.csv`` and ``cases.csv`` as the command line reads them."""
    part = made.answers.kinds[0]
    codes = [[option.code for option in question.options] for question in part.kind.questions]
    questions = [question.code for question in part.kind.questions]
    with (folder / "answers.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("case", "question", "judgement"))
        for (_, case), values in zip(part.keys, part.values.tolist(), strict=True):
            rows.writerows((case, questions[q], codes[q][v]) for q, v in enumerate(values) if v != ABSENT)
    with (folder / "cases.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("case", "kind", "stratum"))
        columns = zip(made.case_list.keys, made.case_list.kinds, made.case_list.strata, strict=True)
        rows.writerows((case, kind, stratum) for (_, case), kind, stratum in columns)
