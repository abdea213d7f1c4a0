"""What is next for one person in one inspection: the verb of its life that leads on, and where it is done.

Made from the table of the life and the table of who may do what. The pages of later stages are named by their
addresses alone; one that does not answer is not offered.
"""

from collections.abc import Callable
from dataclasses import dataclass

from inspectorate.inspections.actions.advance import MAY
from inspectorate.inspections.actions.aside import ASIDE
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.strip import answers
from inspectorate.methodology.lifecycle import INSPECTION, Verb

PLACES: dict[str, tuple[str, ...]] = {
    "announce": ("notice/",),
    "settle_sample": ("list/", "sample/"),
    "begin_fieldwork": ("cases/",),
    "finish_fieldwork": ("cases/",),
    "settle_ratings": ("ratings/", "scores/"),
    "send_draft": ("report/",),
    "sign_off": ("draft/", "report/"),
    "release": ("release/",),
    "close": ("recommendations/", "release/"),
    "resume": ("aside/resume/",),
}
"""The verb that leads on from each state, and the pages on which it is done, the first that answers."""
OTHERS: tuple[tuple[str, str, str, str], ...] = (
    ("announced", "evidence.give", "evidence/", "Give your evidence and self-assessment"),
    ("announced", "case_list.upload", "list/", "Hand in the case list"),
    ("fieldwork", "assessment.list", "cases/", "Go to the cases"),
    ("checking", "draft.comment", "draft/", "Check the facts of the draft"),
    ("signed_off", "release.propose", "release/", "Propose the minute of publication"),
    ("released", "followup.read", "recommendations/", "See the recommendations"),
)
"""What somebody can do who does not move the inspection on: state, rule, page, words."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: its words and its address."""

    text: str
    href: str


def forward(state: str) -> Verb | None:
    """Return the verb that leads on from a state; none where nothing more is expected."""
    return next((verb for verb in INSPECTION.open_to(state) if verb.code in PLACES), None)


def next_step(inspection: Inspection, may: Callable[[str], bool]) -> Step | None:
    """Return the one thing that is next for a person in an inspection, with its page; none where others hold it."""
    home = inspection.get_absolute_url()
    verb = forward(inspection.state)
    if verb and may(MAY[verb.code]):
        for below in PLACES[verb.code]:
            if answers(home + below):
                words = INSPECTION.state(inspection.state).next if verb.code != "resume" else "Resume this inspection"
                return Step(words, home + below)
    for state, rule, below, text in OTHERS:
        if state == inspection.state and may(rule) and answers(home + below):
            return Step(text, home + below)
    return None


def ways_aside(inspection: Inspection, may: Callable[[str], bool]) -> list[Step]:
    """Return the ways in which this person may set the inspection aside, or take it up again, from where it is."""
    home = inspection.get_absolute_url()
    open_here = {verb.code: verb for verb in INSPECTION.open_to(inspection.state)}
    return [
        Step(open_here[code].title, f"{home}aside/{code}/") for code in ASIDE if code in open_here and may(MAY[code])
    ]
