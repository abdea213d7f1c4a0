from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.register.median import in_figures, median, median_of_stars

PER_CENTS = st.lists(st.integers(0, 100), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        ([55], 55),
        ([1, 3], 2),
        ([80, 81], Fraction(161, 2)),
        ([9, 1, 5], 5),
        ([73, 83, 78, 82, 82, 79], Fraction(161, 2)),
    ],
)
def test_the_median_is_the_middle_or_the_exact_mean_of_the_middle_two(values, expected):
    assert median(values) == expected


@pytest.mark.parametrize(
    ("stars", "expected"), [([], None), ([2], 2), ([1, 2], None), ([1, 3], 2), ([2, 2, 2, 1, 3, 1], 2)]
)
def test_stars_have_a_median_only_where_it_is_a_number_of_stars(stars, expected):
    assert median_of_stars(stars) == expected


@pytest.mark.parametrize(("value", "expected"), [(None, None), (Fraction(68), 68), (Fraction(161, 2), 80.5)])
def test_a_median_in_figures(value, expected):
    assert in_figures(value) == expected


@given(PER_CENTS)
def test_as_many_lie_below_the_median_as_above(values):
    middle = median(values)
    assert sum(value < middle for value in values) <= len(values) / 2
    assert sum(value > middle for value in values) <= len(values) / 2


@given(PER_CENTS, st.randoms())
def test_order_does_not_matter(values, chance):
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert median(shuffled) == median(values)
