"""One's own scores beside the inspectors': the difference, whether the intervals overlap, and what cannot be said."""

from dataclasses import replace

import pytest

from inspectorate.methodology.rating import score
from inspectorate.ratings.beside import Figure, as_published, beside, of_results
from inspectorate.ratings.intake import HandedIn, read
from inspectorate.ratings.invented import demonstration, own_sheet


@pytest.fixture(scope="module")
def own():
    given = read(HandedIn("iaow/2013", own_sheet()))
    return score(given.edition, given.answers)


def result(own, **changed):
    return replace(own[0], **changed)


MINE = {"per_cent": 70, "low": 62.0, "high": 77.0}


@pytest.mark.parametrize(
    ("mine", "theirs", "overlap", "sentence"),
    [
        (
            MINE,
            Figure(65, 58, 71),
            True,
            "inspectors' 65: 5 points higher. The intervals, 62 to 77 and 58 to 71, overlap",
        ),
        (MINE, Figure(50, 44, 61.9), False, "20 points higher. The intervals, 62 to 77 and 44 to 62, do not overlap"),
        (MINE, Figure(71, 66, 77), True, "1 point lower."),
        (MINE, Figure(70, 64, 77), True, "the same. The intervals, 62 to 77 and 64 to 77, overlap."),
        (MINE, Figure(80, published=True), None, "has no interval, so how sure it is cannot be said; it lies outside"),
        (MINE, Figure(77, published=True), None, "it lies inside your own, 62 to 77."),
        (MINE, Figure(66), None, "The inspectors' file is too small for one"),
        (MINE, Figure(stars=3, published=True), None, "in stars alone (3 of 4)"),
        (MINE, Figure(), None, "The inspectors have no case to judge here"),
        ({"per_cent": None, "low": None, "high": None}, Figure(60), None, "You have no case to judge here"),
        ({"per_cent": 70, "low": None, "high": None}, Figure(60), None, "too few cases of your own for an interval"),
    ],
)
def test_a_comparison_says_in_a_sentence_what_it_may_say(own, mine, theirs, overlap, sentence):
    (found,) = beside([result(own, **mine)], {own[0].code: theirs})
    assert (found.overlap, sentence in found.sentence) == (overlap, True), found.sentence


def test_only_scores_that_the_inspectors_have_are_compared(own):
    printed = as_published([("protecting_the_public", 58, None), ("governance", None, 3)])
    assert [one.own.code for one in beside(own, printed)] == ["protecting_the_public"]


def test_the_scores_of_two_files_are_compared_one_by_one(own):
    given = read(demonstration("iaow"))
    theirs = score(given.edition, given.answers)
    found = beside(own, of_results(theirs))
    assert [one.own.code for one in found] == [one.code for one in own]
    assert all(one.difference == one.own.per_cent - one.theirs.per_cent for one in found)


def test_a_comparison_as_plain_values(own):
    (found,) = beside([result(own, **MINE)], {own[0].code: Figure(65, 58, 71)})
    assert found.as_data() | {"sentence": ""} == {
        "code": "assisting_sentencing",
        "title": "Assisting sentencing",
        "own": MINE,
        "inspectors": {"per_cent": 65, "low": 58, "high": 71},
        "published": False,
        "difference": 5,
        "intervals_overlap": True,
        "sentence": "",
    }
