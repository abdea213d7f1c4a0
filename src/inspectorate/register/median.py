"""The median that we put beside a printed table. It is ours: no document prints one."""

from collections.abc import Sequence
from fractions import Fraction


def median(values: Sequence[int]) -> Fraction | None:
    """Return the middle value, or the exact mean of the middle two; None for no values.

    The mean of two whole per cents is whole or ends in a half, and a half is kept: 80.5 stays 80.5. Rounding it would
    round a second time what the document has already rounded once.
    """
    if not values:
        return None
    ordered = sorted(values)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return Fraction(low + high, 2)


def median_of_stars(stars: Sequence[int]) -> int | None:
    """Return the middle number of stars, or None where the middle two differ.

    Stars are words in order, not amounts: there is no rating half way between unsatisfactory and satisfactory.
    """
    middle = median(stars)
    return None if middle is None or middle.denominator != 1 else int(middle)


def in_figures(value: Fraction | None) -> float | int | None:
    """Return a median as a plain number for JSON and CSV: 68 or 80.5."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
