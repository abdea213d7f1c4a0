"""Why something that keeps the installation sound is not done."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """Every reason, by a code."""

    NO_SUCH_DUTY = "no-such-duty"
    ARCHIVE_LATE = "archive-late"
    RECORD_BROKEN = "record-broken"
    ASKED_ALREADY = "asked-already"
    RUNNER_AT_WORK = "runner-at-work"
    REASON_MISSING = "reason-missing"
    HELD_ALREADY = "held-already"
    NOT_HELD = "not-held"
    TABLE_IN_USE = "table-in-use"
    NOTHING_TO_HOLD = "nothing-to-hold"
    NOBODY_FOUND = "nobody-found"
