"""The account of a number: the steps that led to it, in sentences, each with what went into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 case``, ``2 cases``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Line:
    """One step: the rule that was used, the sentence to print, and the values that went in."""

    rule: str
    text: str
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One answer to "what would change it": to which band, up or down, and the least that would do it."""

    to: str
    direction: str
    answers: int | None
    cases: int | None
    text: str
    points: int | None = None
    standards: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """How one result came about. ``sentence`` is the result in words; ``changes`` end the page."""

    sentence: str
    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    def as_text(self) -> str:
        """Return the account as numbered lines, as a table on the command line shows it."""
        steps = [f"{number}. {line.text}" for number, line in enumerate(self.lines, 1)]
        return "\n".join([self.sentence, *steps, *self.warnings, *(change.text for change in self.changes)])

    def as_data(self) -> dict[str, Any]:
        """Return the account as plain values, for JSON."""
        return {
            "sentence": self.sentence,
            "steps": [{"rule": line.rule, "text": line.text, "inputs": dict(line.inputs)} for line in self.lines],
            "warnings": list(self.warnings),
            "what_would_change": [
                {
                    name: getattr(change, name)
                    for name in ("to", "direction", "answers", "cases", "points", "standards", "text")
                }
                for change in self.changes
            ],
        }
