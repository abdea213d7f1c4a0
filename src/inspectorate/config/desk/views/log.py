"""The log of readings, and the whole record without its particulars: to be read, narrowed and taken away."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from inspectorate.config.desk import log
from inspectorate.people.access import Person
from inspectorate.people.asking import rule_page
from inspectorate.register.downloads import as_csv

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE = 50
LOG_COLUMNS = (_("Read at"), _("Who"), _("What"), _("Inspection"), _("How"), _("What they had to do with it"))
RECORD_COLUMNS = (_("At"), _("Who"), _("What was done"), _("In"), _("About"))


def _search(request: HttpRequest) -> log.LogSearch:
    return log.LogSearchForm(request.GET).search()


def page_asked(request: HttpRequest, found: "QuerySet[Any]") -> "Page[Any]":
    """Return the page of rows that is asked for."""
    return Paginator(found, PAGE).get_page(request.GET.get("page"))


def around(request: HttpRequest, page: "Page[Any]", columns: tuple[str, ...], file: str) -> dict[str, Any]:
    """Return what stands around the rows: the count, the steps, the file."""
    asked = {
        name: value for name, value in request.GET.items() if name in ("q", "way", "kind", "first", "last") and value
    }
    where = {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count}
    steps = {
        "here": _("%(first)s to %(last)s of %(all)s") % where,
        "previous": f"?{urlencode(asked | {'page': page.number - 1})}" if page.has_previous() else None,
        "next": f"?{urlencode(asked | {'page': page.number + 1})}" if page.has_next() else None,
    }
    return {
        "count": _("%(n)s in all") % {"n": page.paginator.count},
        "columns": [{"title": title} for title in columns],
        "pages": steps if page.paginator.num_pages > 1 else None,
        "narrowed": bool(asked),
        "downloads": [{"format": "CSV", "href": f"{file}?{urlencode(asked)}", "about": _about_the_file(where["all"])}],
    }


def _about_the_file(lines: int) -> str:
    if lines <= log.MOST_IN_A_FILE:
        return _("what is shown, all pages")
    return _("the latest %(n)s; choose days for the others") % {"n": f"{log.MOST_IN_A_FILE:,}"}


@require_safe
@rule_page("readings.log")
def log_page(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - whoever may read the log
    """Show who read which case or list, the latest first."""
    search = _search(request)
    page = page_asked(request, log.readings(search))
    known = log.titles(one.inspection for one in page)
    told = {"rows": [log.reading_row(one, known) for one in page], "fields": log.fields(search, ways=True)}
    return render(request, "desk/log.html", told | around(request, page, LOG_COLUMNS, "readings.csv"))


@require_safe
@rule_page("readings.log")
def log_csv(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - as above
    """Hand over the readings asked for."""
    found = list(log.readings(_search(request))[: log.MOST_IN_A_FILE])
    known = log.titles(one.inspection for one in found)
    return as_csv("readings", log.LOG_HEAD, (log.reading_line(one, known) for one in found))


@require_safe
@rule_page("record.read")
def entries_page(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - whoever may read the record
    """Show who did what, in every stream, the latest first; what was said in it stays with the inspection."""
    search = _search(request)
    page = page_asked(request, log.entries(search))
    known, of = log.names(page), log.streams(page)
    told = {"rows": [log.entry_row(one, known, of) for one in page], "fields": log.fields(search, ways=False)}
    return render(request, "desk/entries.html", told | around(request, page, RECORD_COLUMNS, "entries.csv"))


@require_safe
@rule_page("record.read")
def entries_csv(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - as above
    """Hand over the entries asked for, with their hashes."""
    found = list(log.entries(_search(request))[: log.MOST_IN_A_FILE])
    known = log.names(found)
    return as_csv("record", log.RECORD_HEAD, (log.entry_line(one, known) for one in found))
