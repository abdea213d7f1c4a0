"""What is kept of people and for how long, what is due, what is held; the register, the assessment, one person."""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from inspectorate.config.upkeep import actions
from inspectorate.config.upkeep.forms import HoldForm, OnePersonForm
from inspectorate.config.upkeep.models import Hold
from inspectorate.config.upkeep.privacy.due import Item, items, items_and_gone
from inspectorate.config.upkeep.privacy.schedule import retention, told
from inspectorate.inspections.queries import visible_to
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import Person, may
from inspectorate.people.asking import rule_page
from inspectorate.register.downloads import as_csv
from inspectorate.ui.words import written_date

PAGE = 50
HEAD = ("kind", "subject", "title", "since", "due_on", "held_because")
DONE = {
    "held": _("It is held until somebody ends that. The reason stands beside it."),
    "lifted": _("The hold has ended. What is due goes the next night."),
}


def seen_by(person: Person, found: list[Item]) -> list[Item]:
    """Return what a person may know of: inspections that they find elsewhere, and people where they may see them."""
    inspections = set(visible_to(person).values_list("public_id", flat=True))
    people = may(person, "people.read")
    may_see = {"inspection": lambda one: one.subject[1] in inspections, "user": lambda _: people}
    return [one for one in found if may_see.get(one.subject[0], lambda _: True)(one)]


def _page(request: HttpRequest, person: Person, *, status: int = 200, **given: Any) -> HttpResponse:
    now = datetime.now(UTC)
    found, gone = items_and_gone(now)
    listed, today = seen_by(person, found), timezone.localdate(now)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    held = {item.hold: item.title for item in listed if item.hold is not None}
    subjects = {f"{item.subject[0]}/{item.subject[1]}": item.title for item in listed if item.hold is None}
    shown = {
        "table": retention(),
        "page": page,
        "rows": [
            [
                item.title,
                item.kind.title,
                written_date(item.since),
                {"text": written_date(item.due_on), "note": _("due now") if item.is_due(today) else ""},
                item.hold.reason if item.hold else "",
            ]
            for item in page
        ],
        "columns": [
            {"title": word} for word in (_("What"), _("Kind"), _("Counts from"), _("Goes on"), _("Held because"))
        ],
        "total": len(listed),
        "holds": [
            {"hold": hold, "title": title}
            for hold, title in sorted(held.items(), key=lambda one: (one[0].placed_at, one[0].pk))
        ],
        "gone": gone,
        "options": [{"value": "", "text": _("Choose one")}]
        + [{"value": value, "text": title} for value, title in subjects.items()],
        "may_hold": may(person, "privacy.hold"),
        "may_export": may(person, "privacy.export"),
        "form": HoldForm(),
        "done": DONE.get(request.GET.get("done", "")),
        "downloads": [{"format": "CSV", "href": "due.csv", "about": _("everything that will be due")}],
    }
    return render(request, "upkeep/privacy.html", shown | given, status=status)


@require_safe
@rule_page("privacy.read")
def privacy_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the retention table, what is due when, and what is held."""
    return _page(request, person)


@require_safe
@rule_page("privacy.read")
def due_csv(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - whatever is asked
    """Hand out what will be due."""
    rows = (
        [
            item.kind.code,
            "/".join(item.subject),
            item.title,
            item.since,
            item.due_on,
            item.hold.reason if item.hold else "",
        ]
        for item in seen_by(person, items(datetime.now(UTC)))
    )
    return as_csv("due-to-be-erased", list(HEAD), rows)


@require_POST
@rule_page("privacy.hold")
def place_hold(request: HttpRequest, person: Person) -> HttpResponse:
    """Hold something."""
    form = HoldForm(request.POST)
    if form.is_valid():
        kind, _mark, public_id = form.cleaned_data["what"].partition("/")
        try:
            actions.hold(subject=(kind, public_id), reason=form.cleaned_data["reason"], by=person.name)
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("/privacy/?done=held")
    return _page(request, person, form=form, status=400)


@require_POST
@rule_page("privacy.hold")
def end_hold(request: HttpRequest, person: Person, hold: str) -> HttpResponse:
    """End a hold."""
    held = get_object_or_404(Hold, public_id=hold)
    try:
        actions.lift(held=held, reason=request.POST.get("reason", ""), by=person.name)
    except RefusedError as error:
        return _page(request, person, refused=error.sentence, status=400)
    return redirect("/privacy/?done=lifted")


@require_safe
@rule_page("privacy.read")
def register_page(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - the same for whoever may
    """Show the register of processing."""
    table, given = retention(), told("processing")
    shown = [{**one, "kept": table.kind(one["retention"])} for one in given["activities"]]
    return render(request, "upkeep/register.html", {"status": given["status"], "activities": shown})


@require_safe
@rule_page("privacy.read")
def impact_page(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - the same for whoever may
    """Show the draft assessment of the impact."""
    return render(request, "upkeep/impact.html", {"impact": told("impact")})


@rule_page("privacy.export")
def one_person_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask whose data, and hand them out as a file."""
    form = OnePersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.export_one_person(**form.cleaned_data, by=person.name)
        except RefusedError as error:
            form.add_error("whom", error.sentence)
        else:
            text = json.dumps(found, indent=1, ensure_ascii=False)
            headers = {"Content-Disposition": 'attachment; filename="one-person.json"'}
            return HttpResponse(text, content_type="application/json", headers=headers)
    return render(request, "upkeep/one_person.html", {"form": form}, status=400 if form.errors else 200)
