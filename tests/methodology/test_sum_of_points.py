"""sum-of-points@1: the overall rating from the points of the counted standards."""

from dataclasses import replace
from fractions import Fraction

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.plans import Points
from inspectorate.methodology.rating import rate, read_judgements, run, score
from inspectorate.methodology.results import Result
from inspectorate.methodology.scoring.sum_of_points import band_ranges, upper_limits
from inspectorate.methodology.tallies import Evidence, Tally
from tests.methodology.small import FIXTURE, answers, cases

YOUTH = editions.load("youth/2018")
RULE = FIXTURE.plan.step("overall").points
LEVELS = FIXTURE.plan.bands["four"].levels


def test_twelve_standards_have_the_bands_0_to_6_7_to_18_19_to_30_and_31_to_36():
    assert band_ranges(RULE, 12, LEVELS) == "0-6 Inadequate, 7-18 Requires improvement, 19-30 Good, 31-36 Outstanding"


@pytest.mark.parametrize(("counted", "limits"), [(1, [0, 1, 2]), (3, [1, 4, 7]), (11, [5, 16, 27]), (12, [6, 18, 30])])
def test_the_limits_are_a_half_one_and_a_half_and_two_and_a_half_times_the_standards_rounded_down(counted, limits):
    assert upper_limits(RULE, counted) == limits


@pytest.mark.parametrize(
    ("points", "overall"),
    [(6, "Inadequate"), (7, "Requires improvement"), (18, "Requires improvement"), (19, "Good"), (31, "Outstanding")],
)
def test_each_side_of_every_limit_of_the_youth_edition(points, overall):
    codes = YOUTH.plan.step("overall").of
    given, left = {}, points
    for code in codes:
        given[code] = ("Inadequate", "Requires improvement", "Good", "Outstanding")[min(3, left)]
        left -= min(3, left)
    found = rate(YOUTH, given)
    assert (found.points, found.most_points, found.band.title.en) == (points, 36, overall)


def overall(judgements, plan=FIXTURE.plan):
    given = read_judgements(judgements, FIXTURE)
    source = answers(cases(3, 0))
    if plan is FIXTURE.plan:
        return score(FIXTURE, source, judgements=given)[-1]
    return run(plan, lambda _: Evidence(Tally(())), judgements=given)[-1]


def test_a_standard_without_a_rating_withholds_the_overall_one():
    found = overall({"s3": "Good"})
    assert (found.band, found.points) == (None, None)
    assert found.account.sentence == "No overall rating: s2 has no rating."


def test_an_edition_may_count_the_rest_instead():
    rest = replace(FIXTURE.plan.step("overall"), points=Points(RULE.of, RULE.upper_limits, count_the_rest=True))
    found = overall({"s2": "Good"}, replace(FIXTURE.plan, steps=(*FIXTURE.plan.steps[:-1], rest)))
    assert (found.points, found.most_points, found.band.code) == (2, 3, "good")
    assert "s1 without a rating left out" in found.account.lines[1].text


def test_a_standard_may_be_rated_and_not_counted():
    with_it, without = overall({"s2": "Good", "s3": "Inadequate"}), overall({"s2": "Good"})
    assert (with_it.points, without.points) == (5, 5)
    assert [line.text for line in with_it.account.lines[-1:]] == ["s3 (Inadequate) is rated and not counted."]


def test_the_account_adds_up_the_points():
    assert overall({"s2": "Good"}).account.lines[0].text == "Points of each standard: s1 Outstanding (3), s2 Good (2)."


def test_limits_are_exact_fractions_and_not_decimals():
    assert RULE.upper_limits == (Fraction(1, 2), Fraction(3, 2), Fraction(5, 2))


def test_the_result_is_a_result_like_any_other():
    assert isinstance(overall({"s2": "Good"}), Result)
