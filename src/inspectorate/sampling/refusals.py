"""Why this stage says no: a short code for programs, and a sentence for people that says what to do next."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    NOT_NOW = "not-now"
    KIND_UNKNOWN = "kind-unknown"
    KIND_LISTED = "kind-listed"
    LIST_EMPTY = "list-empty"
    REFERENCE_TWICE = "reference-twice"
    REFERENCE_UNFIT = "reference-unfit"
    LIST_CLOSED = "list-closed"
    LIST_NOT_CLOSED = "list-not-closed"
    LIST_HAS_CASES = "list-has-cases"
    LIST_CHANGED = "list-changed"
    REASON_MISSING = "reason-missing"
    REASON_UNKNOWN = "reason-unknown"
    ALREADY_FROZEN = "already-frozen"
    NOT_FROZEN = "not-frozen"
    SEED_MADE = "seed-made"
    NO_SEED = "no-seed"
    ALREADY_DRAWN = "already-drawn"
    SIZE_UNFIT = "size-unfit"
    NOT_IN_THE_SAMPLE = "not-in-the-sample"
    NO_RESERVE = "no-reserve"
    PROPOSED = "proposed"
    NOT_PROPOSED = "not-proposed"
    SAME_PERSON = "same-person"
    NOT_ONLY_YOURS = "not-only-yours"


LONGEST_REASON = 500


def given_reason(why: str, what: str) -> str:
    """Return a reason without the spaces around it; refuse none."""
    given = why.strip()[:LONGEST_REASON]
    if not given:
        raise RefusedError(Refusal.REASON_MISSING, f"Say why {what}: whoever reads the record later will ask.")
    return given
