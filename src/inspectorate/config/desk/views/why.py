"""Why may I, why may I not; and the whole table of who may do what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inspectorate.config.desk.forms import WhyForm
from inspectorate.config.desk.why import verdict
from inspectorate.inspections.queries import visible_to
from inspectorate.people.access import Person
from inspectorate.people.access_table import ROLES, fields, table
from inspectorate.people.asking import rule_page
from inspectorate.people.models import Role
from inspectorate.register.downloads import as_csv

MOST = 200


@require_safe
@rule_page("access.read")
def why_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the answer to what is asked, if anything, and the table."""
    inspections = list(visible_to(person).order_by("title", "pk")[:MOST])
    form = WhyForm(request.GET if "action" in request.GET else None)
    found, about = None, None
    if form.is_valid():
        wanted = form.cleaned_data["inspection"]
        about = next((one for one in inspections if one.public_id == wanted), None)
        if wanted and about is None:
            form.add_error("inspection", _("You find no such inspection: choose one from the list."))
        else:
            found = verdict(person, form.cleaned_data["action"], about)
    told = {
        "form": form,
        "options": [{"value": "", "text": _("No inspection in particular"), "selected": about is None}]
        + [{"value": one.public_id, "text": one.title, "selected": one == about} for one in inspections],
        "verdict": found,
        "about": about,
        "role": Role(person.role).label,
        "columns": [{"title": _("What")}, *({"title": role.label} for role in ROLES)],
        "rows": [[line.title, *line.cells] for line in table()],
        "fields": [[line.title, *line.cells] for line in fields()],
        "field_columns": [{"title": _("Field")}, *({"title": role.label} for role in ROLES)],
        "downloads": [{"format": "CSV", "href": "who-may-what.csv", "about": _("who may do what")}],
    }
    return render(request, "desk/why.html", told)


@require_safe
@rule_page("access.read")
def why_csv(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Hand out the table as CSV."""
    rows = ([line.action, line.title, *line.cells] for line in table())
    return as_csv("who-may-what", ["action", "what", *(str(role.value) for role in ROLES)], rows)
