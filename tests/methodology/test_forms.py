"""Routing: which questions are asked of which cases, also along chains of rules."""

import numpy as np
import pytest

from inspectorate.methodology.forms import ABSENT, COUNTS, Condition, Form, Rule, judged
from inspectorate.methodology.texts import Text
from tests.methodology.small import FIXTURE

CASE = FIXTURE.form.kind("case")


def asked(**given):
    """The codes asked of a case with these answers."""
    values = np.full((1, len(CASE.questions)), ABSENT, dtype=np.int8)
    for code, word in given.items():
        column = CASE.place[code]
        values[0, column] = [option.code for option in CASE.questions[column].options].index(word)
    found = FIXTURE.form.asked(CASE, values)[0]
    return [question.code for question, yes in zip(CASE.questions, found, strict=True) if yes]


ALWAYS = ["F01", "A01", "A02", "A04", "A05"]


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({}, []),
        ({"F01": "community"}, []),
        ({"F01": "custody"}, ["F02"]),
        ({"F01": "custody", "F02": "no"}, ["F02"]),
        ({"F01": "custody", "F02": "yes"}, ["F02", "A03"]),
        ({"F01": "community", "F02": "yes"}, []),  # F02 was not to be asked, so what hangs on it is not asked either
    ],
)
def test_a_question_is_asked_when_every_rule_named_holds_along_the_chain(given, more):
    assert sorted(asked(**given)) == sorted([*ALWAYS, *more])


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition("is", question="F01", values=("custody", "community")), True),
        (Condition("not", parts=(Condition("is", question="F01", values=("custody",)),)), False),
        # F02 is not asked in the community: an "is" is false there, and so "not" is true.
        (Condition("not", parts=(Condition("is", question="F02", values=("no",)),)), False),
        (Condition("any", parts=(Condition("is", question="F02", values=("yes",)),)), False),
    ],
)
def test_conditions_nest(condition, holds):
    rules = {**FIXTURE.form.rules, "release_near": Rule("release_near", Text("x"), condition)}
    form = Form(FIXTURE.form.kinds, rules)
    values = np.full((1, len(CASE.questions)), ABSENT, dtype=np.int8)
    values[0, CASE.place["F01"]], values[0, CASE.place["F02"]] = 1, 1
    assert bool(form.asked(CASE, values)[0, CASE.place["A03"]]) is holds


def test_all_cases_are_routed_at_once_as_each_is_alone():
    chance = np.random.default_rng(1)
    values = chance.integers(-1, 2, (200, len(CASE.questions))).astype(np.int8)
    together = FIXTURE.form.asked(CASE, values)
    alone = np.vstack([FIXTURE.form.asked(CASE, values[row : row + 1]) for row in range(200)])
    assert (together == alone).all()


def test_an_answer_counts_as_its_option_says_and_an_absent_one_as_nothing():
    values = np.full((1, len(CASE.questions)), ABSENT, dtype=np.int8)
    values[0, CASE.place["A04"]], values[0, CASE.place["A01"]], values[0, CASE.place["F01"]] = 1, 2, 0
    counted = dict(zip([question.code for question in CASE.questions], judged(CASE, values)[0].tolist(), strict=True))
    names = {number: name for name, number in COUNTS.items()}
    assert {code: names[number] for code, number in counted.items() if number} == {
        "A01": "not_applicable",
        "A04": "sufficient",
    }
