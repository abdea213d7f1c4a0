"""What may be followed from one edition to the next: what the crosswalk says, leaves unsaid, and what speaks against.

A trend is honest only where somebody has said that it may be drawn. Source: ../standards/README.md, "crosswalk.yaml".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from inspectorate.methodology.criteria import Criterion
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.texts import Text

HANGS = ("reworded", "rescored")
ASIDE = ("Its criterion", "Counts in", "Informs")
"""What may differ and leaves the result at the question itself as it is: where it stands, and where else it counts."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One line of the crosswalk. ``doubts`` are sentences that speak against a code said to be comparable."""

    code: str
    title: str
    was: tuple[str, ...]
    comparable: Literal["comparable", "partly", "not"]
    note: Text | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A score of which the crosswalk says nothing; ``edition`` is the one that has it."""

    edition: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The trends from an edition to the next. It applies only where the new edition says that it replaces the old."""

    applies: bool
    trends: tuple[Trend, ...] = ()
    unsaid: tuple[Unsaid, ...] = ()
    astray: tuple[str, ...] = ()
    """Sentences on codes that the crosswalk names and that neither edition has."""

    def of(self, comparable: str) -> tuple[Trend, ...]:
        """Return the trends that are ``comparable``, ``partly`` or ``not``."""
        return tuple(trend for trend in self.trends if trend.comparable == comparable)


class Setting(Protocol):
    """Something that differs, as ``comparison.Setting``."""

    @property
    def what(self) -> str:
        """Its name in words."""


class Part(Protocol):
    """A compared question or score, as ``comparison.Compared``."""

    @property
    def old(self) -> str | None:
        """The code in the old edition."""

    @property
    def new(self) -> str | None:
        """The code in the new edition."""

    @property
    def findings(self) -> Sequence[str]:
        """What was found of it."""

    @property
    def settings(self) -> Sequence[Setting]:
        """What differs on which a result hangs."""


def was_of(old: Edition, new: Edition) -> dict[str, tuple[str, ...]]:
    """Return what each code was, as far as the crosswalk says so of these two editions."""
    return {row["code"]: tuple(row["was"]) for row in _rows(old, new)}


def read_crosswalk(old: Edition, new: Edition, questions: Sequence[Part], steps: Sequence[Part]) -> Crosswalk:
    """Read the crosswalk from ``old`` to ``new`` beside the questions and scores as they were compared."""
    rows = list(_rows(old, new))
    titles = (_titles(old), _titles(new))
    trends = tuple(
        Trend(
            code=row["code"],
            title=titles[1].get(row["code"], ""),
            was=tuple(row["was"]),
            comparable=row["comparable"],
            note=Text.read(row["note"]) if row.get("note") else None,
            doubts=tuple(_doubts(row["code"], new, questions, steps)) if row["comparable"] == "comparable" else (),
        )
        for row in rows
    )
    if new.about.get("replaces") != old.code:
        return Crosswalk(applies=False)
    named = ({code for row in rows for code in row["was"]}, {row["code"] for row in rows})
    unsaid = (*_unsaid(new, named[1]), *_unsaid(old, named[0]))
    astray = tuple(
        f"It names '{code}', which {edition.code} does not have."
        for edition, codes, known in ((old, named[0], titles[0]), (new, named[1], titles[1]))
        for code in sorted(codes - set(known))
    )
    return Crosswalk(applies=True, trends=trends, unsaid=unsaid, astray=astray)


def _rows(old: Edition, new: Edition) -> Iterator[Mapping[str, Any]]:
    if new.about.get("replaces") == old.code:
        yield from new.crosswalk.get("from_previous", ())


def _titles(edition: Edition) -> dict[str, str]:
    """Return the words of everything that a crosswalk may name, by code; those of a score before a criterion's."""
    questions = {code: edition.form.question(code).text.en for code in edition.form.kind_of}
    nodes = {code: node.title.en for code, node in edition.nodes.items()}
    return {**questions, **nodes, **{step.code: step.title.en for step in edition.plan.steps}}


def _unsaid(edition: Edition, named: set[str]) -> Iterator[Unsaid]:
    """Yield the scores of which nothing is said, nor of a criterion above them, nor of all that they count."""
    said = {code for node in edition.criteria for code in _at_or_below(node, named)}
    said |= {code for code in edition.form.kind_of if edition.form.question(code).criterion in said}
    said |= named
    for step in edition.plan.steps:
        parts = (*step.questions, *step.of)
        if step.code in said or (parts and said.issuperset(parts)):
            said.add(step.code)
        else:
            yield Unsaid(edition.code, step.code, step.title.en)


def _at_or_below(node: Criterion, named: set[str]) -> Iterator[str]:
    """Yield the codes of the nodes that are named, and of all below them."""
    if node.code in named:
        yield from (below.code for below in node.walk())
    else:
        for child in node.children:
            yield from _at_or_below(child, named)


def _doubts(code: str, new: Edition, questions: Iterable[Part], steps: Iterable[Part]) -> Iterator[str]:
    """Yield what speaks against the code being comparable: what was found of it and of the questions that it counts."""
    by_code = {question.new: question for question in questions if question.new}
    if code in by_code:
        question = by_code[code]
        if "reworded" in question.findings:
            yield "The question was reworded."
        hangs = [one.what.lower() for one in question.settings if one.what not in ASIDE]
        if hangs:
            yield f"The question was rescored: {', '.join(hangs)}."
        return
    for step in steps:
        if step.new == code and step.settings:
            yield f"The score was rescored: {', '.join(one.what.lower() for one in step.settings)}."
    counted = next((step.questions for step in new.plan.steps if step.code == code), ())
    for finding in HANGS:
        codes = [one for one in counted if one in by_code and finding in by_code[one].findings]
        if codes:
            were = "was" if len(codes) == 1 else "were"
            yield f"Of its questions, {len(codes)} {were} {finding}: {', '.join(codes)}."
