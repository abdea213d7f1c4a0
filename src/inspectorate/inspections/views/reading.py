"""Reading an inspection: its record."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.pages import history
from inspectorate.inspections.queries import names_in, verbs_in
from inspectorate.record.queries import entries_in, verify_stream
from inspectorate.register.downloads import as_csv

PAGE = 50
AT_ONCE = 1000
"""Entries up to which the chain is verified whenever the page is opened; beyond, where somebody asks."""
HEAD = ("number", "at", "who", "what", "more", "why", "verb", "hash")


@require_safe
@inspection_page("inspection.history")
def history_page(asked: Asked) -> HttpResponse:
    """Show the record of the inspection in plain words, the latest first."""
    verb = asked.request.GET.get("verb", "")
    entries = entries_in(asked.inspection.name).order_by("-sequence")
    page = Paginator(entries.filter(verb=verb) if verb else entries, PAGE).get_page(asked.request.GET.get("page"))
    verbs = verbs_in(asked.inspection)
    total = sum(verbs.values())
    verify = total <= AT_ONCE or "check" in asked.request.GET
    shown = list(page.object_list)
    names = names_in(shown)
    given = {
        "lines": [history.line(entry, names, asked.inspection) for entry in shown],
        "verdict": verify_stream(asked.inspection.name) if verify else None,
        "total": total,
        **history.around(page, verb, verbs, asked.request.path),
    }
    return asked.page("inspections/history.html", given, last="Record")


@require_safe
@inspection_page("inspection.history")
def history_csv(asked: Asked) -> HttpResponse:
    """Hand over the record, narrowed as on the page, the oldest first."""
    verb = asked.request.GET.get("verb", "")
    entries = list(entries_in(asked.inspection.name).filter(**({"verb": verb} if verb else {})))
    names = names_in(entries)
    lines = [history.line(entry, names, asked.inspection) for entry in entries]
    rows = [[line[name].isoformat() if name == "at" else line[name] for name in HEAD] for line in lines]
    return as_csv("record", HEAD, rows)
