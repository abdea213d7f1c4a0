"""Why a backup is not made, not believed, or not restored."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """Every reason, by a code."""

    KEY_MISSING = "key-missing"
    KEY_MALFORMED = "key-malformed"
    KEY_STANDS = "key-stands"
    KEY_CANNOT_OPEN = "key-cannot-open"
    WRONG_KEY = "wrong-key"
    FILE_MISSING = "file-missing"
    FILE_EMPTY = "file-empty"
    NO_BACKUP = "no-backup"
    DAMAGED = "damaged"
    CUT_OFF = "cut-off"
    DIFFERS = "differs"
    OTHER_DATABASE = "other-database"
    NOT_EMPTY = "not-empty"
    DATABASE_TOOL = "database-tool"
    NOT_WRITTEN = "not-written"
    NONE_THERE = "none-there"
    DRILL_FAILED = "drill-failed"
    NO_SEGMENT = "no-segment"
    GAP = "gap"
    NOT_ARCHIVED = "not-archived"
    NOT_REPLAYED = "not-replayed"
    COMMAND_FAILED = "command-failed"
