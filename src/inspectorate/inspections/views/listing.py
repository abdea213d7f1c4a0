"""The list of inspections, on the page and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inspectorate.inspections.forms import SearchForm
from inspectorate.inspections.pages import listing
from inspectorate.inspections.queries import InspectionSearch, find_inspections
from inspectorate.people.access import Person
from inspectorate.people.asking import rule_page
from inspectorate.register.downloads import as_csv

PAGE = 50


@require_safe
@rule_page("inspection.list")
def list_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the inspections that this person may see and asks for."""
    search = SearchForm(request.GET).search()
    editions = list(find_inspections(person, InspectionSearch()).order_by().values_list("edition", flat=True))
    page = Paginator(find_inspections(person, search), PAGE).get_page(request.GET.get("page"))
    return render(request, "inspections/list.html", listing.list_page(person, search, page, editions))


@require_safe
@rule_page("inspection.list")
def list_csv(request: HttpRequest, person: Person) -> HttpResponse:
    """Hand over the same inspections, all of them, as CSV."""
    lines = [listing.cells(one) for one in find_inspections(person, SearchForm(request.GET).search())]
    return as_csv("inspections", listing.HEAD, ([line[name] for name in listing.HEAD] for line in lines))
