"""Running the steps of an edition: whole, by parts, and from ratings alone."""

import json

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.rating import rate, read_judgements, score, score_by
from tests.methodology.small import FIXTURE, answers, case_list, cases, told, work

LIST = """
case  kind  team   stratum
S0    case  north  high
S1    case  north  high
S2    case  north  low
N0    case  south  high
N1    case  south  low
X1    case  south  low
X2    case  west   low
"""


def test_every_step_has_a_result_in_order():
    assert [found.code for found in score(FIXTURE, answers(cases(2, 1)))] == [step.code for step in FIXTURE.plan.steps]


def test_every_result_can_be_written_as_json_with_its_account():
    given = read_judgements({"s2": "Good", "s3": None}, FIXTURE)
    for found in score(FIXTURE, answers(cases(3, 2)), case_list=case_list(LIST), judgements=given):
        data = json.loads(json.dumps(found.as_data(), allow_nan=False))
        assert data["account"]["sentence"]
        assert data["account"]["steps"]


def test_a_breakdown_scores_each_part_on_its_own_base():
    parts = score_by(FIXTURE, answers(cases(3, 2)), case_list(LIST), "team")
    found = {team: next(one for one in part if one.code == "k1") for team, part in parts.items()}
    assert {team: (one.sufficient, one.applicable, one.population) for team, one in found.items()} == {
        "north": (3, 3, 3),
        "south": (0, 2, 3),
        "west": (0, 0, 1),
    }
    assert (found["north"].low, found["north"].high) == (100.0, 100.0)  # every case of the north was assessed
    assert found["west"].account.sentence == "No case to judge: no case was assessed."


def test_a_breakdown_has_shares_and_standards_and_leaves_totals_and_judgements_to_the_whole():
    parts = score_by(FIXTURE, answers(cases(3, 2)), case_list(LIST), "team")
    assert [one.code for one in parts["south"]] == ["work", "both", "k1", "k2", "s1"]


def test_the_parts_add_up_to_the_whole():
    given, listed = answers(cases(3, 2)), case_list(LIST)
    parts = score_by(FIXTURE, given, listed, "stratum")
    whole = score(FIXTURE, given, case_list=listed)[0]
    counts = [(part[0].sufficient, part[0].applicable, part[0].population) for part in parts.values()]
    assert tuple(map(sum, zip(*counts, strict=True))) == (whole.sufficient, whole.applicable, whole.population)


def test_the_sentence_of_a_sample_speaks_of_the_whole_caseload():
    found = next(one for one in score(FIXTURE, answers(cases(3, 2)), case_list=case_list(LIST)) if one.code == "k1")
    assert found.account.sentence.startswith("60 per cent of the cases were judged sufficient; between ")
    assert found.account.sentence.endswith(" in the whole caseload.")


def test_the_sentence_of_a_census_says_that_every_case_was_inspected():
    listed = case_list("case  kind\nS0  case\nN0  case")
    found = score(FIXTURE, answers(cases(1, 1)), case_list=listed)[0]
    assert found.account.sentence == (
        "50 per cent of the judged work was sufficient; every case on the list was inspected."
    )


def test_the_sentence_of_one_case_says_that_it_is_not_enough():
    text = f"case  question  judgement\n{work('S0', 'sufficient')}"
    found = score(FIXTURE, answers(text), case_list=case_list(LIST))[0]
    assert found.account.sentence == (
        "100 per cent of the judged work was sufficient; not enough cases to say how sure that is."
    )


@pytest.mark.parametrize("confidence", [0, 1e-300, 0.99999, 1, 1.5, -0.1, float("nan")])
def test_a_confidence_that_is_none_is_refused(confidence):
    with pytest.raises(Refused) as refused:
        score(FIXTURE, answers(cases(2, 1)), confidence=confidence)
    assert told(refused.value.faults) == [("out-of-range", None, None)]


def test_ratings_alone_give_the_overall_rating():
    found = rate(FIXTURE, {"s1": "Good", "s2": "outstanding", "s3": None})
    assert (found.points, found.most_points, found.band.code) == (5, 6, "good")


def test_a_standard_may_be_null_and_then_the_edition_says_what_becomes_of_the_overall_rating():
    found = rate(FIXTURE, {"s1": None, "s2": "Good", "s3": None})
    assert (found.band, found.account.sentence) == (None, "No overall rating: s1 has no rating.")


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"s1": "Good", "s3": "Good"}, [("missing-standard", None, "s2")]),
        ({"s1": "Good", "s2": "Good"}, [("missing-standard", None, "s3")]),
        ({"s1": "Good", "s2": "Good", "s3": "Good", "s4": "Good"}, [("unknown-standard", None, "s4")]),
        ({"s1": "Fine", "s2": 3, "s3": None}, [("unknown-rating", None, "s1"), ("unknown-rating", None, "s2")]),
        ({"s1": float("nan"), "s2": {}, "s3": None}, [("unknown-rating", None, "s1"), ("unknown-rating", None, "s2")]),
        ([], [("wrong-shape", None, None)]),
        ("Good", [("wrong-shape", None, None)]),
    ],
)
def test_what_are_no_ratings_is_refused(given, faults):
    with pytest.raises(Refused) as refused:
        rate(FIXTURE, given)
    assert told(refused.value.faults) == faults


def test_an_edition_without_an_overall_rating_says_so():
    with pytest.raises(Refused, match="iaow/2013 has no overall rating to work out"):
        rate(editions.load("iaow/2013"), {})


@pytest.mark.parametrize("confidence", [0.01, 0.5, 0.8, 0.99, 0.9999])
def test_every_other_confidence_gives_limits_that_hold_the_value(confidence):
    for found in score(FIXTURE, answers(cases(2, 1)), case_list=case_list(LIST), confidence=confidence):
        if found.low is not None:
            assert 0 <= found.low <= 100 * found.sufficient / found.applicable + 1e-9
            assert 100 * found.sufficient / found.applicable - 1e-9 <= found.high <= 100


TEN_GOOD = dict.fromkeys(("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2"), "Good")


def test_an_edition_with_an_overall_rating_for_each_module_rates_the_module_that_is_named():
    result = rate(editions.load("probation/2018"), TEN_GOOD, modules=["division"])
    assert (result.code, result.points, str(result.band.title)) == ("overall_division", 20, "Good")


@pytest.mark.parametrize("modules", [(), ("company", "division")])
def test_an_edition_with_an_overall_rating_for_each_module_asks_which_one(modules):
    with pytest.raises(Refused) as refused:
        rate(editions.load("probation/2018"), TEN_GOOD, modules=modules)
    assert (
        refused.value.faults[0].remedy == "Choose one module: company (Overall, company), division (Overall, division)."
    )
