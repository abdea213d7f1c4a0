"""Intervals: how sure a share is, for the frozen case list that the sample was drawn from."""

from dataclasses import dataclass

from inspectorate.methodology.accounts import Line
from inspectorate.methodology.faults import Fault, FaultCode, Refused

LEAST_CONFIDENCE, MOST_CONFIDENCE = 0.01, 0.9999
"""Beyond these the limits say nothing, and floating point no longer holds them."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits as shares from 0 to 1, with the step of the account that made them.

    ``low`` and ``high`` are None where there are not enough cases to say.
    """

    low: float | None
    high: float | None
    line: Line


def refuse_confidence(confidence: float) -> None:
    """Raise Refused where no interval can be made at that confidence: it is a part of 1, such as 0.95."""
    if not LEAST_CONFIDENCE <= confidence <= MOST_CONFIDENCE:
        why = f"{confidence} is no level of confidence that an interval can have."
        remedy = f"Give a part of 1 from {LEAST_CONFIDENCE} to {MOST_CONFIDENCE}, such as 0.95."
        raise Refused([Fault(FaultCode.OUT_OF_RANGE, "confidence", why, remedy)])


def as_fraction_words(confidence: float) -> str:
    """Return the level of confidence in words: ``95 per cent``."""
    return f"{100 * confidence:g} per cent"
