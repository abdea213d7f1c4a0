"""Cases come on a list: entered, or handed in as a file; a single one is taken off again, with the reason.

A file is read in the request and never stored: what is kept of it is its digest, what was found, and the rows that
have to be mended, until the list is closed.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction

from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import person_of
from inspectorate.sampling.actions.holding import COMES_IN, hold, hold_list, note
from inspectorate.sampling.cells import unfit
from inspectorate.sampling.intake import Checked, read_list
from inspectorate.sampling.listed import File, ListedCase
from inspectorate.sampling.merging import Merged, merged, stored
from inspectorate.sampling.models import FILE_NAME_LENGTH, Case, CaseList, ListUpload
from inspectorate.sampling.plans import Planned, kind_of, kinds_of
from inspectorate.sampling.queries import asked_of, current_list, standing, uploads_seen_by, without_interest
from inspectorate.sampling.refusals import Refusal, RefusedError, given_reason

FACTS = ("stratum", "characteristics", "holder", "home", "host", "practitioner")


@transaction.atomic
def enter_list(*, inspection: Inspection, kind: str, cases: Sequence[ListedCase], by: tuple[str, str]) -> CaseList:
    """Enter the list of all cases of one kind.

    Refused: a kind that no edition of the inspection has, or that has a list; no case; a reference that stands twice,
    or that a spreadsheet would take for a formula.
    """
    held = hold(inspection_pk=inspection.pk, action="case_list.upload", by=by, states=COMES_IN)
    _refuse_unfit(held, kind, cases)
    entered = CaseList.objects.create(inspection=held, kind=kind)
    Case.objects.bulk_create(_row(entered, case) for case in cases)
    note(case_list=entered, verb="case-list.entered", payload={"kind": kind, "cases": len(cases)}, by=by)
    return entered


def _refuse_unfit(inspection: Inspection, kind: str, cases: Sequence[ListedCase]) -> None:
    _planned(inspection, kind)
    if inspection.case_lists.filter(kind=kind, superseded_at__isnull=True).exists():
        raise RefusedError(Refusal.KIND_LISTED, f"{inspection} has a list of {kind} cases already: use that.")
    if not cases:
        raise RefusedError(Refusal.LIST_EMPTY, "The list has no case: hand in every case that could be drawn.")
    twice = [reference for reference, times in Counter(map(_reference, cases)).items() if times > 1]
    if twice:
        raise RefusedError(Refusal.REFERENCE_TWICE, f"Case '{twice[0]}' stands on the list twice: keep one row.")
    for case in cases:
        why = unfit(_reference(case)) or unfit(case.stratum)
        if why:
            sentence = f"Case '{_reference(case)}' cannot stand on a list: {why} Write it otherwise."
            raise RefusedError(Refusal.REFERENCE_UNFIT, sentence)


def _planned(inspection: Inspection, kind: str) -> Planned:
    planned = kind_of(inspection, kind)
    if planned is None:
        kinds = ", ".join(planned.code for planned in kinds_of(inspection))
        sentence = f"No edition of this inspection has cases of the kind '{kind}': choose one of {kinds}."
        raise RefusedError(Refusal.KIND_UNKNOWN, sentence)
    return planned


def _reference(case: ListedCase) -> str:
    return unicodedata.normalize("NFC", case.reference.strip())


def _row(case_list: CaseList, case: ListedCase) -> Case:
    return Case(
        case_list=case_list,
        reference=_reference(case),
        stratum=unicodedata.normalize("NFC", case.stratum.strip()) or "all",
        characteristics=case.characteristics,
        practitioner=case.practitioner,
        holder=case.holder,
        home=case.home,
        host=case.host,
    )


def upload_list(
    *, inspection: Inspection, kind: str, file: File, by: tuple[str, str], instead_of: str = ""
) -> tuple[ListUpload, bool]:
    """Take in a file: accepted rows come on the list, every fault is told. Return it, and whether it is the same again.

    ``instead_of`` lets the file take the place of all that is on the list, as long as a row of it is accepted: it says
    how the list stood when the person looked at it (``queries.standing``). Refused: an unknown kind, a list that is
    closed, or has changed since. The same file again changes nothing, and no second upload is written down.
    """
    person = require_in(inspection=inspection, action="case_list.upload", by=by)
    asked = asked_of(inspection, _planned(inspection, kind), person)
    checked = read_list(file, asked)
    if instead_of and person.is_contact and inspection.inspected_providers.count() > 1:
        sentence = "Several providers share this list: add your rows, and ask the lead inspector to replace the whole."
        raise RefusedError(Refusal.NOT_ONLY_YOURS, sentence)
    return _take_in(inspection, kind, file, checked, by, instead_of)


@transaction.atomic
def _take_in(
    inspection: Inspection, kind: str, file: File, checked: Checked, by: tuple[str, str], instead_of: str
) -> tuple[ListUpload, bool]:
    held = hold(inspection_pk=inspection.pk, action="case_list.upload", by=by, states=COMES_IN)
    case_list = current_list(held, kind) or CaseList.objects.create(inspection=held, kind=kind)
    if not case_list.is_open:
        sentence = f"The list ({case_list}) is closed, and takes no more cases: ask the lead inspector."
        raise RefusedError(Refusal.LIST_CLOSED, sentence)
    digest = hashlib.sha256(file.content).hexdigest()
    whole = bool(instead_of)
    found = merged(checked, stored(case_list), whole=whole)
    own = uploads_seen_by(person_of(by), held).filter(case_list=case_list)
    before = own.filter(digest=digest).order_by("-pk").first()
    if before is not None and _changes_nothing(before, found, whole):
        return before, True
    if whole and instead_of != standing(case_list):
        sentence = "The list has changed since you opened this page: look at it again, then replace it."
        raise RefusedError(Refusal.LIST_CHANGED, sentence)
    _write(case_list, found)
    upload = ListUpload.objects.create(
        case_list=case_list,
        file_name=(file.name or "file")[-FILE_NAME_LENGTH:],
        digest=digest,
        whole=found.whole,
        rows=checked.rows,
        added=len(found.added),
        changed=len(found.changed),
        unchanged=found.unchanged,
        removed=len(found.removed),
        faults=[fault.as_data() for fault in checked.faults],
        notes=checked.notes,
        heads=checked.heads,
        faulty_rows=checked.faulty_rows(),
        uploaded_at=datetime.now(UTC),
        uploaded_by_kind=by[0],
        uploaded_by_id=by[1],
    )
    counts = {name: getattr(upload, name) for name in ("rows", "added", "changed", "unchanged", "removed", "whole")}
    told = {"file": upload.file_name, "digest": digest, "faults": len(checked.faults), **counts}
    told |= {"removed_cases": sorted(found.removed)} if found.removed else {}
    note(case_list=case_list, verb="case-list.uploaded", payload=told, by=by)
    return upload, False


def _changes_nothing(before: ListUpload, found: Merged, whole: bool) -> bool:
    """Say whether a file that was handed in before does nothing now.

    One without a fault is the same again, even where a case of it was taken off the list since. One with faults is
    read again, because what it lacked may have been put right elsewhere, such as the name of a provider.
    """
    if whole:
        return not (found.added or found.changed or found.removed)
    return not before.faults or not found.added


def _write(case_list: CaseList, found: Merged) -> None:
    rows = [_row(case_list, case) for case in (*found.added, *found.changed)]
    Case.objects.bulk_create(
        rows, 500, update_conflicts=True, unique_fields=["case_list", "reference"], update_fields=list(FACTS)
    )
    if found.removed:
        gone = list(found.removed)
        for first in range(0, len(gone), 500):
            case_list.cases.filter(reference__in=gone[first : first + 500]).delete()


@transaction.atomic
def remove_case(*, case: Case, why: str, by: tuple[str, str]) -> None:
    """Take a single case off a list that is open; what stood there is kept in the record, with the reason.

    Refused: no reason; a list that is closed; a case that somebody has taken off already.
    """
    case_list = hold_list(case_list=case.case_list, action="case_list.upload", by=by, states=COMES_IN)
    given = given_reason(why, "the case is taken off the list")
    if not case_list.is_open:
        raise RefusedError(Refusal.LIST_CLOSED, f"The list ({case_list}) is closed: no case is taken off it any more.")
    held = without_interest(case_list.cases.filter(pk=case.pk), person_of(by)).first()
    if held is None:
        raise RefusedError(Refusal.LIST_CHANGED, f"Case {case.reference} is not on the list any more.")
    told = {
        "case": held.public_id,
        "reference": held.reference,
        "stratum": held.stratum,
        "characteristics": held.characteristics,
    }
    held.delete()
    note(case_list=case_list, verb="case-list.case-removed", payload=told, by=by, why=given)
