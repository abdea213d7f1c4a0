"""Why may I, why may I not: the rule, what ties me to the thing, and the answer in a sentence."""

from dataclasses import dataclass

from django.utils import timezone

from inspectorate.inspections.clearances import standing_in
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.queries import relations
from inspectorate.people.access import INTEREST, OWN_CASE, RELATIONS, RULES, SELF, Person, for_whom, may, why
from inspectorate.people.access_table import TO_ME
from inspectorate.people.gate import OPENS, as_relations, lacks_told

YES, NO, DEPENDS = "yes", "no", "depends"


@dataclass(frozen=True)
class Verdict:
    """The answer, in a word and in a sentence, with what it rests on."""

    word: str
    sentence: str
    rule: str
    mine: tuple[str, ...]
    """What ties the person to the inspection, in words."""


def verdict(person: Person, action: str, inspection: Inspection | None) -> Verdict:
    """Say whether a person may do something, in an inspection if one is given, and why."""
    held = frozenset({SELF}) if inspection is None else relations(person, inspection)
    if inspection is not None and action in OPENS:
        held |= as_relations(standing_in(person, inspection, timezone.localdate()).lacks)
    word, sentence = _answer(person, action, held, asked=inspection is not None)
    tied = [words for relation, words in RELATIONS.items() if relation in held and relation != SELF]
    if INTEREST in held:
        tied.append("has an interest in a body of it")
    return Verdict(word, sentence, for_whom(action), tuple(tied))


def _answer(person: Person, action: str, held: frozenset[str], *, asked: bool) -> tuple[str, str]:
    if may(person, action, held):
        return YES, why(person, action, held)
    conditions = {relation for role, relation in RULES[action].allowed if role == person.role}
    if INTEREST in held or lacks_told(held) or not conditions:
        return NO, why(person, action, held)
    title = RULES[action].title
    if not asked:
        words = " or ".join(words for relation, words in TO_ME.items() if relation in conditions)
        return DEPENDS, f"{title}: you may, {words}. Choose an inspection to see whether that holds."
    if OWN_CASE in conditions:
        return DEPENDS, f"{title}: you may, for a case that is allocated to you, and for no other."
    return NO, why(person, action, held)
