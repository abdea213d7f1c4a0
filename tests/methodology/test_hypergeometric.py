"""Exact limits in a finite list, held against counting every possible sample."""

from fractions import Fraction
from math import comb

import pytest

from inspectorate.methodology.intervals.hypergeometric import exact_limits, within_exact_limits

ALPHA = Fraction(5, 100)


def by_counting(population, drawn, hits):
    """Every K whose two tails, as exact fractions, both exceed α/2."""

    def tail(having, first, last):
        ways = sum(comb(having, k) * comb(population - having, drawn - k) for k in range(first, last + 1))
        return Fraction(ways, comb(population, drawn))

    return [
        having
        for having in range(hits, population - drawn + hits + 1)
        if tail(having, hits, drawn) > ALPHA / 2 and tail(having, 0, hits) > ALPHA / 2
    ]


def test_18_of_30_from_a_list_of_40_leaves_20_to_27_which_is_50_to_67_and_a_half_per_cent():
    assert exact_limits(40, 30, 18) == (20, 27)
    assert (100 * 20 / 40, 100 * 27 / 40) == (50.0, 67.5)


def test_a_tail_of_exactly_two_and_a_half_per_cent_is_left_out():
    # 1 of 1 from 40: K = 1 gives a tail of exactly 1/40, which does not exceed α/2.
    assert exact_limits(40, 1, 1) == (2, 40)


def test_a_census_leaves_one_number():
    assert exact_limits(33, 33, 20) == (20, 20)


def test_a_wider_confidence_gives_wider_limits():
    widths = [most - least for least, most in (exact_limits(100, 20, 10, level) for level in (0.5, 0.8, 0.95, 0.99))]
    assert widths == sorted(set(widths))


def test_a_large_list_comes_out_as_a_binomial_would():
    least, most = exact_limits(1_000_000, 20, 10)
    assert (round(least / 1e6, 3), round(most / 1e6, 3)) == (0.272, 0.728)


@pytest.mark.parametrize("counts", [(10, 11, 0), (10, 5, 6), (10, 0, 0), (10, 5, -1)])
def test_counts_that_contradict_each_other_are_an_error(counts):
    with pytest.raises(ValueError, match="is not possible"):
        exact_limits(*counts)


@pytest.mark.parametrize(
    ("population", "drawn", "hits"), [(40, 30, 18), (12, 5, 0), (12, 5, 5), (9, 9, 4), (200, 20, 3)]
)
def test_within_the_limits_is_what_the_limits_say(population, drawn, hits):
    least, most = exact_limits(population, drawn, hits)
    for having in range(hits, population - drawn + hits + 1):
        assert within_exact_limits(population, having, drawn, hits) == (least <= having <= most)
