"""Erasing the references of cases from what settled ratings were worked out from; every figure comes out the same."""

from typing import Any

from django.db import transaction

from inspectorate.inspections.models import Inspection
from inspectorate.people.access import require
from inspectorate.ratings.models import Settlement
from inspectorate.ratings.settled import BROKEN_DOWN
from inspectorate.record.actions import append


@transaction.atomic
def forget_references(*, inspection: Inspection, names: dict[str, str], by: tuple[str, str]) -> int:
    """Put for each reference the name that the case has now, and drop what the list said of it; return the settlements.

    Answers, kinds, strata and the unit that a case belongs to stay: the settled figures, those of each unit among
    them, can be worked out again from what is left.
    """
    require(by, "privacy.erase")
    settlements = list(Settlement.objects.filter(inspection=inspection))
    for one in settlements:
        Settlement.objects.filter(pk=one.pk).forget(inputs=Settlement.pack(_without(one.stored, names)))
    told = {"settlements": len(settlements)}
    append(stream=inspection.name, by=by, verb="settlements.erased", subject=inspection.name, payload=told)
    return len(settlements)


def _without(stored: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    for section in stored["sections"]:
        for row in section["cases"]:
            row["case"] = _named(row["case"], names)
        listing = section["case_list"]
        if listing:
            listing["cases"] = [_named(case, names) for case in listing["cases"]]
            told = listing["characteristics"].items()
            listing["characteristics"] = {head: column for head, column in told if head in BROKEN_DOWN}
    return stored


def _named(case: str, names: dict[str, str]) -> str:
    """Return the new name; one whose reference stood on two lists is told by its kind behind it."""
    if case in names:
        return names[case]
    reference, mark, kind = case.rpartition(" (")
    return f"{names[reference]}{mark}{kind}" if reference in names else case
