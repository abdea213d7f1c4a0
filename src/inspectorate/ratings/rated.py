"""What the page of the ratings shows: each rating by the rule and as it stands, what would change it, and its moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inspectorate.inspections.models import EvidenceVersion, Inspection
from inspectorate.methodology.bands import Level
from inspectorate.methodology.panel import grounds
from inspectorate.methodology.plans import SHARES
from inspectorate.methodology.results import Result
from inspectorate.ratings import shown
from inspectorate.ratings.inspected import has_lapsed, is_by_people, rateable
from inspectorate.ratings.models import Judgement, PanelMove
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.settled import points_of
from inspectorate.ratings.subject import Subject


@dataclass(frozen=True)
class Rating:
    """One rating as the page shows it."""

    result: Result
    rule: Result
    title: str
    href: str
    reasoned: str
    by_people: bool
    points: int | None
    grounds: tuple[str, ...]
    why_not: str
    distances: tuple[str, ...]
    versions: Sequence[Judgement]
    moves: Sequence[PanelMove]

    @property
    def standing(self) -> PanelMove | None:
        """The move of it that waits or is confirmed, if there is one."""
        return next((move for move in self.moves if move.state in PanelMove.STANDING), None)

    @property
    def is_moved(self) -> bool:
        """Whether the panel moved it."""
        return self.result.band != self.rule.band


def ratings_of(
    scored: Scored, subject: Subject, versions: Sequence[Judgement], moves: Sequence[PanelMove]
) -> list[Rating]:
    """Return every rating of a section, in the order of the edition."""
    return [_rating(result, scored, subject, versions, moves) for result in rateable(scored)]


def _rating(
    result: Result, scored: Scored, subject: Subject, versions: Sequence[Judgement], moves: Sequence[PanelMove]
) -> Rating:
    rule = scored.ruled(result.code) or result
    found = grounds(scored.given.edition.plan.panel, rule)
    return Rating(
        result=result,
        rule=rule,
        title=shown.named(result.step),
        href=subject.account(result.code),
        reasoned=shown.reasoned(rule),
        by_people=is_by_people(result.step),
        points=points_of(result, scored),
        grounds=found,
        why_not=why_not(scored, rule) if not found else "",
        distances=distances(rule),
        versions=[version for version in versions if version.standard == result.code],
        moves=[move for move in moves if move.standard == result.code],
    )


def why_not(scored: Scored, rule: Result) -> str:
    """Return, in a sentence, why the panel may not move a rating."""
    panel = scored.given.edition.plan.panel
    if is_by_people(rule.step):
        return "People rate it: give another judgement instead."
    if panel is None:
        return f"{scored.given.edition.code} lets nobody move a rating."
    if rule.band is None:
        return "It has no rating yet."
    few = f"rests on {panel.few_cases} cases or fewer"
    one = " and one case would not change it," if panel.one_case else ""
    return f"It is more than {panel.within_points} points from a boundary that would change it,{one} and nothing {few}."


def distances(rule: Result) -> tuple[str, ...]:
    """Return how far the shares behind a rating are from the boundaries about them, in sentences."""
    shares = rule.parts or ((rule,) if rule.step.method in SHARES else ())
    return tuple(words for share in shares if (words := _distance(share)))


def _distance(share: Result) -> str:
    if not share.applicable or share.band is None or share.step.bands is None:
        return ""
    exact = 100 * (share.sufficient or 0) / share.applicable
    above = next((level for level in share.step.bands.levels if level.from_ > exact), None)
    said = (
        [f"{exact - share.band.from_:.1f} points above the boundary of {share.band.title}"] if share.band.from_ else []
    )
    said += [f"{above.from_ - exact:.1f} below {above.title}"] if above else []
    return f"{shown.named(share.step)}, {exact:.1f} per cent: {' and '.join(said)}."


def other_levels(rule: Result) -> list[Level]:
    """Return the levels to which a rating may be moved: all but its own."""
    return [level for level in (rule.step.bands.levels if rule.step.bands else ()) if level != rule.band]


def lapsed(moves: Sequence[PanelMove], scored: Scored) -> set[str]:
    """Return the public ids of the standing moves whose rating came out otherwise since."""
    return {move.public_id for move in moves if move.state in PanelMove.STANDING and has_lapsed(move, scored)}


def level_title(scored: Scored, move: PanelMove, which: str) -> Any:
    """Return the words of the level that a move leads from or to."""
    result = scored.ruled(move.standard)
    levels = result.step.bands.levels if result and result.step.bands else ()
    code = move.from_level if which == "from" else move.to_level
    return next((level.title for level in levels if level.code == code), code)


def self_assessed(inspection: Inspection, edition: str, standard: str) -> list[EvidenceVersion]:
    """Return how each body rated its own work at a standard, as it last gave it; none of one that has not."""
    given = inspection.evidence.filter(edition=edition, standard=standard, given=True).select_related("body")
    last = {version.body_id: version for version in given.order_by("number")}
    return sorted(last.values(), key=lambda version: version.body.name)
