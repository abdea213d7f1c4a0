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
    # the notice letter
    NO_LETTER = "no-letter"
    LETTER_CHANGED = "letter-changed"
    LETTER_AS_SENT = "letter-as-sent"
    # what the body gives
    EVIDENCE_CLOSED = "evidence-closed"
    STANDARD_UNKNOWN = "standard-unknown"
    SAVED_MEANWHILE = "saved-meanwhile"
    EVIDENCE_MISSING = "evidence-missing"
    RATING_MISSING = "rating-missing"
    REASONS_MISSING = "reasons-missing"
    WHY_MISSING = "why-missing"
    NOTHING_CHANGED = "nothing-changed"
    TEXT_TOO_LONG = "text-too-long"
    FILE_EMPTY = "file-empty"
    FILE_TOO_LARGE = "file-too-large"
    FILE_UNNAMED = "file-unnamed"
    FILE_NAME_TOO_LONG = "file-name-too-long"
    FILE_KIND = "file-kind"
    FILE_NOT_AS_NAMED = "file-not-as-named"
    FILE_PROTECTED = "file-protected"
    FILE_WITH_MACROS = "file-with-macros"
    FILES_TOO_MANY = "files-too-many"
    FILES_TOO_LARGE = "files-too-large"
    NOT_GIVEN = "not-given"
    SUPERSEDED = "superseded"
    MARKED_ALREADY = "marked-already"
    MARK_UNKNOWN = "mark-unknown"
    CHALLENGED_ALREADY = "challenged-already"
    NO_CHALLENGE = "no-challenge"
    ANSWERED_ALREADY = "answered-already"
    # week, dates, team, and what is set aside
    WEEKS_UNFIT = "weeks-unfit"
    WEEK_PAST = "week-past"
    WEEK_SETTLED = "week-settled"
    DATE_UNKNOWN = "date-unknown"
    DATE_IS_FIELDWORK = "date-is-fieldwork"
    NOT_A_WORKING_DAY = "not-a-working-day"
    NOT_MOVED = "not-moved"
    LEADS_ALREADY = "leads-already"
    NOT_PUBLISHED = "not-published"
    REINSPECTED = "reinspected"
    NOT_AN_ASIDE = "not-an-aside"
