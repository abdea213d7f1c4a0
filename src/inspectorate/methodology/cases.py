"""The case list: the frozen list that a sample was drawn from, with the characteristics of each case."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.forms import Form
from inspectorate.methodology.tables import Table

OWN_COLUMNS = ("case", "kind", "stratum", "inspection")
"""Columns that the program reads itself; every further column is a characteristic."""

Key = tuple[str, str]
"""A case: the inspection it belongs to (empty where there is one) and its reference."""


@dataclass(frozen=True)
class CaseList:
    """Every case on the frozen list, in the order of the file, with ``characteristics`` by column."""

    keys: tuple[Key, ...]
    kinds: tuple[str, ...]
    strata: tuple[str, ...]
    characteristics: Mapping[str, Sequence[str]]

    @cached_property
    def place(self) -> dict[Key, int]:
        """Where each case stands on the list."""
        return {key: index for index, key in enumerate(self.keys)}

    def design(self, kind: str) -> tuple[list[str], NDArray[np.int64]]:
        """Return the names of the strata of one kind, sorted, and the stratum of every case (-1 for other kinds).

        A stratum of one inspection is never pooled with that of another.
        """
        labels = [
            f"{inspection} / {stratum}" if inspection else stratum
            for (inspection, _), stratum in zip(self.keys, self.strata, strict=True)
        ]
        names = sorted({label for label, other in zip(labels, self.kinds, strict=True) if other == kind})
        place = {name: index for index, name in enumerate(names)}
        codes = [place[label] if other == kind else -1 for label, other in zip(labels, self.kinds, strict=True)]
        return names, np.array(codes, dtype=np.int64)

    def column(self, head: str) -> Sequence[str]:
        """Return a column to break down by; raise Refused where the list has none of that name."""
        own: dict[str, Sequence[str]] = {
            "kind": self.kinds,
            "stratum": self.strata,
            "inspection": [inspection for inspection, _ in self.keys],
        }
        found = self.characteristics.get(head, own.get(head))
        if found is None:
            known = ", ".join([*self.characteristics, *own])
            why = f"there is no column '{head}' to break down by."
            raise Refused([Fault(FaultCode.UNKNOWN_COLUMN, "case list", why, f"Choose one of: {known}.", column=head)])
        return found

    def within(self, head: str, value: str) -> "CaseList":
        """Return the part of the list in which ``head`` is ``value``."""
        keep = [index for index, other in enumerate(self.column(head)) if other == value]
        return CaseList(
            keys=tuple(self.keys[i] for i in keep),
            kinds=tuple(self.kinds[i] for i in keep),
            strata=tuple(self.strata[i] for i in keep),
            characteristics={name: [column[i] for i in keep] for name, column in self.characteristics.items()},
        )


def read_case_list(table: Table, form: Form) -> CaseList:
    """Make the case list from its table (``case``, ``kind``, ``stratum``, more columns); raise Refused with all faults.

    ``kind`` may be left out where the form has one kind, ``stratum`` where the sample was not stratified.
    """
    codes = {kind.code for kind in form.kinds}
    only = next(iter(codes)) if len(codes) == 1 else ""
    cases, inspections = table.column("case"), table.column("inspection")
    kinds = [kind or only for kind in table.column("kind")]
    keys = tuple(zip(inspections, cases, strict=True))
    faults = _faults(table, keys, kinds, codes)
    if faults:
        raise Refused(faults)
    return CaseList(
        keys=keys,
        kinds=tuple(kinds),
        strata=tuple(stratum or "all" for stratum in table.column("stratum")),
        characteristics={head: column for head, column in table.columns.items() if head not in OWN_COLUMNS},
    )


def _faults(table: Table, keys: Sequence[Key], kinds: Sequence[str], codes: set[str]) -> list[Fault]:
    seen: dict[Key, int] = {}
    times = Counter(keys)
    faults = []
    for index, (key, kind) in enumerate(zip(keys, kinds, strict=True)):
        row, case = table.row(index), key[1]
        if not case:
            why = "there is no case reference."
            faults.append(Fault(FaultCode.EMPTY_CELL, table.file, why, "Give the case its reference.", row, "case"))
        elif times[key] > 1 and key in seen:
            why = f"case '{case}' is on the list already, in row {seen[key]}."
            faults.append(Fault(FaultCode.REPEATED_CASE, table.file, why, "Keep one of the two rows.", row, "case"))
        seen.setdefault(key, row)
        if kind not in codes:
            why = f"'{kind}' is no kind of case in this edition." if kind else "the kind of case is missing."
            remedy = f"Write one of: {', '.join(sorted(codes))}."
            faults.append(Fault(FaultCode.UNKNOWN_KIND, table.file, why, remedy, row, "kind"))
    return faults
