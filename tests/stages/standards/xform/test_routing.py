"""A field client asks what we ask: for any answers, the form's XPath and our own routing agree.

The XPath is read here by a few lines that know nothing of how it was written; ODK's own readers of it are in
test_odk_validate.py and, in a browser, in tests/journeys/test_odk_engine.py.
"""

import re

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring

from inspectorate.methodology.forms import ABSENT

pytestmark = pytest.mark.database("sqlite")  # no database is asked: once is enough

BIND = "{http://www.w3.org/2002/xforms}bind"
CASES = 25


class Reader:
    """Reads and, or, not(), brackets and path = 'text'; anything else is an error."""

    def __init__(self, xpath):
        self.words = re.findall(r"'[^']*'|[()=]|[\w./-]+", xpath)
        self.test = self.either()
        assert self.words == [], xpath

    def either(self):
        parts = [self.all()]
        while self.words[:1] == ["or"]:
            del self.words[0]
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else lambda answers: any(part(answers) for part in parts)

    def all(self):
        parts = [self.one()]
        while self.words[:1] == ["and"]:
            del self.words[0]
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else lambda answers: all(part(answers) for part in parts)

    def one(self):
        word = self.words.pop(0)
        if word in {"(", "not"}:
            if word == "not":
                assert self.words.pop(0) == "("
            inner = self.either()
            assert self.words.pop(0) == ")"
            return inner if word == "(" else lambda answers: not inner(answers)
        assert word.startswith("/data/")
        equals, value = self.words.pop(0), self.words.pop(0)
        assert (equals, value[0]) == ("=", "'")
        return lambda answers: answers.get(word, "") == value[1:-1]


def read(made):
    """The condition of each path of the form, in its order."""
    return {
        bind.get("nodeset"): Reader(bind.get("relevant")).test if bind.get("relevant") else lambda _: True
        for bind in fromstring(made).iter(BIND)
    }


def shown(binds, answers, *, emptied):
    """The paths that a client shows; one that empties what it hides comes to rest from the first path to the last."""
    answers, found = dict(answers), set()
    for path, holds in binds.items():
        above = path.rsplit("/", 1)[0]
        if (above not in binds or above in found) and holds(answers):
            found.add(path)
        elif emptied:
            answers.pop(path, None)
    return found


def answered(kind, row, places):
    """The answers of one case, by path."""
    chosen = zip(kind.questions, row, strict=True)
    return {places[question.code]: question.options[number].code for question, number in chosen if number != ABSENT}


@pytest.mark.parametrize("emptied", [True, False], ids=["a client that empties what it hides", "one that keeps it"])
def test_the_form_asks_what_we_ask(one, emptied):
    edition, kind, made = one
    chance = np.random.default_rng(20130401)
    widths = [len(question.options) for question in kind.questions]
    values = chance.integers(ABSENT, widths, size=(CASES, len(widths)), dtype=np.int8)
    asked = edition.form.asked(kind, values)
    binds = read(made)
    places = {path.split("/")[-1]: path for path in binds}
    for row, wanted in zip(values, asked, strict=True):
        answers = answered(kind, row, places)
        found = shown(binds, answers, emptied=emptied)
        for question, is_asked in zip(kind.questions, wanted, strict=True):
            path = places[question.code]
            assert (path in found) == is_asked, (question.code, answers)
            poor = {option.code for option in question.options if option.counts == "not_sufficient"}
            if question.reasons and poor:
                assert (f"{path}-reasons" in found) == (is_asked and answers.get(path) in poor)
            if question.role == "judgement":
                assert (f"{path}-evidence" in found) == is_asked


def test_a_section_of_which_nothing_is_asked_is_not_shown(one):
    edition, kind, made = one
    nothing = np.full((1, len(kind.questions)), ABSENT, dtype=np.int8)
    asked = dict(zip(kind.questions, edition.form.asked(kind, nothing)[0], strict=True))
    found = shown(read(made), {}, emptied=True)
    for section in kind.sections:
        codes = {question.code for question in section.questions}
        rules = [edition.form.rules[name] for question in section.questions for name in question.asked_when]
        looks_at_itself = any(code in codes for rule in rules for code in rule.when.questions())
        if not looks_at_itself and not any(asked[question] for question in section.questions):
            assert not [path for path in found if f"/data/section-{section.code}" in path]
