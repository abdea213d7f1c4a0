"""Erasing what was written in assessments, once it is due: answers as codes, times and hashes stay."""

from django.db import transaction

from inspectorate.fieldwork.models import Allocation, Entry, FieldworkReopening
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import require
from inspectorate.record.actions import append
from inspectorate.record.names import ERASED


@transaction.atomic
def forget_notes(*, inspection: Inspection, by: tuple[str, str]) -> int:
    """Erase every note, and why allocations ended and fieldwork was to be reopened; return how many notes.

    An entry keeps its place, its times and the hash that was made of it: that it stood here can still be proved to
    somebody who has its words, and to nobody else.
    """
    require(by, "privacy.erase")
    notes = Entry.objects.filter(assessment__case__case_list__inspection=inspection).exclude(text="")
    erased = notes.forget(text=ERASED)
    ended = Allocation.objects.filter(case__case_list__inspection=inspection).exclude(ended_because="")
    ended.update(ended_because=ERASED)
    FieldworkReopening.objects.filter(inspection=inspection).update(reason=ERASED)
    append(stream=inspection.name, by=by, verb="entries.erased", subject=inspection.name, payload={"notes": erased})
    return erased
