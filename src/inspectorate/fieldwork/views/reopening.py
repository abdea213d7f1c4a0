"""Reopening fieldwork, which takes two people: one asks, another agrees or declines."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inspectorate.fieldwork.actions import (
    agree_to_reopen_fieldwork,
    ask_to_reopen_fieldwork,
    decline_to_reopen_fieldwork,
)
from inspectorate.fieldwork.forms import GiveReason
from inspectorate.fieldwork.queries import open_reopening
from inspectorate.fieldwork.refusals import RefusedError
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import NotAllowedError
from inspectorate.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("fieldwork.confirm_reopening")
def reopen_fieldwork_page(asked: Asked) -> HttpResponse:
    """Ask that fieldwork be reopened, or agree to that or decline it."""
    if asked.request.method != "POST":
        return _page(asked, GiveReason())
    verb, home = asked.request.POST.get("verb", ""), asked.inspection.public_id
    form = GiveReason(asked.request.POST if verb in ("ask", "decline") else None)
    try:
        if verb == "agree":
            agree_to_reopen_fieldwork(inspection=asked.inspection, by=asked.by)
            return redirect(f"{reverse('fieldwork:cases', args=[home])}?done=reopened")
        if not form.is_valid():
            return _page(asked, form, status=422)
        act = ask_to_reopen_fieldwork if verb == "ask" else decline_to_reopen_fieldwork
        act(inspection=asked.inspection, why=form.cleaned_data["why"], by=asked.by)
    except NotAllowedError:
        raise
    except RefusedError as error:
        return _page(asked, form, refused=error.sentence, status=409)
    return redirect("fieldwork:reopen_fieldwork", home)


def _page(asked: Asked, form: GiveReason, *, refused: str = "", status: int = 200) -> HttpResponse:
    waiting = open_reopening(asked.inspection)
    given = {
        "can": asked.inspection.state in INSPECTION.verb("reopen_fieldwork").from_,
        "waiting": waiting,
        "own": waiting is not None and waiting.asked_by == asked.by,
        "asked_by": User.objects.filter(public_id=waiting.asked_by_id).first() if waiting else None,
        "asks": asked.may("fieldwork.reopen"),
        "form": form,
        "refused": refused,
        "back": reverse("fieldwork:cases", args=[asked.inspection.public_id]),
    }
    return asked.page("fieldwork/reopen.html", given, last="Cases", status=status)
