"""Why this stage says no about the ratings of an inspection: a short code, and a sentence that says what to do next."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    NOT_NOW = "not-now"
    STANDARD_UNKNOWN = "standard-unknown"
    RATING_UNKNOWN = "rating-unknown"
    REASON_MISSING = "reason-missing"
    NO_GROUNDS = "no-grounds"
    MOVE_STANDING = "move-standing"
    MOVE_DECIDED = "move-decided"
    MOVE_LAPSED = "move-lapsed"
    SAME_PERSON = "same-person"
    NOT_SCORED = "not-scored"
