"""The files that a subject's scores and findings are handed over as."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify

from inspectorate.ratings import scored as results
from inspectorate.ratings.downloads import as_csv, as_json, as_pdf, as_xlsx, rows
from inspectorate.ratings.narrowed import narrowed
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.subject import Subject

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "pdf": "application/pdf",
}
Makers = Mapping[str, Callable[[], bytes]]


def scores(subject: Subject, scored: Scored, *, kind: str, by: str = "") -> HttpResponse:
    """Hand over the scores, broken down as on the page."""
    makers: Makers = {
        "csv": lambda: as_csv.make(rows.scores(subject, scored, by)),
        "xlsx": lambda: as_xlsx.make(_book(subject, scored, by), title=subject.title, at=subject.at),
        "json": lambda: as_json.make({"file": dict(subject.data), **results.as_data(scored, by)}),
        "pdf": lambda: as_pdf.make(subject, scored, by),
    }
    return _made(makers, kind, named(subject, "scores"))


def findings(subject: Subject, scored: Scored, *, kind: str, asked: Mapping[str, str]) -> HttpResponse:
    """Hand over the findings, narrowed as on the page."""
    found = narrowed(scored, asked).findings
    sheet = rows.findings(subject, scored, found)
    makers: Makers = {
        "csv": lambda: as_csv.make(sheet),
        "xlsx": lambda: as_xlsx.make([sheet, rows.about(subject, scored)], title=subject.title, at=subject.at),
        "json": lambda: as_json.make(
            {
                "file": dict(subject.data),
                "edition": subject.edition,
                "digest": scored.given.edition.digest,
                "findings": [finding.as_data() for finding in found],
            }
        ),
    }
    return _made(makers, kind, named(subject, "findings"))


def _book(subject: Subject, scored: Scored, by: str) -> list[rows.Sheet]:
    found = rows.findings(subject, scored, scored.findings)
    return [rows.scores(subject, scored, by), found, rows.accounts(scored), rows.about(subject, scored)]


def named(subject: Subject, what: str) -> str:
    """Return the name of a file of a subject; that of an invented one says so."""
    name = slugify(subject.title)[:60].strip("-") or "file"
    return f"{name}-{what}" if not subject.invented or "invented" in name else f"invented-{name}-{what}"


def _made(makers: Makers, kind: str, name: str) -> HttpResponse:
    if kind not in makers:
        raise Http404
    return attached(makers[kind](), kind, name)


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to be saved, never shown in place, and stored by nobody on the way."""
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    add_never_cache_headers(response)
    return response
