"""A file's scores beside a published result of the same programme: chosen on the page, shown there and as a file."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from inspectorate.ratings import queries
from inspectorate.ratings.beside import CAVEAT, Beside, beside
from inspectorate.ratings.models import ScoredFile
from inspectorate.ratings.scored import Scored
from inspectorate.register.models import PublishedRow

COLUMNS = [
    {"title": "Score"},
    {"title": "Own", "unit": "per cent", "numeric": True},
    {"title": "Published", "unit": "per cent", "numeric": True},
    {"title": "Difference", "unit": "points", "numeric": True},
]


def compared(file: ScoredFile, scored: Scored, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of scores shows of the comparison that is asked for, and what can be asked."""
    rows = queries.printed_rows(file.edition, at=timezone.now())
    chosen = request.GET.get("against", "")
    row = next((row for row in rows if _key(row) == chosen), None)
    options = [{"value": "", "text": "Nothing"}, *({"value": _key(row), "text": _named(row)} for row in rows)]
    field = {"name": "against", "kind": "select", "label": "Published result", "value": chosen, "options": options}
    given: dict[str, Any] = {"against_field": [field] if rows else [], "against": None}
    if row is None:
        return given
    found = _beside(scored, row)
    year = row.table.programme_year
    file_address = reverse("ratings:beside_csv", args=[file.public_id])
    return given | {
        "against": {
            "title": _named(row),
            "marks": {one.own.code: one.theirs.per_cent for one in found},
            "columns": COLUMNS,
            "rows": [_row(one) for one in found],
            "sentences": found,
            "source": f"{year.document_title}, {row.table.paragraph}",
            "href": year.get_absolute_url(),
            "remark": row.remark,
            "caveat": CAVEAT,
            "downloads": [
                {
                    "format": "CSV",
                    "href": f"{file_address}?{request.GET.urlencode()}",
                    "about": f"{file.title} beside {_named(row)}",
                }
            ],
        }
    }


def beside_or_404(file: ScoredFile, scored: Scored, request: HttpRequest) -> tuple[str, list[Beside]]:
    """Return the comparison that an address asks for, and what with."""
    chosen = request.GET.get("against", "")
    for row in queries.printed_rows(file.edition, at=timezone.now()):
        if _key(row) == chosen:
            return _named(row), _beside(scored, row)
    raise Http404


def _beside(scored: Scored, row: PublishedRow) -> list[Beside]:
    return beside(scored.results, queries.printed_figures(row, at=timezone.now()))


def _key(row: PublishedRow) -> str:
    return f"{row.table.programme_year.year}/{row.table.code}/{row.visit}/{row.body.public_id}"


def _named(row: PublishedRow) -> str:
    more = row.table.focus or ("reinspection" if row.table.reinspection else "")
    return f"{row.body.name}, {row.table.programme_year.year}{f' ({more})' if more else ''}"


def _row(one: Beside) -> list[Any]:
    difference = None if one.difference is None else f"{one.difference:+d}".replace("-", "\N{MINUS SIGN}")
    return [one.own.step.title.en, one.own.per_cent, one.theirs.per_cent, "0" if one.difference == 0 else difference]
