"""What may be said in public of few cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.methodology.small_numbers import FEWEST, hidden_parts, public_results, shown


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


def score(code, cases, method="case-share@1"):
    return {"code": code, "method": method, "cases": cases, "applicable": cases, "sufficient": cases, "per_cent": 50}


def part(value, cases, *scores):
    return {"value": value, "cases": cases, "listed": 2 * cases, "scores": list(scores) or [score("1.1", cases)]}


def results(providers, units):
    return {"scores": [], "findings": [], "by": {"provider": providers, "ldu": units}}


def told_of(found, column):
    return {one["value"]: one["cases"] for one in found["by"][column] if not one.get("held_back")}


def test_a_small_unit_is_not_the_rest_of_its_provider():
    """North has 20 cases, of which 17 and 3; South has 12, of which 8 and 4: 20 - 17 would tell of the three."""
    units = [part("N1", 17), part("N2", 3), part("S1", 8), part("S2", 4)]
    assert hidden_parts({one["value"]: one["cases"] for one in units}) == {"N2", "S2"}  # as one column they would do
    found = public_results(results([part("North", 20), part("South", 12)], units))
    assert told_of(found, "provider") == {"North": 20, "South": 12}
    assert told_of(found, "ldu") == {}
    assert all(one["scores"] == [] and one["cases"] is None for one in found["by"]["ldu"])


def test_a_hidden_provider_is_not_the_sum_of_its_units():
    """West is hidden, and South with it: the units of South must not add up to what South has."""
    providers = [part("North", 20), part("South", 12), part("West", 4)]
    found = public_results(results(providers, [part("N1", 20), part("S1", 6), part("S2", 6), part("W1", 4)]))
    assert told_of(found, "provider") == {"North": 20}
    assert told_of(found, "ldu") == {}


def test_units_are_shown_where_nothing_is_small_or_there_is_one_provider():
    whole = results([part("North", 20), part("South", 12)], [part("N1", 14), part("N2", 6), part("S1", 12)])
    assert len(told_of(public_results(whole), "ldu")) == 3
    alone = results([part("North", 32)], [part("N1", 20), part("N2", 9), part("N3", 3)])
    assert told_of(public_results(alone), "ldu") == {"N1": 20}


@pytest.mark.parametrize("method", ["case-share@1", "pooled-share@1"])
def test_a_score_of_few_cases_in_a_part_takes_the_next_smallest_with_it(method):
    """The score applied to 3 of South: 20 of the whole less 11 and 6 would tell of them."""
    bases = (("North", 11), ("East", 6), ("South", 3))
    providers = [part(name, 12, score("1.1", base, method)) for name, base in bases]
    found = public_results(results(providers, []))["by"]["provider"]
    assert [one["scores"][0].get("held_back", False) for one in found] == [False, True, True]
    assert [one["scores"][0]["per_cent"] for one in found] == [50, None, None]


@pytest.mark.parametrize("method", ["case-share@1", "pooled-share@1"])
def test_held_back_twice_is_the_same_as_once(method):
    providers = [part("North", 20), part("South", 12), part("West", 4)]
    several = [part("East", 9, score("1.1", 3, method)), part("Fen", 9, score("1.1", 8, method))]
    once = public_results(results([*providers, *several], [part("N1", 20), part("S1", 12), part("W1", 4)]))
    assert public_results(once) == once


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=2, max_size=4))
def test_of_no_provider_one_unit_alone_is_hidden_and_no_hidden_provider_is_the_sum_of_its_units(sizes):
    providers = [part(f"P{n}", sum(of)) for n, of in enumerate(sizes)]
    units = [part(f"P{n}U{m}", cases) for n, of in enumerate(sizes) for m, cases in enumerate(of)]
    found = public_results(results(providers, units))
    seen, units_seen = told_of(found, "provider"), told_of(found, "ldu")
    several = sum(any(of) for of in sizes) > 1
    for n, of in enumerate(sizes):
        small = [m for m, cases in enumerate(of) if 0 < cases < FEWEST]
        others = [m for m, cases in enumerate(of) if cases >= FEWEST and f"P{n}U{m}" in units_seen]
        assert not {f"P{n}U{m}" for m in small} & set(units_seen)
        if several and (small or f"P{n}" not in seen):
            assert others == []
