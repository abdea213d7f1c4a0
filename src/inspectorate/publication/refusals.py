"""Why this stage says no: a short code for programs, and a sentence for people that says what to do next."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    NOT_SIGNED = "not-signed"
    MINUTE_PAST = "minute-past"
    MINUTE_FAR = "minute-far"
    FIELDWORK_TO_COME = "fieldwork-to-come"
    ALREADY_PROPOSED = "already-proposed"
    NOTHING_PROPOSED = "nothing-proposed"
    SAME_PERSON = "same-person"
    REASON_MISSING = "reason-missing"
    NOT_PUBLIC = "not-public"
    DOWN_ALREADY = "down-already"
    NOT_DOWN = "not-down"
