"""How many cases to inspect: the anchor numbers, the limits, and what is refused."""

from dataclasses import replace

import pytest

from inspectorate.methodology.faults import Refused
from inspectorate.methodology.sampling.size import SizeRule, limits, margin, other_sizes, sample_size
from tests.methodology.small import FIXTURE, told

USUAL = SizeRule("finite-population@1")


@pytest.mark.parametrize(
    ("population", "cases"), [(1, 1), (2, 2), (16, 15), (40, 33), (203, 92), (522, 126), (1_000_000, 165)]
)
def test_80_per_cent_confidence_and_five_points(population, cases):
    assert sample_size(population, USUAL).cases == cases


def test_only_the_last_number_is_rounded_and_it_is_rounded_up():
    used = sample_size(203, USUAL).account.lines[0].inputs
    assert (round(used["z"], 6), round(used["n0"], 4)) == (1.281552, 164.2374)


@pytest.mark.parametrize(("population", "cases"), [(3, 3), (8, 8), (60, 45), (203, 50)])
def test_the_edition_keeps_it_between_its_limits_and_never_above_the_list(population, cases):
    rule = FIXTURE.sampling["case"].size
    assert sample_size(population, rule).cases == cases


def test_the_account_says_how():
    assert sample_size(203, USUAL).account.as_text() == (
        "92 of 203 cases.\n"
        "1. For 80 per cent confidence of being within 5 points, a very large caseload would need 164.2 cases; for 203 "
        "the finite-population correction makes it 92."
    )


@pytest.mark.parametrize(("population", "cases"), [(5, 5), (10, 10), (99, 10), (100, 20), (5000, 20)])
def test_older_programmes_give_a_size_for_each_range_of_caseload(population, cases):
    found = sample_size(population, FIXTURE.sampling["other"].size)
    assert found.cases == cases
    assert found.account.lines[-1].text == "To be verified: invented"


def test_a_caseload_below_the_smallest_range_has_the_size_of_that_range():
    found = sample_size(60, SizeRule("by-caseload@1", steps=((100, 20), (500, 40))))
    assert (found.cases, found.account.lines[0].text) == (
        20,
        "The smallest caseload with a size of its own, 100, has a sample of 20.",
    )


@pytest.mark.parametrize(
    ("population", "rule", "faults"),
    [
        (0, USUAL, 1),
        (-5, USUAL, 1),
        (10, replace(USUAL, confidence=1.0), 1),
        (10, replace(USUAL, margin=0.0, share=1.5), 2),
        (10, replace(USUAL, confidence=float("nan")), 1),
    ],
)
def test_what_makes_no_sense_is_refused(population, rule, faults):
    with pytest.raises(Refused) as refused:
        sample_size(population, rule)
    assert told(refused.value.faults) == [("out-of-range", None, None)] * faults


@pytest.mark.parametrize(
    ("population", "rule", "least", "most"),
    [
        (203, USUAL, 1, 203),
        (203, replace(USUAL, minimum=14, maximum=91), 14, 91),
        (10, replace(USUAL, minimum=14, maximum=91), 10, 10),
        (600, SizeRule("by-caseload@1", steps=((0, 50), (1500, 60), (10_000, 90))), 50, 90),
    ],
)
def test_a_lead_may_choose_between_the_limits_of_the_edition(population, rule, least, most):
    assert limits(population, rule) == (least, most)


@pytest.mark.parametrize("population", [16, 203, 522, 100_000])
def test_the_margin_of_the_size_worked_out_is_the_margin_asked_for(population):
    cases = sample_size(population, USUAL).cases
    assert margin(cases, population, USUAL) <= 5.0
    assert cases == 1 or margin(cases - 1, population, USUAL) > 5.0


def test_a_whole_list_has_no_margin_and_more_cases_have_a_smaller_one():
    assert margin(40, 40, USUAL) == 0.0
    found = [margin(cases, 4000, USUAL) for cases in (10, 50, 160, 3999)]
    assert found == sorted(found, reverse=True)


def test_sizes_to_compare_stand_around_the_one_worked_out_and_within_the_limits():
    assert other_sizes(203, replace(USUAL, minimum=14, maximum=100)) == (14, 69, 92, 100)
    assert other_sizes(12, SizeRule("by-caseload@1", steps=((0, 50),))) == (12,)
