"""Reading a case list that was handed in: which rows can be accepted, and what is wrong with each of the others.

What is wrong with the heads, or with the file as a whole, stops it; what is wrong with a row stops that row alone. A
cell that looks like a personal detail is neither repeated in the fault nor kept.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from inspectorate.methodology.faults import Refused
from inspectorate.register.models import Body
from inspectorate.sampling.cells import Cells, Column
from inspectorate.sampling.files import rows_of
from inspectorate.sampling.listed import File, ListedCase
from inspectorate.sampling.plans import Planned
from inspectorate.sampling.wrong import RowFault, Wrong
from inspectorate.ui.neutral import from_csv

MOST_BYTES = 10 * 2**20
MOST_CELLS = 2_000_000
MOST_UNPACKED = 100 * 2**20
MOST_ROWS = 50_000
MOST_STRATA = 20
WHOLE_ROW, AND = "row", " and "
"""The column of a fault that is about a row as a whole; what stands between two columns of one fault."""
WHAT_IS_WRONG = "what_is_wrong"
"""The last column of a corrected file; it is passed over when the file comes back."""
OWN = ("case", "kind", "provider", "ldu", "home", "host", "practitioner")
PERSONAL_HEADS = frozenset(
    (
        *("name", "names", "full_name", "first_name", "last_name", "forename", "forenames", "surname", "family_name"),
        *("alias", "dob", "d.o.b.", "date_of_birth", "birth_date", "birthday", "address", "street", "postcode"),
        *("post_code", "email", "e-mail", "email_address", "phone", "telephone", "mobile", "phone_number"),
        *("telephone_number", "nhs_number", "national_insurance_number", "ni_number", "practitioner_name"),
    )
)


@dataclass(frozen=True)
class Asked:
    """What a list is asked for: the plan of its kind, the providers inspected, and how values are spelled on it now."""

    planned: Planned
    providers: Sequence[Body]
    bodies: Sequence[Body] = ()
    spelled: Mapping[str, str] = field(default_factory=dict)
    """The strata that stand on the list, by their letters without regard to case."""

    @property
    def required(self) -> tuple[str, ...]:
        """The heads that the first row must have."""
        provider = ("provider",) if len(self.providers) > 1 else ()
        return ("case", *self.planned.characteristics, *provider)

    @property
    def heads(self) -> tuple[str, ...]:
        """Every head of the file to start from, in order."""
        return ("case", *self.planned.characteristics, "provider", "ldu", "home", "host", "practitioner")


@dataclass
class Checked:
    """What was read: the cases that can be accepted with their rows, the faults, and the rows that have one."""

    heads: list[str] = field(default_factory=list)
    cases: list[ListedCase] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    """The row of each case, as a spreadsheet counts."""
    cells: dict[int, list[str]] = field(default_factory=dict)
    """The cells of every row, what looked personal taken out."""
    faults: list[RowFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0

    def faulty_rows(self) -> list[dict[str, object]]:
        """Return the rows that have a fault, with what is wrong in words, for the corrected file."""
        said: dict[int, list[str]] = {}
        for fault in self.faults:
            if fault.row in self.cells:
                said.setdefault(fault.row, []).append(f"{fault.column}: {fault.why} {fault.remedy}")
        return [{"row": row, "cells": self.cells[row], "wrong": " ".join(said[row])} for row in sorted(said)]


def read_list(file: File, asked: Asked) -> Checked:
    """Read a file; where it, or its heads, cannot be read, the faults say so and no case is accepted."""
    checked = Checked()
    try:
        rows = rows_of(
            file.name, file.content, most_bytes=MOST_BYTES, most_cells=MOST_CELLS, most_unpacked=MOST_UNPACKED
        )
    except Refused as refused:
        checked.faults = [RowFault(Wrong.UNREADABLE, fault.why, fault.remedy, fault.row) for fault in refused.faults]
        return checked
    checked.rows = max(0, sum(map(any, rows)) - 1)
    if checked.rows > MOST_ROWS:  # counted before anything is done with a million rows
        why = f"the file has {checked.rows:,} rows."
        remedy = f"A list may have {MOST_ROWS:,} cases: take out empty rows."
        checked.faults = [RowFault(Wrong.TOO_MANY_ROWS, why, remedy)]
        return checked
    is_csv = file.content[:2] != b"PK"
    lines = [[_clean(from_csv(cell) if is_csv else cell) for cell in row] for row in rows]
    while lines and not any(lines[-1]):
        lines.pop()
    checked.rows = max(0, sum(any(line) for line in lines) - 1)
    checked.faults = _shape(lines, asked, checked)
    if not checked.faults:
        _read_rows(lines, asked, checked)
    _name_columns(checked, lines)
    return checked


def _name_columns(checked: Checked, lines: list[list[str]]) -> None:
    """Name the column of each fault as the file spells its head, where the file has it."""
    spelled = dict(zip(checked.heads, lines[0] if lines else (), strict=False))
    checked.faults = [
        replace(fault, column=AND.join(spelled.get(head, head) for head in fault.column.split(AND)))
        for fault in checked.faults
    ]


def _clean(cell: str) -> str:
    text = cell.strip("\ufeff \t\r\n\xa0")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def head_of(cell: str) -> str:
    """Return a head as it is compared: without regard to case and spaces."""
    return "_".join(cell.lower().split())


def _shape(lines: list[list[str]], asked: Asked, checked: Checked) -> list[RowFault]:
    """Return what is wrong with the file as a whole: its heads, and that there is a row below them."""
    if len(lines) < 2:
        why = "there are heads but no case below them." if lines else "the file is empty."
        remedy = "Put one case in each row below the heads; if no case is eligible, tell the lead inspector."
        return [RowFault(Wrong.NO_ROWS, why, remedy)]
    checked.heads = [head_of(cell) for cell in lines[0]]
    return _head_faults(checked, asked)


def _head_faults(checked: Checked, asked: Asked) -> list[RowFault]:
    heads = checked.heads
    faults = []
    for head in asked.required:
        if head not in heads:
            remedy = "Add it to the first row, spelled so; leave a cell empty where a value is not recorded."
            faults.append(RowFault(Wrong.HEAD_MISSING, f"there is no column '{head}'.", remedy, 1, head))
    for head, times in Counter(head for head in heads if head).items():
        if times > 1:
            why = f"the head '{head}' stands there {times} times."
            faults.append(RowFault(Wrong.HEAD_TWICE, why, "Keep one of the columns.", 1, head))
        if head in PERSONAL_HEADS:
            why = f"the column '{head}' would tell who somebody is."
            remedy = "Take the whole column out: a case is known here by its reference alone."
            faults.append(RowFault(Wrong.HEAD_PERSONAL, why, remedy, 1, head))
    known = {*OWN, *asked.planned.characteristics, WHAT_IS_WRONG, *PERSONAL_HEADS}
    checked.notes += [
        f"The column '{head}' is not asked for: nothing in it was read or kept."
        for head in heads
        if head not in known | {""}
    ]
    return faults


def _read_rows(lines: list[list[str]], asked: Asked, checked: Checked) -> None:
    cells = Cells(asked.providers, asked.bodies)
    columns = [
        (place, Column(head, required=head in asked.planned.strata))
        for place, head in enumerate(checked.heads)
        if head in (*OWN, *asked.planned.characteristics)
    ]
    found: dict[int, ListedCase] = {}
    for number, line in enumerate(lines[1:], 2):
        if not any(line):
            continue
        padded = line + [""] * (len(checked.heads) - len(line))
        checked.cells[number] = padded[: len(checked.heads)]
        faults = _uneven(line, checked.heads, number)
        values: dict[str, str] = {}
        for place, column in columns:
            cell = padded[place]
            wrong = cells.fault(column, cell, number)
            if wrong:
                faults.append(wrong)
                if wrong.code in (Wrong.PERSONAL, Wrong.REFERENCE_A_NAME, Wrong.NOT_INITIALS):
                    checked.cells[number][place] = ""
            values[column.head] = cell
        _blank_unread(checked, number, {place for place, _ in columns})
        faults += cells.row_faults(values, asked.planned.code, number)
        checked.faults += faults
        if not faults:
            found[number] = _case(values, asked, cells)
    _together(found, asked, checked)


def _blank_unread(checked: Checked, number: int, read: set[int]) -> None:
    """Take out what stands in columns that nobody asked for: it is not kept."""
    checked.cells[number] = [cell if place in read else "" for place, cell in enumerate(checked.cells[number])]


def _uneven(line: list[str], heads: list[str], number: int) -> list[RowFault]:
    if any(line[len(heads) :]) or len(line) < len(heads):
        why = f"there are {len(line)} cells where the heads have {len(heads)}."
        return [RowFault(Wrong.UNEVEN, why, "Check for a missing or an extra comma.", number, WHOLE_ROW)]
    return []


def _case(values: Mapping[str, str], asked: Asked, cells: Cells) -> ListedCase:
    about = {head: values.get(head, "") for head in asked.planned.characteristics}
    holder = cells.provider(values.get("provider", ""))
    if holder:
        about["provider"] = holder.full_name
    if values.get("ldu"):
        about["ldu"] = values["ldu"]
    return ListedCase(
        reference=values["case"],
        stratum=" / ".join(values[head] for head in asked.planned.strata) or "all",
        characteristics=about,
        holder=holder,
        home=cells.body(values.get("home", "")),
        host=cells.body(values.get("host", "")),
        practitioner=values.get("practitioner", "").replace(".", "").replace(" ", "").upper(),
    )


def _together(found: dict[int, ListedCase], asked: Asked, checked: Checked) -> None:
    """Look at the rows beside each other: references that stand twice, values spelled in two ways, too many strata."""
    for head in asked.planned.strata:
        values = {checked.cells[row][checked.heads.index(head)].casefold() for row in found}
        if len(values) > MOST_STRATA:
            why = f"the column '{head}' has {len(values)} different values, and the list is divided by it."
            remedy = f"Use the same few words for all cases, at most {MOST_STRATA}."
            checked.faults.append(RowFault(Wrong.STRATA_TOO_MANY, why, remedy, 1, head))
            return
    wrong = {**_twice(found), **_spelled(found, asked)}
    checked.faults += wrong.values()
    checked.faults.sort(key=lambda fault: fault.row or 0)
    checked.at = [row for row in found if row not in wrong]
    checked.cases = [found[row] for row in checked.at]


def _twice(found: dict[int, ListedCase]) -> dict[int, RowFault]:
    rows: dict[str, list[int]] = {}
    for row, case in found.items():
        rows.setdefault(case.reference, []).append(row)
    wrong = {}
    for reference, places in rows.items():
        alike = all(found[row] == found[places[0]] for row in places)
        for row in places[1:] if alike else places if len(places) > 1 else []:
            others = ", ".join(str(other) for other in places if other != row)
            why = f"case '{reference}' stands in row {others} too."
            remedy = "Keep one row for each case." if alike else "The rows differ: keep the one that is right."
            wrong[row] = RowFault(Wrong.REFERENCE_TWICE, why, remedy, row, "case")
    return wrong


def _spelled(found: dict[int, ListedCase], asked: Asked) -> dict[int, RowFault]:
    """Find strata that differ from another in capital letters alone: what stands on the list, or is usual, holds."""
    times = Counter(case.stratum for case in found.values())
    usual = {stratum.casefold(): stratum for stratum, _ in sorted(times.items(), key=lambda item: (item[1], item[0]))}
    usual |= asked.spelled
    wrong = {}
    for row, case in found.items():
        held = usual[case.stratum.casefold()]
        if case.stratum != held:
            why = f"'{case.stratum}' stands elsewhere as '{held}'."
            column = AND.join(asked.planned.strata)
            wrong[row] = RowFault(Wrong.SPELLED_OTHERWISE, why, f"Write '{held}' as there.", row, column)
    return wrong
