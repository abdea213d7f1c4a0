"""The list of programme-years, and the page of one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspectorate.register.charts import Dots, charts_of, draw
from inspectorate.register.models import PublishedProgrammeYear, Visit
from inspectorate.register.pages.sheets import sheet_section
from inspectorate.register.pages.words import named, stars_in_words
from inspectorate.register.tables import (
    ORGANISATION,
    PREVIOUS_YEAR,
    PROGRAMME_TO_DATE,
    RATING,
    RELEASES,
    YEAR,
    ProgrammeYear,
    Row,
    Summary,
    Table,
    Value,
    summarise,
)


def programmes_page(years: Iterable[PublishedProgrammeYear]) -> dict[str, Any]:
    """Return what the template of the list needs."""
    return {
        "crumbs": [{"text": _("Start"), "href": "/"}, {"text": _("Programmes")}],
        "columns": [{"title": _("Programme")}, {"title": _("Year")}, {"title": _("Where it is printed")}],
        "rows": [
            [{"text": year.title, "href": year.get_absolute_url()}, year.year, year.document_title] for year in years
        ],
    }


def years_page(years: Iterable[PublishedProgrammeYear]) -> dict[str, Any]:
    """Return what the template of the years of the inspectorate itself needs."""
    return {
        "crumbs": [{"text": _("Start"), "href": "/"}, {"text": _("Years")}],
        "columns": [{"title": _("Year")}, {"title": _("What is told")}, {"title": _("Where it is printed")}],
        "rows": [
            [{"text": year.year, "href": year.get_absolute_url()}, year.about, year.document_title] for year in years
        ],
    }


def digests(shape: ProgrammeYear) -> list[str]:
    """Return the digests of all charts of a programme-year."""
    return [dots.digest for table in shape.tables for dots in charts_of(shape, table) if dots is not None]


def programme_year_page(shape: ProgrammeYear, kept: Mapping[str, str], sort: str) -> dict[str, Any]:
    """Return what the template needs; ``kept`` are the charts drawn already, ``sort`` a measure ("-" turns it)."""
    of_organisation = shape.programme == ORGANISATION
    place = ("year", [shape.year]) if of_organisation else ("programme_year", [shape.programme, shape.year])
    address = reverse(f"register:{place[0]}", args=place[1])
    sheets = [sheet_section(sheet, address) for sheet in shape.sheets]
    tables = [_table(shape, table, kept, sort) for table in shape.tables]
    return {
        "shape": shape,
        "released": shape.document == RELEASES,
        "crumbs": [
            {"text": _("Start"), "href": "/"},
            {"text": _("Years"), "href": reverse("register:years")}
            if of_organisation
            else {"text": _("Programmes"), "href": reverse("register:programmes")},
            {"text": f"{shape.title}, {shape.year}"},
        ],
        "tables": tables,
        "sheets": sheets,
        "reports": _reports(shape),
        "contents": [{"text": part["title"], "href": f"#{part['code']}"} for part in [*tables, *sheets]],
        "also_printed": [
            {"title": also.title, "note": also.paragraph, "rows": [list(figure) for figure in also.figures]}
            for also in shape.also_printed
            if also.title not in {sheet.title for sheet in shape.sheets}  # a sheet says the same, and more
        ],
        "also_columns": [{"title": _("What")}, {"title": _("Sufficient"), "unit": _("per cent"), "numeric": True}],
        "downloads": _downloads(shape, address),
    }


def _downloads(shape: ProgrammeYear, address: str) -> list[dict[str, str]]:
    """Return the files of a page: the bodies' scores, every other table, and both as JSON."""
    found = []
    if shape.tables:
        found.append({"format": _("CSV of the scores"), "href": f"{address}table.csv", "about": shape.title})
    if shape.sheets:
        found.append({"format": _("CSV of the other tables"), "href": f"{address}tables.csv", "about": shape.title})
    return [*found, {"format": "JSON", "href": f"{address}table.json", "about": shape.title}]


def _reports(shape: ProgrammeYear) -> dict[str, str]:
    """Return the way to the reports of the programme, or of the year; the lists are of two years alone."""
    asked = {"year": shape.year} if shape.programme == ORGANISATION else {"programme": shape.programme}
    if shape.year not in ("2011-12", "2013-14"):
        return {}
    words = _("Reports published in %(year)s") % {"year": shape.year}
    return {"text": words, "href": f"{reverse('register:reports')}?{urlencode(asked | {'year': shape.year})}"}


def _table(shape: ProgrammeYear, table: Table, kept: Mapping[str, str], sort: str) -> dict[str, Any]:
    """Return one table: in short, as charts, and in full."""
    summaries = summarise(shape, table)
    return {
        "code": table.code,
        "title": table.title,
        "paragraph": table.paragraph,
        "short_columns": _short_columns(summaries),
        "short_rows": [_short_row(summary, _printed_besides(summaries)) for summary in summaries],
        "charts": [_chart(summary, dots, kept) for summary, dots in zip(summaries, charts_of(shape, table)) if dots],  # noqa: B905 - a reinspection has no summaries
        "columns": _columns(shape, table, sort),
        "rows": [_row(row, table) for row in _sorted(shape, table, sort)],
        "remarks": list({row.body: row for row in table.rows if row.remark}.values()),
        "bodies": len({row.body_id for row in table.rows}),
    }


BESIDES = {
    (YEAR, "lowest"): gettext_lazy("Lowest as printed"),
    (YEAR, "highest"): gettext_lazy("Highest as printed"),
    (PREVIOUS_YEAR, "aggregate"): gettext_lazy("Aggregate, year before"),
    (PREVIOUS_YEAR, "lowest"): gettext_lazy("Lowest, year before"),
    (PREVIOUS_YEAR, "highest"): gettext_lazy("Highest, year before"),
    (PROGRAMME_TO_DATE, "aggregate"): gettext_lazy("Aggregate, programme to date"),
}


def _printed_besides(summaries: tuple[Summary, ...]) -> list[tuple[str, str]]:
    """Return what the document prints besides the aggregate of the year."""
    printed = {key for summary in summaries for key in summary.printed}
    return [key for key in BESIDES if key in printed]


def _short_columns(summaries: tuple[Summary, ...]) -> list[dict[str, Any]]:
    """Return the heads of the table in short. It is said of each figure whether it is printed or ours."""
    figures = [_("Lowest"), _("Highest"), _("Median, ours"), _("Aggregate as printed")]
    figures += [str(BESIDES[key]) for key in _printed_besides(summaries)]
    return [{"title": _("Measure")}, *({"title": title, "numeric": True} for title in figures)]


def _short_row(summary: Summary, besides: list[tuple[str, str]]) -> list[Any]:
    """Return one measure in short."""

    def figure(value: float | None) -> Any:
        if value is None:
            return _("none printed")
        return stars_in_words(int(value)) if summary.in_stars else str(value)

    median = figure(summary.median) if summary.median is not None else _("between two")
    return [
        summary.measure.title,
        figure(summary.lowest.value if summary.lowest else None),
        figure(summary.highest.value if summary.highest else None),
        median,
        figure(summary.printed.get((YEAR, "aggregate"))),
        *(figure(summary.printed.get(key)) for key in besides),
    ]


def _chart(summary: Summary, dots: Dots, kept: Mapping[str, str]) -> dict[str, Any]:
    """Return one chart; where it was never kept (a result recorded since) it is drawn now, once in a process."""
    drawing: SafeString = mark_safe(kept.get(dots.digest) or draw(dots))  # noqa: S308 - our own drawing, its words escaped
    ends = {"lowest": named(summary.lowest), "highest": named(summary.highest)}
    words = _("Lowest: %(lowest)s. Highest: %(highest)s.") % ends
    return {"title": summary.measure.title, "words": words, "svg": drawing}


def _columns(shape: ProgrammeYear, table: Table, sort: str) -> list[dict[str, Any]]:
    """Return the heads of the full table; each measure sorts it, highest first."""
    columns: list[dict[str, Any]] = [{"title": shape.body_word}]
    for measure in shape.measures:
        column: dict[str, Any] = {"title": measure.short, "numeric": measure.scale != RATING}
        if measure.scale not in ("stars", RATING):
            column["unit"] = _("per cent")
        if len(table.rows) > 2:
            turned = sort == f"-{measure.code}"
            column["href"] = f"?sort={'' if turned else '-'}{measure.code}#{table.code}"
            if sort.lstrip("-") == measure.code:
                column["sorted"] = "descending" if turned else "ascending"
        columns.append(column)
    return columns


def _sorted(shape: ProgrammeYear, table: Table, sort: str) -> list[Row]:
    """Return the rows in printed order, or by one measure; rows without a figure come last."""
    codes = [measure.code for measure in shape.measures]
    if sort.lstrip("-") not in codes:
        return list(table.rows)
    place = codes.index(sort.lstrip("-"))
    turn = -1 if sort.startswith("-") else 1

    def key(row: Row) -> tuple[bool, int]:
        value = row.values[place] or Value()
        figure = value.per_cent if value.per_cent is not None else value.stars
        return (figure is None, turn * (figure or 0))

    return sorted(table.rows, key=key)


def _row(row: Row, table: Table) -> list[Any]:
    """Return one body as a row of the full table."""
    body = {"text": row.body, "href": reverse("register:body", args=[row.body_id])}
    if table.reinspection:
        body["note"] = str(Visit(row.visit).label)
    if row.address:
        body |= {"href": row.address}
    return [body, *(_cell(value) for value in row.values)]


def _cell(value: Value | None) -> Any:
    """Return one cell; stars stand in words, and a flagged cell says so."""
    if value is None:
        return _("not printed")
    notes = [stars_in_words(value.stars), value.rating, _("see the flag") if value.flag else ""]
    if value.per_cent is None:
        return notes[0] or notes[1]
    return {"text": value.per_cent, "note": "; ".join(note for note in notes if note)}
