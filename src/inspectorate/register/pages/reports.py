"""The list of published reports, and a body's part of it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from inspectorate.register.models import PublishedProgrammeYear, PublishedReport, ReportKind
from inspectorate.register.pages.words import month, year_in_one
from inspectorate.register.queries import ReportSearch

if TYPE_CHECKING:
    from django.core.paginator import Page

NAMES = {"words": "q", "order": "sort"}  # field of the search -> word in the address; the others are the same


def reports_page(
    search: ReportSearch,
    page: "Page[PublishedReport]",
    counts: Mapping[tuple[str, str], int],
    years: Iterable[PublishedProgrammeYear],
) -> dict[str, Any]:
    """Return what the template needs: filters as they stand, the table, what is odd, downloads, steps."""
    titles = titles_of(years)
    total = sum(counts.values())
    return {
        "crumbs": [
            {"text": _("Start"), "href": "/"},
            {"text": _("Programmes"), "href": reverse("register:programmes")},
            {"text": _("Reports")},
        ],
        "fields": _fields(search, counts, titles),
        "kept": [{"name": "sort", "value": search.order}] if search.order != "listed" else [],
        "count": _("%(shown)s of %(total)s reports") % {"shown": page.paginator.count, "total": total},
        "total": total,
        "columns": _columns(search),
        "rows": [_row(report, titles) for report in page],
        "downloads": [
            {"format": "CSV", "href": reverse("register:reports_csv") + _query(search), "about": _("the reports shown")}
        ],
        "pages": _pages(search, page) if page.paginator.num_pages > 1 else None,
    }


def report_rows(reports: Iterable[PublishedReport], years: Iterable[PublishedProgrammeYear]) -> list[list[Any]]:
    """Return the reports about one body: month, programme, title as listed."""
    titles = titles_of(years)
    return [[month(one.month), _programme(one, titles), _title(one)] for one in reports]


def titles_of(years: Iterable[PublishedProgrammeYear]) -> dict[str, str]:
    """Return the titles of programmes by their short names."""
    return {year.programme: year.title for year in years}


def _title(report: PublishedReport) -> Any:
    """Return the title as listed; a flag stands beside it."""
    return {"text": report.title, "note": report.flag} if report.flag else report.title


def _programme(report: PublishedReport, titles: Mapping[str, str]) -> Any:
    """Return the programme, and what kind of report it is where it is not the report of one inspection."""
    told: dict[str, Any] = {"text": titles.get(report.programme, report.programme)}
    if report.kind in (ReportKind.REINSPECTION, ReportKind.AGGREGATE):
        told["note"] = report.get_kind_display().lower()
    return told


def _row(report: PublishedReport, titles: Mapping[str, str]) -> list[Any]:
    """Return one report as a row."""
    body = (
        {"text": report.body.full_name, "href": report.body.get_absolute_url()}
        if report.body
        else _("not about one body")
    )
    return [_title(report), _programme(report, titles), body, month(report.month), year_in_one(report.year)]


def _query(search: ReportSearch, **changed: Any) -> str:
    """Return the address of this search with something changed; what is empty or usual is left out."""
    asked = {NAMES.get(name, name): value for name, value in asdict(search).items()} | changed
    kept = {name: value for name, value in asked.items() if value and (name, value) != ("sort", "listed")}
    return f"?{urlencode(kept)}"


def _fields(
    search: ReportSearch, counts: Mapping[tuple[str, str], int], titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the filters, each with the value that it has now and the number of reports behind each choice."""
    years: dict[str, int] = {}
    programmes: dict[str, int] = {}
    for (year, programme), number in counts.items():
        years[year] = years.get(year, 0) + number
        programmes[programme] = programmes.get(programme, 0) + number
    by_title = sorted((titles.get(code, code), code, number) for code, number in programmes.items())
    return [
        {"name": "q", "kind": "search", "label": _("Title or body"), "value": search.words},
        _select(
            "programme", _("Programme"), search.programme, [(code, f"{title} ({n})") for title, code, n in by_title]
        ),
        _select("year", _("Year of the list"), search.year, [(year, f"{year} ({n})") for year, n in years.items()]),
        _select("kind", _("Kind"), search.kind, list(ReportKind.choices)),
    ]


def _select(name: str, label: str, value: str, choices: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return one filter with choices."""
    options = [{"value": "", "text": _("Any")}, *({"value": code, "text": words} for code, words in choices)]
    return {"name": name, "kind": "select", "label": label, "value": value, "options": options}


def _columns(search: ReportSearch) -> list[dict[str, Any]]:
    """Return the heads of the table; the sorted one says so."""

    def head(title: str, order: str, turned: str = "") -> dict[str, Any]:
        sorted_so = {order: "ascending", turned: "descending"}.get(search.order)
        href = _query(search, sort=turned if turned and search.order == order else order)
        return {"title": title, "href": href} | ({"sorted": sorted_so} if sorted_so else {})

    return [
        head(_("Report, as listed"), "title"),
        {"title": _("Programme")},
        {"title": _("Body")},
        head(_("Published"), "month", "-month"),
        head(_("List of"), "listed") if search.order != "listed" else {"title": _("List of")},
    ]


def _pages(search: ReportSearch, page: "Page[PublishedReport]") -> dict[str, Any]:
    """Return the steps through a long list."""
    where = {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count}
    return {
        "here": _("%(first)s to %(last)s of %(all)s reports") % where,
        "previous": _query(search, page=page.previous_page_number()) if page.has_previous() else None,
        "next": _query(search, page=page.next_page_number()) if page.has_next() else None,
    }
