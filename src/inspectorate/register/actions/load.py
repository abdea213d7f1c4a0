"""Loading the published record: the real bodies and the tables that the documents print."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspectorate.people.access import require
from inspectorate.record.actions import append
from inspectorate.register import published
from inspectorate.register.actions.results import open_programme_year
from inspectorate.register.charts import charts_of, draw
from inspectorate.register.models import (
    Body,
    DrawnChart,
    LocalDeliveryUnit,
    PublishedProgrammeYear,
    PublishedReport,
    PublishedResult,
    PublishedRow,
    PublishedSheet,
    Succession,
)
from inspectorate.register.sheets import kept
from inspectorate.register.tables import ProgrammeYear

PROVENANCE = "The published record; days and successions not yet checked by a second person"
UNITS_PROVENANCE = "Annual report 2013-14, 2.3, notes 2 and 3; not a complete list"


@dataclass(frozen=True)
class Loaded:
    """What a load added. Loading again adds nothing."""

    bodies: int
    successions: int
    local_delivery_units: int
    programme_years: int
    results: int
    sheets: int
    reports: int

    @property
    def anything(self) -> bool:
        """Whether anything was added."""
        return any(vars(self).values())


@transaction.atomic
def load_published_record(*, by: tuple[str, str], at: datetime | None = None) -> Loaded:
    """Load what is not there yet, and write one entry with the digest of the folder, if anything was added.

    What stands is left as it is: a body is known by its public id, a programme-year by programme and year, a report by
    year, programme and title. A sheet that the folder now holds otherwise gets a further version.
    """
    require(by, "system.run")
    now = at or timezone.now()
    bodies = _load_bodies()
    successions = _load_successions()
    units = _load_units()
    years = [published.read(*pair) for pair in published.programme_years()]
    known = set(PublishedProgrammeYear.objects.values_list("programme", "year"))
    results = [_load_programme_year(shape, now, by) for shape in years]
    loaded = Loaded(
        bodies=bodies,
        successions=successions,
        local_delivery_units=units,
        programme_years=sum((shape.programme, shape.year) not in known for shape in years),
        results=sum(results),
        sheets=_load_sheets(years, now),
        reports=_load_reports(now),
    )
    _keep_charts(years)
    if loaded.anything:
        digest = published.folder_digest()
        append(
            stream=("register", "published"),
            by=by,
            verb="published_record.loaded",
            subject=("published-record", digest[:32]),
            payload={"digest": digest, "added": vars(loaded).copy()},
        )
    return loaded


def _load_bodies() -> int:
    """Add the bodies that are missing; return how many."""
    known = set(Body.objects.values_list("public_id", flat=True))
    new = [
        Body(
            public_id=facts.public_id,
            name=facts.name,
            kind=facts.kind,
            nation=facts.nation,
            region=facts.region,
            began_on=_day(facts.began_on),
            ended_on=_day(facts.ended_on),
            note=facts.note,
            provenance=PROVENANCE,
        )
        for facts in published.bodies()
        if facts.public_id not in known
    ]
    return len(Body.objects.bulk_create(new))


def _load_successions() -> int:
    """Add the successions that are missing; return how many."""
    keys = dict(Body.objects.values_list("public_id", "pk"))
    known = set(Succession.objects.values_list("before_id", "after_id"))
    new = [
        Succession(
            before_id=keys[facts.before],
            after_id=keys[facts.after],
            kind=facts.kind,
            on=date.fromisoformat(facts.on),
        )
        for facts in published.successions()
        if (keys[facts.before], keys[facts.after]) not in known
    ]
    return len(Succession.objects.bulk_create(new))


def _load_units() -> int:
    """Add the local delivery units that the documents name and that are missing; they end with their body."""
    bodies = Body.objects.in_bulk([facts.body for facts in published.local_delivery_units()], field_name="public_id")
    known = set(LocalDeliveryUnit.objects.values_list("body__public_id", "name"))
    new = [
        LocalDeliveryUnit(
            body=bodies[facts.body], name=name, ended_on=bodies[facts.body].ended_on, provenance=UNITS_PROVENANCE
        )
        for facts in published.local_delivery_units()
        for name in facts.names
        if (facts.body, name) not in known
    ]
    return len(LocalDeliveryUnit.objects.bulk_create(new))


def _load_programme_year(shape: ProgrammeYear, visible_from: datetime, by: tuple[str, str]) -> int:
    """Add one programme-year with all its cells, unless it is there; return the number of cells added."""
    if PublishedProgrammeYear.objects.filter(programme=shape.programme, year=shape.year).exists():
        return 0
    head = open_programme_year(shape=shape, by=by)
    tables = {table.code: table for table in head.tables.all()}
    measures = list(head.measures.all())
    keys = dict(Body.objects.values_list("public_id", "pk"))
    cells = []
    for table in shape.tables:
        rows = PublishedRow.objects.bulk_create(
            PublishedRow(
                table=tables[table.code],
                body_id=keys[row.body_id],
                visit=row.visit,
                position=position,
                printed_as=row.printed_as,
                remark=row.remark,
                report_month=row.report_month,
            )
            for position, row in enumerate(table.rows)
        )
        cells += [
            PublishedResult(
                row=stored,
                measure=measure,
                per_cent=value.per_cent,
                stars=value.stars,
                flag=value.flag,
                visible_from=visible_from,
            )
            for stored, row in zip(rows, table.rows, strict=True)
            for measure, value in zip(measures, row.values, strict=True)
            if value is not None
        ]
    return len(PublishedResult.objects.bulk_create(cells))


def _load_sheets(shapes: Iterable[ProgrammeYear], visible_from: datetime) -> int:
    """Add the sheets that are missing, and a version of each that has changed; return how many."""
    heads = {(head.programme, head.year): head for head in PublishedProgrammeYear.objects.all()}
    last = {(sheet.programme_year_id, sheet.code): sheet for sheet in PublishedSheet.objects.order_by("version")}
    new = []
    for shape in shapes:
        head = heads[shape.programme, shape.year]
        for position, sheet in enumerate(shape.sheets):
            before, body = last.get((head.pk, sheet.code)), _plain(kept(sheet))
            if before is not None and (before.body, before.position) == (body, position):
                continue
            new.append(
                PublishedSheet(
                    programme_year=head,
                    code=sheet.code,
                    version=before.version + 1 if before is not None else 1,
                    position=position,
                    body=body,
                    visible_from=visible_from,
                )
            )
    return len(PublishedSheet.objects.bulk_create(new))


def _plain(told: Any) -> Any:
    """Return what JSON makes of it: tuples become lists, so that it can be compared with what was kept."""
    return json.loads(json.dumps(told))


def _load_reports(visible_from: datetime) -> int:
    """Add the listed reports that are missing; return how many."""
    known = set(PublishedReport.objects.values_list("year", "programme", "title"))
    keys = dict(Body.objects.values_list("public_id", "pk"))
    new = [
        PublishedReport(
            **{name: value for name, value in vars(facts).items() if name != "body_id"},
            body_id=keys[facts.body_id] if facts.body_id else None,
            visible_from=visible_from,
        )
        for facts in published.reports()
        if (facts.year, facts.programme, facts.title) not in known
    ]
    return len(PublishedReport.objects.bulk_create(new))


def _keep_charts(shapes: Iterable[ProgrammeYear]) -> None:
    """Draw and keep every chart of these programme-years that is not kept yet, so that no page waits for one.

    A chart is made from figures that stand in the record already and says nothing new, so it has no entry of its own.
    """
    wanted = {
        dots.digest: dots
        for shape in shapes
        for table in shape.tables
        for dots in charts_of(shape, table)
        if dots is not None
    }
    kept = set(DrawnChart.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    missing = [dots for digest, dots in wanted.items() if digest not in kept]
    DrawnChart.objects.bulk_create(
        [DrawnChart(digest=dots.digest, svg=draw(dots)) for dots in missing], ignore_conflicts=True
    )


def _day(words: str | None) -> date | None:
    """Read an ISO date, or nothing."""
    return date.fromisoformat(words) if words else None
