"""case-share@1: the share of applicable cases judged sufficient at one summary question."""

import pytest

from inspectorate.methodology.scoring.case_share import case_interval
from inspectorate.methodology.tallies import Tally
from tests.methodology.small import stratum, tally


def one_list(listed, cases, applicable, sufficient):
    """One stratum of so many cases, of which so many applied and so many of these were sufficient."""
    pairs = [(1, 1)] * sufficient + [(0, 1)] * (applicable - sufficient) + [(0, 0)] * (cases - applicable)
    return Tally((stratum("all", listed, pairs),))


@pytest.mark.parametrize(
    ("listed", "cases", "applicable", "sufficient", "low", "high"),
    [
        (40, 30, 30, 18, 50.0, 67.5),
        (40, 40, 40, 18, 45.0, 45.0),  # a census
        (40, 40, 30, 18, 60.0, 60.0),  # a census, of cases to which the question did not all apply
        (40, 10, 5, 5, 100 * 18 / 35, 100.0),
        (40, 1, 1, 1, 5.0, 100.0),  # one case says something, though little
        (None, 10, 10, 5, 18.7, 81.3),
        (None, 3, 3, 3, 29.2, 100.0),
    ],
)
def test_the_limits_come_from_the_list(listed, cases, applicable, sufficient, low, high):
    found = case_interval(one_list(listed, cases, applicable, sufficient), 0.95)
    assert (100 * found.low, 100 * found.high) == pytest.approx((low, high), abs=0.05)


def test_the_question_can_have_applied_to_all_of_the_list_but_the_cases_in_which_it_did_not():
    found = case_interval(one_list(40, 10, 5, 3), 0.95)
    assert found.line.inputs["possible"] == 35


def test_the_interval_holds_a_value_that_lies_between_two_counts_of_the_list():
    # 98 of 99 from 100: only 99 of 100 is left possible, which is 99.0 per cent, and the value is 98.99.
    found = case_interval(one_list(100, 99, 99, 98), 0.95)
    assert (found.low, found.high) == (98 / 99, 0.99)


def test_with_strata_it_is_the_ratio_with_one_answer_a_case():
    found = case_interval(tally("a  10  1/1 0/1 1/1\nb  20  1/1 0/1 0/0"), 0.95)
    assert found.line.rule == "ratio-interval@1"
