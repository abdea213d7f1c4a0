"""Recommendations: numbered, addressed, resting on a figure, changed until the draft is sent."""

from datetime import date

import pytest

from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.record.models import Entry
from inspectorate.reports.actions import (
    Recommended,
    add_recommendation,
    change_recommendation,
    move_recommendation,
    take_out_recommendation,
)
from inspectorate.reports.models import Recommendation
from inspectorate.reports.queries import building_of, recommendations_of
from inspectorate.reports.refusals import Refusal
from tests.stages.conftest import ASSESSOR, CONTACT, LEAD
from tests.stages.reports.conftest import to_state


def add(inspection, text="Plan with the person.", by=LEAD, **more):
    given = {"organisation": "The police"} | more
    return add_recommendation(inspection=inspection, recommended=Recommended(text, **given), by=by)


def texts(inspection):
    return [(row.place, row.text) for row in recommendations_of(inspection)]


def test_a_recommendation_is_addressed_to_a_body_or_to_an_organisation_by_name(drafting):
    to_body = add(drafting, body=drafting.body, organisation="", by_when=date(2027, 3, 31))
    by_name = add(drafting, "Share what is known.", by=ASSESSOR, rests_on="{score:stage_planning}")
    assert (to_body.addressee, to_body.addressee_body) == ("Westmoor Probation Trust", drafting.body)
    assert (by_name.place, by_name.addressee, by_name.addressee_body) == (2, "The police", None)
    frozen = building_of(drafting).content["recommendations"]
    assert [(row["number"], row["by_when"], row["rests_on"]) for row in frozen] == [
        (1, "2027-03-31", ""),
        (2, None, "72 per cent"),
    ]


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        (" ", {}, Refusal.TEXT_MISSING),
        ("Plan.", {"organisation": " "}, Refusal.ADDRESSEE_MISSING),
        ("Plan in {score:planing}.", {}, Refusal.FIGURE_UNKNOWN),
        ("Plan.", {"rests_on": "{finding:Z99}"}, Refusal.FIGURE_UNKNOWN),
    ],
)
def test_one_without_text_addressee_or_with_an_unknown_figure_is_refused(drafting, text, more, code):
    with pytest.raises(RefusedError) as refused:
        add(drafting, text, **more)
    assert refused.value.code == code


def test_adding_the_same_twice_leaves_one(drafting):
    assert add(drafting) == add(drafting)


def test_they_are_put_in_order_and_moving_twice_to_a_place_is_moving_once(drafting):
    rows = [add(drafting, text) for text in ("One.", "Two.", "Three.")]
    for _ in range(2):
        move_recommendation(recommendation=rows[2], to=1, by=LEAD)
    assert texts(drafting) == [(1, "Three."), (2, "One."), (3, "Two.")]
    move_recommendation(recommendation=rows[2], to=99, by=LEAD)
    assert texts(drafting) == [(1, "One."), (2, "Two."), (3, "Three.")]
    assert Entry.objects.filter(verb="recommendation.moved").count() == 2


def test_one_that_is_taken_out_is_kept_and_the_others_close_up(drafting):
    rows = [add(drafting, text) for text in ("One.", "Two.", "Three.")]
    take_out_recommendation(recommendation=rows[0], by=LEAD)
    assert texts(drafting) == [(1, "Two."), (2, "Three.")]
    assert Recommendation.objects.filter(place=None).count() == 1
    with pytest.raises(RefusedError) as refused:
        take_out_recommendation(recommendation=rows[0], by=LEAD)
    assert refused.value.code == Refusal.TAKEN_OUT


def test_nobody_changes_what_they_have_not_seen(drafting):
    row = add(drafting)
    change_recommendation(
        recommendation=row, recommended=Recommended("By Ann.", organisation="The police"), revision=1, by=ASSESSOR
    )
    other = Recommended("By Rhian.", organisation="The police")
    with pytest.raises(RefusedError) as refused:
        change_recommendation(recommendation=row, recommended=other, revision=1, by=LEAD)
    assert refused.value.code == Refusal.CHANGED_MEANWHILE
    changed = change_recommendation(recommendation=row, recommended=other, revision=2, by=LEAD)
    assert (changed.text, changed.revision) == ("By Rhian.", 3)


@pytest.mark.parametrize("state", ["checking", "signed_off", "released"])
def test_none_is_added_changed_moved_or_taken_out_once_the_draft_is_sent(drafting, state):
    row = add(drafting)
    to_state(drafting, state)
    given = Recommended("Other.", organisation="The police")
    for act in (
        lambda: add(drafting, "Another."),
        lambda: change_recommendation(recommendation=row, recommended=given, revision=1, by=LEAD),
        lambda: move_recommendation(recommendation=row, to=1, by=LEAD),
        lambda: take_out_recommendation(recommendation=row, by=LEAD),
    ):
        with pytest.raises(RefusedError) as refused:
            act()
        assert refused.value.code == Refusal.NOT_OPEN


def test_the_body_writes_none(drafting):
    with pytest.raises(NotAllowedError):
        add(drafting, by=CONTACT)
