"""Why the register says no: a short code for programs, and a sentence for people that says what to do next."""

from enum import StrEnum

from inspectorate.methodology.refusals import RefusedError

__all__ = ["Refusal", "RefusedError"]


class Refusal(StrEnum):
    """The named refusals of this stage. Each has a test."""

    NAME_MISSING = "name-missing"
    KIND_UNKNOWN = "kind-unknown"
    NATION_UNKNOWN = "nation-unknown"
    DAYS_REVERSED = "days-reversed"
    NAME_TAKEN = "name-taken"
    ALREADY_ENDED = "already-ended"
    NOT_BEGUN = "not-begun"
    TOO_FEW = "too-few"
    PROGRAMME_YEAR_UNKNOWN = "programme-year-unknown"
    PROGRAMME_YEAR_EXISTS = "programme-year-exists"
    TABLE_UNKNOWN = "table-unknown"
    MEASURE_UNKNOWN = "measure-unknown"
    VALUE_MISSING = "value-missing"
    VALUE_OUT_OF_RANGE = "value-out-of-range"
    ALREADY_VISIBLE = "already-visible"
