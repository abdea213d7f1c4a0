"""What is handed in to be scored: an edition, the answers, perhaps a case list and ratings made by people.

Everything is read or every fault of every file is told, each with the row as it was handed in.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from inspectorate.methodology import editions
from inspectorate.methodology.answers import Answers, is_wide, may_be_wide, read_answers, read_wide
from inspectorate.methodology.answers.wide import cells_beside
from inspectorate.methodology.cases import CaseList, read_case_list
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.rating import Judgements, read_judgements
from inspectorate.methodology.tables import Table, read_table
from inspectorate.sampling.files import rows_of

MOST_BYTES = 5 * 2**20
MOST_ROWS = 100_000
MOST_CELLS = 2_000_000
MOST_UNPACKED = 100 * 2**20
MOST_CASES = 1_000
"""Cases of a file at most: a case with a single answer has a fault at every other question that is asked of it."""
HEADS = ("case", "question", "judgement")
LIST_HEADS = ("case",)
LONGEST_CELL_SHOWN = 60

T = TypeVar("T")

edition_of = lru_cache(maxsize=64)(editions.load)
"""Return the edition of a code, read once a process; raise Refused where there is none."""


def editions_to_choose() -> list[Edition]:
    """Return every edition that can be read; of one left out, ``inspectorate editions check`` says what is wrong."""
    found = []
    for code in editions.codes():
        with suppress(Refused):
            found.append(edition_of(code))
    return found


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class HandedIn:
    """All that a person hands in, not yet read."""

    edition: str
    answers: File
    case_list: File | None = None
    judgements: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: ready to be scored."""

    edition: Edition
    answers: Answers
    case_list: CaseList | None
    judgements: Judgements
    modules: tuple[str, ...] = ()
    """The optional modules of the edition that are scored too."""


class NotReadError(Exception):
    """What was handed in cannot be scored: every fault as plain values, with the row that it stands in."""

    def __init__(self, faults: list[dict[str, Any]]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} faults")


def read(handed_in: HandedIn) -> Read:
    """Read everything that was handed in; raise NotReadError with every fault of every file."""
    edition = edition_of(handed_in.edition)
    faults: list[Fault] = []
    sheets: dict[str, list[list[str]]] = {}
    case_list = judgements = answers = None
    if handed_in.case_list:
        table = _trying(faults, lambda: _table(handed_in.case_list, LIST_HEADS, sheets))
        case_list = table and _trying(faults, lambda: read_case_list(table, edition.form))
    answers = _trying(faults, lambda: _given(handed_in.answers, edition, case_list, sheets))
    judgements = _trying(faults, lambda: read_judgements(handed_in.judgements, edition, "ratings"))
    if faults or answers is None or judgements is None:
        raise NotReadError([_with_row(fault, sheets) for fault in faults])
    return Read(edition, answers, case_list, judgements)


def _trying(faults: list[Fault], do: Callable[[], T]) -> T | None:
    try:
        return do()
    except Refused as refused:
        faults += refused.faults
        return None


def _table(file: File | None, heads: tuple[str, ...], sheets: dict[str, list[list[str]]]) -> Table:
    assert file  # noqa: S101 - the caller has looked
    return read_table(file.name, _rows(file, sheets), heads)


def _rows(file: File, sheets: dict[str, list[list[str]]]) -> list[list[str]]:
    rows = rows_of(file.name, file.content, most_bytes=MOST_BYTES, most_cells=MOST_CELLS, most_unpacked=MOST_UNPACKED)
    sheets[file.name] = rows
    if len(rows) > MOST_ROWS:
        why = f"the file has {len(rows):,} rows; here it may have {MOST_ROWS:,}."
        raise Refused(
            [Fault(FaultCode.UNREADABLE, file.name, why, "Score it on the command line: inspectorate score.")]
        )
    return rows


def _given(file: File, edition: Edition, case_list: CaseList | None, sheets: dict[str, list[list[str]]]) -> Answers:
    rows = _rows(file, sheets)
    if is_wide(rows, edition.form.kind_of):
        _few_enough(file.name, len(rows) - 1)
        return read_wide(file.name, rows, edition.form, edition=edition.code, case_list=case_list)
    if may_be_wide(rows) and any(is_wide(rows, other.form.kind_of) for other in editions_to_choose()):
        raise _of_another_edition(file.name, {cell.split(" ", 1)[0] for cell in rows[0]}, edition)
    return _answers(read_table(file.name, rows, HEADS), edition, case_list)


def _answers(table: Table, edition: Edition, case_list: CaseList | None) -> Answers:
    """Read the answers; where they belong to another edition, say that once instead of at every row."""
    _few_enough(table.file, len(set(zip(table.column("inspection"), table.columns["case"], strict=True))))
    given = set(table.columns["question"])
    if given & set(edition.form.kind_of):
        return read_answers(table, edition.form, case_list=case_list)
    raise _of_another_edition(table.file, given, edition)


def _few_enough(file: str, cases: int) -> None:
    if cases > MOST_CASES:
        why = f"the file has {cases:,} different cases; here it may have {MOST_CASES:,}."
        remedy = "Check that the column case holds the reference, or score it on the command line: inspectorate score."
        raise Refused([Fault(FaultCode.UNREADABLE, file, why, remedy, None, "case")])


def _of_another_edition(file: str, given: set[str], edition: Edition) -> Refused:
    others = [one.code for one in editions_to_choose() if given & set(one.form.kind_of)]
    why = f"no row names a question of {edition.title.en} ({edition.code})."
    like = f" The codes look like those of {' or '.join(others)}." if others else ""
    remedy = f"Choose the edition the judgements were made under.{like}"
    return Refused([Fault(FaultCode.UNKNOWN_QUESTION, file, why, remedy, None, "question")])


def _with_row(fault: Fault, sheets: Mapping[str, list[list[str]]]) -> dict[str, Any]:
    rows = sheets.get(fault.file, [])
    cells = rows[fault.row - 1] if fault.row and fault.row <= len(rows) else []
    return fault.as_data() | {"cells": [_cut(cell) for cell in cells_beside(cells, fault.column)]}


def _cut(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL_SHOWN else f"{cell[: LONGEST_CELL_SHOWN - 1]}…"
