"""Following up one inspection: what was recommended to whom, what comes next, and the end of it."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from inspectorate.followup import actions
from inspectorate.followup.forms import WhyForm
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.queries import visible_to
from inspectorate.publication.queries import open_release

ADDRESS = "followup:follow_up"


@require_safe
@inspection_page("followup.read")
def follow_up_page(asked: Asked) -> HttpResponse:
    """Show what was recommended to whom once the result is public, and what can be done next."""
    return _page(asked, WhyForm())


def _page(asked: Asked, why: WhyForm, status: int = 200) -> HttpResponse:
    release, now = open_release(asked.inspection), timezone.now()
    is_public = release is not None and release.confirmed_at is not None and release.visible_from <= now
    listed = release.signed_report.content["recommendations"] if release and is_public else []
    by_addressee = sorted(listed, key=lambda one: one["addressee"])
    manages, state = asked.may("followup.manage"), asked.inspection.state
    told = {
        "release": release if is_public else None,
        "groups": [
            {"addressee": addressee, "items": list(items)}
            for addressee, items in groupby(by_addressee, key=lambda one: one["addressee"])
        ],
        "count": len(listed),
        "reinspections": list(visible_to(asked.person).filter(reinspects=asked.inspection)),
        "why": why,
        "can_close": manages and is_public and state == "released",
        "can_reopen": manages and state == "closed",
        "can_reinspect": manages and is_public and state in ("released", "closed"),
    }
    return asked.page("followup/follow_up.html", told, last="Follow-up", status=status)


@require_POST
@inspection_page("followup.manage")
def close_page(asked: Asked) -> HttpResponse:
    """Close the inspection."""
    actions.close_inspection(inspection=asked.inspection, by=asked.by)
    return redirect(ADDRESS, asked.inspection.public_id)


@require_POST
@inspection_page("followup.manage")
def reopen_page(asked: Asked) -> HttpResponse:
    """Open the follow-up again."""
    form = WhyForm(asked.request.POST)
    if form.is_valid():
        actions.reopen_follow_up(inspection=asked.inspection, why=form.cleaned_data["why"], by=asked.by)
        return redirect(ADDRESS, asked.inspection.public_id)
    return _page(asked, form, status=422)
