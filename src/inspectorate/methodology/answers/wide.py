"""The wide sheet: one row a case and one column a question, as a local team fills it in.

It is turned into the rows that ``read_answers`` takes, and every fault is told at the cell where the sheet has it.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property

from inspectorate.methodology.answers.matrix import Answers
from inspectorate.methodology.answers.read import read_answers
from inspectorate.methodology.cases import CaseList, Key
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.forms import Form
from inspectorate.methodology.tables import Table

HELP = "Answers it takes"
"""What stands below the head ``case`` in the row that explains the columns; that row is no case."""
LONG_HEADS = {"question", "judgement"}
OWN_HEADS = ("case", "inspection")
REASONS = "reasons"
"""The first word of the head of a column in which the reasons for one question are ticked: ``Reasons A01``."""
PLACED = re.compile(r"([A-Z]+) \(")


def is_wide(rows: Sequence[Sequence[str]], questions: Collection[str]) -> bool:
    """Say whether the heads are those of a wide sheet: a case, and questions among the heads themselves."""
    return may_be_wide(rows) and any(_first(_clean(cell)) in questions for cell in rows[0])


def may_be_wide(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the heads could be those of a wide sheet, of whichever edition."""
    words = {_first(_clean(cell)).lower() for cell in rows[0]} if rows else set()
    return "case" in words and not words & LONG_HEADS


def read_wide(
    file: str, rows: Sequence[Sequence[str]], form: Form, *, edition: str = "", case_list: CaseList | None = None
) -> Answers:
    """Read a wide sheet against a form; raise Refused with every fault, each at its cell.

    The heads are ``case``, perhaps ``inspection``, and for each question its code, with or without words after it; and
    ``Reasons A01`` for reasons ticked, as codes or words with semicolons between. An edition named behind ``case`` must
    be ``edition``. Empty cells are no answers; empty rows are no cases.
    """
    sheet = _Sheet(file, rows, form, edition)
    found = sheet.faults()
    if not sheet.answered:
        raise Refused(found or _empty(file))
    try:
        answers = read_answers(sheet.as_table(), form, case_list=case_list)
    except Refused as refused:
        found += [sheet.placed(fault) for fault in refused.faults]
    if found:
        raise Refused(sorted(found, key=lambda fault: (fault.row or 0, _number(fault.column), fault.why)))
    return answers


def cells_beside(cells: Sequence[str], column: str | None) -> Sequence[str]:
    """Return of a row of a wide sheet what shows a fault: its first cell and the one at fault; else the whole row."""
    number = _number(column)
    return [cells[0], cells[number - 1]] if 1 < number <= len(cells) else cells


def letters(number: int) -> str:
    """Return the letters that a spreadsheet shows for a column, counted from 1."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def _number(column: str | None) -> int:
    placed = PLACED.match(column or "")
    number = 0
    for letter in placed[1] if placed else "":
        number = 26 * number + ord(letter) - 64
    return number


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFC", cell.strip("\ufeff \t\r\n\xa0"))


def _first(head: str) -> str:
    return head.split(maxsplit=1)[0].rstrip(":") if head else ""


def _shown(head: str) -> str:
    """Return how a head is called in a message: its first word, or ``reasons A01``."""
    words = [word.rstrip(":,") for word in head.split(maxsplit=2)]
    reasons = len(words) > 1 and words[0].lower() == REASONS
    return f"{REASONS} {words[1]}" if reasons else _first(head)


def _empty(file: str) -> list[Fault]:
    why, remedy = "no case has an answer.", "Write one case in each row below the heads."
    return [Fault(FaultCode.NO_ROWS, file, why, remedy)]


class _Sheet:
    """A wide sheet, cell by cell; rows and columns are counted from 1, as a spreadsheet does."""

    def __init__(self, file: str, rows: Sequence[Sequence[str]], form: Form, edition: str) -> None:
        self.file, self.form, self.edition = file, form, edition
        self.heads = [_clean(cell) for cell in rows[0]]
        self.rows = [(number, [_clean(cell) for cell in line]) for number, line in enumerate(rows[1:], 2)]

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each head that is understood, by its word or its question."""
        found: dict[str, int] = {}
        for number, head in enumerate(self.heads, 1):
            word = self._word(head)
            if word:
                found.setdefault(word, number)
        return found

    def _word(self, head: str) -> str:
        shown = _shown(head)
        if shown.removeprefix(f"{REASONS} ") in self.form.kind_of:
            return shown
        return shown.lower() if shown.lower() in OWN_HEADS else ""

    @cached_property
    def cases(self) -> list[tuple[int, Key, list[str]]]:
        """Every row that holds a case for the first time: its number, its key and its cells."""
        found: dict[Key, tuple[int, Key, list[str]]] = {}
        for number, cells in self._filled():
            key = self._key(cells)
            if key[1]:
                found.setdefault(key, (number, key, cells))
        return list(found.values())

    def _filled(self) -> list[tuple[int, list[str]]]:
        place = self.columns["case"] - 1
        even = [(number, cells) for number, cells in self.rows if len(cells) == len(self.heads) and any(cells)]
        return [(number, cells) for number, cells in even if number > 2 or cells[place] != HELP]

    def _key(self, cells: Sequence[str]) -> Key:
        inspection = self.columns.get("inspection")
        return (cells[inspection - 1] if inspection else "", cells[self.columns["case"] - 1])

    @cached_property
    def answered(self) -> list[tuple[int, Key, str, str]]:
        """Every answer: its row, its case, its question and its words."""
        asked = [(code, number) for code, number in self.columns.items() if code in self.form.kind_of]
        return [
            (row, key, code, cells[number - 1])
            for row, key, cells in self.cases
            for code, number in asked
            if cells[number - 1]
        ]

    @cached_property
    def ticked(self) -> dict[tuple[int, str], str]:
        """The cells in which reasons were ticked, by row and question."""
        places = [(word.partition(" ")[2], n) for word, n in self.columns.items() if word.startswith(f"{REASONS} ")]
        return {(row, code): cells[n - 1] for row, _, cells in self.cases for code, n in places if cells[n - 1]}

    def as_table(self) -> Table:
        """Return the answers one a row; the row of a fault is then a place in ``answered``, counted from 2."""
        keys = [key for _, key, _, _ in self.answered]
        columns = {
            "inspection": [inspection for inspection, _ in keys],
            "case": [case for _, case in keys],
            "question": [question for _, _, question, _ in self.answered],
            "judgement": [words for _, _, _, words in self.answered],
            REASONS: [self.ticked.get((row, question), "") for row, _, question, _ in self.answered],
        }
        return Table(self.file, columns, len(keys))

    def placed(self, fault: Fault) -> Fault:
        """Return a fault of the answers with the row and the column of the sheet."""
        if fault.row is None:
            return fault
        row, _, question, _ = self.answered[fault.row - 2]
        own = {"case": "case", REASONS: f"{REASONS} {question}"}
        word = own.get(fault.column or "", fault.question or question)
        return replace(fault, row=row, column=self._named(word))

    def _named(self, word: str) -> str:
        number = self.columns.get(word)
        return f"{letters(number)} ({word})" if number else f"{word} (not in the sheet)"

    def faults(self) -> list[Fault]:
        """Find what is wrong with the sheet itself, before its answers are read."""
        return [*self._of_heads(), *self._of_rows()]

    def _of_heads(self) -> list[Fault]:
        found = []
        for number, head in enumerate(self.heads, 1):
            word, column = self._word(head), f"{letters(number)} ({_shown(head) or 'no head'})"
            if word and self.columns[word] != number:
                why = f"{word} already has column {letters(self.columns[word])}."
                fault = Fault(FaultCode.REPEATED_COLUMN, self.file, why, "Keep one of the two columns.", 1, column)
            elif not word and head:
                why = f"this edition has no question '{_shown(head).removeprefix(f'{REASONS} ')}'."
                remedy = "Check the edition and the head, or take the column out."
                fault = Fault(FaultCode.UNKNOWN_QUESTION, self.file, why, remedy, 1, column)
            elif not word and any(cells[number - 1] for _, cells in self.rows if number <= len(cells)):
                why, remedy = "there are cells below, and no head.", "Write the code of the question above them."
                fault = Fault(FaultCode.MISSING_COLUMN, self.file, why, remedy, 1, column)
            else:
                continue
            found.append(fault)
        return found + self._of_edition()

    def _of_edition(self) -> list[Fault]:
        named = self.heads[self.columns["case"] - 1].split()[1:]
        if not named or not self.edition or named[0] == self.edition:
            return []
        why = f"the sheet was made for {named[0]}, and {self.edition} was chosen."
        remedy = "Choose the edition that the sheet was made for."
        return [Fault(FaultCode.UNKNOWN_EDITION, self.file, why, remedy, 1, self._named("case"))]

    def _of_rows(self) -> list[Fault]:
        found = [
            Fault(
                FaultCode.UNEVEN_ROW,
                self.file,
                f"there are {len(cells)} cells where the heads have {len(self.heads)}.",
                "Check for a missing or an extra comma.",
                number,
            )
            for number, cells in self.rows
            if len(cells) != len(self.heads) and any(cells)
        ]
        first = {key: number for number, key, _ in self.cases}
        answered = {row for row, *_ in self.answered}
        for number, cells in self._filled():
            fault = self._of_row(number, self._key(cells), first, answered)
            found += [fault] if fault else []
        return found + self._of_reasons()

    def _of_reasons(self) -> list[Fault]:
        """Find reasons beside a question that has no answer: nobody could say for what they are given."""
        there = {(row, question) for row, _, question, _ in self.answered}
        return [
            Fault(
                FaultCode.UNANSWERED,
                self.file,
                f"there are reasons for {question} and no answer to it.",
                "Answer the question, or clear the reasons.",
                row,
                self._named(f"{REASONS} {question}"),
            )
            for row, question in self.ticked
            if (row, question) not in there
        ]

    def _of_row(self, number: int, key: Key, first: dict[Key, int], answered: Collection[int]) -> Fault | None:
        column = self._named("case")
        if not key[1]:
            why, remedy = "the row has answers and no case.", "Write the reference of the case, or clear the row."
            return Fault(FaultCode.EMPTY_CELL, self.file, why, remedy, number, column)
        if first[key] != number:
            why, remedy = f"case '{key[1]}' already stands in row {first[key]}.", "Keep one of the two rows."
            return Fault(FaultCode.REPEATED_CASE, self.file, why, remedy, number, column)
        if number not in answered:
            why, remedy = f"case '{key[1]}' has no answer at all.", "Answer its questions, or clear the row."
            return Fault(FaultCode.UNANSWERED, self.file, why, remedy, number, column)
        return None
