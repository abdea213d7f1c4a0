"""judgement@1: a rating made by people, without a percentage, with its reason."""

import pytest

from inspectorate.methodology.faults import Refused
from inspectorate.methodology.rating import NO_JUDGEMENTS, read_judgements, score
from tests.methodology.small import FIXTURE, answers, cases, told


def leadership(judgements):
    given = read_judgements(judgements, FIXTURE) if judgements is not None else NO_JUDGEMENTS
    return next(found for found in score(FIXTURE, answers(cases(2, 0)), judgements=given) if found.code == "s2")


def test_a_judgement_is_a_rating_without_a_percentage():
    found = leadership({"s2": {"rating": "Good", "reason": "The plan is known to all."}})
    assert (found.band.code, found.per_cent, found.low) == ("good", None, None)
    assert found.account.lines[0].text == (
        "The inspection team judged Leadership to be Good. Their reason: The plan is known to all."
    )


@pytest.mark.parametrize("given", [None, {}, {"s2": None}, {"s2": {"rating": None}}])
def test_none_given_is_said_so_and_is_no_rating(given):
    found = leadership(given)
    assert (found.band, found.account.sentence) == (None, "Leadership: no judgement given.")


def test_a_rating_without_a_reason_says_that_none_was_given():
    assert leadership({"s2": "good"}).account.lines[0].text.endswith("No reason was given with it.")


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"s9": "Good"}, ("unknown-standard", None, "s9")),
        ({"s1": "Good"}, ("unknown-standard", None, "s1")),  # rated from cases, not by people
        ({"s2": "Splendid"}, ("unknown-rating", None, "s2")),
        ({"s2": float("nan")}, ("unknown-rating", None, "s2")),
        ({"s2": ["Good"]}, ("unknown-rating", None, "s2")),
        ({"s2": {"ratng": "Good"}}, ("wrong-shape", None, "s2")),
        (["Good"], ("wrong-shape", None, None)),
        (None, ("wrong-shape", None, None)),
    ],
)
def test_what_is_no_judgement_is_refused(given, fault):
    with pytest.raises(Refused) as refused:
        read_judgements(given, FIXTURE)
    assert told(refused.value.faults) == [fault]
