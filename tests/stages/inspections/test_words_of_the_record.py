"""Whatever the record says was done, it says in words."""

import re

from inspectorate.inspections.pages.history import words_of
from inspectorate.inspections.pages.verbs import WORDS
from inspectorate.methodology.lifecycle import ASSESSMENT, INSPECTION
from inspectorate.people.access import RULES

WRITES = re.compile(r"\bappend\(|\b_?note\(")
VERB = re.compile(r'"([a-z][a-z_-]+\.[a-z][a-z_-]+)"')
NO_VERBS = {"inspectorate.duties"}  # a log


def test_every_verb_that_is_written_has_words(settings):
    written = {
        verb
        for path in (settings.CHECKOUT / "src/inspectorate").rglob("*.py")
        if ("actions" in path.parts or path.stem == "actions") and WRITES.search(text := path.read_text("utf-8"))
        for verb in VERB.findall(text)
    }
    lives = {f"inspection.{verb.code}" for verb in INSPECTION.verbs} | {
        f"assessment.{verb.code}" for verb in ASSESSMENT.verbs
    }
    assert len(written & set(WORDS)) > 60
    assert sorted((written - set(RULES) - NO_VERBS | lives) - set(WORDS)) == []


def test_words_name_the_person_whom_they_are_about():
    assert words_of("team.joined", "Ann Price") == "Took Ann Price into the team"
    assert words_of("team.joined") == "Took somebody into the team"


def test_a_verb_of_a_later_version_is_shown_as_it_is_called():
    assert words_of("plan.agreed-upon") == "Plan agreed upon"
