"""Answers as coded arrays: the number of the option chosen, for each case and question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inspectorate.methodology.cases import CaseList, Key
from inspectorate.methodology.forms import Form, Kind


@dataclass(frozen=True, slots=True)
class KindAnswers:
    """The answers of all cases of one kind: ``values`` is (cases, questions), the number of the option chosen."""

    kind: Kind
    keys: tuple[Key, ...]
    values: NDArray[np.int8]
    reasons: Mapping[tuple[int, int], tuple[str, ...]]
    """Reasons ticked, by (case, question) as places in ``values``."""
    unread: tuple[tuple[int, int], ...] = ()
    """Places of ``values`` where a row was given that could not be understood; empty once the answers are accepted."""

    def only(self, keep: Sequence[int]) -> "KindAnswers":
        """Return the answers of the cases at these places."""
        new = {old: place for place, old in enumerate(keep)}
        reasons = {(new[case], column): why for (case, column), why in self.reasons.items() if case in new}
        return KindAnswers(self.kind, tuple(self.keys[i] for i in keep), self.values[list(keep)], reasons)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a file, by kind of case, in the order of the form."""

    form: Form
    kinds: tuple[KindAnswers, ...]

    def of(self, kind: str) -> KindAnswers:
        """Return the answers of one kind of case."""
        return next(part for part in self.kinds if part.kind.code == kind)

    def within(self, case_list: CaseList, head: str, value: str) -> "Answers":
        """Return the answers of the cases for which the list has ``value`` in column ``head``."""
        column = case_list.column(head)
        return Answers(
            self.form,
            tuple(
                part.only([i for i, key in enumerate(part.keys) if column[case_list.place[key]] == value])
                for part in self.kinds
            ),
        )
