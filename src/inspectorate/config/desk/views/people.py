"""The list of people, its download, and adding somebody."""

from itertools import chain
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inspectorate.config.desk import people
from inspectorate.config.desk.forms import NewPersonForm, PeopleSearchForm
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import Person, may
from inspectorate.people.actions import add_person
from inspectorate.people.asking import rule_page
from inspectorate.people.models import User
from inspectorate.people.queries import find_people
from inspectorate.register.downloads import as_csv

if TYPE_CHECKING:
    from django.core.paginator import Page

PAGE = 50


@require_safe
@rule_page("people.read")
def people_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the people asked for, with their role, for whom they work, and their interests."""
    search = PeopleSearchForm(request.GET).search()
    page = Paginator(find_people(search), PAGE).get_page(request.GET.get("page"))
    shown = people.named(chain.from_iterable(user.open_ties for user in page))
    asked = {name: value for name, value in request.GET.items() if name in ("q", "role", "here") and value}
    total = User.objects.count()
    told = {
        "fields": people.fields(search.words, search.role, search.here),
        "count": _("%(shown)s of %(total)s people") % {"shown": page.paginator.count, "total": total},
        "columns": [{"title": word} for word in (_("Name"), _("Role"), _("Works for"), _("Interests"), _("Address"))],
        "rows": [people.row(user, shown) for user in page],
        "downloads": [{"format": "CSV", "href": f"people.csv?{urlencode(asked)}", "about": _("the people shown")}],
        "pages": _steps(page, asked) if page.paginator.num_pages > 1 else None,
        "may_add": may(person, "people.manage"),
        "sees_clearances": may(person, "clearances.read"),
    }
    return render(request, "desk/people.html", told)


def _steps(page: "Page[User]", asked: dict[str, str]) -> dict[str, str | None]:
    """Return the steps through a long list."""
    where = {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count}
    return {
        "here": _("%(first)s to %(last)s of %(all)s people") % where,
        "previous": f"?{urlencode(asked | {'page': page.number - 1})}" if page.has_previous() else None,
        "next": f"?{urlencode(asked | {'page': page.number + 1})}" if page.has_next() else None,
    }


@require_safe
@rule_page("people.read")
def people_csv(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - whoever may read the list
    """Hand out the same people, all of them, as CSV."""
    found = list(find_people(PeopleSearchForm(request.GET).search()))
    shown = people.named(chain.from_iterable(user.open_ties for user in found))
    return as_csv("people", people.CSV_HEAD, (people.line(user, shown) for user in found))


@rule_page("people.manage")
def new_person_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Add somebody, and go to their page, where the invitation is sent."""
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        try:
            added = add_person(**form.cleaned_data, by=person.name)
        except RefusedError as error:
            form.add_error("email" if error.code.startswith("email") else None, error.sentence)
        else:
            return redirect(f"/people/{added.public_id}/?done=added")
    return render(request, "desk/new_person.html", {"form": form})
