"""Sending the draft to the body, and taking it back to be corrected."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.reports.actions import correct_draft, send_draft
from inspectorate.reports.forms import ReasonForm, SendForm
from inspectorate.reports.refusals import RefusedError
from inspectorate.reports.views.writing import overview


@require_POST
@inspection_page("report.send")
def send_page(asked: Asked) -> HttpResponse:
    """Send the draft, and go to it."""
    form = SendForm(asked.request.POST)
    if not form.is_valid():
        return overview(asked, {"send_form": form, "refused_form": form}, status=422)
    try:
        draft = send_draft(inspection=asked.inspection, due_on=form.cleaned_data["due_on"], by=asked.by)
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return overview(asked, {"send_form": form, "refused_form": form}, status=409)
    return redirect("reports:draft", asked.inspection.public_id, draft.number)


@require_POST
@inspection_page("report.send")
def correct_page(asked: Asked) -> HttpResponse:
    """Take the draft back to be written again."""
    form = ReasonForm(asked.request.POST)
    if not form.is_valid():
        return overview(asked, {"correct_form": form, "refused_form": form}, status=422)
    try:
        correct_draft(inspection=asked.inspection, reason=form.cleaned_data["reason"], by=asked.by)
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return overview(asked, {"correct_form": form, "refused_form": form}, status=409)
    return redirect("reports:report", asked.inspection.public_id)
