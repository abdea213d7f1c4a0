"""The interval of a pooled share, held against a plain computation with loops, and against R's survey package."""

from fractions import Fraction

import pytest

from inspectorate.methodology.intervals.ratio import ratio_interval, ratio_variance
from tests.methodology.small import tally

BY_HAND = """
a  10  3/5 5/6 0/0 2/4
b   8  1/4 4/4 0/0
c  12  2/5 6/6
"""
CASES = {"a": (10, [(3, 5), (5, 6), (0, 0), (2, 4)]), "b": (8, [(1, 4), (4, 4), (0, 0)]), "c": (12, [(2, 5), (6, 6)])}
# From R 4.2.2, survey 4.1-1: benchmarks/coverage/svyratio.R
R_SHARE, R_VARIANCE, R_VARIANCE_UNKNOWN = 0.676470588235, 0.012690321396216, 0.011477839405658
R_LIMITS, R_LIMITS_FOUR = (0.344172713665, 0.913124974145), (0.094390327344, 0.905609672656)


def plain_variance(strata):
    """The formula of the methodology, line by line, in floating point."""
    big_y = sum(y for _, cases in strata.values() for y, _ in cases)
    big_x = sum(x for _, cases in strata.values() for _, x in cases)
    share, total = big_y / big_x, 0.0
    for listed, cases in strata.values():
        n = len(cases)
        d = [y - share * x for y, x in cases]
        mean = sum(d) / n
        total += (1 - n / listed) * n / (n - 1) * sum((one - mean) ** 2 for one in d)
    return share, total / big_x**2


def test_the_variance_is_that_of_the_formula_line_by_line():
    assert float(ratio_variance(tally(BY_HAND))) == pytest.approx(plain_variance(CASES)[1], rel=1e-12)


def test_the_variance_is_that_of_svyratio_in_r():
    found = tally(BY_HAND)
    assert found.sufficient / found.applicable == pytest.approx(R_SHARE, abs=1e-12)
    assert float(ratio_variance(found)) == pytest.approx(R_VARIANCE, rel=1e-9)


def test_without_a_list_there_is_no_correction_for_a_finite_population():
    everything = tally("all  -  3/5 5/6 0/0 2/4 1/4 4/4 0/0 2/5 6/6")
    assert float(ratio_variance(everything)) == pytest.approx(R_VARIANCE_UNKNOWN, rel=1e-9)


def test_the_limits_are_those_of_korn_and_graubard_with_z_over_t_as_r_gives_them():
    found = ratio_interval(tally(BY_HAND))
    assert (found.low, found.high) == pytest.approx(R_LIMITS, abs=1e-11)
    assert found.line.inputs["degrees_of_freedom"] == 9 - 3


def test_a_stratum_of_one_case_is_merged_with_the_next_smallest_and_the_account_says_so():
    found = tally("a  10  3/5 5/6 2/4\nb  8  1/4\nc  12  2/5 6/6")
    merged = found.merged()
    assert [(part.name, part.listed, part.cases) for part in merged.strata] == [("a", 10, 3), ("b + c", 20, 3)]
    assert "1 with fewer than two cases merged with the next smallest" in ratio_interval(found).line.text


def test_a_stratum_on_the_list_with_no_assessed_case_is_part_of_what_the_share_speaks_for():
    found = tally("a  10  3/5 5/6 2/4\nb  8\nc  12  2/5 6/6")
    assert [(part.name, part.listed, part.cases) for part in found.merged().strata] == [("a", 10, 3), ("b + c", 20, 2)]
    assert found.listed == 30


def test_merging_goes_on_until_every_stratum_has_two():
    found = tally("a 5 1/1\nb 5 0/1\nc 5\nd 9 1/2 2/2 0/1")
    assert [(part.name, part.cases) for part in found.merged().strata] == [("b + c + a", 2), ("d", 3)]


def test_a_census_has_no_width():
    found = ratio_interval(tally("a  3  3/5 0/4 2/2\nb  1  1/7"))
    assert (found.low, found.high) == (6 / 18, 6 / 18)


@pytest.mark.parametrize("text", ["a  10  3/5", "a  10  3/5 0/0 0/0", "a  -  1/1"])
def test_answers_of_one_case_are_not_enough_to_say(text):
    found = ratio_interval(tally(text))
    assert (found.low, found.high) == (None, None)
    assert found.line.text == "All answers come from one case: not enough cases to say how sure this is."


def test_where_every_answer_is_sufficient_cases_are_counted_in_the_finite_list():
    # 10 cases, in 8 of which something applied, from 30: as 8 of 8 from at most 28.
    found = ratio_interval(tally("a  30  2/2 1/1 3/3 2/2 1/1 2/2 4/4 1/1 0/0 0/0"))
    assert (found.low, found.high) == (20 / 28, 1.0)


def test_where_no_answer_is_sufficient_the_limits_begin_at_nought():
    found = ratio_interval(tally("a  30  0/2 0/1 0/3 0/2 0/1 0/2 0/4 0/1 0/0 0/0"))
    assert (found.low, found.high) == (0.0, 8 / 28)


def test_where_all_are_alike_and_no_list_is_known_the_limits_are_binomial():
    found = ratio_interval(tally("a  -  2/2 1/1 3/3"))
    assert (found.low, found.high) == (pytest.approx(0.025 ** (1 / 3)), 1.0)


@pytest.mark.parametrize("text", ["a  20  1/2 2/4 3/6 1/2", "a  10  1/1 1/1\nb  10  0/1 0/1"])
def test_where_cases_do_not_differ_within_strata_each_counts_as_one_answer(text):
    found = ratio_interval(tally(text))
    assert (found.low, found.high) == pytest.approx(R_LIMITS_FOUR, abs=1e-11)
    assert "do not differ within any stratum" in found.line.text


def test_the_account_says_where_the_cases_were_unusually_alike():
    found = ratio_interval(tally("a  100  5/10 5/10 6/10 5/10 5/10 5/10 5/10 5/10 5/10 5/10 5/10 5/10"))
    assert "more than the 120 answers given" in found.line.text


def test_the_variance_is_worked_out_in_whole_numbers():
    assert ratio_variance(tally("a  4  1/1 0/1")) == Fraction(1, 8)
