"""Why people are not added, changed or tied: a short code for programs, and a sentence for people."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this package. Each has a test."""

    NAME_MISSING = "name-missing"
    EMAIL_UNFIT = "email-unfit"
    EMAIL_TAKEN = "email-taken"
    ROLE_UNKNOWN = "role-unknown"
    ROLE_UNFIT = "role-unfit"
    FOOTING_UNFIT = "footing-unfit"
    LAST_CHIEF = "last-chief"
    ROLE_BEYOND = "role-beyond"
    OWN_ACCOUNT = "own-account"
    STILL_HERE = "still-here"
    HAS_LEFT = "has-left"
    IS_HERE = "is-here"
    REASON_MISSING = "reason-missing"
    KIND_UNFIT = "kind-unfit"
    UNTIL_UNFIT = "until-unfit"
    SUBJECT_UNKNOWN = "subject-unknown"
    TIED_ALREADY = "tied-already"
    ENDED_ALREADY = "ended-already"
    HAS_APP = "has-app"
    NO_FACTOR = "no-factor"
    LAST_FACTOR = "last-factor"
    LINK_USED = "link-used"
    SHARED_ACCOUNT = "shared-account"
    OWN_CLEARANCE = "own-clearance"
    CLEARANCE_UNFIT = "clearance-unfit"
    RECORDED_ALREADY = "recorded-already"
    WITHDRAWN_ALREADY = "withdrawn-already"
    NOT_A_DEMONSTRATION = "not-a-demonstration"
