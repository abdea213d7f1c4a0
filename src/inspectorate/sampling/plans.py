"""Which kinds of case an inspection has, each with the plan by which its edition samples it."""

from dataclasses import dataclass, replace
from functools import lru_cache

from inspectorate.inspections.models import Inspection
from inspectorate.methodology import editions
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Kind
from inspectorate.methodology.sampling.size import SamplingPlan

edition_of = lru_cache(maxsize=64)(editions.load)
"""Return the edition of a code, read once a process; raise Refused where there is none."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One kind of case of an inspection: what it is, and how its edition samples it."""

    edition: Edition
    kind: Kind
    plan: SamplingPlan
    alone: bool = False
    """Whether it is the only kind of case of its inspection."""

    @property
    def code(self) -> str:
        """The code of the kind."""
        return self.kind.code

    @property
    def strata(self) -> tuple[str, ...]:
        """The columns by which the list is stratified."""
        return self.plan.strata

    @property
    def characteristics(self) -> tuple[str, ...]:
        """The columns that the list is asked for beside the reference, each once: strata first."""
        return tuple(dict.fromkeys((*self.plan.strata, *self.plan.compare)))


def kinds_in(pinned: "tuple[tuple[str, str], ...]") -> tuple[Planned, ...]:
    """Return the kinds of case of some pairs (edition, module): those of the optional modules only where chosen."""
    found: dict[str, Planned] = {}
    for code in dict.fromkeys(edition for edition, _ in pinned):
        edition = edition_of(code)
        for kind in edition.kinds_in([module for other, module in pinned if other == code]):
            if kind.code in edition.sampling:
                found.setdefault(kind.code, Planned(edition, kind, edition.sampling[kind.code]))
    return tuple(replace(planned, alone=len(found) == 1) for planned in found.values())


def kinds_of(inspection: Inspection) -> tuple[Planned, ...]:
    """Return the kinds of case of an inspection, in the order of its editions; one query."""
    return kinds_in(tuple(inspection.modules.order_by("pk").values_list("edition", "code")))


def kind_of(inspection: Inspection, code: str) -> Planned | None:
    """Return one kind of case of an inspection; None where it has no such kind."""
    return next((planned for planned in kinds_of(inspection) if planned.code == code), None)
