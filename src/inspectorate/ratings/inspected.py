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


def sections(resting: RestsOn) -> tuple[Section, ...]:
    """Return the sections of an inspection, the main one first."""
    by_edition: dict[tuple[str, str], list[str]] = {}
    for module, pinned in resting.pinned.items():
        by_edition.setdefault(pinned, []).append(module)
    return tuple(Section(codes[0], *pinned, tuple(codes)) for pinned, codes in by_edition.items())


def section_of(resting: RestsOn, code: str) -> Section | None:
    """Return the section of that code; None where the inspection has none."""
    return next((section for section in sections(resting) if section.code == code), None)


def scored_section(inspection: Inspection, code: str, resting: RestsOn) -> tuple[Scored, RestsOn]:
    """Return what comes of a section, and what it rests on: worked out once, remembered until that changes.

    Raises Refused with every fault where an accepted assessment cannot be scored.
    """
    for _ in range(TRIES):
        key = ("inspection", inspection.public_id, code, resting.digest)
        if (found := remembered(key)) is not None:
            return found, resting
        made = _work_out(inspection, code, resting)
        after = rests_on(inspection)
        if after.digest == resting.digest:
            remember(key, made)
            return made, resting
        resting = after
    return made, resting


def _work_out(inspection: Inspection, code: str, resting: RestsOn) -> Scored:
    section = section_of(resting, code)
    if section is None:
        raise LookupError(f"{inspection} has no module '{code}' with an edition of its own.")
    by_rule = score_read(read_section(inspection, section, resting))
    if not any(key.startswith(f"{code}|") and key.endswith("|confirmed") for key in resting.moves):
        return by_rule
    confirmed = PanelMove.objects.filter(inspection=inspection, module=code, state=PanelMove.State.CONFIRMED)
    return with_panel(by_rule, [as_move(move, by_rule) for move in confirmed])


def read_section(inspection: Inspection, section: Section, resting: RestsOn) -> Read:
    """Return what is scored of a section, read from the database."""
    edition = edition_of(section.edition)
    scope = Scope(edition, Inspection.objects.filter(pk=inspection.pk), named={inspection.pk: ""})
    judged = any(key.startswith(f"{section.code}|") for key in resting.judgements)
    given = latest_judgements(inspection, section.code) if judged else {}
    return Read(
        edition=edition,
        answers=answers_of(scope),
        case_list=scope.case_list(),
        judgements=as_judgements(edition, given),
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
    return replace(by_rule, results=results, moved={move.result.code: move for move in standing})


def latest_judgements(inspection: Inspection, module: str) -> dict[str, Judgement]:
    """Return the latest version of each rating by people, by standard."""
    versions = Judgement.objects.filter(inspection=inspection, module=module).order_by("number")
    return {version.standard: version for version in versions}


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


def as_move(move: PanelMove, scored: Scored) -> panel.Move | None:
    """Return a confirmed move as the methodology makes it; None where it has lapsed: it rested on something else."""
    result = scored.ruled(move.standard)
    if result is None or basis_of(result) != move.basis:
        return None
    people = (move.proposed_by_name, move.decided_by_name)
    try:
        return panel.move(scored.given.edition.plan.panel, result, to=move.to_level, reason=move.reason, people=people)
    except Refused:
        return None
