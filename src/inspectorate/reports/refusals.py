"""Why this stage says no: a short code for programs, and a sentence for people that says what to do next."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    NOT_OPEN = "not-open"
    SECTION_UNKNOWN = "section-unknown"
    VERSION_UNKNOWN = "version-unknown"
    FIGURE_UNKNOWN = "figure-unknown"
    SIDE_BY_SIDE = "side-by-side"
    TEXT_MISSING = "text-missing"
    ADDRESSEE_MISSING = "addressee-missing"
    CHANGED_MEANWHILE = "changed-meanwhile"
    TAKEN_OUT = "taken-out"
    REASON_MISSING = "reason-missing"
    DUE_PASSED = "due-passed"
    NO_DRAFT = "no-draft"
    PARAGRAPH_UNKNOWN = "paragraph-unknown"
    VERDICT_UNKNOWN = "verdict-unknown"
    ACCEPTED_NOT_CHANGED = "accepted-not-changed"
    ASKED_ALREADY = "asked-already"
    NOT_ASKED = "not-asked"
