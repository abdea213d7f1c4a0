"""What is wrong with an input: what, where, why, and what to do. All faults are told at once, and nothing is mended."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class FaultCode(StrEnum):
    """Every reason for which an input is refused: public words that keep their meaning."""

    # a file as such
    MISSING_FILE = "missing-file"
    UNREADABLE = "unreadable"
    WRONG_SHAPE = "wrong-shape"
    NO_ROWS = "no-rows"
    # columns and rows of a table
    MISSING_COLUMN = "missing-column"
    REPEATED_COLUMN = "repeated-column"
    UNEVEN_ROW = "uneven-row"
    EMPTY_CELL = "empty-cell"
    # answers
    UNKNOWN_QUESTION = "unknown-question"
    OUTSIDE_OPTIONS = "outside-options"
    UNKNOWN_REASON = "unknown-reason"
    REPEATED_ANSWER = "repeated-answer"
    ROUTED_OUT = "routed-out"
    UNANSWERED = "unanswered"
    MIXED_KINDS = "mixed-kinds"
    SECOND_ASSESSMENT = "second-assessment"
    CHOSEN_ASSESSMENT_MISSING = "chosen-assessment-missing"
    # case list
    NOT_ON_LIST = "not-on-list"
    REPEATED_CASE = "repeated-case"
    UNKNOWN_KIND = "unknown-kind"
    UNKNOWN_COLUMN = "unknown-column"
    # ratings made by people
    UNKNOWN_STANDARD = "unknown-standard"
    MISSING_STANDARD = "missing-standard"
    UNKNOWN_RATING = "unknown-rating"
    # editions
    UNKNOWN_EDITION = "unknown-edition"
    REPEATED_CODE = "repeated-code"
    UNKNOWN_CODE = "unknown-code"
    LOOKS_AHEAD = "looks-ahead"
    NO_GUIDANCE = "no-guidance"
    CHANGED_AFTER_ADOPTION = "changed-after-adoption"
    EXAMPLE_DIFFERS = "example-differs"
    # samples
    OUT_OF_RANGE = "out-of-range"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``row`` counts lines as a spreadsheet does, the heads being row 1; None where there is no row."""

    code: FaultCode
    file: str
    why: str
    remedy: str
    row: int | None = None
    column: str | None = None
    question: str = ""
    """The question that has no answer, and so no cell of its own in a file of one answer a row; no part of the data."""

    @property
    def where(self) -> str:
        """The place in words: ``answers.csv, row 12, column judgement``, or ``form.yaml, line 7``."""
        noun = "line" if self.file.endswith((".yaml", ".md", ".json", ".lock")) else "row"
        row = f", {noun} {self.row}" if self.row is not None else ""
        column = f", column {self.column}" if self.column is not None else ""
        return f"{self.file}{row}{column}"

    def __str__(self) -> str:
        return f"{self.where}: {self.why} {self.remedy}"

    def as_data(self) -> dict[str, str | int | None]:
        """Return the fault as plain values, the place in words included."""
        data = {**asdict(self), "code": str(self.code), "where": self.where}
        del data["question"]
        return data


class Refused(Exception):  # noqa: N818 - it reads as what happened: the input was refused
    """An input was refused, with every fault that was found; nothing was half done."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
