"""Erasing what a case list says of people, once it is due: counts, places, seeds and digests stay."""

from django.db import models, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

from inspectorate.inspections.models import Inspection
from inspectorate.people.access import require
from inspectorate.record.actions import append
from inspectorate.record.names import ERASED
from inspectorate.sampling.models import (
    Case,
    CaseList,
    Extension,
    ListUpload,
    Proposal,
    Replacement,
    Sample,
)


@transaction.atomic
def forget_cases(*, inspection: Inspection, by: tuple[str, str]) -> dict[str, str]:
    """Erase references, characteristics, initials, what was handed in, and every reason; return the old references.

    A case keeps its public id, kind, stratum and place in the draw. Its list keeps the digest that was made of it, so
    that a copy held elsewhere can still be proved to be the list from which was drawn.
    """
    require(by, "privacy.erase")
    lists = CaseList.objects.filter(inspection=inspection)
    cases = Case.objects.filter(case_list__in=lists)
    old = dict(cases.exclude(reference__startswith="erased-").values_list("reference", "public_id"))
    cases.update(reference=Concat(Value("erased-"), F("public_id")), characteristics={}, practitioner="")
    ListUpload.objects.filter(case_list__in=lists).update(
        file_name=ERASED, faults=[], notes=[], heads=[], faulty_rows=[]
    )
    _forget_words(lists, "none_eligible_because", "superseded_because")
    _forget_words(Sample.objects.filter(case_list__in=lists), "size_because")
    _forget_words(Extension.objects.filter(sample__case_list__in=lists), "why")
    _forget_words(Replacement.objects.filter(outgoing__case__in=cases), "why")
    _forget_words(Proposal.objects.filter(Q(drawn_case__case__in=cases) | Q(sample__case_list__in=lists)), "why")
    told = {"cases": len(old)}
    append(stream=inspection.name, by=by, verb="case-list.erased", subject=inspection.name, payload=told)
    return {reference: f"erased-{public_id}" for reference, public_id in old.items()}


def _forget_words(rows: "QuerySet[models.Model]", *fields: str) -> int:
    """Put a mark in the place of what was written in these fields; where nothing was, nothing is. Returns the rows."""
    return sum(rows.exclude(**{field: ""}).update(**{field: ERASED}) for field in fields)
