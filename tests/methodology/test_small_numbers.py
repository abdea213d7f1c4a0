"""What may be said in public of few cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.methodology.small_numbers import FEWEST, hidden_parts, shown


@pytest.mark.parametrize(("cases", "may"), [(None, True), (0, True), (1, False), (4, False), (5, True), (60, True)])
def test_a_figure_of_fewer_than_five_cases_is_not_shown(cases, may):
    assert shown(cases) is may


@pytest.mark.parametrize(
    ("cases", "hidden"),
    [
        ({"North": 20, "South": 9}, set()),
        ({"North": 20, "South": 9, "West": 3}, {"West", "South"}),  # 32 - 20 - 9 would tell of the three
        ({"North": 20, "South": 2, "West": 3}, {"South", "West"}),  # two hidden parts protect each other
        ({"North": 20, "South": 0, "West": 3}, {"North", "West"}),  # a part without a case protects nothing
        ({"North": 9, "East": 9, "West": 3}, {"East", "West"}),  # a tie goes by name
        ({"North": 3}, {"North"}),
        ({}, set()),
    ],
)
def test_a_single_hidden_part_takes_the_next_smallest_with_it(cases, hidden):
    assert hidden_parts(cases) == hidden


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30), max_size=8))
def test_what_is_hidden_can_never_be_worked_out_from_the_total(cases):
    hidden = hidden_parts(cases)
    small = {part for part, count in cases.items() if 0 < count < FEWEST}
    others = {part for part, count in cases.items() if count >= FEWEST}
    assert small <= hidden
    assert len(hidden) != 1 or not others
