"""The page of one body."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspectorate.register.models import (
    Body,
    PublishedProgrammeYear,
    PublishedReport,
    Succession,
    SuccessionKind,
    Visit,
)
from inspectorate.register.pages.bodies import life
from inspectorate.register.pages.reports import report_rows
from inspectorate.register.pages.words import month, stars_in_words
from inspectorate.register.queries import History
from inspectorate.register.tables import RELEASES, YEAR, Measure, ProgrammeYear, Row, Table
from inspectorate.ui.words import written_date


def body_page(
    body: Body,
    history: History,
    results: Sequence[ProgrammeYear],
    reports: Sequence[PublishedReport],
    years: Sequence[PublishedProgrammeYear],
) -> dict[str, Any]:
    """Return what the template needs; ``years`` give the programmes of the reports their titles."""
    return {
        "body": body,
        "crumbs": [
            {"text": _("Start"), "href": "/"},
            {"text": _("Bodies"), "href": reverse("register:bodies")},
            {"text": body.full_name},
        ],
        "lead": _lead(body),
        "facts": _facts(body),
        "history": [*_steps_back(history), *_steps_forward(history)],
        "units": [unit.name for unit in body.local_delivery_units.all()],
        "units_note": next((unit.provenance for unit in body.local_delivery_units.all() if unit.provenance), ""),
        "results": [_result(shape) for shape in results],
        "reports": report_rows(reports, years),
        "report_columns": [{"title": _("Published")}, {"title": _("Programme")}, {"title": _("As listed")}],
        "before": [step.before for step in history.came_from],
    }


def _lead(body: Body) -> str:
    """Return what the body is in a line, and that it has ended where it has."""
    where = [body.region] if body.region and body.region != body.get_nation_display() else []
    what = ", ".join([body.get_kind_display(), *where, body.get_nation_display()])
    if body.ended_on is None:
        return f"{what}."
    return _("%(what)s. It ended on %(day)s.") % {"what": what, "day": written_date(body.ended_on)}


def _facts(body: Body) -> list[dict[str, Any]]:
    """Return what is known of the body, name and value."""
    rows = [
        {"key": _("Kind"), "value": body.get_kind_display()},
        {"key": _("Nation"), "value": body.get_nation_display()},
    ]
    if body.region and body.region != body.get_nation_display():
        rows.append({"key": _("Region"), "value": body.region})
    rows.append({"key": _("Dates of life"), "value": life(body) or _("not recorded")})
    if body.note:
        rows.append({"key": _("Note"), "value": body.note})
    if body.provenance:
        rows.append({"key": _("Where this is from"), "value": body.provenance})
    return rows


FORWARD = {
    SuccessionKind.RENAMED: gettext_lazy("Renamed; it became"),
    SuccessionKind.MERGED: gettext_lazy("Merged into"),
    SuccessionKind.SPLIT: gettext_lazy("Split into"),
    SuccessionKind.REPLACED: gettext_lazy("Replaced by"),
}
BACK = {
    SuccessionKind.RENAMED: gettext_lazy("Renamed; until then it was"),
    SuccessionKind.MERGED: gettext_lazy("Came out of the merger of"),
    SuccessionKind.SPLIT: gettext_lazy("Split off from"),
    SuccessionKind.REPLACED: gettext_lazy("Took over from"),
}


def _steps_forward(history: History) -> list[dict[str, Any]]:
    """Return what became of the body, one step a day and kind."""
    return _steps(history.became, FORWARD, lambda step: step.after)


def _steps_back(history: History) -> list[dict[str, Any]]:
    """Return what the body came from."""
    return _steps(history.came_from, BACK, lambda step: step.before)


def _steps(found: Sequence[Succession], words: Mapping[SuccessionKind, object], other: Any) -> list[dict[str, Any]]:
    """Gather the successions of one day and kind into one line with links."""
    return [
        {"day": written_date(day), "words": str(words[SuccessionKind(kind)]), "bodies": _links(map(other, steps))}
        for (day, kind), steps in groupby(found, key=lambda step: (step.on, step.kind))
    ]


def _links(bodies: Any) -> SafeString:
    """Return links to bodies, in a row with commas."""
    links = [
        format_html('<a class="govuk-link" href="{}">{}</a>', body.get_absolute_url(), body.full_name)
        for body in bodies
    ]
    return format_html_join(", ", "{}", ((link,) for link in links))


def _result(shape: ProgrammeYear) -> dict[str, Any]:
    """Return what one programme-year says of the body."""
    return {
        "title": f"{shape.title}, {shape.year}",
        "href": reverse("register:programme_year", args=[shape.programme, shape.year]),
        "source": shape.document_title,
        "flags": shape.flags,
        "paragraphs": list(dict.fromkeys(table.paragraph for table in shape.tables if table.rows)),
        "remarks": list(dict.fromkeys(row.remark for table in shape.tables for row in table.rows if row.remark)),
        "visits": [_visit(shape, table, row) for table in shape.tables for row in table.rows],
        "released": shape.document == RELEASES,
    }


def _visit(shape: ProgrammeYear, table: Table, row: Row) -> dict[str, Any]:
    """Return one visit: its scores, each with the printed aggregate beside it where there is one."""
    words = [_("Focus: %(focus)s") % {"focus": table.focus}] if table.focus else []
    if table.reinspection:
        words.append(str(Visit(row.visit).label))
    if row.report_month:
        words.append(_("report published %(month)s") % {"month": month(row.report_month)})
    aggregates = {p.measure: p.per_cent for p in table.printed if (p.of, p.statistic) == (YEAR, "aggregate")}
    scores = [_score(measure, row, place, aggregates) for place, measure in enumerate(shape.measures)]
    said = ", ".join(words)
    return {
        "words": said[:1].upper() + said[1:],
        "caption": f"{shape.title}, {shape.year}, {str(Visit(row.visit).label).lower()}",
        "scores": [score for score in scores if score],
        "with_stars": any(score["stars"] for score in scores if score),
        "with_ratings": any(score["rating"] for score in scores if score),
        "address": row.address,
        "with_aggregate": bool(aggregates),
    }


def _score(measure: Measure, row: Row, place: int, aggregates: dict[str, int]) -> dict[str, Any] | None:
    """Return one score as the template draws it; None where nothing is printed."""
    value = row.values[place]
    if value is None:
        return None
    return {
        "title": measure.title,
        "per_cent": value.per_cent,
        "stars": stars_in_words(value.stars),
        "rating": value.rating,
        "aggregate": aggregates.get(measure.code),
        "flagged": bool(value.flag),
    }
