"""What stands in the downloads, as tables: heads and rows. The same names as ``inspectorate score --json`` uses."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspectorate.methodology.faults import FaultCode
from inspectorate.methodology.findings import Finding
from inspectorate.methodology.results import Result
from inspectorate.ratings import shown
from inspectorate.ratings.beside import Beside
from inspectorate.ratings.fault_words import FAULTS
from inspectorate.ratings.models import RefusedFile
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.subject import Cell, Subject


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a download."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


SCORE_HEADS = (
    "part", "code", "title", "headline", "method", "sufficient", "applicable", "cases", "population", "per_cent",
    "low", "high", "rating", "points", "sentence", "warning", "edition", "edition_digest", "invented",
)  # fmt: skip
FINDING_HEADS = (
    "code", "question", "criterion", "kind", "section", "sufficient", "applicable", "per_cent", "low", "high",
    "reasons", "sentence", "edition", "edition_digest", "invented",
)  # fmt: skip
BESIDE_HEADS = (
    "code", "title", "own_per_cent", "own_low", "own_high", "published", "published_per_cent", "difference",
    "sentence", "edition", "edition_digest", "invented",
)  # fmt: skip
ACCOUNT_HEADS = ("code", "title", "place", "rule", "text")
FAULT_HEADS = ("file", "row", "column", "fault", "meaning", "why", "remedy", "row_as_handed_in")


def scores(subject: Subject, scored: Scored, by: str = "") -> Sheet:
    """Return every score and rating, and those of each part where a breakdown is asked for."""
    rows = [_score("", result, subject) for result in scored.results]
    for value, results in scored.by(by).items():
        rows += [_score(f"{by}: {value or '(empty)'}", result, subject) for result in results]
    return Sheet("Scores", SCORE_HEADS, rows)


def _score(part: str, result: Result, subject: Subject) -> tuple[Cell, ...]:
    step = result.step
    return (
        part,
        result.code,
        step.title.en,
        _yes(step.headline),
        step.method,
        result.sufficient,
        result.applicable,
        result.cases,
        result.population,
        result.per_cent,
        _rounded(result.low),
        _rounded(result.high),
        result.band.title.en if result.band else None,
        result.points,
        result.account.sentence,
        " ".join(result.account.warnings),
        *_origin(subject),
    )


def findings(subject: Subject, scored: Scored, found: Sequence[Finding]) -> Sheet:
    """Return the findings as they were narrowed on the page."""
    sections = shown.sections_of(scored)
    rows: list[tuple[Cell, ...]] = [
        (
            finding.question.code,
            finding.question.text.en,
            finding.question.criterion,
            finding.kind,
            str(sections[finding.question.code][1]),
            finding.sufficient,
            finding.applicable,
            finding.per_cent,
            _rounded(finding.low),
            _rounded(finding.high),
            "; ".join(f"{code} {count}" for code, count in finding.reasons.items()),
            finding.sentence,
            *_origin(subject),
        )
        for finding in found
    ]
    return Sheet("Findings", FINDING_HEADS, rows)


def beside(subject: Subject, title: str, found: Sequence[Beside]) -> Sheet:
    """Return one's own scores beside what the inspectors found."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.own.code,
            one.own.step.title.en,
            one.own.per_cent,
            _rounded(one.own.low),
            _rounded(one.own.high),
            title,
            one.theirs.per_cent,
            one.difference,
            one.sentence,
            *_origin(subject),
        )
        for one in found
    ]
    return Sheet("Beside", BESIDE_HEADS, rows)


def accounts(scored: Scored) -> Sheet:
    """Return the account of every result, a row for each step and for each thing that would change it."""
    rows: list[tuple[Cell, ...]] = []
    for result in scored.results:
        account = result.account
        lines = [("step", line.rule, line.text) for line in account.lines]
        lines += [("warning", "", warning) for warning in account.warnings]
        lines += [("what would change it", "", change.text) for change in account.changes]
        rows += [(result.code, result.step.title.en, *line) for line in [("result", "", account.sentence), *lines]]
    return Sheet("Accounts", ACCOUNT_HEADS, rows)


def about(subject: Subject, scored: Scored) -> Sheet:
    """Return what was scored and where it comes from."""
    edition = scored.given.edition
    rows: list[tuple[Cell, ...]] = [
        ("title", subject.title),
        ("invented", "yes: nobody was inspected" if subject.invented else "no"),
        ("edition", edition.code),
        ("edition_title", edition.title.en),
        ("edition_status", edition.status),
        ("edition_digest", edition.digest),
        *subject.about,
        ("methods", ", ".join(scored.methods)),
    ]
    return Sheet("About", ("what", "value"), rows)


def faults(refused: RefusedFile) -> Sheet:
    """Return every fault, each with the row as it was handed in."""
    rows: list[tuple[Cell, ...]] = [
        (
            fault["file"],
            fault["row"],
            fault["column"],
            fault["code"],
            FAULTS[FaultCode(fault["code"])].title,
            fault["why"],
            fault["remedy"],
            ", ".join(fault["cells"]),
        )
        for fault in refused.faults
    ]
    return Sheet("Faults", FAULT_HEADS, rows)


def _origin(subject: Subject) -> tuple[Cell, ...]:
    return subject.edition, subject.edition_digest, _yes(subject.invented)


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
