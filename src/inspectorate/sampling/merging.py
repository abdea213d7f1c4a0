"""What a file that was read does to the list that stands: what it adds, what it would change, what it leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inspectorate.sampling.intake import Checked
from inspectorate.sampling.listed import ListedCase
from inspectorate.sampling.models import Case, CaseList
from inspectorate.sampling.wrong import RowFault, Wrong

Facts = tuple[object, ...]


@dataclass(frozen=True)
class Merged:
    """What comes on the list, what changes there, what goes, and how many stay as they are."""

    added: tuple[ListedCase, ...]
    changed: tuple[ListedCase, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    whole: bool = False


def stored(case_list: CaseList) -> dict[str, Facts]:
    """Return the facts of every case that stands on a list, by reference."""
    return {case.reference: _facts(case, case.holder_id, case.home_id, case.host_id) for case in case_list.cases.all()}


def _facts(case: Case | ListedCase, *bodies: int | None) -> Facts:
    return (case.stratum, dict(case.characteristics), *bodies, case.practitioner)


def merged(checked: Checked, standing: Mapping[str, Facts], *, whole: bool) -> Merged:
    """Put what was read beside what stands; a case that stands with other facts is a fault, unless the whole changes.

    The fault is added to what was found in the file. A whole change without a single accepted row changes nothing.
    """
    new = {case.reference: case for case in checked.cases}
    added = tuple(case for reference, case in new.items() if reference not in standing)
    others = tuple(case for reference, case in new.items() if standing.get(reference, _of(case)) != _of(case))
    unchanged = len(new) - len(added) - len(others)
    if whole and new:
        return Merged(
            added, others, tuple(reference for reference in standing if reference not in new), unchanged, True
        )
    if not whole:
        checked.faults += _listed_otherwise(checked, {case.reference for case in others})
        checked.faults.sort(key=lambda fault: fault.row or 0)
    return Merged(added, unchanged=unchanged)


def _of(case: ListedCase) -> Facts:
    return _facts(case, *(body.pk if body else None for body in (case.holder, case.home, case.host)))


def _listed_otherwise(checked: Checked, references: set[str]) -> Iterable[RowFault]:
    for row, case in zip(checked.at, checked.cases, strict=True):
        if case.reference in references:
            why = f"case '{case.reference}' is on the list with other facts."
            remedy = "Take the row out; or take the case off the list first, or replace the whole list."
            yield RowFault(Wrong.LISTED_OTHERWISE, why, remedy, row, "case")
