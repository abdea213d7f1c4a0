"""Closing a list: frozen and drawn from, settled without a sample, or superseded because it is wrong."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.access import NotAllowedError
from inspectorate.sampling import sampled
from inspectorate.sampling.actions import say_none_eligible, settle_list, supersede_list
from inspectorate.sampling.asking import address, list_or_404, of_kind, planned_or_404
from inspectorate.sampling.forms import DrawSample, GiveReason
from inspectorate.sampling.refusals import RefusedError


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("sample.draw")
def draw_page(asked: Asked, kind: str) -> HttpResponse:
    """Say what the draw means, and draw: freeze, seed, sample, whichever of these steps are left."""
    planned = planned_or_404(asked, kind)
    case_list = list_or_404(asked, kind)
    there = address("sample", asked, kind)
    if hasattr(case_list, "sample"):
        return redirect(there)
    given = sampled.to_draw(asked, planned, case_list)
    form = DrawSample(asked.request.POST or None, initial={"size": given["size"], "digest": given["digest"]})
    if asked.request.method == "POST" and form.is_valid():
        try:
            settle_list(case_list=case_list, by=asked.by, **form.cleaned_data)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(there)
    given |= {"form": form, "of_kind": of_kind(planned)}
    return asked.page("sampling/draw.html", given, last="Sample", status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("case_list.freeze")
def none_page(asked: Asked, kind: str) -> HttpResponse:
    """Say that there is no eligible case, with the reason."""
    title = of_kind(planned_or_404(asked, kind))
    form = GiveReason(
        asked.request.POST or None,
        label="Why is there no eligible case?",
        hint="What the body said, and what was looked at. It stands in the record and can be read by the body.",
    )
    return _reasoned(
        asked,
        form,
        lambda why: say_none_eligible(inspection=asked.inspection, kind=kind, why=why, by=asked.by),
        {"template": "sampling/none.html", "of_kind": title, "back": address("list", asked, kind)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("case_list.freeze")
def supersede_page(asked: Asked, kind: str) -> HttpResponse:
    """Put an empty next version in the place of a closed list that is wrong."""
    title = of_kind(planned_or_404(asked, kind))
    case_list = list_or_404(asked, kind)
    form = GiveReason(asked.request.POST or None, label="Why is the list replaced?")
    return _reasoned(
        asked,
        form,
        lambda why: supersede_list(case_list=case_list, why=why, by=asked.by),
        {"template": "sampling/supersede.html", "of_kind": title, "back": address("list", asked, kind)},
    )


def _reasoned(asked: Asked, form: GiveReason, do: Callable[[str], object], given: dict[str, str]) -> HttpResponse:
    """Ask for a reason and do it; a refusal stands at the top of the form, with what was typed."""
    if asked.request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data["why"])
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(given["back"])
    status = 422 if form.errors else 200
    return asked.page(given["template"], {"form": form, **given}, last="Case list", status=status)
