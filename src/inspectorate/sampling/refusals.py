"""Why this stage says no: a short code for programs, and a sentence for people that says what to do next."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    KIND_UNKNOWN = "kind-unknown"
    KIND_LISTED = "kind-listed"
    LIST_EMPTY = "list-empty"
    REFERENCE_TWICE = "reference-twice"
    ALREADY_FROZEN = "already-frozen"
    NOT_FROZEN = "not-frozen"
    SEED_MADE = "seed-made"
    NO_SEED = "no-seed"
    ALREADY_DRAWN = "already-drawn"
