"""The strip that every page of an inspection carries (where it is, what is next, who holds it, by when), and its parts.

The pages of later stages are named here by their addresses alone; one whose address does not answer is not shown. A
part is a link once there is something in it, or something to do; until then it is named as one that comes later.
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


@dataclass(frozen=True, slots=True)
class Part:
    """One page of an inspection: address below it, words, the rule of who may read it, and from when it is shown.

    ``since`` is the state from which something stands in it for everybody who may read it; ``sooner`` a rule and an
    earlier state, for those who have something to do there before.
    """

    below: str
    text: str
    rule: str
    since: str = "arranged"
    sooner: tuple[str, str] | None = None


PARTS: tuple[Part, ...] = (
    Part("", "Overview", "inspection.read"),
    Part("notice/", "Notice", "notice.read", "announced", ("inspection.announce", "arranged")),
    Part("team/", "Team", "inspection.plan"),
    Part("interests/", "Interests", "inspection.plan"),
    Part("dates/", "Dates", "inspection.plan"),
    Part("evidence/", "Evidence", "evidence.read", "announced"),
    Part("list/", "Case list", "case_list.read", "announced", ("case_list.upload", "arranged")),
    Part("sample/", "Sample", "sample.read", "announced"),
    Part("cases/", "Cases", "assessment.list", "sampled"),
    Part("checks/", "Quality", "assessment.decide", "fieldwork"),
    Part("scores/", "Scores", "scores.read", "fieldwork"),
    Part("ratings/", "Ratings", "scores.read", "fieldwork", ("ratings.judge", "sampled")),
    Part("report/", "Report", "report.read", "fieldwork"),
    Part("draft/", "Draft", "draft.read", "checking"),
    Part("recommendations/", "Recommendations", "followup.read", "checking", ("report.read", "fieldwork")),
    Part("release/", "Publication", "release.read", "signed_off"),
    Part("follow-up/", "Follow-up", "followup.read", "released"),
    Part("history/", "Record", "inspection.history"),
    Part("readings/", "Who read what", "readings.answer", "announced"),
)
"""The pages of an inspection, in the order of its story."""


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
    """Return the parts in which there is something for this person by now, and the one that they have opened."""
    home = inspection.get_absolute_url()
    return [
        {"text": part.text, "href": home + part.below, "current": _is_open(home, part, here)}
        for part in _readable(home, may)
        if _has_begun(inspection, part, may) or _is_open(home, part, here)
    ]


def later_parts(inspection: Inspection, may: Callable[[str], bool], here: str) -> list[str]:
    """Return what the parts are called that this person may read, and in which nothing stands yet."""
    home = inspection.get_absolute_url()
    return [
        part.text
        for part in _readable(home, may)
        if not _has_begun(inspection, part, may) and not _is_open(home, part, here)
    ]


def _readable(home: str, may: Callable[[str], bool]) -> list[Part]:
    return [part for part in PARTS if may(part.rule) and answers(home + part.below)]


def _is_open(home: str, part: Part, here: str) -> bool:
    return here == home + part.below or (bool(part.below) and here.startswith(home + part.below))


def _has_begun(inspection: Inspection, part: Part, may: Callable[[str], bool]) -> bool:
    """Say whether the inspection was ever as far as this part takes: what was written then is still in it."""
    ever = (inspection.state, inspection.state_before, inspection.reached)
    sooner = part.sooner is not None and may(part.sooner[0]) and INSPECTION.reaches(part.sooner[1], *ever)
    return sooner or INSPECTION.reaches(part.since, *ever)


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
