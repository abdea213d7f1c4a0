"""Two editions side by side: the page and its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from inspectorate.methodology import comparison
from inspectorate.methodology.comparison import Compared, Comparison
from inspectorate.methodology.faults import Refused
from inspectorate.standards.queries import shelf
from inspectorate.standards.queries.front import head
from inspectorate.standards.queries.sentences import said
from inspectorate.standards.queries.shelf import Held

SHOWN = ("added", "removed", "reworded", "rescored", "guidance", "unchanged")
PARTS = ("questions", "steps", "criteria")


@dataclass(frozen=True, slots=True)
class ComparisonAsked:
    """With which edition, and which differences are shown, as it stands in the address; empty shows all of them."""

    other: str = ""
    show: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Take it from the address; what it does not know it leaves out."""
        show = given.get("show", "")
        return cls(other=given.get("with", "").strip()[:100], show=show if show in SHOWN else "")

    def wants(self, one: Compared) -> bool:
        """Say whether one part is shown."""
        return self.show in one.findings if self.show else one.findings != ("unchanged",)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two editions."""

    held: Held

    @property
    def name(self) -> str:
        """Its title and year."""
        return f"{said(self.held.edition.title)}, {self.held.year}"


def comparison_page(code: str, asked: ComparisonAsked, root: Path | None = None) -> dict[str, Any]:
    """Return the comparison of an edition with another; without one where there is none to compare with."""
    held = shelf.held(code, root)
    choices = dict(_others(code, root))
    other = asked.other if asked.other in choices else held.edition.about.get("replaces") or ""
    asked = ComparisonAsked(other if other in choices else "", asked.show)
    found: dict[str, Any] = {**head(held), "asked": asked, "choices": choices, "compared": None}
    if not asked.other:
        return found
    old, new = _in_order(shelf.held(asked.other, root), held)
    compared = compared_with(old, new)
    shown = {part: [one for one in getattr(compared, part) if asked.wants(one)] for part in PARTS}
    return found | {
        "compared": compared,
        "old": Side(old),
        "new": Side(new),
        "shown": shown,
        "unchanged": [one for one in compared.questions if one.findings == ("unchanged",)],
        "counts": compared.counts(),
    }


@lru_cache(maxsize=32)
def compared_with(old: Held, new: Held) -> Comparison:
    """Return the comparison of two editions, worked out once for as long as neither changes."""
    return comparison.compare(old.edition, new.edition)


def since_before(held: Held, question: str, root: Path | None = None) -> Compared | None:
    """Return how one question differs from the edition that this one replaces; None where none is held here."""
    before = held.edition.about.get("replaces")
    if before is None or before not in dict(_others(held.code, root)):
        return None
    compared = compared_with(shelf.held(before, root), held)
    return next((one for one in compared.questions if one.new == question), None)


def _others(code: str, root: Path | None) -> Iterator[tuple[str, str]]:
    """Yield the other editions that can be read, by code, with their names."""
    for other in shelf.codes(root):
        try:
            if other != code:
                yield other, Side(shelf.held(other, root)).name
        except Refused:
            continue


def _in_order(one: Held, other: Held) -> tuple[Held, Held]:
    """Return two editions, the earlier one first."""
    if one.edition.about.get("replaces") == other.code:
        return other, one
    if other.edition.about.get("replaces") == one.code:
        return one, other
    old, new = sorted((one, other), key=lambda held: (held.edition.about["in_force_from"], held.code))
    return old, new
