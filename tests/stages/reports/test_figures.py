"""Figures stand in a report by reference: their values come from the settled scores, and what is unknown is refused."""

import pytest

from inspectorate.methodology import editions
from inspectorate.reports.figures import Facts, figures_of, replaced, sampled_sentence, unknown_in
from tests.stages.reports.settled import payload

FACTS = Facts("Westmoor Probation Trust", "Inspection of Adult Offending Work", "in the week of 2 March 2026")


@pytest.fixture(scope="module")
def known():
    return figures_of(editions.load("iaow/2013"), FACTS, payload())


def score(code):
    return next(row for row in payload()["scores"] if row["code"] == code)


def test_a_score_its_interval_and_its_counts_are_drawn_from_the_settlement(known):
    row = score("protecting_the_public")
    text = "{score:protecting_the_public} ({counts:protecting_the_public}; {interval:protecting_the_public})"
    low, high = int(row["low"] + 0.5), int(row["high"] + 0.5)
    counts = f"{row['sufficient']:,} of {row['applicable']:,}"
    assert replaced(text, known) == f"{row['per_cent']} per cent ({counts}; between {low} and {high} per cent)"


def test_a_finding_and_its_failing_share_add_up(known):
    row = next(row for row in payload()["findings"] if row["applicable"] == 60)
    good, bad = known[f"finding:{row['code']}"].value, known[f"failing:{row['code']}"].value
    assert good == f"{row['per_cent']} per cent"
    assert abs(int(good.split()[0]) + int(bad.split()[0]) - 100) <= 1


def test_a_rating_is_its_word_and_the_overall_one_has_a_name_of_its_own():
    known = figures_of(editions.load("youth/2018"), FACTS, payload("youth"))
    overall = payload("youth")["overall"]
    word = next(level["title"]["en"] for level in overall["bands"] if level["code"] == overall["band"])
    assert replaced("It is {rating:overall}.", known) == f"It is {word}."


def test_the_inspection_is_named_from_its_data(known):
    assert replaced("{body} {fieldwork}: {cases} of {listed}", known) == (
        "Westmoor Probation Trust in the week of 2 March 2026: 60 of 412"
    )


def test_what_is_no_figure_is_refused_with_its_line_and_the_nearest_that_is_one(known):
    (fault,) = unknown_in("Good.\n\nIn {score:protecting_public} it was.", known)
    assert fault.startswith("Line 3: {score:protecting_public} is no figure of this inspection.")
    assert fault.endswith("The nearest is {score:protecting_the_public}.")


def test_a_chart_stands_on_a_line_of_its_own(known):
    assert unknown_in("First.\n\n{chart:headline}\n\nLast.", known) == []
    for text in ("See {chart:headline} here.", "First.\n{chart:headline}", "{chart:headline}\nLast."):
        assert "needs a line of its own" in unknown_in(text, known)[0]


def test_before_the_ratings_are_settled_figures_are_known_by_name_and_stay_as_they_were_typed():
    known = figures_of(editions.load("iaow/2013"), FACTS, None)
    text = "{score:protecting_the_public} and {finding:A01} for {body}"
    assert unknown_in(text, known) == []
    assert replaced(text, known) == "{score:protecting_the_public} and {finding:A01} for Westmoor Probation Trust"


def test_a_census_an_unknown_list_and_a_sample_are_told_apart():
    assert "drawn by chance from the 412" in sampled_sentence({"cases": 60, "listed": 412})
    assert sampled_sentence({"cases": 12, "listed": 12}) == "Every one of the 12 cases on the case list was assessed."
    assert "not known" in sampled_sentence({"cases": 12, "listed": None})


def test_where_no_case_was_relevant_the_words_say_so():
    none = {"per_cent": None, "sufficient": None, "applicable": None, "cases": 3, "low": None, "high": None}
    data = payload() | {"scores": [score("assisting_sentencing") | none]}
    known = figures_of(editions.load("iaow/2013"), FACTS, data)
    assert replaced("{score:assisting_sentencing}, {interval:assisting_sentencing}", known) == (
        "no relevant case, not enough cases to say"
    )
