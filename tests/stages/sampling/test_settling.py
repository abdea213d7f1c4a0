"""A list without an eligible case, and a closed list that turns out to be wrong."""

import pytest

from inspectorate.inspections.actions import NewInspection, NewModule, advance, arrange_inspection
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import NotAllowedError
from inspectorate.record.models import Entry
from inspectorate.sampling.actions import (
    ListedCase,
    enter_list,
    freeze_list,
    make_seed,
    say_none_eligible,
    settle_list,
    supersede_list,
)
from inspectorate.sampling.models import CaseList
from inspectorate.sampling.queries import current_list, current_sample, lists_settled
from inspectorate.sampling.refusals import Refusal
from tests.stages.conftest import ASSESSOR, LEAD
from tests.stages.sampling.test_drawing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def youth(trust):
    """An inspection of two kinds of case, announced."""
    new = NewInspection(title="Eastmoor 2018", modules=[NewModule("youth/2018")], body=trust)
    arranged = arrange_inspection(inspection=new, by=LEAD)
    holds = {"lead_named", "week_set", "week_ahead"}
    return advance(inspection=arranged, verb="announce", by=LEAD, holds=holds)


def test_a_list_without_an_eligible_case_is_settled_without_a_sample(youth):
    listed = enter_list(inspection=youth, kind="court", cases=[ListedCase("C1")], by=LEAD)
    settle_list(case_list=listed, by=LEAD)
    assert not lists_settled(youth)
    say_none_eligible(inspection=youth, kind="out_of_court", why="No disposal in the period.", by=LEAD)
    assert lists_settled(youth)
    assert Inspection.objects.get().state == "sampled"
    assert [case.reference for case in current_sample(youth)] == ["C1"]


def test_where_no_kind_has_an_eligible_case_the_inspection_moves_on_without_a_sample(youth):
    for kind in ("court", "out_of_court"):
        say_none_eligible(inspection=youth, kind=kind, why="The service is new.", by=LEAD)
    assert Inspection.objects.get().state == "sampled"
    assert Entry.objects.filter(verb="case-list.none-eligible").count() == 2


def test_that_no_case_is_eligible_takes_a_reason_a_kind_and_an_empty_list(announced, case_list):
    refused(Refusal.REASON_MISSING, say_none_eligible, inspection=announced, kind="case", why=" ", by=LEAD)
    refused(Refusal.KIND_UNKNOWN, say_none_eligible, inspection=announced, kind="court", why="none", by=LEAD)
    refused(Refusal.LIST_HAS_CASES, say_none_eligible, inspection=announced, kind="case", why="none", by=LEAD)
    assert CaseList.objects.get() == case_list
    with pytest.raises(NotAllowedError):
        say_none_eligible(inspection=announced, kind="case", why="none", by=ASSESSOR)


def test_it_is_said_once(youth):
    say_none_eligible(inspection=youth, kind="court", why="None.", by=LEAD)
    refused(Refusal.LIST_CLOSED, say_none_eligible, inspection=youth, kind="court", why="None.", by=LEAD)


def test_a_frozen_list_that_is_wrong_is_superseded_with_a_reason_and_kept(announced, case_list):
    refused(Refusal.LIST_NOT_CLOSED, supersede_list, case_list=case_list, why="wrong", by=LEAD)
    freeze_list(case_list=case_list, by=LEAD)
    refused(Refusal.REASON_MISSING, supersede_list, case_list=case_list, why="", by=LEAD)
    following = supersede_list(case_list=case_list, why="It was last year's list.", by=LEAD)
    old = CaseList.objects.get(pk=case_list.pk)
    assert (old.superseded_because, old.cases.count()) == ("It was last year's list.", 12)
    assert (following.version, following.is_open, following.cases.count()) == (2, True, 0)
    assert current_list(announced, "case") == following
    refused(Refusal.LIST_CLOSED, freeze_list, case_list=case_list, by=LEAD)


def test_that_no_case_was_eligible_can_turn_out_to_be_wrong_too(youth):
    settled = say_none_eligible(inspection=youth, kind="court", why="None.", by=LEAD)
    following = supersede_list(case_list=settled, why="There are three after all.", by=LEAD)
    assert following.is_open
    assert not lists_settled(youth)


def test_a_list_that_has_its_seed_is_never_superseded(announced, case_list):  # noqa: ARG001 - it is announced
    freeze_list(case_list=case_list, by=LEAD)
    make_seed(case_list=case_list, by=LEAD)
    refused(Refusal.SEED_MADE, supersede_list, case_list=case_list, why="the draw does not please", by=LEAD)
