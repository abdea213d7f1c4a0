"""What was published: a programme-year's tables, and a body's results. Nothing shows before its minute."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet

from inspectorate.register.models import (
    Body,
    DrawnChart,
    PublishedFigure,
    PublishedMeasure,
    PublishedProgrammeYear,
    PublishedResult,
    PublishedRow,
    PublishedSheet,
    PublishedTable,
)
from inspectorate.register.sheets import sheet_of
from inspectorate.register.tables import RELEASES, AlsoPrinted, Measure, Printed, ProgrammeYear, Row, Table, Value


def current_results(*, at: datetime) -> QuerySet[PublishedResult]:
    """Return every cell as it stands at a moment: visible by then, and not corrected by a version visible by then."""
    visible = _visible_results(at)
    newer = visible.filter(row=OuterRef("row"), measure=OuterRef("measure"), version__gt=OuterRef("version"))
    return visible.filter(~Exists(newer))


def programme_years(*, at: datetime) -> QuerySet[PublishedProgrammeYear]:
    """Return the programme-years with a result or a sheet that is visible, latest year first."""
    result = _visible_results(at).filter(measure__programme_year=OuterRef("pk"))
    sheet = PublishedSheet.objects.filter(programme_year=OuterRef("pk"), visible_from__lte=at)
    visible = PublishedProgrammeYear.objects.filter(Exists(result) | Exists(sheet))
    return visible.order_by("-year", "title")


def current_sheets(*, at: datetime) -> QuerySet[PublishedSheet]:
    """Return every sheet as it stands at a moment: the newest version that is visible by then, in printed order."""
    newer = PublishedSheet.objects.filter(
        programme_year=OuterRef("programme_year"), code=OuterRef("code"), version__gt=OuterRef("version")
    )
    return PublishedSheet.objects.filter(~Exists(newer.filter(visible_from__lte=at)), visible_from__lte=at)


def programme_year(programme: str, year: str, *, at: datetime) -> ProgrammeYear | None:
    """Return a programme-year as it stands at a moment; None where there is none, or none that is visible yet."""
    head = _heads(at).filter(programme=programme, year=year).first()
    if head is None:
        return None
    results = current_results(at=at).filter(measure__programme_year=head)
    sheets = tuple(sheet_of(sheet.body) for sheet in current_sheets(at=at).filter(programme_year=head))
    found = replace(_shape(head, results), sheets=sheets)
    return found if sheets or any(table.rows for table in found.tables) else None


def results_of(
    body: Body, *, at: datetime, programme: str = "", years: tuple[str, str] | None = None
) -> list[ProgrammeYear]:
    """Return what was published about a body, latest year first: each programme-year with this body's rows alone.

    ``programme`` and ``years`` (first and last, inclusive, as "2011-12") narrow it down.
    """
    heads = _heads(at).filter(tables__rows__body=body).distinct().order_by("-year", "programme")
    if programme:
        heads = heads.filter(programme=programme)
    if years:
        heads = heads.filter(year__gte=years[0], year__lte=years[1])
    results = list(_cells(current_results(at=at).filter(row__body=body)))
    shapes = [_shape(head, [cell for cell in results if cell.measure.programme_year_id == head.pk]) for head in heads]
    return [shape for shape in shapes if any(table.rows for table in shape.tables)]


def drawn_charts(digests: list[str]) -> dict[str, str]:
    """Return the charts that are drawn already, by digest."""
    return dict(DrawnChart.objects.filter(digest__in=digests).values_list("digest", "svg"))


def last_version(row: PublishedRow, measure: PublishedMeasure) -> int:
    """Return the number of the newest version of a cell, visible or not; 0 where there is none."""
    newest = PublishedResult.objects.filter(row=row, measure=measure).aggregate(newest=Max("version"))["newest"]
    return newest or 0


def _visible_results(at: datetime) -> QuerySet[PublishedResult]:
    """Return the versions of cells whose minute has come, not withdrawn before it and not hidden now."""
    return PublishedResult.objects.filter(visible_from__lte=at, withdrawn_at__isnull=True, hidden_at__isnull=True)


def _heads(at: datetime) -> QuerySet[PublishedProgrammeYear]:
    """Return the programme-years with their measures, tables and printed figures at hand, as they stand at a moment."""
    figures = Prefetch("figures", PublishedFigure.objects.select_related("measure"))
    tables = Prefetch("tables", PublishedTable.objects.prefetch_related(figures))
    return PublishedProgrammeYear.objects.prefetch_related(Prefetch("measures", _measures(at)), tables)


def _measures(at: datetime) -> QuerySet[PublishedMeasure]:
    """Return the measures whose heading may be seen: one with a visible result, or a printed one without any."""
    results = PublishedResult.objects.filter(measure=OuterRef("pk"))
    printed = ~Q(programme_year__document=RELEASES) & ~Exists(results)
    return PublishedMeasure.objects.filter(Exists(_visible_results(at).filter(measure=OuterRef("pk"))) | printed)


def _cells(results: QuerySet[PublishedResult]) -> QuerySet[PublishedResult]:
    """Return cells with their row, body and measure, in printed order."""
    return results.select_related("row__body", "measure").order_by("row__position", "measure__position")


def _shape(head: PublishedProgrammeYear, results: QuerySet[PublishedResult] | list[PublishedResult]) -> ProgrammeYear:
    """Put cells into the shape of a programme-year."""
    cells = results if isinstance(results, list) else _cells(results)
    rows: dict[int, dict[int, PublishedResult]] = defaultdict(dict)
    by_table: dict[int, dict[int, PublishedRow]] = defaultdict(dict)
    for cell in cells:
        rows[cell.row_id][cell.measure_id] = cell
        by_table[cell.row.table_id].setdefault(cell.row_id, cell.row)
    measures = list(head.measures.all())
    return ProgrammeYear(
        programme=head.programme,
        year=head.year,
        title=head.title,
        about=head.about,
        document=head.document,
        document_title=head.document_title,
        body_word=head.body_word,
        measures=tuple(Measure(m.code, m.title, m.short, m.scale) for m in measures),
        tables=tuple(
            _table(table, [_row(row, rows[row.pk], measures) for row in by_table[table.pk].values()])
            for table in head.tables.all()
        ),
        also_printed=tuple(_also(also) for also in head.also_printed),
        notes=tuple(head.notes),
    )


def _table(table: PublishedTable, rows: list[Row]) -> Table:
    """Put one table into shape."""
    return Table(
        code=table.code,
        title=table.title,
        paragraph=table.paragraph,
        rows=tuple(rows),
        printed=tuple(
            Printed(figure.of, figure.statistic, figure.measure.code, figure.per_cent, figure.paragraph)
            for figure in table.figures.all()
        ),
        focus=table.focus,
        reinspection=table.reinspection,
    )


def _row(row: PublishedRow, cells: dict[int, PublishedResult], measures: list[PublishedMeasure]) -> Row:
    """Put one row into shape."""
    told = [cell for cell in cells.values() if cell.address]
    newest = max(told, key=lambda cell: (cell.visible_from, cell.pk), default=None)
    return Row(
        body_id=row.body.public_id,
        body=row.body.name,
        visit=row.visit,
        values=tuple(_value(cells.get(measure.pk)) for measure in measures),
        printed_as=row.printed_as,
        remark=row.remark,
        report_month=row.report_month,
        address=newest.address if newest else "",
    )


def _value(cell: PublishedResult | None) -> Value | None:
    """Put one cell into shape."""
    return None if cell is None else Value(cell.per_cent, cell.stars, cell.rating, cell.flag)


def _also(also: dict[str, Any]) -> AlsoPrinted:
    """Put further printed figures into shape."""
    return AlsoPrinted(
        also["title"],
        also["paragraph"],
        tuple((figure["label"], figure["per_cent"]) for figure in also["figures"]),
    )
