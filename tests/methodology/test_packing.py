"""Packed words give the same sums as counting the judgements one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspectorate.methodology import editions
from inspectorate.methodology.forms import ABSENT, COUNTS, judged
from inspectorate.methodology.packing import WORD_BITS, pack
from inspectorate.methodology.plans import Step
from inspectorate.methodology.texts import Text

CODES = editions.codes()


def counted(kind, values, questions):
    """Count y and x of each case the long way."""
    judgements = judged(kind, values)[:, [kind.place[code] for code in questions if code in kind.place]]
    y = (judgements == COUNTS["sufficient"]).sum(axis=1)
    return y, y + (judgements == COUNTS["not_sufficient"]).sum(axis=1)


def invented(kind, cases, seed):
    chance = np.random.default_rng(seed)
    widths = np.array([len(question.options) for question in kind.questions])
    return chance.integers(ABSENT, widths, size=(cases, len(widths))).astype(np.int8)


@pytest.mark.every_edition
@pytest.mark.parametrize("code", CODES)
def test_every_step_of_every_edition_sums_as_counted_one_by_one(code):
    edition = editions.load(code)
    packing = pack(edition.plan.steps)
    for kind in edition.form.kinds:
        values = invented(kind, 5000, 7)
        sums = packing.sum_cases(kind, values)
        for step in packing.steps:
            for ours, plain in zip(packing.unpack(step.code, sums), counted(kind, values, step.questions), strict=True):
                assert np.array_equal(ours, plain)


@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_any_mapping_of_questions_to_steps_sums_as_counted_one_by_one(data):
    kind = editions.load("iaow/2013").form.kinds[0]
    codes = [question.code for question in kind.questions]
    mapping = data.draw(st.lists(st.lists(st.sampled_from(codes), min_size=1, unique=True), min_size=1, max_size=12))
    steps = [Step(f"s{n}", Text(f"s{n}"), "pooled-share@1", questions=tuple(some)) for n, some in enumerate(mapping)]
    packing = pack(steps)
    values = invented(kind, data.draw(st.integers(0, 30)), data.draw(st.integers(0, 2**32)))
    sums = packing.sum_cases(kind, values)
    for step in steps:
        for ours, plain in zip(packing.unpack(step.code, sums), counted(kind, values, step.questions), strict=True):
            assert np.array_equal(ours, plain)


@pytest.mark.every_edition
@pytest.mark.parametrize("code", CODES)
def test_no_field_overlaps_another_or_the_sign(code):
    packing = pack(editions.load(code).plan.steps)
    taken = np.zeros((packing.words, WORD_BITS), dtype=int)
    for field in packing.fields.values():
        taken[field.word, field.shift : field.shift + 2 * field.bits] += 1
        assert field.shift + 2 * field.bits <= WORD_BITS
    assert taken.max() == 1


def test_a_step_without_questions_takes_no_room():
    assert pack((Step("1.1", Text("1.1"), "judgement@1"),)).words == 0
