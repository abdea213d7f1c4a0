"""Invented judgements, made from a seed, for the demonstration, the tutorial and the benchmarks: nobody real.

Facts, judgements and reasons are made up by chance in the order of the form, so that routing holds; a case has a
quality of its own, so that cases differ from each other as they do in life.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import ABSENT, COUNTS, Form, Kind, Question
from inspectorate.methodology.sampling.draw import Listed, draw
from inspectorate.ratings.intake import File, HandedIn, edition_of

STRATA = ("high", "low", "medium")
PROVIDERS = ("North team", "South team", "Partnership team")
HEADS = ("case", "question", "judgement", "reasons")
LIST_HEADS = ("case", "kind", "stratum", "provider", "ldu", "sex", "ethnicity")


@dataclass(frozen=True, slots=True)
class Invention:
    """An invented inspection: the rows of its answers and of its case list, heads first, and ratings by people."""

    answers: list[tuple[str, ...]]
    case_list: list[tuple[str, ...]]
    judgements: dict[str, dict[str, str]]
    seed: str


def invent(edition: Edition, cases: dict[str, int], listed: dict[str, int], seed: str) -> Invention:
    """Invent an inspection of ``cases`` of each kind, drawn from ``listed`` of that kind.

    The same arguments give the same inspection for ever: chance comes from the seed alone.
    """
    chance = Random(f"inspectorate {edition.code} {seed}")  # noqa: S311 - no secret, and it must repeat
    listing, answers = [LIST_HEADS], [HEADS]
    for code, size in listed.items():
        rows = [_listed(code, number, chance) for number in range(1, size + 1)]
        listing += rows
        drawn = draw([Listed(row[0], row[1], row[2]) for row in rows], seed, cases[code])
        routing = Routing(edition.form, edition.form.kind(code))
        for case in sorted(drawn.drawn, key=lambda case: case.case):
            given = assessed(routing, case.stratum, chance)
            answers += [(case.case, *cells) for cells in given]
    judgements = {}
    for step in edition.plan.by_people():
        if step.bands:
            level = chance.choice(step.bands.levels[1:])
            judgements[step.code] = {"rating": level.title.en, "reason": "Invented for the demonstration."}
    return Invention(answers, listing, judgements, seed)


def _listed(kind: str, number: int, chance: Random) -> tuple[str, ...]:
    return (
        f"{kind[:2].upper()}{number:04d}",
        kind,
        chance.choices(STRATA, (2, 3, 5))[0],
        chance.choices(PROVIDERS, (5, 4, 2))[0],
        f"LDU {chance.choice('ABCD')}",
        chance.choices(("female", "male"), (1, 5))[0],
        chance.choices(("White", "Black", "Asian", "Mixed", "Other"), (75, 10, 8, 5, 2))[0],
    )


class Routing:
    """Which questions are asked, remembered by the answers that steer it: cases share most of their routes."""

    def __init__(self, form: Form, kind: Kind) -> None:
        self.form, self.kind = form, kind
        steering = {code for rule in form.rules.values() for code in rule.when.questions()}
        self.columns = [kind.place[code] for code in sorted(steering) if code in kind.place]
        self.known: dict[bytes, NDArray[np.bool_]] = {}

    def asked(self, values: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Return, for the answers of one case so far, which questions are asked of it."""
        key = values[0, self.columns].tobytes()
        if key not in self.known:
            self.known[key] = self.form.asked(self.kind, values)[0]
        return self.known[key]


def assessed(routing: Routing, stratum: str, chance: Random, *, better: float = 0.0) -> Iterator[tuple[str, str, str]]:
    """Yield question, answer and reasons of one case, in the order of the form.

    ``better`` lifts the share of sufficient work, or lowers it, by about as much.
    """
    kind = routing.kind
    values = np.full((1, len(kind.questions)), ABSENT, dtype=np.int8)
    quality = chance.betavariate(4.2, 1.6) + better
    for column, question in enumerate(kind.questions):
        if question.asked_when and not routing.asked(values)[column]:
            continue
        number = _chosen(question, stratum, quality, chance)
        values[0, column] = number
        option = question.options[number]
        ticked = ""
        if option.counts == "not_sufficient" and question.reasons:
            codes = [reason.code for reason in question.reasons]
            ticked = ";".join(chance.sample(codes, min(len(codes), chance.choice((1, 1, 2)))))
        yield question.code, option.code, ticked


def _chosen(question: Question, stratum: str, quality: float, chance: Random) -> int:
    codes = [option.code for option in question.options]
    if question.role == "fact":
        if stratum in codes:
            return codes.index(stratum)
        return chance.choices(range(len(codes)), [1 / (place + 1) for place in range(len(codes))])[0]
    wanted = "sufficient" if chance.random() < quality * (0.82 + 0.3 * _ease(question.code)) else "not_sufficient"
    if chance.random() < 0.03:
        wanted = "not_applicable"
    fitting = [n for n, option in enumerate(question.options) if COUNTS[option.counts] == COUNTS[wanted]]
    return chance.choice(fitting or range(len(codes)))


def _ease(code: str) -> float:
    """Return how easy a question is, from 0 to 1: some work is done well everywhere and some nowhere."""
    return sum(map(ord, code)) * 37 % 101 / 100


@dataclass(frozen=True, slots=True)
class Example:
    """One example of the product: what it is called, its edition, and how many cases of how many were assessed."""

    title: str
    edition: str
    cases: dict[str, int]
    listed: dict[str, int]


SEED = "2026"
DEMONSTRATION = {
    "iaow": Example("Ashdale Probation Trust (invented)", "iaow/2013", {"case": 60}, {"case": 412}),
    "fji": Example("Brackwater Youth Offending Team (invented)", "fji/2013", {"case": 40}, {"case": 131}),
    "youth": Example(
        "Corrimoor Youth Offending Service (invented)",
        "youth/2018",
        {"court": 55, "out_of_court": 35},
        {"court": 118, "out_of_court": 64},
    ),
}
"""The files in docs/examples, which docs/make_examples.py writes; the pages show the same. Nobody in them is real."""


@lru_cache(maxsize=8)
def demonstration(name: str) -> HandedIn:
    """Return an example as somebody would hand it in: the same bytes as in docs/examples."""
    example = DEMONSTRATION[name]
    made = invent(edition_of(example.edition), example.cases, example.listed, SEED)
    return HandedIn(
        edition=example.edition,
        answers=File(f"{name}-answers.csv", _as_csv(made.answers)),
        case_list=File(f"{name}-cases.csv", _as_csv(made.case_list)),
        judgements=made.judgements,
        title=example.title,
        invented=True,
    )


@lru_cache(maxsize=1)
def own_sheet() -> File:
    """Return the sheet in which the service of the first example has scored 30 cases of its own: one row a case."""
    edition = edition_of("iaow/2013")
    made = invent(edition, {"case": 30}, {"case": 120}, f"{SEED} own")
    kind = edition.form.kind("case")
    given: dict[str, dict[str, str]] = {}
    for case, question, answer, _ in made.answers[1:]:
        given.setdefault(f"OWN{case[2:]}", {})[question] = answer
    codes = [question.code for question in kind.questions]
    rows = [(case, *(answers.get(code, "") for code in codes)) for case, answers in given.items()]
    return File("iaow-own-sheet.csv", _as_csv([("case iaow/2013", *codes), *rows]))


def with_faults() -> HandedIn:
    """Return the first example with some of its rows spoilt in the ways in which files often are."""
    whole = demonstration("iaow")
    assert whole.case_list  # noqa: S101 - every example has one
    rows = [line.split(",") for line in whole.answers.content.decode().splitlines()]
    rows[11][2] = "maybe"
    rows[33][2] = "N/K"
    rows[40][1] = "D99"
    rows[70][2] = ""
    listed = [line for line in whole.case_list.content.decode().splitlines() if not line.startswith(f"{rows[90][0]},")]
    rows.insert(120, rows[119])
    del rows[150]
    spoilt = "\n".join(",".join(row) for row in rows).encode()
    listing = File(whole.case_list.name, "\n".join(listed).encode())
    title = "Ashdale Probation Trust, with faults (invented)"
    return replace(whole, title=title, answers=File("iaow-answers-with-faults.csv", spoilt), case_list=listing)


def _as_csv(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
