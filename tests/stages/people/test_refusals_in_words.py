"""Refusals are said in whole words, with the article that each role takes."""

import re

from inspectorate.people.access import RULES, for_whom


def test_every_role_has_its_right_article():
    said = " ".join(for_whom(action) for action in RULES)
    assert "an inspector" in said
    assert re.findall(r"\ba [aeiou]\w*|\ban [^aeiou ]\w*", said) == []
