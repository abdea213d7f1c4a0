"""Releasing: the minute is proposed, looked at as the public will see it, confirmed by a second person, taken back."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.access import NotAllowedError
from inspectorate.publication import actions, queries
from inspectorate.publication.forms import MinuteForm, WhyForm
from inspectorate.publication.public import as_preview
from inspectorate.publication.refusals import RefusedError
from inspectorate.publication.views.public import result_context
from inspectorate.reports.queries import signed_report

ADDRESS = "publication:release"


@require_safe
@inspection_page("release.read")
def release_page(asked: Asked) -> HttpResponse:
    """Show how the release stands, and what can be done about it."""
    return _page(asked, MinuteForm(), WhyForm())


def _page(asked: Asked, minute: MinuteForm, why: WhyForm, status: int = 200) -> HttpResponse:
    release, now = queries.open_release(asked.inspection), timezone.now()
    proposed_by_me = bool(release) and (release.proposed_by_kind, release.proposed_by_id) == asked.by
    is_public = bool(release and release.confirmed_at and release.visible_from <= now)
    down_by_me = bool(release) and (release.taken_down_by_kind, release.taken_down_by_id) == asked.by
    told = {
        "release": release,
        "is_public": is_public and not release.taken_down_at,
        "is_down": is_public and release.taken_down_at,
        "can_take_down": is_public and not release.taken_down_at and asked.may("release.take_down"),
        "can_put_up": is_public and release.taken_down_at and not down_by_me and asked.may("release.put_up"),
        "signed": signed_report(asked.inspection),
        "proposed_by_me": proposed_by_me,
        "ended": queries.ended_releases(asked.inspection),
        "minute": minute,
        "why": why,
        "can_propose": asked.may("release.propose") and not release and asked.inspection.state == "signed_off",
        "can_confirm": asked.may("release.confirm") and release and not release.confirmed_at and not proposed_by_me,
        "can_take_back": asked.may("release.take_back")
        and release
        and (not release.confirmed_at or release.visible_from > now),
    }
    return asked.page("publication/release.html", told, last="Publication", status=status)


@require_safe
@inspection_page("release.read")
def preview_page(asked: Asked) -> HttpResponse:
    """Show the public page as it will be."""
    signed = signed_report(asked.inspection)
    if signed is None:
        return redirect(ADDRESS, asked.inspection.public_id)
    release = queries.open_release(asked.inspection)
    result = as_preview(asked.inspection, signed, release.visible_from if release else timezone.now())
    return asked.page("publication/preview.html", result_context(result), last="As the public will see it")


@require_http_methods(["GET", "POST"])
@inspection_page("release.propose")
def propose_page(asked: Asked) -> HttpResponse:
    """Propose the minute."""
    form = MinuteForm(asked.request.POST or None)
    if asked.request.method != "POST":
        return redirect(ADDRESS, asked.inspection.public_id)
    if form.is_valid():
        try:
            actions.propose_release(inspection=asked.inspection, visible_from=form.visible_from(), by=asked.by)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(ADDRESS, asked.inspection.public_id)
    return _page(asked, form, WhyForm(), status=422)


@require_POST
@inspection_page("release.confirm")
def confirm_page(asked: Asked) -> HttpResponse:
    """Confirm the minute."""
    actions.confirm_release(inspection=asked.inspection, by=asked.by, seen=asked.request.POST.get("release", ""))
    return redirect(reverse(ADDRESS, args=[asked.inspection.public_id]))


@require_POST
@inspection_page("release.take_back")
def take_back_page(asked: Asked) -> HttpResponse:
    """Take the minute back before it comes."""
    return _because(asked, actions.take_back_release)


@require_POST
@inspection_page("release.take_down")
def take_down_page(asked: Asked) -> HttpResponse:
    """Take down what is public."""
    return _because(asked, actions.take_down_release)


@require_POST
@inspection_page("release.put_up")
def put_up_page(asked: Asked) -> HttpResponse:
    """Put it up again."""
    return _because(asked, actions.put_up_release)


def _because(asked: Asked, act: Callable[..., object]) -> HttpResponse:
    """Do what takes a reason, and show how the release stands then; without one ask for it."""
    form = WhyForm(asked.request.POST)
    if not form.is_valid():
        return _page(asked, MinuteForm(), form, status=422)
    act(inspection=asked.inspection, why=form.cleaned_data["why"], by=asked.by)
    return redirect(ADDRESS, asked.inspection.public_id)
