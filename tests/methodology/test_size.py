"""How many cases to inspect: the anchor numbers, the limits, and what is refused."""

from dataclasses import replace

import pytest

from inspectorate.methodology.faults import Refused
from inspectorate.methodology.sampling.size import SizeRule, sample_size
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
