"""The strip that every page of an inspection carries (where it is, what is next, who holds it, by when), and its parts.

The pages of later stages are named here by their addresses alone; one whose address does not answer is not shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import Resolver404, resolve

from inspectorate.inspections.dates import due_date
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import INSPECTION, STORY
from inspectorate.people.access import Person

PARTS: tuple[tuple[str, str, str], ...] = (
    ("", "Overview", "inspection.read"),
    ("notice/", "Notice", "notice.read"),
    ("team/", "Team", "inspection.plan"),
    ("dates/", "Dates", "inspection.plan"),
    ("evidence/", "Evidence", "evidence.read"),
    ("list/", "Case list", "case_list.read"),
    ("sample/", "Sample", "sample.read"),
    ("cases/", "Cases", "assessment.list"),
    ("checks/", "Quality", "assessment.decide"),
    ("scores/", "Scores", "scores.read"),
    ("ratings/", "Ratings", "scores.read"),
    ("report/", "Report", "report.read"),
    ("draft/", "Draft", "draft.read"),
    ("recommendations/", "Recommendations", "followup.read"),
    ("release/", "Publication", "release.read"),
    ("follow-up/", "Follow-up", "followup.read"),
    ("history/", "Record", "inspection.history"),
)
"""The pages of an inspection: address below it, words, and the rule of who may read it."""


@dataclass(frozen=True)
class Strip:
    """What the strip says: the steps, each done, current or to come; the state; what is next, who holds it, by when."""

    steps: tuple[dict[str, str], ...]
    state: str
    says: str
    next: str
    holder: str
    due: Any = None


def strip_of(inspection: Inspection, person: Person) -> Strip:  # noqa: ARG001 - what a person is shown may differ
    """Return the strip of an inspection."""
    state = INSPECTION.state(inspection.state)
    step = state.step or INSPECTION.state(inspection.state_before).step
    order = [code for code, _ in STORY]
    here = order.index(step)
    words = ["done"] * here + ["current"] + ["to come"] * (len(order) - here - 1)
    steps = tuple({"title": title, "is": word} for (_, title), word in zip(STORY, words, strict=True))
    return Strip(steps, state.title, state.says, state.next, state.holder, due_date(inspection, state.due))


def parts_of(inspection: Inspection, may: Callable[[str], bool], here: str) -> list[dict[str, Any]]:
    """Return the pages of an inspection that exist and that this person may read."""
    home = inspection.get_absolute_url()
    return [
        {
            "text": text,
            "href": home + below,
            "current": here == home + below or (bool(below) and here.startswith(home + below)),
        }
        for below, text, action in PARTS
        if may(action) and answers(home + below)
    ]


def answers(path: str) -> bool:
    """Say whether a page of an inspection answers at this address; it is told by the route alone."""
    return _route_answers(path.split("/", 3)[-1])


@cache
def _route_answers(below: str) -> bool:
    try:
        resolve(f"/inspections/{'0' * 32}/{below}")
    except Resolver404:
        return False
    return True
