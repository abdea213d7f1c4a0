"""Handing over everything of one inspection: asked for by one person, agreed to by another, taken once."""

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from inspectorate.config.desk import export
from inspectorate.config.desk.forms import AskForExport
from inspectorate.fieldwork.queries import closed_to, visible_cases
from inspectorate.inspections.actions import agree_to_export, ask_for_export, decline_export, take_export
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.models import Export
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.people.actions import note_readings
from inspectorate.people.queries import because_of

LATEST = 50


def _href(asked: Asked) -> str:
    return reverse("desk:export", args=[asked.inspection.public_id])


def _page(asked: Asked, form: AskForExport, status: int = 200) -> HttpResponse:
    now, home = timezone.now(), _href(asked)
    found = asked.inspection.exports.select_related("asked_by", "agreed_by").order_by("-asked_at")[:LATEST]
    given = {"form": form, "asks": asked.may("inspection.export"), "ask_href": f"{home}ask/"}
    given |= {"exports": [_shown(one, asked, now, home) for one in found]}
    return asked.page("desk/export.html", given, last="Export", status=status)


def _shown(one: Export, asked: Asked, now: Any, home: str) -> dict[str, Any]:
    """Return a request with what this person can do about it."""
    open_ = one.taken_at is None and one.ended_at is None and one.expires_at > now
    mine = one.asked_by == asked.person.user
    return {
        "export": one,
        "open": open_,
        "agree_href": f"{home}{one.public_id}/agree/" if open_ and not mine and one.agreed_at is None else "",
        "end_href": f"{home}{one.public_id}/end/" if open_ else "",
        "mine": mine,
        "file_href": f"{home}{one.public_id}/everything.zip" if open_ and mine and one.agreed_at else "",
    }


@require_safe
@inspection_page("inspection.confirm_export")
def export_page(asked: Asked) -> HttpResponse:
    """Show what was asked for and taken, and the form to ask."""
    return _page(asked, AskForExport())


@require_POST
@inspection_page("inspection.export")
def ask_export(asked: Asked) -> HttpResponse:
    """Ask for an export."""
    form = AskForExport(asked.request.POST)
    if form.is_valid():
        try:
            ask_for_export(inspection=asked.inspection, why=form.cleaned_data["why"], by=asked.by)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, forms.ValidationError(error.sentence, code=error.code))
        else:
            return redirect(_href(asked))
    return _page(asked, form, status=422)


def _held(asked: Asked, export_id: str) -> Export:
    found = asked.inspection.exports.filter(public_id=export_id).first()
    if found is None:
        raise Http404
    return found


@require_POST
@inspection_page("inspection.confirm_export")
def agree_export(asked: Asked, export_id: str) -> HttpResponse:
    """Agree to an export, as the second person."""
    agree_to_export(export=_held(asked, export_id), by=asked.by)
    return redirect(_href(asked))


@require_POST
@inspection_page("inspection.confirm_export")
def end_export(asked: Asked, export_id: str) -> HttpResponse:
    """Decline an export that another asks for, or take back one's own."""
    decline_export(export=_held(asked, export_id), by=asked.by)
    return redirect(_href(asked))


@require_POST
@inspection_page("inspection.export")
def take_export_file(asked: Asked, export_id: str) -> HttpResponse:
    """Hand over everything of an inspection as it stands, whatever its state; once."""
    held = _held(asked, export_id)
    take_export(export=held, by=asked.by)
    shut = closed_to(asked.person, asked.inspection)
    cases = (
        visible_cases(asked.person, asked.inspection).exclude(public_id__in=shut).values_list("public_id", flat=True)
    )
    about = {"inspection": asked.inspection.public_id, "because": because_of(asked.person, asked.relations)}
    note_readings(subjects=[("case", one) for one in cases], way="export", by=asked.person, **about)
    made = export.make(asked.inspection, asked.person, timezone.now())
    name = f"{slugify(asked.inspection.title)[:60] or 'inspection'}-{asked.inspection.public_id[:8]}.zip"
    return FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")  # type: ignore[return-value]
