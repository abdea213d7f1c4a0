"""A case leaves the sample and another comes in: for a reason of the edition, or by two people; and more cases come."""

import pytest

from inspectorate.inspections.actions import join_team
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import NotAllowedError
from inspectorate.people.models import User
from inspectorate.record.models import Entry
from inspectorate.sampling.actions import (
    ListedCase,
    decide_proposal,
    enter_list,
    propose_extension,
    propose_replacement,
    replace_case,
    settle_list,
)
from inspectorate.sampling.models import DrawnCase, Proposal, Replacement
from inspectorate.sampling.queries import current_sample, reserve_of
from inspectorate.sampling.refusals import Refusal
from tests.stages.conftest import ASSESSOR, CHIEF, LEAD, OUTSIDER
from tests.stages.sampling.conftest import extend_by_two
from tests.stages.sampling.test_drawing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(announced, long_list):  # noqa: ARG001 - a sample is drawn once the body knows of the inspection
    """Fifty of sixty cases; five of each stratum in the reserve."""
    return settle_list(case_list=long_list, by=LEAD)


@pytest.fixture
def first(drawn):
    """The first case of the draw."""
    return drawn.drawn_cases.get(role="drawn", order=1)


def test_the_next_of_the_reserve_of_the_same_stratum_comes_in(drawn, first):
    inspection = Inspection.objects.get()
    before = set(current_sample(inspection))
    following = reserve_of(drawn.case_list).filter(case__stratum=first.case.stratum).first()
    made = replace_case(drawn_case=first, reason="duplicate", by=LEAD)
    assert made.incoming == following
    assert set(current_sample(inspection)) == before - {first.case} | {following.case}
    assert Entry.objects.order_by("sequence").last().verb == "sample.case-replaced"


def test_a_case_that_came_in_is_replaced_in_its_turn(first):
    made = replace_case(drawn_case=first, reason="duplicate", by=LEAD)
    again = replace_case(drawn_case=made.incoming, reason="not_eligible", by=LEAD)
    assert again.incoming.order > made.incoming.order
    assert current_sample(Inspection.objects.get()).count() == 50


def test_a_case_is_replaced_once_and_only_while_it_is_in_the_sample(drawn, first):
    replace_case(drawn_case=first, reason="duplicate", by=LEAD)
    refused(Refusal.NOT_IN_THE_SAMPLE, replace_case, drawn_case=first, reason="duplicate", by=LEAD)
    waiting = reserve_of(drawn.case_list).first()
    refused(Refusal.NOT_IN_THE_SAMPLE, replace_case, drawn_case=waiting, reason="duplicate", by=LEAD)


def test_a_reason_that_the_edition_does_not_have_is_refused(first):
    refused(Refusal.REASON_UNKNOWN, replace_case, drawn_case=first, reason="too_difficult", by=LEAD)


def test_a_case_is_replaced_in_fieldwork_but_not_once_ratings_are_looked_at(first):
    Inspection.objects.update(state="rating")
    sentence = refused(Refusal.NOT_NOW, replace_case, drawn_case=first, reason="duplicate", by=LEAD)
    assert "reopen fieldwork first" in sentence
    Inspection.objects.update(state="fieldwork")
    replace_case(drawn_case=first, reason="duplicate", by=LEAD)


def test_only_the_lead_replaces(first):
    for by in (ASSESSOR, CHIEF, OUTSIDER):
        with pytest.raises(NotAllowedError):
            replace_case(drawn_case=first, reason="duplicate", by=by)


def use_up_the_reserve(sample, stratum):
    while reserve_of(sample.case_list).filter(case__stratum=stratum).exists():
        place = DrawnCase.objects.filter(case__stratum=stratum, role="drawn", replaced_by__isnull=True).last()
        replace_case(drawn_case=place, reason="duplicate", by=LEAD)


def test_without_a_reserve_a_case_leaves_only_by_two_people(drawn, first):
    use_up_the_reserve(drawn, first.case.stratum)
    sentence = refused(Refusal.NO_RESERVE, replace_case, drawn_case=first, reason="not_eligible", by=LEAD)
    assert "propose that it leave" in sentence
    proposal = propose_replacement(drawn_case=first, reason="not_eligible", why="Never supervised here.", by=LEAD)
    made = decide_proposal(proposal=proposal, agree=True, by=CHIEF)
    assert (made.incoming, made.reason) == (None, "not_eligible")
    assert current_sample(Inspection.objects.get()).count() == 49


def test_any_other_reason_takes_a_second_person(first):
    proposal = propose_replacement(drawn_case=first, why="The building was flooded.", by=LEAD)
    assert current_sample(Inspection.objects.get()).filter(drawn=first).exists()
    refused(Refusal.PROPOSED, replace_case, drawn_case=first, reason="duplicate", by=LEAD)
    refused(Refusal.PROPOSED, propose_replacement, drawn_case=first, why="again", by=LEAD)
    refused(Refusal.SAME_PERSON, decide_proposal, proposal=proposal, agree=True, by=LEAD)
    made = decide_proposal(proposal=proposal, agree=True, by=CHIEF)
    assert (made.reason, made.why) == (Replacement.OTHER, "The building was flooded.")
    refused(Refusal.NOT_IN_THE_SAMPLE, decide_proposal, proposal=proposal, agree=True, by=CHIEF)


def test_another_lead_inspector_of_the_team_may_agree_and_one_outside_may_not(first):
    proposal = propose_replacement(drawn_case=first, why="The building was flooded.", by=LEAD)
    with pytest.raises(NotAllowedError):
        decide_proposal(proposal=proposal, agree=True, by=OUTSIDER)
    other = User.objects.get(public_id=OUTSIDER[1])
    join_team(inspection=Inspection.objects.get(), user=other, role="inspector", by=LEAD)
    assert decide_proposal(proposal=proposal, agree=True, by=OUTSIDER).outgoing == first


def test_a_proposal_is_declined_or_taken_back_and_may_be_made_anew(first):
    declined = propose_replacement(drawn_case=first, why="It is a hard case.", by=LEAD)
    assert decide_proposal(proposal=declined, agree=False, by=CHIEF) is None
    taken_back = propose_replacement(drawn_case=first, why="It is a hard case.", by=LEAD)
    assert decide_proposal(proposal=taken_back, agree=False, by=LEAD) is None
    refused(Refusal.NOT_PROPOSED, decide_proposal, proposal=taken_back, agree=True, by=CHIEF)
    assert [one.decision for one in Proposal.objects.order_by("pk")] == ["declined", "taken_back"]
    replace_case(drawn_case=first, reason="duplicate", by=LEAD)


def test_a_proposal_takes_a_reason_in_words_and_a_known_code(first):
    refused(Refusal.REASON_MISSING, propose_replacement, drawn_case=first, why="", by=LEAD)
    refused(Refusal.REASON_UNKNOWN, propose_replacement, drawn_case=first, why="x", reason="y", by=LEAD)


def test_a_sample_is_extended_from_its_reserve_in_proportion_and_in_the_order_of_the_draw(drawn):
    order = list(reserve_of(drawn.case_list).values_list("case__stratum", "case__reference"))
    proposal = propose_extension(case_list=drawn.case_list, cases=4, why="Two units more were asked for.", by=LEAD)
    assert current_sample(Inspection.objects.get()).count() == 50
    refused(Refusal.PROPOSED, propose_extension, case_list=drawn.case_list, cases=1, why="More.", by=LEAD)
    refused(Refusal.SAME_PERSON, decide_proposal, proposal=proposal, agree=True, by=LEAD)
    made = decide_proposal(proposal=proposal, agree=True, by=CHIEF)
    came_in = list(made.drawn_cases.order_by("order").values_list("case__stratum", "case__reference"))
    expected = [pair for stratum in ("high", "low") for pair in [one for one in order if one[0] == stratum][:2]]
    assert came_in == expected
    assert current_sample(Inspection.objects.get()).count() == 54
    assert DrawnCase.objects.filter(role="drawn").count() == 50


def test_a_sample_is_not_extended_beyond_its_reserve_nor_without_a_reason(drawn):
    listed = drawn.case_list
    refused(Refusal.NO_RESERVE, propose_extension, case_list=listed, cases=11, why="more", by=LEAD)
    refused(Refusal.REASON_MISSING, propose_extension, case_list=listed, cases=1, why="", by=LEAD)
    extend_by_two(listed, 10, "All of them.")
    refused(Refusal.NO_RESERVE, propose_extension, case_list=listed, cases=1, why="more", by=LEAD)


def test_a_list_without_a_sample_is_not_extended(case_list):
    Inspection.objects.update(state="sampled")
    refused(Refusal.NOT_IN_THE_SAMPLE, propose_extension, case_list=case_list, cases=1, why="more", by=LEAD)


def test_a_sample_is_not_extended_beyond_what_the_edition_allows(announced):
    cases = [ListedCase(f"L{number:03d}") for number in range(1, 121)]
    listed = enter_list(inspection=announced, kind="case", cases=cases, by=LEAD)
    settle_list(case_list=listed, by=LEAD)
    extend_by_two(listed, 30, "A second unit.")
    extend_once_more = {"case_list": listed, "cases": 11, "why": "A third.", "by": LEAD}
    assert "90 at most" in refused(Refusal.SIZE_UNFIT, propose_extension, **extend_once_more)


def test_an_extension_is_declined_or_taken_back_and_what_fits_no_more_is_not_agreed_to(drawn):
    listed = drawn.case_list
    declined = propose_extension(case_list=listed, cases=4, why="A second unit.", by=LEAD)
    assert decide_proposal(proposal=declined, agree=False, by=CHIEF) is None
    refused(Refusal.NOT_PROPOSED, decide_proposal, proposal=declined, agree=True, by=CHIEF)
    taken_back = propose_extension(case_list=listed, cases=4, why="A second unit.", by=LEAD)
    assert decide_proposal(proposal=taken_back, agree=False, by=LEAD) is None
    waiting = propose_extension(case_list=listed, cases=10, why="A second unit.", by=LEAD)
    replace_case(drawn_case=drawn.drawn_cases.get(role="drawn", order=1), reason="duplicate", by=LEAD)
    refused(Refusal.NO_RESERVE, decide_proposal, proposal=waiting, agree=True, by=CHIEF)
    assert Proposal.objects.get(pk=waiting.pk).decision == ""
    assert current_sample(Inspection.objects.get()).count() == 50
