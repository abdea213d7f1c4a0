"""what-would-change@1, held against trying every small change."""

from itertools import combinations, product

import numpy as np
import pytest

from inspectorate.methodology.bands import per_cent
from inspectorate.methodology.changes import answers_needed, fewest_cases, overall_changes, share_changes
from inspectorate.methodology.rating import read_judgements, score
from inspectorate.methodology.tallies import Evidence
from tests.methodology.small import FIXTURE, answers, cases, tally

FOUR = FIXTURE.plan.bands["four"]
RULE = FIXTURE.plan.step("overall").points


def evidence(pairs):
    text = "all - " + " ".join(f"{y}/{x}" for y, x in pairs)
    return Evidence(tally(text), lambda: tuple(np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True)))


def least_answers(sufficient, applicable, up):
    """Reverse one answer after another until the band is another one; return how many and which band."""
    step, before = (1 if up else -1), FOUR.of(sufficient, applicable)
    for number in range(1, applicable + 1):
        now = sufficient + step * number
        if not 0 <= now <= applicable:
            return None
        if FOUR.of(now, applicable) != before:
            return number, FOUR.of(now, applicable).code
    return None


def least_cases(pairs, answers, up):
    """Try every set of cases, the small sets first."""
    adverse = [x - y if up else y for y, x in pairs]
    for size in range(1, len(pairs) + 1):
        if any(sum(chosen) >= answers for chosen in combinations(adverse, size)):
            return size
    raise AssertionError


@pytest.mark.parametrize("applicable", range(1, 26))
def test_the_least_change_is_that_of_trying_one_answer_after_another(applicable):
    for sufficient in range(applicable + 1):
        pairs = [(1, 1)] * sufficient + [(0, 1)] * (applicable - sufficient)
        found = {change.direction: (change.answers, change.to) for change in share_changes(FOUR, evidence(pairs))}
        wanted = {
            "up": least_answers(sufficient, applicable, True),
            "down": least_answers(sufficient, applicable, False),
        }
        assert found == {direction: least for direction, least in wanted.items() if least}


@pytest.mark.parametrize(
    "pairs",
    [
        [(3, 5), (5, 6), (0, 0), (2, 4), (1, 9)],
        [(1, 2), (2, 2), (0, 3), (7, 9), (4, 4), (2, 5)],
        [(9, 9), (1, 1), (1, 1), (0, 1), (0, 1)],
        [(0, 7), (0, 1), (0, 1)],
    ],
)
def test_the_fewest_cases_are_those_of_trying_every_set_of_cases(pairs):
    for change in share_changes(FOUR, evidence(pairs)):
        assert change.cases == least_cases(pairs, change.answers, change.direction == "up")


def test_with_few_answers_the_least_change_passes_over_a_band_and_names_the_one_it_reaches():
    (up,) = share_changes(FOUR, evidence([(0, 1)]))
    assert up.text == (
        "For Outstanding it would take 1 more judgement sufficient instead of not sufficient (in the fewest cases: "
        "1 case)."
    )


def test_cases_that_have_one_answer_each_need_not_be_opened():
    found = share_changes(FOUR, Evidence(tally("all 40 1/1 1/1 0/1 0/0")))
    assert [(change.direction, change.cases) for change in found] == [("up", 1), ("down", 1)]


def test_otherwise_the_cases_are_not_known_from_a_tally_alone():
    up, _ = share_changes(FOUR, Evidence(tally("all 40 2/3 1/1 0/1 0/0")))
    assert (up.answers, up.cases) == (1, None)
    assert up.text == "For Outstanding it would take 1 more judgement sufficient instead of not sufficient."


def test_the_numbers_of_the_rule():
    assert answers_needed(31, 48, 65, up=True) == 1
    assert answers_needed(13, 20, 65, up=False) == 1
    assert per_cent(32, 48) == 67


def test_whole_cases_with_the_most_adverse_answers_are_reversed_first():
    assert [fewest_cases(np.array([1, 4, 2]), needed) for needed in (1, 4, 5, 6, 7)] == [1, 1, 2, 2, 3]


def standard(text, judgements=None):
    given = read_judgements(judgements or {}, FIXTURE)
    return {found.code: found for found in score(FIXTURE, answers(text), judgements=given)}


def test_a_standard_moves_up_by_the_sum_over_the_key_questions_and_down_by_the_least():
    up, down = standard(cases(12, 8))["s1"].account.changes  # both key questions at 60 per cent
    assert (up.to, up.answers, up.cases) == ("good", 2, 2)
    assert up.text == "For Good it would take 2 more judgements sufficient instead of not sufficient, at k1 and k2."
    assert (down.to, down.answers, down.cases) == ("inadequate", 3, 3)
    assert down.text.endswith("3 more judgements not sufficient instead of sufficient, at k1.")


def overall_by_trying(values, up):
    """Try every set of ratings: the least points that change the band, then the fewest standards among those."""

    def level(points):
        limits = [int(limit * len(values)) for limit in RULE.upper_limits]
        return sum(points > limit for limit in limits)

    best = None
    for other in product(range(4), repeat=len(values)):
        moved = sum(other) - sum(values)
        one_way = all(new >= old if up else new <= old for new, old in zip(other, values, strict=True))
        if one_way and (level(sum(other)) > level(sum(values)) if up else level(sum(other)) < level(sum(values))):
            found = (abs(moved), sum(new != old for new, old in zip(other, values, strict=True)))
            best = found if best is None or found < best else best
    return best


@pytest.mark.parametrize("values", [(0, 0, 0), (3, 3, 3), (1, 2, 0), (2, 2, 2), (3, 0, 3), (1, 1, 1, 2), (0, 3, 3, 3)])
def test_the_overall_rating_moves_by_the_least_points_in_the_fewest_standards(values):
    limits = [int(limit * len(values)) for limit in RULE.upper_limits]
    level = FOUR.levels[sum(sum(values) > limit for limit in limits)]
    points = {str(number): value for number, value in enumerate(values)}
    found = overall_changes(FOUR, level, points, RULE.of, limits)
    got = {change.direction: (change.points, change.standards) for change in found}
    wanted = {"up": overall_by_trying(values, True), "down": overall_by_trying(values, False)}
    assert got == {direction: least for direction, least in wanted.items() if least}


def test_the_overall_change_is_said_in_points_and_standards():
    # Outstanding (3) and Requires improvement (1) make 4 of 6: Good, which ends at 5.
    up, down = standard(cases(3, 0), {"s2": "Requires improvement"})["overall"].account.changes
    assert up.text == "For Outstanding overall it would take 2 points more, in at least 1 standard."
    assert down.text == "For Requires improvement overall it would take 1 point fewer, in at least 1 standard."
