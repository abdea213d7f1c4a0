"""The table of who may do what in words: for the page "why may I", its download, and ``docs/reference/access.md``."""

from dataclasses import dataclass

from inspectorate.people.access import (
    ANY,
    LEADS,
    OVERSEES,
    OWN_BODY,
    OWN_CASE,
    RULES,
    SELF,
    SIGNED,
    TEAM,
    Person,
    may,
)
from inspectorate.people.models import Role

ROLES = tuple(Role)
WORDS = {
    ANY: "yes",
    LEADS: "where they lead it",
    TEAM: "in their own team",
    OWN_CASE: "their own cases",
    OWN_BODY: "of their own body",
    OVERSEES: "of a body they oversee, once its result is out",
    SIGNED: "once the report is signed off",
    SELF: "of themselves",
}
TO_ME = WORDS | {
    LEADS: "where you lead it",
    TEAM: "in a team of yours",
    OWN_CASE: "your own cases",
    OWN_BODY: "of your own body",
    OVERSEES: "of a body you oversee, once its result is out",
    SIGNED: "once the report is signed off",
    SELF: "",  # the words of the action say it already
}
NO = "–"


@dataclass(frozen=True)
class Line:
    """One action: its code, its words, and for each role under what condition it may; NO where it may not."""

    action: str
    title: str
    cells: tuple[str, ...]


def table() -> tuple[Line, ...]:
    """Return every rule in the order of ``RULES``, a cell for each role."""
    return tuple(
        Line(action, rule.title, tuple(_cell(rule.allowed, role) for role in ROLES)) for action, rule in RULES.items()
    )


def _cell(allowed: frozenset[tuple[str, str]], role: str) -> str:
    held = [relation for relation in WORDS if (role, relation) in allowed]
    return " or ".join(WORDS[relation] for relation in held) or NO


FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "reference": ("Reference of a case", ("assessment.list", "case_list.read", "sample.read", "scores.read")),
    "initials": ("Initials of who works on a case", ("case_list.read", "sample.read", "assessment.list")),
    "evidence": ("Notes and answers in the assessment of a case", ("assessment.read",)),
    "decision": ("Why an assessment was returned", ("assessment.read", "assessment.decide")),
    "section": ("Words of a report while it is written", ("report.read",)),
    "recommendation": ("Recommendations before the draft is sent", ("report.read",)),
    "judgement": ("Reasons of a rating by judgement, before publication", ("scores.read",)),
    "move": ("Draft ratings, and why one is to be moved", ("scores.read",)),
    "given": ("Evidence and self-assessment of the body", ("evidence.read",)),
    "why": ("Reasons in the record of an inspection", ("inspection.history",)),
    "alarm": ("What came of an unusual reading", ("readings.answer",)),
    "interest": ("What somebody wrote of an interest of their own", ("people.read",)),
}
"""Fields that are held back: what each is, and the rules of which one is needed to be shown it, anywhere.

The tests put a word of its own into each of them and look for it in every byte of every page and file, as everybody.
"""


def fields() -> tuple[Line, ...]:
    """Return every field that is held back, a cell for each role."""
    found = []
    for code, (title, rules) in FIELDS.items():
        allowed = frozenset().union(*(RULES[rule].allowed for rule in rules))
        found.append(Line(code, title, tuple(_cell(allowed, role) for role in ROLES)))
    return tuple(found)


def mine(person: Person) -> list[tuple[str, str]]:
    """Return what this person may do, each with its condition: empty where there is none."""
    found = []
    for action, rule in RULES.items():
        conditions = [TO_ME[relation] for relation in TO_ME if relation and (person.role, relation) in rule.allowed]
        if may(person, action):
            found.append((rule.title, ""))
        elif conditions:
            found.append((rule.title, " or ".join(filter(None, conditions))))
    return found
