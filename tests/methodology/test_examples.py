"""Worked examples: every one beside every edition comes out as it says, and one that does not is reported."""

from copy import deepcopy

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.examples import differences
from tests.methodology.small import FIXTURE, STANDARDS

STRAND = editions.load("omi/2006")
FACTS = {
    "V01": "inspection", "F01": "community_order", "F03": "acquisitive", "F04": "no", "F05": "low", "F06": "none",
    "F07": "no", "F08": "no", "F09": "no", "F18": "no", "F21": "no", "F22": "yes", "F23": "no",
}  # fmt: skip

((NAME, EXAMPLE),) = editions.read_examples(STANDARDS / "fixture/2000")


@pytest.mark.every_edition
@pytest.mark.parametrize("code", editions.codes())
def test_every_example_of_an_edition_comes_out_as_it_says(code):
    edition = editions.load(code)
    examples = editions.read_examples(editions.standards_folder() / code)
    assert examples
    assert [str(fault) for name, example in examples for fault in differences(edition, name, example)] == []


def with_expected(*rows, **more):
    return {**deepcopy(EXAMPLE), "expected": list(rows), **more}


def whys(example):
    return [fault.why for fault in differences(FIXTURE, NAME, example)]


def test_the_example_of_the_fixture_comes_out():
    assert whys(EXAMPLE) == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"step": "k1", "sufficient": 3}, "k1: sufficient is 2, and 3 was expected."),
        ({"step": "k1", "band": "good", "per_cent": 66}, "k1: per_cent is 67, and 66 was expected."),
        ({"step": "k1", "band": None}, "k1: band is good, and None was expected."),
        ({"step": "k1", "warning": True}, "k1: warning is False, and True was expected."),
        ({"step": "k1", "low": 9.5}, "k1: low is 9.4, and 9.5 was expected."),
        ({"step": "k9", "band": None}, "expected row 1: the edition has no step 'k9'."),
        ({"fault": "unanswered"}, "expected row 1: nothing was refused, and 'unanswered' was expected."),
    ],
)
def test_a_wrong_expectation_is_reported(row, why):
    assert whys(with_expected(row)) == [why]


def test_a_warning_may_be_expected():
    cases = [
        {"case": "K", "copies": 31, "facts": {"F01": "community"}, "others": "sufficient", "but": {"A04": "fully"}},
        {"case": "L", "copies": 17, "facts": {"F01": "community"}, "others": "not_sufficient", "but": {"A04": "fully"}},
    ]
    row = {"step": "k1", "per_cent": 65, "band": "requires_improvement", "warning": True}
    assert whys(with_expected(row, cases=cases)) == []


def one(**more):
    return [{"case": "K", "facts": {"F01": "community"}, "others": "sufficient", "but": {"A04": "fully"}, **more}]


@pytest.mark.parametrize(
    ("cases", "fault"),
    [
        (one(but={"A04": None}), {"fault": "unanswered", "case": "K", "question": "A04"}),
        (one(but={"A04": "fully", "A03": "sufficient"}), {"fault": "routed_out", "case": "K", "question": "A03"}),
        (one(others="splendid"), {"fault": "outside-options"}),
        (one(but={"A04": "fully", "A44": "fully"}), {"fault": "unknown-question", "question": "A44"}),
        (one(but={}), {"fault": "outside-options", "question": "A04"}),  # "sufficient" is no answer to A04
        (one(kind="court"), {"fault": "unknown-kind"}),
    ],
)
def test_a_refusal_may_be_expected(cases, fault):
    assert whys(with_expected(fault, cases=cases)) == []


def test_another_refusal_than_the_expected_one_is_reported():
    wanted = {"fault": "unanswered", "case": "K", "question": "A01"}
    assert whys(with_expected(wanted, cases=one(but={"A04": None}))) == ["'unanswered' was not told of K A01."]


def test_a_refusal_that_was_not_expected_is_reported():
    (why,) = whys(with_expected({"step": "k1", "sufficient": 1}, cases=one(but={"A04": None})))
    assert why.startswith("refused: example, row 2, column question: case 'K' has no answer to A04")


def test_a_case_without_copies_keeps_its_plain_name_and_copies_are_numbered():
    fault = {"fault": "unanswered", "case": "K-2", "question": "A04"}
    assert whys(with_expected(fault, cases=one(copies=2, but={"A04": None}))) == []


def strand(sufficient, row):
    """Run two cases, of whose two answers in the strand so many are sufficient, against what is expected."""
    answers = ["sufficient"] * sufficient + ["not_sufficient"] * (2 - sufficient)
    cases = [
        {"case": f"K{number}", "facts": FACTS, "others": "not_applicable", "but": {"A12": answer}}
        for number, answer in enumerate(answers)
    ]
    example = {"title": "x", "because": "x", "cases": cases, "expected": [row]}
    return [fault.why for fault in differences(STRAND, "strand.yaml", example)]


@pytest.mark.parametrize(
    ("sufficient", "row", "whys"),
    [
        (1, {"follow_up": False}, []),
        (0, {"follow_up": True}, []),
        (0, {"follow_up": True, "at": ["risk_of_harm"]}, []),
        (1, {"follow_up": True}, ["a follow-up is not called for, and the contrary was expected."]),
        (0, {"follow_up": False}, ["a follow-up is called for, and the contrary was expected."]),
        (
            0,
            {"follow_up": True, "at": ["interventions"]},
            ["the follow-up is called for at risk_of_harm, not at interventions."],
        ),
    ],
)
def test_a_follow_up_may_be_expected(sufficient, row, whys):
    assert strand(sufficient, row) == whys


def test_a_follow_up_is_not_expected_of_an_edition_without_the_rule():
    row = {"follow_up": True}
    assert whys(with_expected(row)) == ["a follow-up line was expected, and the edition has no follow-up rule."]


def test_one_reference_may_stand_in_two_inspections_each_with_its_own_list():
    cases = [case | {"inspection": name} for name in ("North", "South") for case in one(copies=4)]
    row = {"step": "k1", "sufficient": 8, "applicable": 8, "cases": 8, "population": 20}
    assert whys(with_expected(row, cases=cases, case_list={"case": 10})) == []
    assert whys(with_expected(row | {"population": 8}, cases=cases, case_list={"case": 4})) == []
