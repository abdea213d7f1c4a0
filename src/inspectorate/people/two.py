"""Acts that take two people: one asks, another agrees. One shape for all of them, whichever stage does them.

Each is an action that asks (with the reason), one that agrees, and one with which the asker takes it back and another
declines. Whoever agrees is asked for their right once the inspection is locked, and proves again who they are.
"""

from dataclasses import dataclass

from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import Person, for_whom

SAME_PERSON = "same-person"
"""The code of the refusal; each stage has it among its own."""


@dataclass(frozen=True)
class Act:
    """What is done in words, the rule of who asks for it, and the rule of who agrees."""

    title: str
    asks: str
    agrees: str


ACTS = {
    "fieldwork": Act("Reopening fieldwork", "fieldwork.reopen", "fieldwork.confirm_reopening"),
    "report": Act("Reopening a signed report", "report.reopen", "report.reopen"),
    "rating": Act("Moving a rating", "ratings.propose", "ratings.confirm"),
    "release": Act("Releasing a report", "release.propose", "release.confirm"),
    "sample": Act("Changing a frozen sample otherwise than by the edition", "sample.replace", "sample.confirm"),
    "export": Act("Taking out what is held of an inspection", "inspection.export", "inspection.confirm_export"),
}


def require_second(act: str, *, asked_by: tuple[str, str], by: Person) -> None:
    """Refuse whoever agrees to what they asked for themselves, in whichever window they do it."""
    if asked_by == by.name:
        sentence = f"You asked for it yourself: {ACTS[act].title.lower()} takes two people. Another has to agree: "
        raise RefusedError(SAME_PERSON, f"{sentence}{for_whom(ACTS[act].agrees)}.")
