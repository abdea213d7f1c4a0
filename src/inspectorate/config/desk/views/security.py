"""The security log: to be read, narrowed and taken away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from inspectorate.config.desk import security
from inspectorate.config.desk.log import MOST_IN_A_FILE
from inspectorate.config.desk.views.log import around, page_asked
from inspectorate.people.access import Person
from inspectorate.people.asking import rule_page
from inspectorate.register.downloads import as_csv

COLUMNS = (_("At"), _("Who, and from where"), _("What"))


@require_safe
@rule_page("security.log")
def security_page(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - whoever may read the log
    """Show who signed in or failed to, what was refused, and where the server erred, the latest first."""
    form = security.SecuritySearchForm(request.GET)
    page = page_asked(request, security.events(form))
    known = security.names_in(page)
    told = {"rows": [security.row(one, known) for one in page], "fields": security.fields(form)}
    return render(request, "desk/security.html", told | around(request, page, COLUMNS, "security.csv"))


@require_safe
@rule_page("security.log")
def security_csv(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - as above
    """Hand over the lines asked for."""
    found = list(security.events(security.SecuritySearchForm(request.GET))[:MOST_IN_A_FILE])
    known = security.names_in(found)
    return as_csv("security", security.HEAD, (security.line(one, known) for one in found))
