"""What comes of an inspection: for each of its editions the scores, the ratings by people, what the panel moved.

A section is an edition with the modules that are judged by it: one for most inspections, one more for each module that
has an edition of its own. Everything is worked out from the accepted assessments, and remembered by what it rests on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from inspectorate.inspections.models import Inspection
from inspectorate.methodology import panel
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.plans import SHARES, STANDARDS, Step
from inspectorate.methodology.rating import Judgements, score
from inspectorate.methodology.results import Result
from inspectorate.ratings.in_database import Scope, answers_of
from inspectorate.ratings.intake import Read, edition_of
from inspectorate.ratings.models import Judgement, PanelMove
from inspectorate.ratings.resting import RestsOn, rests_on
from inspectorate.ratings.scored import Scored, remember, remembered

TRIES = 3
"""How often it is worked out again where something was accepted or returned meanwhile."""


@dataclass(frozen=True, slots=True)
class Section:
    """An edition by which an inspection is judged, known by its first module, with all modules judged by it."""

    code: str
    edition: str
    digest: str
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What people wrote about the ratings of an inspection: every version of each rating, and moves of the panel."""

    judgements: tuple[Judgement, ...]
    moves: tuple[PanelMove, ...]

    def latest(self, module: str) -> dict[str, Judgement]:
        """Return the latest version of each rating by people, by standard."""
        mine = [version for version in self.judgements if version.module == module]
        return {version.standard: version for version in sorted(mine, key=lambda one: one.number)}


def sections(resting: RestsOn) -> tuple[Section, ...]:
    """Return the sections of an inspection, the main one first."""
    by_edition: dict[tuple[str, str], list[str]] = {}
    for module, pinned in resting.pinned.items():
        by_edition.setdefault(pinned, []).append(module)
    return tuple(Section(codes[0], *pinned, tuple(codes)) for pinned, codes in by_edition.items())


def section_of(resting: RestsOn, code: str) -> Section | None:
    """Return the section of that code; None where the inspection has none."""
    return next((section for section in sections(resting) if section.code == code), None)


def scored_section(
    inspection: Inspection, code: str, resting: RestsOn, *, written: Written | None = None
) -> tuple[Scored, RestsOn]:
    """Return what comes of a section, and what it rests on: worked out once, remembered until that changes.

    ``written`` is what people wrote, where it is at hand and read after ``resting``. Raises Refused with every fault
    where an accepted assessment cannot be scored.
    """
    for _ in range(TRIES):
        key = ("inspection", inspection.public_id, code, resting.digest)
        if (found := remembered(key)) is not None:
            return found, resting
        made = _work_out(inspection, code, resting, written)
        after = rests_on(inspection)
        if after.digest == resting.digest:
            remember(key, made)
            return made, resting
        resting, written = after, None
    return made, resting


def _work_out(inspection: Inspection, code: str, resting: RestsOn, written: Written | None) -> Scored:
    section = section_of(resting, code)
    if section is None:
        raise LookupError(f"{inspection} has no module '{code}' with an edition of its own.")
    written = written or written_in(inspection, resting)
    by_rule = score_read(_read(inspection, section, written))
    confirmed = [move for move in written.moves if move.module == code and move.state == PanelMove.State.CONFIRMED]
    return with_panel(by_rule, [as_move(move, by_rule) for move in confirmed]) if confirmed else by_rule


def written_in(inspection: Inspection, resting: RestsOn) -> Written:
    """Return the ratings by people and the standing moves that scores rest on; no query where there are none."""
    moves = PanelMove.objects.filter(inspection=inspection, state__in=PanelMove.STANDING)
    judged = Judgement.objects.filter(inspection=inspection).order_by("number")
    return Written(tuple(judged) if resting.judgements else (), tuple(moves) if resting.moves else ())


def _read(inspection: Inspection, section: Section, written: Written) -> Read:
    edition = edition_of(section.edition)
    scope = Scope(edition, Inspection.objects.filter(pk=inspection.pk), named={inspection.pk: ""})
    return Read(
        edition=edition,
        answers=answers_of(scope),
        case_list=scope.case_list(),
        judgements=as_judgements(edition, written.latest(section.code)),
        modules=section.modules,
    )


def score_read(given: Read) -> Scored:
    """Return what the rule alone makes of what was read."""
    results = score(
        given.edition,
        given.answers,
        case_list=given.case_list,
        judgements=given.judgements,
        modules=given.modules,
    )
    return Scored(given, results)


def with_panel(by_rule: Scored, moves: Iterable[panel.Move | None]) -> Scored:
    """Return the same with what the panel moved; a move that has lapsed (None) moves nothing."""
    standing = [move for move in moves if move is not None]
    results = panel.with_moves(by_rule.results, standing)
    return replace(
        by_rule, results=results, by_rule=by_rule.results, moved={move.result.code: move for move in standing}
    )


def as_judgements(edition: Edition, latest: Mapping[str, Judgement]) -> Judgements:
    """Return ratings by people as the methodology takes them; one that was taken back is none."""
    steps = {step.code: step for step in edition.plan.by_people()}
    given = {code: version for code, version in latest.items() if version.rating and code in steps}
    levels = {code: bands.level(given[code].rating) for code in given if (bands := steps[code].bands)}
    return Judgements(levels, {code: version.reason for code, version in given.items()})


def rateable(scored: Scored) -> list[Result]:
    """Return the ratings of an inspection: every result with bands that is no part of another, but totals."""
    inside = {code for result in scored.results for code in result.step.of if result.step.method in STANDARDS}
    return [
        result
        for result in scored.results
        if result.step.bands and result.step.method in SHARES + STANDARDS and result.code not in inside
    ]


def is_by_people(step: Step) -> bool:
    """Say whether people rate a standard without cases."""
    return step.method == "judgement@1"


def basis_of(result: Result) -> dict[str, Any]:
    """Return what a rating rests on, as plain values: where they are others, a move of it no longer counts."""
    parts = {part.code: [part.sufficient, part.applicable, part.cases] for part in result.parts}
    return {
        "band": result.band.code if result.band else None,
        "share": [result.sufficient, result.applicable, result.cases],
        "parts": parts,
    }


def has_lapsed(move: PanelMove, scored: Scored) -> bool:
    """Say whether a rating came out otherwise since a move of it was proposed, so that this no longer counts."""
    result = scored.ruled(move.standard)
    return result is None or basis_of(result) != move.basis


def as_move(move: PanelMove, scored: Scored) -> panel.Move | None:
    """Return a confirmed move as the methodology makes it; None where it has lapsed: it rested on something else."""
    result = scored.ruled(move.standard)
    if result is None or has_lapsed(move, scored):
        return None
    people = (move.proposed_by_name, move.decided_by_name)
    try:
        return panel.move(scored.given.edition.plan.panel, result, to=move.to_level, reason=move.reason, people=people)
    except Refused:
        return None
