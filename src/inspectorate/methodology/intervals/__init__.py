"""Intervals: how sure a share is, for the frozen case list that the sample was drawn from."""

from dataclasses import dataclass

from inspectorate.methodology.accounts import Line


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits as shares from 0 to 1, with the step of the account that made them.

    ``low`` and ``high`` are None where there are not enough cases to say.
    """

    low: float | None
    high: float | None
    line: Line


def as_fraction_words(confidence: float) -> str:
    """Return the level of confidence in words: ``95 per cent``."""
    return f"{100 * confidence:g} per cent"
