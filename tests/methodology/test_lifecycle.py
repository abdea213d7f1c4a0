"""The life of an inspection: no state without a way out, and every refusal by name."""

import pytest

from inspectorate.methodology.lifecycle import ASSESSMENT, BEFORE, CONDITIONS, INSPECTION, STORY, Refusal
from inspectorate.methodology.refusals import RefusedError

LIVES = [INSPECTION, ASSESSMENT]
EVERYTHING = set(CONDITIONS)


def walk(*verbs, state="arranged", holds=EVERYTHING):
    """Go from state to state by these verbs, and return every state on the way."""
    before, states = "", [state]
    for verb in verbs:
        after = INSPECTION.after(verb, state=state, before=before, holds=holds)
        before = INSPECTION.remembered(state=state, before=before, after=after)
        state = after
        states.append(state)
    return states


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_every_state_can_be_reached_and_all_but_a_withdrawn_assessment_has_a_way_out(life):
    reached = {life.states[0].code} | {verb.to for verb in life.verbs} - {BEFORE}
    assert {state.code for state in life.states} == reached
    assert [state.code for state in life.states if not life.open_to(state.code) and state.code != "withdrawn"] == []


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_every_verb_goes_between_known_states_and_needs_known_conditions(life):
    known = {state.code for state in life.states}
    for verb in life.verbs:
        assert {*verb.from_, verb.to} - {BEFORE} <= known
        assert set(verb.needs) <= set(CONDITIONS)


def test_every_step_of_the_story_has_a_state():
    assert {code for code, _ in STORY} == {state.step for state in INSPECTION.states if state.step}


def test_an_inspection_goes_from_arranged_to_closed():
    straight = ["announce", "settle_sample", "begin_fieldwork", "finish_fieldwork", "settle_ratings", "send_draft"]
    straight += ["sign_off", "release", "close"]
    assert walk(*straight)[-1] == "closed"


def test_an_assessment_returned_after_a_provisional_rating_leads_back_to_fieldwork():
    assert walk("reopen_fieldwork", "finish_fieldwork", state="rating") == ["rating", "fieldwork", "rating"]


def test_a_draft_is_corrected_after_the_check_of_its_facts():
    assert walk("correct_draft", "send_draft", "sign_off", state="checking")[-1] == "signed_off"


@pytest.mark.parametrize(
    ("verbs", "state"),
    [
        (["defer", "resume"], "fieldwork"),
        (["withhold", "resume"], "signed_off"),
        (["cancel", "resume"], "drafting"),
        (["defer", "cancel", "resume"], "announced"),
    ],
)
def test_what_was_set_aside_goes_on_where_it_was(verbs, state):
    assert walk(*verbs, state=state)[-1] == state


@pytest.mark.parametrize(("life", "verb"), [(life, verb) for life in LIVES for verb in life.verbs])
def test_a_verb_is_refused_by_the_name_of_each_condition_that_does_not_hold(life, verb):
    for need in verb.needs:
        with pytest.raises(RefusedError) as told:
            life.after(verb.code, state=verb.from_[0], before="arranged", holds=EVERYTHING - {need})
        assert (told.value.code, told.value.sentence) == (CONDITIONS[need].refusal, CONDITIONS[need].sentence)


def test_a_verb_that_does_not_start_here_is_refused_and_says_what_does():
    with pytest.raises(RefusedError) as told:
        walk("release")
    assert told.value.code == Refusal.NOT_FROM_HERE
    assert "'Announce'" in told.value.sentence


def test_a_verb_that_is_not_there_is_refused():
    with pytest.raises(RefusedError) as told:
        walk("publish")
    assert told.value.code == Refusal.UNKNOWN_VERB


def test_every_refusal_but_two_is_that_of_a_condition():
    named = {condition.refusal for condition in CONDITIONS.values()}
    assert set(Refusal) - named == {Refusal.UNKNOWN_VERB, Refusal.NOT_FROM_HERE}
