"""Why this stage says no: a short code for programs, and a sentence for people that says what to do next."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    TITLE_MISSING = "title-missing"
    BODY_OR_AREA = "body-or-area"
    MODULE_MISSING = "module-missing"
    MODULE_TWICE = "module-twice"
    ROLE_UNFIT = "role-unfit"
    HAS_AN_INTEREST = "has-an-interest"
    IN_THE_TEAM = "in-the-team"
    NOT_IN_THE_TEAM = "not-in-the-team"
    LEAD_NAMED = "lead-named"
    REASON_MISSING = "reason-missing"
    NOT_A_MONDAY = "not-a-monday"
