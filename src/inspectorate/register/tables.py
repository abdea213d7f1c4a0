"""The shape of a published programme-year: what is printed, row by row, and what we work out beside it.

Plain frozen values. The files of ``published/`` and the database both come out in this shape, so that a test can say
that they are equal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inspectorate.register.median import in_figures, median, median_of_stars
from inspectorate.register.sheets import Sheet, sheet_as_data

PER_CENT = "per_cent"
PER_CENT_AND_STARS = "per_cent_and_stars"
STARS = "stars"
RATING = "rating"

RELEASES = "releases"  # stands in the place of a document where the results are those that this inspectorate released

YEAR = "year"
PREVIOUS_YEAR = "previous_year"
PROGRAMME_TO_DATE = "programme_to_date"

ORGANISATION = "organisation"  # stands in the place of a programme where a year is one of the inspectorate itself

STAR_WORDS = {1: "poor", 2: "unsatisfactory", 3: "satisfactory", 4: "good"}  # annual report 2013-14, 4.4


@dataclass(frozen=True)
class Measure:
    """One column of a programme's tables. ``scale``: in per cent, in stars, in both, or a rating in words."""

    code: str
    title: str
    short: str
    scale: str = PER_CENT


@dataclass(frozen=True)
class Value:
    """One printed cell: per cent from 0 to 100, stars from 1 to 4, a rating in a word, and a flag where it is odd."""

    per_cent: int | None = None
    stars: int | None = None
    rating: str = ""
    flag: str = ""


@dataclass(frozen=True)
class Row:
    """What was found at one body on one visit. ``values`` stand in the order of the programme-year's measures."""

    body_id: str
    body: str
    visit: str
    values: tuple[Value | None, ...]
    printed_as: str = ""
    remark: str = ""
    report_month: str = ""
    address: str = ""
    """The page of the released result, where there is one."""


@dataclass(frozen=True)
class Printed:
    """A lowest, highest or aggregate that the document prints, in per cent. ``of`` says of which stretch of time."""

    of: str
    statistic: str
    measure: str
    per_cent: int
    paragraph: str


@dataclass(frozen=True)
class Table:
    """One printed table. A reinspection table stands apart: it counts in no lowest, highest, median or aggregate."""

    code: str
    title: str
    paragraph: str
    rows: tuple[Row, ...]
    printed: tuple[Printed, ...] = ()
    focus: str = ""
    reinspection: bool = False

    def values_of(self, index: int) -> list[tuple[Row, Value]]:
        """Return the rows that have a value for the measure at ``index``, with that value, in printed order."""
        return [(row, value) for row in self.rows if (value := row.values[index]) is not None]


@dataclass(frozen=True)
class AlsoPrinted:
    """Figures printed for the whole programme-year, by label, in per cent."""

    title: str
    paragraph: str
    figures: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ProgrammeYear:
    """Everything published for one programme in one year."""

    programme: str
    year: str
    title: str
    about: str
    document: str
    document_title: str
    body_word: str
    measures: tuple[Measure, ...]
    tables: tuple[Table, ...]
    also_printed: tuple[AlsoPrinted, ...] = ()
    notes: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    @property
    def flags(self) -> tuple[str, ...]:
        """Every flag on any cell of the tables, once each, in printed order; sheets carry their own."""
        found = (v.flag for t in self.tables for row in t.rows for v in row.values if v is not None and v.flag)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Extreme:
    """The lowest or highest of a column, and the bodies that have it."""

    value: int
    bodies: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """One measure of one table in short. ``lowest``, ``highest`` and ``median`` are read off the table by us.

    ``printed`` maps (of, statistic) to what the document prints; where it prints nothing there is no key.
    """

    measure: Measure
    bodies: int
    lowest: Extreme | None
    highest: Extreme | None
    median: float | int | None
    printed: Mapping[tuple[str, str], int]

    @property
    def in_stars(self) -> bool:
        """Whether lowest, highest and median are stars and not per cents."""
        return self.measure.scale == STARS


def summarise(programme_year: ProgrammeYear, table: Table) -> tuple[Summary, ...]:
    """Return one summary for each measure of a table that has figures; none for a measure in words.

    A reinspection has none: it is not a spread of bodies.
    """
    if table.reinspection:
        return ()
    return tuple(
        _summary(measure, table, index)
        for index, measure in enumerate(programme_year.measures)
        if measure.scale != RATING
    )


def _summary(measure: Measure, table: Table, index: int) -> Summary:
    """Read one column."""
    in_stars = measure.scale == STARS
    cells = [
        (row.body, figure)
        for row, value in table.values_of(index)
        if (figure := value.stars if in_stars else value.per_cent) is not None
    ]
    figures = [figure for _, figure in cells]
    return Summary(
        measure=measure,
        bodies=len(cells),
        lowest=_extreme(cells, min(figures)) if cells else None,
        highest=_extreme(cells, max(figures)) if cells else None,
        median=median_of_stars(figures) if in_stars else in_figures(median(figures)),
        printed={(p.of, p.statistic): p.per_cent for p in table.printed if p.measure == measure.code},
    )


def _extreme(cells: Iterable[tuple[str, int]], value: int) -> Extreme:
    """Name every body that has ``value``."""
    return Extreme(value=value, bodies=tuple(body for body, figure in cells if figure == value))


def as_data(programme_year: ProgrammeYear) -> dict[str, Any]:
    """Return a programme-year as plain data for JSON. What is not printed is marked ``ours``."""
    return {
        "programme": programme_year.programme,
        "year": programme_year.year,
        "title": programme_year.title,
        "source": {"document": programme_year.document, "title": programme_year.document_title},
        "measures": [
            {"code": measure.code, "title": measure.title, "scale": measure.scale}
            for measure in programme_year.measures
        ],
        "tables": [_table_as_data(programme_year, table) for table in programme_year.tables],
        "also_printed": [
            {
                "title": also.title,
                "paragraph": also.paragraph,
                "figures": [{"label": label, "per_cent": per_cent} for label, per_cent in also.figures],
            }
            for also in programme_year.also_printed
        ],
        "sheets": [sheet_as_data(sheet) for sheet in programme_year.sheets],
        "notes": list(programme_year.notes),
        "flags": list(programme_year.flags),
    }


def _table_as_data(programme_year: ProgrammeYear, table: Table) -> dict[str, Any]:
    """Return one table with its summary."""
    return {
        "code": table.code,
        "title": table.title,
        "focus": table.focus or None,
        "paragraph": table.paragraph,
        "reinspection": table.reinspection,
        "rows": [_row_as_data(programme_year, row) for row in table.rows],
        "summary": {summary.measure.code: _summary_as_data(summary) for summary in summarise(programme_year, table)},
    }


def _row_as_data(programme_year: ProgrammeYear, row: Row) -> dict[str, Any]:
    """Return one row; keys that say nothing are left out."""
    told = {
        "printed_as": row.printed_as,
        "remark": row.remark,
        "report_month": row.report_month,
        "address": row.address,
    }
    values = {
        measure.code: _value_as_data(value)
        for measure, value in zip(programme_year.measures, row.values, strict=True)
        if value is not None
    }
    return {
        "body": row.body,
        "body_id": row.body_id,
        "visit": row.visit,
        **{key: words for key, words in told.items() if words},
        "values": values,
    }


def _value_as_data(value: Value) -> dict[str, Any]:
    """Return one cell; keys that say nothing are left out."""
    cell = {
        "per_cent": value.per_cent,
        "stars": value.stars,
        "rating": value.rating or None,
        "flag": value.flag or None,
    }
    return {key: figure for key, figure in cell.items() if figure is not None}


def _summary_as_data(summary: Summary) -> dict[str, Any]:
    """Return one summary: ours apart from what is printed. ``aggregate`` is null where none is printed."""

    def told(extreme: Extreme | None) -> dict[str, Any] | None:
        return None if extreme is None else {"value": extreme.value, "bodies": list(extreme.bodies)}

    return {
        "unit": "stars" if summary.in_stars else "per cent",
        "bodies": summary.bodies,
        "lowest": told(summary.lowest),
        "highest": told(summary.highest),
        "median": {"value": summary.median, "ours": True},
        "aggregate": summary.printed.get((YEAR, "aggregate")),
        "printed": {
            of: {s: value for (o, s), value in summary.printed.items() if o == of}
            for of in dict.fromkeys(of for of, _ in summary.printed)
        },
    }
