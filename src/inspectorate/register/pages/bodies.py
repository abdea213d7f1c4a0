"""The list of bodies."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from inspectorate.register.forms import LIVES_WORDS
from inspectorate.register.models import Body, BodyKind, Nation
from inspectorate.register.queries import BodySearch, Counts
from inspectorate.ui.words import written_date

if TYPE_CHECKING:
    from django.core.paginator import Page

NAMES = {"words": "q", "order": "sort"}  # field of the search -> word in the address; the others are the same


def bodies_page(search: BodySearch, page: "Page[Body]", counts: Counts, regions: list[str]) -> dict[str, Any]:
    """Return what the template needs: filters as they stand, the table, downloads, steps to other pages."""
    shown = page.paginator.count
    return {
        "crumbs": [{"text": _("Start"), "href": "/"}, {"text": _("Bodies")}],
        "fields": _fields(search, counts, regions),
        "kept": [{"name": "sort", "value": search.order}] if search.order != "name" else [],
        "count": _("%(shown)s of %(total)s bodies") % {"shown": shown, "total": counts.total},
        "total": counts.total,
        "columns": _columns(search),
        "rows": [_row(body) for body in page],
        "downloads": [
            {"format": "CSV", "href": reverse("register:bodies_csv") + _query(search), "about": _("the bodies shown")}
        ],
        "pages": _pages(search, page) if page.paginator.num_pages > 1 else None,
    }


def _query(search: BodySearch, **changed: Any) -> str:
    """Return the address of this search with something changed; what is empty or usual is left out."""
    asked = {NAMES.get(name, name): value for name, value in asdict(search).items()} | changed
    kept = {name: value for name, value in asked.items() if value and (name, value) != ("sort", "name")}
    return f"?{urlencode(kept)}"


def _fields(search: BodySearch, counts: Counts, regions: list[str]) -> list[dict[str, Any]]:
    """Return the filters, each with the value that it has now."""
    kinds = [(kind, f"{BodyKind(kind).label} ({number})") for kind, number in counts.by_kind.items()]
    return [
        {
            "name": "q",
            "kind": "search",
            "label": _("Name, now or before"),
            "value": search.words,
        },
        _select("kind", _("Kind"), search.kind, kinds),
        _select("nation", _("Nation"), search.nation, Nation.choices),
        _select("region", _("Region"), search.region, [(region, region) for region in regions]),
        _select("lives", _("In being"), search.lives, list(LIVES_WORDS.items())),
    ]


def _select(name: str, label: str, value: str, choices: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return one filter with choices."""
    options = [{"value": "", "text": _("Any")}, *({"value": code, "text": words} for code, words in choices)]
    return {"name": name, "kind": "select", "label": label, "value": value, "options": options}


def _columns(search: BodySearch) -> list[dict[str, Any]]:
    """Return the heads of the table; the sorted one says so, and the name sorts both ways."""

    def head(title: str, order: str, turned: str = "") -> dict[str, Any]:
        sorted_so = {order: "ascending", turned: "descending"}.get(search.order)
        href = _query(search, sort=turned if turned and search.order == order else order)
        return {"title": title, "href": href} | ({"sorted": sorted_so} if sorted_so else {})

    return [
        head(_("Body"), "name", "-name"),
        head(_("Kind"), "kind"),
        {"title": _("Nation")},
        head(_("Region"), "region"),
        {"title": _("Dates of life")},
    ]


def _row(body: Body) -> list[Any]:
    """Return one body as a row."""
    name = {"text": body.name, "href": body.get_absolute_url()}
    if body.invented:
        name["note"] = _("invented, for demonstration")
    return [name, body.get_kind_display(), body.get_nation_display(), body.region, life(body)]


def life(body: Body) -> str:
    """Return the days of a body's life in words; what is not certain is left out."""
    began, ended = written_date(body.began_on), written_date(body.ended_on)
    if began and ended:
        return _("%(began)s to %(ended)s") % {"began": began, "ended": ended}
    if ended:
        return _("until %(ended)s") % {"ended": ended}
    return _("since %(began)s") % {"began": began} if began else ""


def _pages(search: BodySearch, page: "Page[Body]") -> dict[str, Any]:
    """Return the steps through a long list."""
    where = {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count}
    return {
        "here": _("%(first)s to %(last)s of %(all)s bodies") % where,
        "previous": _query(search, page=page.previous_page_number()) if page.has_previous() else None,
        "next": _query(search, page=page.next_page_number()) if page.has_next() else None,
    }
