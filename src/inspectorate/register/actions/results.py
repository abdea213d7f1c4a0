"""Taking in what is published: opening a programme-year, and recording one result at a time.

A later stage (publication) calls ``record_result`` when it releases a report. A result is never changed: recording the
same cell again makes a further version, which counts from its own minute on.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from inspectorate.people.access import require
from inspectorate.record.actions import append
from inspectorate.register.models import (
    Body,
    PublishedFigure,
    PublishedMeasure,
    PublishedProgrammeYear,
    PublishedResult,
    PublishedRow,
    PublishedTable,
    Visit,
)
from inspectorate.register.queries import last_version
from inspectorate.register.refusals import Refusal, RefusedError
from inspectorate.register.tables import AlsoPrinted, Measure, ProgrammeYear


@dataclass(frozen=True)
class NewResult:
    """One cell to be recorded: where it belongs and what it says.

    ``visible_from`` None means now. A result has a per cent, stars, a rating in words, or several of them. ``address``
    is the page on which the whole result stands.
    """

    programme: str
    year: str
    measure: str
    table: str = "headline"
    visit: str = Visit.ORIGINAL.value
    per_cent: int | None = None
    stars: int | None = None
    rating: str = ""
    visible_from: datetime | None = None
    inspected_on: date | None = None
    address: str = ""


@transaction.atomic
def open_programme_year(*, shape: ProgrammeYear, by: tuple[str, str]) -> PublishedProgrammeYear:
    """Open a programme-year with its measures, tables and printed figures. Rows in ``shape`` are not taken in."""
    require(by, "register.record")
    if PublishedProgrammeYear.objects.filter(programme=shape.programme, year=shape.year).exists():
        raise RefusedError(
            Refusal.PROGRAMME_YEAR_EXISTS,
            f"{shape.programme} {shape.year} is open already: record its results one by one.",
        )
    opened = _store_programme_year(shape)
    append(
        stream=("register", "published"),
        by=by,
        verb="programme_year.opened",
        subject=("programme-year", opened.public_id),
        payload={"programme": shape.programme, "year": shape.year, "measures": [m.code for m in shape.measures]},
    )
    return opened


@transaction.atomic
def record_result(*, body: Body, result: NewResult, by: tuple[str, str]) -> PublishedResult:
    """Record one result of a body; a cell recorded before gets a further version and keeps the earlier ones."""
    require(by, "register.record")
    _refuse_value(result)
    table, measure = _place(result)
    row = _row(table, body, result)
    stored = PublishedResult.objects.create(
        row=row,
        measure=measure,
        version=last_version(row, measure) + 1,
        per_cent=result.per_cent,
        stars=result.stars,
        rating=result.rating,
        address=result.address,
        visible_from=result.visible_from or timezone.now(),
    )
    append(
        stream=("body", body.public_id),
        by=by,
        verb="body.result_recorded",
        subject=("result", stored.public_id),
        payload=_payload(result, stored),
    )
    return stored


@transaction.atomic
def add_measures(
    *, programme_year: PublishedProgrammeYear, measures: Sequence[Measure], by: tuple[str, str]
) -> list[PublishedMeasure]:
    """Add the measures that a programme-year lacks, at its end, and return them; those that stand stay as they are.

    Of a year of releases a measure is seen once a result of it is visible (``queries.programme_year``), so that a
    heading tells nothing before the minute of its release.
    """
    require(by, "register.record")
    held = PublishedProgrammeYear.objects.select_for_update().get(pk=programme_year.pk)
    known = set(held.measures.values_list("code", flat=True))
    last = held.measures.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    fresh = [measure for measure in measures if measure.code not in known]
    made = PublishedMeasure.objects.bulk_create(
        PublishedMeasure(programme_year=held, position=position, **asdict(measure))
        for position, measure in enumerate(fresh, first)
    )
    if made:
        append(
            stream=("register", "published"),
            by=by,
            verb="programme_year.measures_added",
            subject=("programme-year", held.public_id),
            payload={"measures": [measure.code for measure in made]},
        )
    return made


@transaction.atomic
def withdraw_results(*, results: Sequence[PublishedResult], why: str, by: tuple[str, str]) -> int:
    """Withdraw results before their minute, so that they are never seen; return how many.

    Refused where one of them is visible by now: what is public is corrected by a further version, never taken back.
    """
    require(by, "register.withdraw")
    held = list(
        PublishedResult.objects.select_for_update(of=("self",))
        .select_related("row__body")
        .filter(pk__in=[result.pk for result in results], withdrawn_at__isnull=True)
        .order_by("pk")
    )
    now = timezone.now()  # once they are locked: the minute may come while one waits
    if any(result.visible_from <= now for result in held):
        raise RefusedError(Refusal.ALREADY_VISIBLE, "A result is public by now: record a further version instead.")
    for result in held:
        result.withdrawn_at = now
    PublishedResult.objects.bulk_update(held, ["withdrawn_at"])
    for body in sorted({result.row.body for result in held}, key=lambda body: body.public_id):
        withdrawn = [result.public_id for result in held if result.row.body == body]
        append(
            stream=("body", body.public_id),
            by=by,
            verb="body.results_withdrawn",
            subject=("body", body.public_id),
            payload={"results": withdrawn},
            why=why,
        )
    return len(held)


@transaction.atomic
def hide_results(*, results: Sequence[PublishedResult], hidden: bool, why: str, by: tuple[str, str]) -> int:
    """Hide results that are public, or show them again; return how many were the other way before."""
    require(by, "register.withdraw")
    held = list(
        PublishedResult.objects.select_for_update(of=("self",))
        .select_related("row__body")
        .filter(pk__in=[result.pk for result in results], hidden_at__isnull=hidden)
        .order_by("pk")
    )
    now = timezone.now() if hidden else None
    for result in held:
        result.hidden_at = now
    PublishedResult.objects.bulk_update(held, ["hidden_at"])
    for body in sorted({result.row.body for result in held}, key=lambda body: body.public_id):
        append(
            stream=("body", body.public_id),
            by=by,
            verb="body.results_hidden" if hidden else "body.results_shown_again",
            subject=("body", body.public_id),
            payload={"results": [result.public_id for result in held if result.row.body == body]},
            why=why,
        )
    return len(held)


def _store_programme_year(shape: ProgrammeYear) -> PublishedProgrammeYear:
    """Store a programme-year with its measures, tables and printed figures."""
    opened = PublishedProgrammeYear.objects.create(
        programme=shape.programme,
        year=shape.year,
        title=shape.title,
        about=shape.about,
        document=shape.document,
        document_title=shape.document_title,
        body_word=shape.body_word,
        also_printed=[_also(also) for also in shape.also_printed],
        notes=list(shape.notes),
    )
    measures = PublishedMeasure.objects.bulk_create(
        PublishedMeasure(programme_year=opened, position=position, **asdict(measure))
        for position, measure in enumerate(shape.measures)
    )
    by_code = {measure.code: measure for measure in measures}
    for position, table in enumerate(shape.tables):
        stored = PublishedTable.objects.create(
            programme_year=opened,
            code=table.code,
            title=table.title,
            paragraph=table.paragraph,
            focus=table.focus,
            reinspection=table.reinspection,
            position=position,
        )
        PublishedFigure.objects.bulk_create(
            PublishedFigure(table=stored, position=place, **(asdict(printed) | {"measure": by_code[printed.measure]}))
            for place, printed in enumerate(table.printed)
        )
    return opened


def _also(also: AlsoPrinted) -> dict[str, Any]:
    """Return further printed figures as plain data."""
    return {
        "title": also.title,
        "paragraph": also.paragraph,
        "figures": [{"label": label, "per_cent": per_cent} for label, per_cent in also.figures],
    }


def _refuse_value(result: NewResult) -> None:
    """Refuse a result that says nothing, or a figure outside its range."""
    if result.per_cent is None and result.stars is None and not result.rating:
        raise RefusedError(Refusal.VALUE_MISSING, "A result needs a per cent, stars or a rating: give one of them.")
    per_cent_is_wrong = result.per_cent is not None and not 0 <= result.per_cent <= 100
    stars_are_wrong = result.stars is not None and not 1 <= result.stars <= 4
    if per_cent_is_wrong or stars_are_wrong:
        raise RefusedError(
            Refusal.VALUE_OUT_OF_RANGE,
            "A per cent is from 0 to 100, and there are one to four stars: check the figure.",
        )


def _place(result: NewResult) -> tuple[PublishedTable, PublishedMeasure]:
    """Find the table and the measure, or refuse."""
    head = PublishedProgrammeYear.objects.filter(programme=result.programme, year=result.year).first()
    if head is None:
        raise RefusedError(
            Refusal.PROGRAMME_YEAR_UNKNOWN,
            f"{result.programme} {result.year} is not open: open the programme-year first.",
        )
    table = head.tables.filter(code=result.table).first()
    if table is None:
        there_are = ", ".join(head.tables.values_list("code", flat=True))
        raise RefusedError(Refusal.TABLE_UNKNOWN, f"{head} has no table {result.table!r}: choose one of {there_are}.")
    measure = head.measures.filter(code=result.measure).first()
    if measure is None:
        there_are = ", ".join(head.measures.values_list("code", flat=True))
        raise RefusedError(
            Refusal.MEASURE_UNKNOWN, f"{head} has no measure {result.measure!r}: choose one of {there_are}."
        )
    return table, measure


def _row(table: PublishedTable, body: Body, result: NewResult) -> PublishedRow:
    """Return the body's row in a table, at its end where it is new; locked, so that versions follow one another."""
    found = PublishedRow.objects.select_for_update().filter(table=table, body=body, visit=result.visit).first()
    if found is not None:
        return found
    last = PublishedRow.objects.filter(table=table).aggregate(last=Max("position"))["last"]
    return PublishedRow.objects.create(
        table=table,
        body=body,
        visit=result.visit,
        position=0 if last is None else last + 1,
        inspected_on=result.inspected_on,
    )


def _payload(result: NewResult, stored: PublishedResult) -> dict[str, Any]:
    """Return what was recorded, as plain data."""
    told = asdict(result) | {"version": stored.version, "visible_from": stored.visible_from.isoformat()}
    return told | {"inspected_on": result.inspected_on.isoformat() if result.inspected_on else None}
