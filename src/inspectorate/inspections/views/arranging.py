"""Arranging an inspection: what and whom, when and how, a look at every date, and only then the deed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from inspectorate.inspections.actions import arrange_inspection, arrange_reinspection
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.pages import arranging
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import Person
from inspectorate.people.asking import rule_page


@require_http_methods(["GET", "HEAD", "POST"])
@rule_page("inspection.arrange")
def new_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask step by step for an inspection, show its dates, and arrange it."""
    asked = arranging.asked_of(request, person)
    if request.method != "POST" or not asked.ready:
        return render(request, "inspections/new.html", asked.page(), status=422 if request.method == "POST" else 200)
    try:
        arranged = arrange_inspection(inspection=asked.new_inspection(), by=person.name)
    except RefusedError as error:
        return render(request, "inspections/new.html", asked.page(refusal=error), status=409)
    return redirect(f"{arranged.get_absolute_url()}?done=arranged")


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("followup.manage")
def reinspection_page(asked: Asked) -> HttpResponse:
    """Say what the reinspection would be, and arrange it."""
    if asked.request.method == "POST":
        arranged = arrange_reinspection(inspection=asked.inspection, by=asked.by)
        return redirect(f"{arranged.get_absolute_url()}?done=reinspection")
    return asked.page("inspections/reinspection.html", arranging.reinspection(asked), last="Reinspection")
