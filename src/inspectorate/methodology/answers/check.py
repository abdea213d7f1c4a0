"""Checking answers: every fault of a file, each with the row and the column where it stands."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.answers.matrix import Answers, KindAnswers
from inspectorate.methodology.cases import CaseList, Key
from inspectorate.methodology.faults import Fault, FaultCode
from inspectorate.methodology.forms import ABSENT, Form, Question
from inspectorate.methodology.tables import Table


def cells(table: Table, form: Form) -> list[Fault]:
    """Find empty cells and questions that the edition does not have."""
    faults = []
    for head in ("case", "question", "judgement"):
        column = table.columns[head]
        if "" in column:
            faults += [
                Fault(
                    FaultCode.EMPTY_CELL,
                    table.file,
                    "the cell is empty.",
                    "Fill it, or take the row out where nothing was answered.",
                    table.row(index),
                    head,
                )
                for index, cell in enumerate(column)
                if not cell
            ]
    unknown = set(table.columns["question"]) - set(form.kind_of) - {""}
    if unknown:
        faults += [
            Fault(
                FaultCode.UNKNOWN_QUESTION,
                table.file,
                f"this edition has no question '{cell}'.",
                "Check the edition and the code of the question.",
                table.row(index),
                "question",
            )
            for index, cell in enumerate(table.columns["question"])
            if cell in unknown
        ]
    return faults


def options(table: Table, form: Form, chosen: Sequence[int]) -> list[Fault]:
    """Find judgements outside the options of their question."""
    questions, words = table.columns["question"], table.columns["judgement"]
    faults = []
    for index, number in enumerate(chosen):
        if number == ABSENT and questions[index] in form.kind_of and words[index]:
            allowed = ", ".join(option.code for option in form.question(questions[index]).options)
            why = f"'{words[index]}' is no answer to {questions[index]}."
            remedy = f"Write one of: {allowed}."
            faults.append(Fault(FaultCode.OUTSIDE_OPTIONS, table.file, why, remedy, table.row(index), "judgement"))
    return faults


def _first_rows(table: Table, keys: Sequence[Key]) -> dict[Key, int]:
    rows: dict[Key, int] = {}
    for index, key in enumerate(keys):
        rows.setdefault(key, table.row(index))
    return rows


def one_kind_each(table: Table, answers: Answers, keys: Sequence[Key]) -> list[Fault]:
    """Find cases that answer questions of more than one kind of case."""
    kinds: dict[Key, list[str]] = {}
    for part in answers.kinds:
        for key in part.keys:
            kinds.setdefault(key, []).append(part.kind.code)
    mixed = {key: found for key, found in kinds.items() if len(found) > 1}
    rows = _first_rows(table, keys) if mixed else {}
    remedy = "A case is of one kind: check the case reference or the question."
    return [
        Fault(
            FaultCode.MIXED_KINDS,
            table.file,
            f"case '{key[1]}' answers questions of the kinds {' and '.join(found)}.",
            remedy,
            rows[key],
            "case",
        )
        for key, found in mixed.items()
    ]


def routing(table: Table, form: Form, part: KindAnswers, keys: Sequence[Key]) -> list[Fault]:
    """Find answers to questions that were not to be asked, and questions asked that have no answer."""
    asked = form.asked(part.kind, part.values)
    given = part.values != ABSENT
    required = np.array([question.required for question in part.kind.questions], dtype=np.bool_)
    sure = ~_unsure(form, part)
    routed_out = np.argwhere(given & ~asked & sure).tolist()
    missing = np.argwhere(~given & asked & required[None, :] & sure).tolist()
    if not routed_out and not missing:
        return []
    rows = _first_rows(table, keys)
    cells = zip(keys, table.columns["question"], strict=True)
    places = {cell: table.row(index) for index, cell in enumerate(cells)} if routed_out else {}
    faults = []
    for case, column in routed_out:
        key, question = part.keys[case], part.kind.questions[column]
        faults.append(_routed_out(table.file, form, question, key, places[key, question.code]))
    for case, column in missing:
        key, question = part.keys[case], part.kind.questions[column]
        faults.append(_unanswered(table.file, question, key, rows[key]))
    return faults


def _unsure(form: Form, part: KindAnswers) -> NDArray[np.bool_]:
    """Say where routing hangs on an answer that could not be read, which is told already and once is enough."""
    unsure = np.zeros(part.values.shape, dtype=np.bool_)
    if not part.unread:
        return unsure
    unsure[tuple(zip(*part.unread, strict=True))] = True
    for column, question in enumerate(part.kind.questions):
        for code in question.asked_when:
            for other in form.rules[code].when.questions():
                unsure[:, column] |= unsure[:, part.kind.place[other]]
    return unsure


def _routed_out(file: str, form: Form, question: Question, key: Key, row: int) -> Fault:
    rules = " and ".join(f"'{form.rules[code].title}'" for code in question.asked_when)
    why = f"{question.code} is not asked of case '{key[1]}': it is asked only where {rules}."
    remedy = "Take the answer out, or correct the fact that routes it."
    return Fault(FaultCode.ROUTED_OUT, file, why, remedy, row, "question")


def _unanswered(file: str, question: Question, key: Key, row: int) -> Fault:
    why = f"case '{key[1]}' has no answer to {question.code}, which is asked of it."
    remedy = "Answer it, or answer not applicable where the question allows it."
    return Fault(FaultCode.UNANSWERED, file, why, remedy, row, "question", question.code)


def on_list(table: Table, answers: Answers, case_list: CaseList, keys: Sequence[Key]) -> list[Fault]:
    """Find answered cases that are not on the case list, or are there as another kind."""
    faults = []
    right = [
        case_list.place.get(key) is not None and case_list.kinds[case_list.place[key]] == part.kind.code
        for part in answers.kinds
        for key in part.keys
    ]
    if all(right):
        return []
    rows = _first_rows(table, keys)
    for part in answers.kinds:
        for key in part.keys:
            place = case_list.place.get(key)
            if place is None:
                of = f" of inspection '{key[0]}'" if key[0] else ""
                why = f"case '{key[1]}'{of} is not on the case list."
                remedy = "The list must hold every case that the sample was drawn from: check the reference."
                faults.append(Fault(FaultCode.NOT_ON_LIST, table.file, why, remedy, rows[key], "case"))
            elif case_list.kinds[place] != part.kind.code:
                why = f"case '{key[1]}' is a {case_list.kinds[place]} case on the list but answers as {part.kind.code}."
                remedy = "Correct the kind on the list, or the questions answered."
                faults.append(Fault(FaultCode.MIXED_KINDS, table.file, why, remedy, rows[key], "case"))
    return faults
