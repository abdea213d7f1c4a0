"""Readings of lists and samples: which cases are in the sample now."""

from django.db.models import Q, QuerySet

from inspectorate.inspections.models import Inspection
from inspectorate.sampling.models import Case, DrawnCase


def current_sample(inspection: Inspection) -> "QuerySet[Case]":
    """Return the cases that are in the samples of an inspection now: those drawn or brought in, and not replaced."""
    in_it = Q(drawn__role=DrawnCase.Role.DRAWN) | Q(drawn__replaces__isnull=False)
    return Case.objects.filter(in_it, case_list__inspection=inspection, drawn__replaced_by__isnull=True).select_related(
        "case_list"
    )


def lists_settled(inspection: Inspection) -> bool:
    """Say whether every list of the inspection has its sample, and there is one list at least."""
    lists = inspection.case_lists.values_list("sample", flat=True)
    return bool(lists) and all(lists)
