"""Reading: the lists of an inspection, one list, and the sample before and after the draw."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.models import Reading
from inspectorate.sampling import sampled, shown
from inspectorate.sampling.asking import address, note_list, of_kind, planned_or_404
from inspectorate.sampling.plans import kinds_of
from inspectorate.sampling.queries import current_list, current_lists


@require_safe
@inspection_page("case_list.read")
def lists_page(asked: Asked) -> HttpResponse:
    """Show every list of the inspection; straight to the only one where there is one kind of case."""
    kinds = kinds_of(asked.inspection)
    if len(kinds) == 1:
        return redirect(address("list", asked, kinds[0].code))
    return asked.page("sampling/lists.html", shown.lists(asked, kinds), last="Case lists")


@require_safe
@inspection_page("case_list.read")
def list_page(asked: Asked, kind: str) -> HttpResponse:
    """Show one list: where it stands, what is missing, its cases narrowed as asked."""
    planned = planned_or_404(asked, kind)
    case_list = current_list(asked.inspection, kind)
    note_list(asked, case_list, Reading.Way.LIST)
    given = {"of_kind": of_kind(planned), **shown.one_list(asked, planned, case_list)}
    return asked.page("sampling/list.html", given, last="Case list")


@require_safe
@inspection_page("sample.read")
def samples_page(asked: Asked) -> HttpResponse:
    """Show the samples of every kind of case; straight to the only one where there is one kind."""
    kinds = kinds_of(asked.inspection)
    if len(kinds) == 1:
        return redirect(address("sample", asked, kinds[0].code))
    given = sampled.samples(asked, kinds, list(current_lists(asked.inspection).annotate(listed=Count("cases"))))
    return asked.page("sampling/samples.html", given, last="Samples")


@require_safe
@inspection_page("sample.read")
def sample_page(asked: Asked, kind: str) -> HttpResponse:
    """Show the size that is worked out before the draw, and the sample after it."""
    planned = planned_or_404(asked, kind)
    case_list = current_list(asked.inspection, kind)
    note_list(asked, case_list, Reading.Way.LIST)
    title = {"of_kind": of_kind(planned)}
    if case_list is not None and hasattr(case_list, "sample"):
        return asked.page("sampling/sample.html", title | sampled.drawn(asked, planned, case_list), last="Sample")
    return asked.page("sampling/before.html", title | sampled.before(asked, planned, case_list), last="Sample")
