"""What may be wrong in a case list that is handed in: one word for programs each, and plain words for people."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Wrong(StrEnum):
    """The faults of a case list. Each has a test."""

    UNREADABLE = "unreadable"
    NO_ROWS = "no-rows"
    TOO_MANY_ROWS = "too-many-rows"
    HEAD_MISSING = "head-missing"
    HEAD_TWICE = "head-twice"
    HEAD_PERSONAL = "head-personal"
    STRATA_TOO_MANY = "strata-too-many"
    UNEVEN = "uneven"
    REFERENCE_MISSING = "reference-missing"
    REFERENCE_TWICE = "reference-twice"
    REFERENCE_A_NAME = "reference-a-name"
    PERSONAL = "personal"
    STRATUM_MISSING = "stratum-missing"
    SPELLED_OTHERWISE = "spelled-otherwise"
    PROVIDER_UNKNOWN = "provider-unknown"
    PROVIDER_MISSING = "provider-missing"
    BODY_UNKNOWN = "body-unknown"
    NOT_INITIALS = "not-initials"
    OTHER_KIND = "other-kind"
    TOO_LONG = "too-long"
    UNFIT_SIGNS = "unfit-signs"
    LISTED_OTHERWISE = "listed-otherwise"


TITLES: dict[Wrong, str] = {
    Wrong.UNREADABLE: "The file cannot be read",
    Wrong.NO_ROWS: "The file has no case",
    Wrong.TOO_MANY_ROWS: "The file has too many rows",
    Wrong.HEAD_MISSING: "A column is missing",
    Wrong.HEAD_TWICE: "A column stands there twice",
    Wrong.HEAD_PERSONAL: "A column that must not be sent",
    Wrong.STRATA_TOO_MANY: "A column has too many different values",
    Wrong.UNEVEN: "Rows are longer or shorter than the heads",
    Wrong.REFERENCE_MISSING: "Cases without a reference",
    Wrong.REFERENCE_TWICE: "References that stand there twice",
    Wrong.REFERENCE_A_NAME: "References that look like names",
    Wrong.PERSONAL: "Personal details",
    Wrong.STRATUM_MISSING: "Cases without the value by which the list is divided",
    Wrong.SPELLED_OTHERWISE: "One value spelled in two ways",
    Wrong.PROVIDER_UNKNOWN: "Providers that are not inspected here",
    Wrong.PROVIDER_MISSING: "Cases without their provider",
    Wrong.BODY_UNKNOWN: "Bodies that the register does not know",
    Wrong.NOT_INITIALS: "More than initials",
    Wrong.OTHER_KIND: "Cases of another kind",
    Wrong.TOO_LONG: "Cells that are too long",
    Wrong.UNFIT_SIGNS: "Cells that begin with a sign of a formula, or cannot be printed",
    Wrong.LISTED_OTHERWISE: "Cases that are on the list with other facts",
}


@dataclass(frozen=True, slots=True)
class RowFault:
    """One fault: in which row (the heads are row 1) and column, why, and what to do."""

    code: Wrong
    why: str
    remedy: str
    row: int | None = None
    column: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return the fault as plain values."""
        return {
            "code": str(self.code),
            "why": self.why,
            "remedy": self.remedy,
            "row": self.row,
            "column": self.column,
        }
