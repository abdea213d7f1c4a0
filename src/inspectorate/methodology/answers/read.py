"""Reading answers from a table.

The words of an answer may be its code or its English text, whatever the case (``not sufficient``, ``not_sufficient``).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.answers import check
from inspectorate.methodology.answers.matrix import Answers, KindAnswers
from inspectorate.methodology.cases import CaseList, Key
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.forms import ABSENT, Form, Kind, Option, plain
from inspectorate.methodology.tables import Table


class _Words(dict[tuple[str, str], int]):
    """(question, word) -> the number of the option, ABSENT outside the options; each pair is understood once."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.spelled = form.spelled

    def __missing__(self, pair: tuple[str, str]) -> int:
        question, word = pair
        ways = (pair, (question, plain(word)))
        self[pair] = min((self.spelled[way] for way in ways if way in self.spelled), default=ABSENT)
        return self[pair]


class _Places(dict[Key, int]):
    """The place of each case in the matrix, in the order in which cases are first met."""

    def __missing__(self, key: Key) -> int:
        self[key] = len(self)
        return self[key]


def read_answers(
    table: Table, form: Form, *, case_list: CaseList | None = None, assessment: str | None = None
) -> Answers:
    """Read a table of answers (``case``, ``question``, ``judgement``; optional columns below) against a form.

    Optional columns: ``assessment`` (default 1; a second for one case is refused unless ``assessment`` chooses one),
    ``inspection``, ``reasons`` (those ticked, codes or words, semicolons between). Raises Refused with every fault.
    """
    table = _choose_assessment(table, assessment)
    questions, words = table.columns["question"], table.columns["judgement"]
    keys = list(zip(table.column("inspection"), table.columns["case"], strict=True))
    faults = check.cells(table, form)
    chosen = list(map(_Words(form).__getitem__, zip(questions, words, strict=True)))
    faults += check.options(table, form, chosen)
    kinds = tuple(_matrix(table, kind, keys, chosen, faults) for kind in form.kinds)
    answers = Answers(form, kinds)
    faults += check.one_kind_each(table, answers, keys)
    for part in kinds:
        faults += check.routing(table, form, part, keys)
    if case_list is not None:
        faults += check.on_list(table, answers, case_list, keys)
    if faults:
        raise Refused(sorted(faults, key=lambda fault: (fault.row or 0, fault.column or "", fault.why)))
    return answers


def _refuse_idle_choice(file: str, chosen: str | None) -> None:
    """Refuse to choose where there is no choice: without the column every row is of assessment 1."""
    if chosen not in (None, "1"):
        why, remedy = f"there is no column 'assessment' to choose '{chosen}' from.", "Leave the choice out."
        raise Refused([Fault(FaultCode.CHOSEN_ASSESSMENT_MISSING, file, why, remedy, 1, "assessment")])


def _choose_assessment(table: Table, chosen: str | None) -> Table:
    """Return the table with one assessment for each case; raise Refused where a second was not chosen between."""
    column = table.columns.get("assessment")
    if column is None:
        _refuse_idle_choice(table.file, chosen)
        return table
    labels = [label or "1" for label in column]
    keys = list(zip(table.column("inspection"), table.columns["case"], strict=True))
    held: dict[Key, list[str]] = {}
    for key, label in zip(keys, labels, strict=True):
        if label not in held.setdefault(key, []):
            held[key].append(label)
    if all(len(names) == 1 for names in held.values()):
        return table
    faults = []
    for key, names in held.items():
        if len(names) == 1 or chosen in names:
            continue
        index = next(i for i, pair in enumerate(zip(keys, labels, strict=True)) if pair == (key, names[1]))
        code = FaultCode.SECOND_ASSESSMENT if chosen is None else FaultCode.CHOSEN_ASSESSMENT_MISSING
        why = f"case '{key[1]}' has assessments {', '.join(names)}; a case is scored once."
        remedy = "Choose one with --assessment, or leave the others out of the file."
        faults.append(Fault(code, table.file, why, remedy, table.row(index), "assessment"))
    if faults:
        raise Refused(faults)
    keep = [i for i, key in enumerate(keys) if len(held[key]) == 1 or labels[i] == chosen]
    return table.part(keep)


def _matrix(table: Table, kind: Kind, keys: Sequence[Key], chosen: Sequence[int], faults: list[Fault]) -> KindAnswers:
    """Put the rows of one kind into a matrix; faults of repetition and of reasons are added to ``faults``."""
    place = kind.place
    columns = np.array([place.get(code, -1) for code in table.columns["question"]], dtype=np.int64)
    named = np.array([bool(case) for case in table.columns["case"]], dtype=np.bool_)
    rows = np.flatnonzero((columns >= 0) & named)  # a row without a case is told as an empty cell
    cases = _Places()
    at = np.array([cases[keys[i]] for i in rows.tolist()], dtype=np.int64)
    cells = at * len(kind.questions) + columns[rows]
    if len(cells) and np.bincount(cells).max() > 1:
        faults += _repeated(table, cells.tolist(), rows.tolist())
    values = np.full((len(cases), len(kind.questions)), ABSENT, dtype=np.int8)
    values[at, columns[rows]] = np.array(chosen, dtype=np.int8)[rows]
    reasons: dict[tuple[int, int], tuple[str, ...]] = {}
    if "reasons" in table.columns:
        reasons = _reasons(table, kind, rows, at, columns, faults)
    bad = values[at, columns[rows]] == ABSENT
    unread = tuple(zip(at[bad].tolist(), columns[rows][bad].tolist(), strict=True))
    return KindAnswers(kind, tuple(cases), values, reasons, unread)


def _repeated(table: Table, cells: Sequence[int], rows: Sequence[int]) -> list[Fault]:
    faults = []
    first: dict[int, int] = {}
    for cell, index in zip(cells, rows, strict=True):
        earlier = first.setdefault(cell, index)
        if earlier != index:
            why = (
                f"case '{table.columns['case'][index]}' already has an answer to "
                f"{table.columns['question'][index]}, in row {table.row(earlier)}."
            )
            remedy = "Keep one of the two rows."
            faults.append(Fault(FaultCode.REPEATED_ANSWER, table.file, why, remedy, table.row(index), "question"))
    return faults


def _reasons(
    table: Table,
    kind: Kind,
    rows: NDArray[np.int64],
    at: NDArray[np.int64],
    columns: NDArray[np.int64],
    faults: list[Fault],
) -> dict[tuple[int, int], tuple[str, ...]]:
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    cells = table.columns["reasons"]
    spelled: dict[int, dict[str, str]] = {}
    for case, index in zip(at.tolist(), rows.tolist(), strict=True):
        if not cells[index]:
            continue
        column = int(columns[index])
        allowed = spelled.setdefault(column, _spelled(kind.questions[column].reasons))
        given = [word.strip() for word in cells[index].replace("\n", ";").split(";") if word.strip()]
        for word in given:
            if plain(word) not in allowed:
                why = f"'{word}' is no reason that may be ticked at {kind.questions[column].code}."
                codes = ", ".join(dict.fromkeys(allowed.values()))
                remedy = f"Write one of: {codes}." if codes else "This question has no reasons to tick."
                faults.append(Fault(FaultCode.UNKNOWN_REASON, table.file, why, remedy, table.row(index), "reasons"))
        # Ticked twice in a cell is ticked once.
        found[case, column] = tuple(dict.fromkeys(allowed.get(plain(word), word) for word in given))
    return found


def _spelled(reasons: Sequence[Option]) -> dict[str, str]:
    """Return the code of each reason by what it may be written as: its code or its words, whatever the case."""
    words = {plain(option.text.en): option.code for option in reasons}
    return words | {plain(option.code): option.code for option in reasons}
