"""Bands are decided on the exact integers, and every printed per cent is rounded half up from them."""

import pytest

from inspectorate.methodology.bands import per_cent, rounding_warning
from tests.methodology.small import FIXTURE

FOUR = FIXTURE.plan.bands["four"]


@pytest.mark.parametrize(
    ("sufficient", "applicable", "printed", "band"),
    [
        (0, 7, 0, "inadequate"),
        (49, 100, 49, "inadequate"),
        (1, 2, 50, "requires_improvement"),
        (31, 48, 65, "requires_improvement"),  # 64.58 is printed as 65 and stays below 65
        (646, 1000, 65, "requires_improvement"),  # 64.6 as well
        (13, 20, 65, "good"),
        (7, 8, 88, "outstanding"),  # 87.5: halves go up
        (1, 8, 13, "inadequate"),  # 12.5
        (5, 8, 63, "requires_improvement"),  # 62.5
        (4, 5, 80, "outstanding"),
        (799, 1000, 80, "good"),
        (9, 9, 100, "outstanding"),
    ],
)
def test_the_exact_share_decides_the_band_and_the_printed_one_is_rounded_half_up(sufficient, applicable, printed, band):
    assert (per_cent(sufficient, applicable), FOUR.of(sufficient, applicable).code) == (printed, band)


def test_a_warning_says_so_where_rounding_would_change_the_band():
    assert rounding_warning(FOUR, 31, 48) == (
        "Printed as 65 per cent, which looks like Good; the exact share, 31 of 48 or 64.58 per cent, is "
        "Requires improvement."
    )


def test_there_is_no_warning_where_rounding_changes_nothing():
    assert [rounding_warning(FOUR, y, 20) for y in (0, 9, 10, 13, 16, 20)] == [None] * 6


@pytest.mark.parametrize("words", ["requires_improvement", "Requires improvement", " REQUIRES-IMPROVEMENT "])
def test_a_band_is_known_by_its_code_or_its_title_however_it_is_written(words):
    assert FOUR.named(words) == FOUR.levels[1]


def test_words_that_are_no_band_are_none():
    assert FOUR.named("satisfactory") is None
