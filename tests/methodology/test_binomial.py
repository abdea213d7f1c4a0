"""Clopper and Pearson's limits, held against the sums of the binomial distribution."""

from math import comb

import pytest

from inspectorate.methodology.intervals.binomial import clopper_pearson


def at_least(hits, drawn, share):
    return sum(comb(drawn, k) * share**k * (1 - share) ** (drawn - k) for k in range(hits, drawn + 1))


@pytest.mark.parametrize(("drawn", "hits"), [(10, 3), (30, 18), (50, 49), (7, 1)])
def test_at_each_limit_the_tail_beyond_what_was_seen_is_two_and_a_half_per_cent(drawn, hits):
    low, high = clopper_pearson(drawn, hits)
    assert at_least(hits, drawn, low) == pytest.approx(0.025, abs=1e-9)
    assert 1 - at_least(hits + 1, drawn, high) == pytest.approx(0.025, abs=1e-9)


def test_none_or_all_reaches_the_end():
    assert clopper_pearson(10, 0)[0] == 0.0
    assert clopper_pearson(10, 10)[1] == 1.0
    assert clopper_pearson(10, 0)[1] == pytest.approx(1 - 0.025**0.1)


def test_an_effective_size_need_not_be_whole():
    wide, narrow = clopper_pearson(10.5, 6.3), clopper_pearson(11.5, 6.9)
    assert wide[0] < narrow[0] < 0.6 < narrow[1] < wide[1]
