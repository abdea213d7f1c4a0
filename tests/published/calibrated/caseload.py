"""Invented cases: facts by chance, the routing that follows from them, and the judgements that do not apply."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.forms import ABSENT, COUNTS, Form, Kind, Question

NOT_APPLICABLE = 0.03
"""How often a judgement that is asked for does not apply all the same."""
PROMPTED = 0.8
"""How often a prompt, which may be passed over, is answered."""


@dataclass(frozen=True)
class Caseload:
    """Cases without their judgements: ``values`` has the facts, prompts and answers 'not applicable' filled in."""

    values: NDArray[np.int8]
    due: NDArray[np.bool_]
    """Where a judgement is still to be given, shape (cases, questions)."""


def options_for(question: Question, counts: str) -> list[int]:
    """Return the numbers of the options of a question that count as sufficient, not sufficient or not applicable."""
    return [number for number, option in enumerate(question.options) if COUNTS[option.counts] == COUNTS[counts]]


def invent(form: Form, kind: Kind, cases: int, chance: np.random.Generator) -> Caseload:
    """Invent so many cases of a kind, in the order of the form, so that no answer stands where none is asked for."""
    values = np.full((cases, len(kind.questions)), ABSENT, dtype=np.int8)
    for column, question in enumerate(kind.questions):
        if question.role == "fact":
            likely = 1 / np.arange(1, len(question.options) + 1)
            given = chance.choice(len(question.options), cases, p=likely / likely.sum())
            asked = form.asked(kind, values)[:, column] if question.asked_when else np.ones(cases, dtype=np.bool_)
            values[:, column] = np.where(asked, given, ABSENT)
    due = form.asked(kind, values)
    for column, question in enumerate(kind.questions):
        if question.role == "prompt":
            answered = due[:, column] & (chance.random(cases) < PROMPTED)
            given = chance.integers(len(question.options), size=cases)
            values[:, column] = np.where(answered, given, ABSENT)
        elif question.role == "judgement" and (escape := options_for(question, "not_applicable")):
            passed = due[:, column] & (chance.random(cases) < NOT_APPLICABLE)
            values[passed, column] = escape[0]
    judgements = np.array([question.role == "judgement" for question in kind.questions])
    return Caseload(values, due & judgements & (values == ABSENT))


def judge(caseload: Caseload, kind: Kind, sufficient: NDArray[np.bool_], chance: np.random.Generator) -> None:
    """Fill in the judgements that are due: an option that counts as wanted, by chance where there are several."""
    for column, question in enumerate(kind.questions):
        due = caseload.due[:, column]
        if due.any():
            for wanted, counts in ((True, "sufficient"), (False, "not_sufficient")):
                here = due & (sufficient[:, column] == wanted)
                caseload.values[here, column] = chance.choice(options_for(question, counts), int(here.sum()))
