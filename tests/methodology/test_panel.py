"""panel@1: when a ratings panel may move a rating, and what a move must carry."""

import pytest

from inspectorate.methodology.faults import Refused
from inspectorate.methodology.panel import grounds, move
from inspectorate.methodology.rating import read_judgements, score
from tests.methodology.small import FIXTURE, answers, cases, told
from tests.methodology.test_lowest_key_question import rows

PANEL = FIXTURE.plan.panel


def result(code, text):
    given = read_judgements({"s2": "Good", "s3": "Good"}, FIXTURE)
    return next(found for found in score(FIXTURE, answers(text), judgements=given) if found.code == code)


@pytest.mark.parametrize(
    ("sufficient", "not_sufficient", "may"),
    [
        (120, 80, ("k1: 120 of 200 is within 5 points of 65 per cent.",)),  # exactly 5 points below
        (140, 60, ("k1: 140 of 200 is within 5 points of 65 per cent.",)),  # exactly 5 points above
        (1199, 801, ()),  # 59.95 is more than 5 points from 65, though printed as 60
        (72, 28, ()),
        (30, 70, ()),
        (6, 0, ()),
        (5, 0, ("k1: it rests on 5 cases, and 5 or fewer are few.",)),
    ],
)
def test_the_grounds_of_a_share(sufficient, not_sufficient, may):
    assert grounds(PANEL, result("k1", cases(sufficient, not_sufficient))) == may


def test_one_case_that_would_change_it_is_a_ground():
    assert "One case would change it." in grounds(PANEL, result("k1", cases(13, 7)))
    assert "One case would change it." not in grounds(PANEL, result("k1", cases(145, 55)))


def test_a_standard_may_be_moved_down_where_any_key_question_is_just_above_the_boundary():
    found = grounds(PANEL, result("s1", rows(*["11"] * 14, *["01"] * 3, *["00"] * 3)))  # k1 70, k2 85: Good
    assert found[0] == "k1: 14 of 20 is within 5 points of 65 per cent."


def test_a_standard_may_be_moved_up_only_where_all_that_stand_lowest_are_near():
    near_and_near = rows(*["11"] * 48, *["00"] * 32)  # k1 60, k2 60: Requires improvement
    assert grounds(PANEL, result("s1", near_and_near)) == (
        "k1: 48 of 80 is within 5 points of 65 per cent. k2: 48 of 80 is within 5 points of 65 per cent.",
    )
    near_and_far = rows(*["11"] * 45, *["10"] * 3, *["00"] * 32)  # k1 60, k2 56.25
    assert grounds(PANEL, result("s1", near_and_far)) == ()


def test_a_standard_that_rests_on_few_cases_may_be_moved():
    found = grounds(PANEL, result("s1", rows("1-", "1-", "1-", "11", "1-", "1-", "11")))
    assert "k2: it rests on 2 cases, and 5 or fewer are few." in found


@pytest.mark.parametrize("code", ["s2", "overall", "both"])
def test_a_judgement_a_total_and_a_share_without_bands_are_not_for_the_panel(code):
    assert grounds(PANEL, result(code, cases(13, 7))) == ()


def test_an_edition_without_a_panel_allows_nothing():
    assert grounds(None, result("k1", cases(13, 7))) == ()


def test_a_move_keeps_both_results_the_reason_and_the_people():
    found = move(
        PANEL, result("k1", cases(12, 8)), to="Good", reason="Two cases were late.", people=["Asha", "Ben", "asha "]
    )
    assert (found.result.band.code, found.to.code, found.people) == ("requires_improvement", "good", ("asha", "Ben"))
    assert found.line.text == (
        "The rule gave Requires improvement. The panel (asha and Ben) moved it to Good, because: Two cases were late."
    )


@pytest.mark.parametrize(
    ("counts", "to", "reason", "people", "faults"),
    [
        ((30, 70), "Good", "x", ("Asha", "Ben"), [("out-of-range", None, None)]),
        ((12, 8), "Splendid", "x", ("Asha", "Ben"), [("unknown-rating", None, None)]),
        ((12, 8), "Requires improvement", "x", ("Asha", "Ben"), [("unknown-rating", None, None)]),
        ((12, 8), "Good", "  ", ("Asha", "Ben"), [("empty-cell", None, "reason")]),
        ((12, 8), "Good", "x", ("Asha", " ASHA", ""), [("out-of-range", None, "people")]),
        ((12, 8), "None", "", (), [("unknown-rating", None, None), ("empty-cell", None, "reason")]),
    ],
)
def test_a_move_is_refused(counts, to, reason, people, faults):
    with pytest.raises(Refused) as refused:
        move(PANEL, result("k1", cases(*counts)), to=to, reason=reason, people=people)
    assert told(refused.value.faults)[: len(faults)] == faults
