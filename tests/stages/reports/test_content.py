"""The content of a report: numbered, with its figures in their places, and the same digest for the same content."""

import pytest

from inspectorate.reports.content import content_of, digest_of
from tests.stages.reports.made import report


@pytest.fixture
def content():
    return content_of(report())


def section(content, code):
    return next(one for one in content["sections"] if one["code"] == code)


def test_sections_and_paragraphs_are_numbered_and_sub_headings_are_not(content):
    summary = section(content, "summary")
    assert [one["number"] for one in content["sections"]] == [str(n) for n in range(1, len(content["sections"]) + 1)]
    assert [(one["kind"], one["number"]) for one in summary["paragraphs"]] == [
        ("paragraph", "2.1"),
        ("figure", "2.2"),
        ("heading", ""),
        ("bullets", "2.3"),
        ("figure", "2.4"),
    ]


def test_figures_stand_in_their_places_and_bold_words_are_told_apart(content):
    first = section(content, "summary")["paragraphs"][0]
    assert first["text"] == {"en": "The work was good in places: 72 per cent.", "cy": None}
    assert first["lines"]["en"] == [[["The work was ", False], ["good", True], [" in places: 72 per cent.", False]]]


def test_charts_and_tables_are_numbered_through_the_report(content):
    drawn = [(one["figure"], one["drawn"]) for one in section(content, "summary")["paragraphs"] if "figure" in one]
    assert drawn == [("chart:headline", 1), ("table:provider", 1)]


def test_a_scored_area_opens_with_its_result_though_nobody_has_written_about_it(content):
    area = section(content, "protecting_the_public")
    assert [one["kind"] for one in area["paragraphs"]] == ["result"]
    assert "72 per cent" in area["paragraphs"][0]["text"]["en"]


def test_what_nobody_wrote_is_left_out_and_what_is_made_from_data_is_there(content):
    codes = [one["code"] for one in content["sections"]]
    assert "context" not in codes
    assert "leadership" not in codes
    assert "60 cases were assessed" in section(content, "method")["paragraphs"][0]["text"]["en"]
    assert section(content, "introduction")["paragraphs"][0]["text"]["en"].startswith("This report says how good")


def test_the_commentary_on_leadership_says_that_it_has_no_score():
    content = content_of(report({"leadership": {"en": "Leaders had a plan."}}))
    words = [one["text"]["en"] for one in section(content, "leadership")["paragraphs"]]
    assert words == ["This part is a commentary. It has no score.", "Leaders had a plan."]


def test_gates_are_empty_until_a_paragraph_of_words_stands_in_them():
    def empty(text):
        return [one.code for one in report({"experience": {"en": text}}).empty_gates]

    assert empty("") == ["protecting_the_public", "experience"]
    assert empty("## A heading\n\n{chart:headline}") == ["protecting_the_public", "experience"]
    assert empty("Forty people told us.") == ["protecting_the_public"]


def test_welsh_stands_beside_english_where_it_is_in_step_with_it():
    in_step = content_of(report({"context": {"en": "One.\n\n- two", "cy": "Un.\n\n- dau"}}))
    assert [one["text"]["cy"] for one in section(in_step, "context")["paragraphs"]] == ["Un.", "dau"]
    out_of_step = content_of(report({"context": {"en": "One.\n\nTwo.", "cy": "Un."}}))
    assert [one["text"]["cy"] for one in section(out_of_step, "context")["paragraphs"]] == [None, None]


def test_a_recommendation_names_the_figure_it_rests_on():
    row = {
        "number": 1,
        "text": "Plan in {score:stage_planning} of the work.",
        "addressee": "The police",
        "addressee_body": None,
        "by_when": "2026-12-31",
        "rests_on": "{score:stage_planning}",
    }
    content = content_of(report(recommendations=[row]))
    assert content["recommendations"][0]["text"]["en"] == "Plan in 72 per cent of the work."
    assert content["recommendations"][0]["rests_on"] == "72 per cent"


def test_the_same_content_has_the_same_digest_and_another_word_another():
    assert digest_of(content_of(report())) == digest_of(content_of(report()))
    other = content_of(report({"summary": {"en": "Other words."}}))
    assert digest_of(other) != digest_of(content_of(report()))
