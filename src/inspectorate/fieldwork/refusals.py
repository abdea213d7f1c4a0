"""Why this stage says no: a short code for programs, and a sentence for people that says what to do next."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    PURPOSE_UNKNOWN = "purpose-unknown"
    MODULE_UNKNOWN = "module-unknown"
    ALREADY_BEGUN = "already-begun"
    BATCH_TOO_LARGE = "batch-too-large"
    # of allocating
    NOT_IN_SAMPLE = "not-in-sample"
    NOT_IN_THE_TEAM = "not-in-the-team"
    HAS_AN_INTEREST = "has-an-interest"
    ALREADY_ALLOCATED = "already-allocated"
    ASSESSMENT_UNDER_WAY = "assessment-under-way"
    REASON_MISSING = "reason-missing"
    # of reopening fieldwork, which takes two people
    ASKED_ALREADY = "asked-already"
    NOT_ASKED = "not-asked"
    SAME_PERSON = "same-person"
    # of assessing
    FIELDWORK_CLOSED = "fieldwork-closed"
    NOT_THEIRS = "not-theirs"
    NOT_BEGUN = "not-begun"
    EDITION_CHANGED = "edition-changed"
    # of single entries, which never stop the others
    ID_MALFORMED = "id-malformed"
    ENTRY_MALFORMED = "entry-malformed"
    OTHER_CONTENT = "other-content"
    COUNTER_TAKEN = "counter-taken"
    CIRCLE = "circle"
    ASSESSMENT_CLOSED = "assessment-closed"
    # of alarms about reading
    OWN_READING = "own-reading"
    ALARM_ANSWERED = "alarm-answered"
