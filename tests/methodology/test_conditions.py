"""Conditions of routing as one line of text, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.methodology.conditions import as_data, parsed, spelled
from inspectorate.methodology.forms import Condition, read_form

CODES = st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True)
WORDS = st.lists(st.from_regex(r"[a-z0-9][a-z0-9_]{0,8}", fullmatch=True), min_size=1, max_size=3).map(tuple)
LEAF = st.builds(lambda code, words: Condition("is", question=code, values=words), CODES, WORDS)


def put_together(below):
    groups = st.builds(
        lambda kind, parts: Condition(kind, parts=tuple(parts)),
        st.sampled_from(["all", "any"]),
        st.lists(below, min_size=1, max_size=3),
    )
    return groups | st.builds(lambda part: Condition("not", parts=(part,)), below)


@given(st.recursive(LEAF, put_together, max_leaves=8))
def test_every_condition_comes_back_from_its_line(condition):
    assert parsed(spelled(condition)) == condition


@given(st.recursive(LEAF, put_together, max_leaves=8))
def test_every_condition_comes_back_from_its_data(condition):
    kinds = [{"code": "k", "title": {"en": "K"}, "sections": []}]
    form = read_form({"rules": {"r": {"title": {"en": "R"}, "when": as_data(condition)}}, "kinds": kinds})
    assert form.rules["r"].when == condition


def test_a_condition_reads_like_a_sentence():
    rule = parsed("all(F05 is yes; not(F06 is none, few))")
    assert spelled(rule) == "all(F05 is yes; not(F06 is none, few))"
    assert spelled(rule, {"F05": "G01"}) == "all(G01 is yes; not(F06 is none, few))"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "F01",
        "F01 is",
        "F01 = yes",
        "all(F01 is a",
        "all(F01 is a))",
        "not(F01 is a; F02 is b)",
        "F01 is a; F02 is b",
        "F01 is a,,b",
    ],
)
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(ValueError, match=r"condition|bracket|empty"):
        parsed(text)
