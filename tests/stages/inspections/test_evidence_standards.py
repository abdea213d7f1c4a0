"""For which standards a body gives evidence, in every edition that ships."""

import pytest

from inspectorate.inspections.evidence.standards import asked_in
from inspectorate.methodology import editions
from inspectorate.standards.queries import shelf


def codes(edition, *modules):
    held = shelf.held(edition)
    return [one.node.code for one in asked_in(held, {*held.edition.modules, *modules})]


@pytest.mark.parametrize("edition", editions.codes())
def test_every_edition_asks_for_each_of_its_standards_once(edition):
    everything = codes(edition, *(module["code"] for module in shelf.held(edition).edition.about["modules"]))
    assert codes(edition)
    assert len(everything) == len(set(everything))
    assert set(codes(edition)) <= set(everything)


def test_a_standard_of_an_optional_module_is_asked_for_only_where_the_inspection_has_that_module():
    assert codes("fji/2012") == ["1", "2", "3", "4"]
    assert codes("fji/2012", "governance") == ["1", "2", "3", "4", "5"]
    assert codes("fji/2012", "interventions") == ["1", "2", "3", "4", "6"]
    assert codes("youth/2025") == ["2.1", "2.2", "2.3", "V1"]


def test_a_body_rates_itself_in_the_bands_of_its_edition_best_first_or_as_sufficient_or_not():
    youth = asked_in(shelf.held("youth/2018"), {"main"})
    assert len(youth) == 12
    assert [code for code, _ in youth[0].ratings] == ["outstanding", "good", "requires_improvement", "inadequate"]
    adult = asked_in(shelf.held("iaow/2013"), {"main"})
    assert [words.en for _, words in adult[0].ratings] == ["Sufficient", "Not sufficient"]
    assert adult[0].rating("sufficient").en == "Sufficient"
    assert adult[0].rating("good") is None


def test_standards_that_rest_on_people_alone_take_their_own_bands():
    ratings = {one.node.code: one.ratings[0][0] for one in asked_in(shelf.held("omi2/2009"), {"main"})}
    assert ratings == {"1": "sufficient", "2": "sufficient", "3": "sufficient", "4": "well_met"}
