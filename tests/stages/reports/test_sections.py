"""The sections of a report: those of the edition's scored areas, and those that no report may leave out."""

import pytest

from inspectorate.methodology import editions
from inspectorate.reports.sections import _data, areas_of, sections_of


def codes(edition):
    return [section.code for section in sections_of(editions.load(edition))]


def test_a_report_has_a_section_for_every_scored_area_between_summary_and_what_needs_to_improve():
    assert codes("iaow/2013") == [
        "introduction",
        "context",
        "summary",
        "assisting_sentencing",
        "delivering_the_sentence",
        "reducing_reoffending",
        "protecting_the_public",
        "effective_work_for_victims",
        "leadership",
        "experience",
        "improvement",
        "method",
    ]


def test_where_an_area_is_public_protection_no_second_section_asks_for_it():
    gates = [section.code for section in sections_of(editions.load("iaow/2013")) if section.gate]
    assert gates == ["protecting_the_public", "experience"]


def test_where_no_area_is_public_protection_a_section_of_its_own_asks_for_it():
    gates = [section.code for section in sections_of(editions.load("youth/2018")) if section.gate]
    assert gates == ["public_protection", "experience"]


def test_where_leadership_is_rated_it_has_its_place_there_and_else_a_commentary_without_a_score():
    assert "leadership" not in codes("youth/2018")
    assert codes("youth/2018")[3] == "1.1"
    assert "leadership" in codes("cci/2009")


def test_the_experience_of_children_is_asked_for_where_the_work_is_with_children():
    titles = {section.code: section.title["en"] for section in sections_of(editions.load("fji/2013"))}
    assert titles["experience"] == "The experience of children, of their parents and carers, and of victims"


@pytest.mark.every_edition
@pytest.mark.parametrize("code", editions.codes())
def test_in_every_edition_both_gates_and_a_place_for_leadership_are_there_and_no_code_stands_twice(code):
    edition = editions.load(code)
    found = sections_of(edition)
    assert len({section.code for section in found}) == len(found)
    assert len([section for section in found if section.gate]) >= 2
    areas = {step.code for step in areas_of(edition.plan)}
    own = _data()["programmes"].get(code.split("/")[0], {})
    assert "leadership" in {section.code for section in found} or set(own["leadership"]) & areas


def test_every_programme_that_the_file_names_has_an_edition_and_names_areas_that_one_of_its_editions_has():
    for programme, own in _data()["programmes"].items():
        loaded = [editions.load(code) for code in editions.codes() if code.startswith(f"{programme}/")]
        areas = {step.code for edition in loaded for step in areas_of(edition.plan)}
        named = {*own.get("public_protection", ()), *own.get("leadership", ())}
        assert loaded, programme
        assert named <= areas, programme
