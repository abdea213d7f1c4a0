"""Beginning, finishing and reopening fieldwork: the verbs of the inspection whose conditions this stage knows."""

from django.db import transaction

from inspectorate.fieldwork.queries import not_accepted, unallocated
from inspectorate.inspections.actions import advance
from inspectorate.inspections.models import Inspection


@transaction.atomic
def begin_fieldwork(*, inspection: Inspection, by: tuple[str, str]) -> Inspection:
    """Begin fieldwork. Refused while a case of the sample has no assessor who is in the team."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    holds = () if unallocated(held).exists() else ("cases_allocated",)
    return advance(inspection=held, verb="begin_fieldwork", by=by, holds=holds)


@transaction.atomic
def finish_fieldwork(*, inspection: Inspection, by: tuple[str, str]) -> Inspection:
    """Finish fieldwork. Refused while a case of the sample has no accepted assessment."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    holds = () if not_accepted(held).exists() else ("cases_accepted",)
    return advance(inspection=held, verb="finish_fieldwork", by=by, holds=holds)


def reopen_fieldwork(*, inspection: Inspection, why: str, by: tuple[str, str]) -> Inspection:
    """Go back to fieldwork, with the reason, as when an assessment has to be looked at again. Refused without one."""
    return advance(inspection=inspection, verb="reopen_fieldwork", by=by, why=why)
