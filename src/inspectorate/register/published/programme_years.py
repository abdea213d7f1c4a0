"""The programme-years of ``programmes.yaml``, with their tables from the CSV files and their sheets."""

from functools import cache
from typing import Any

from inspectorate.register.published.bodies import ids
from inspectorate.register.published.folder import csv_file, documents, iso_month, json_file, plain, yaml_file
from inspectorate.register.published.sheets import sheets_of
from inspectorate.register.tables import PER_CENT, AlsoPrinted, Measure, Printed, ProgrammeYear, Row, Table, Value

# year -> list of reports in more_figures.json
REPORT_LISTS = {"2011-12": "publications_2011_12", "2013-14": "publications_2013_14"}


class NotPublishedError(LookupError):
    """No table of that programme and year is in the folder. The sentence says which there are."""


def programme_years() -> tuple[tuple[str, str], ...]:
    """Return the (programme, year) pairs that there are, in the order of the file."""
    return tuple((entry["programme"], entry["year"]) for entry in yaml_file("programmes.yaml")["programme_years"])


@cache
def read(programme: str, year: str) -> ProgrammeYear:
    """Return one programme-year as printed, or refuse with the list of those that there are."""
    for entry in yaml_file("programmes.yaml")["programme_years"]:
        if (entry["programme"], entry["year"]) == (programme, year):
            return _programme_year(entry)
    there_are = ", ".join(" ".join(pair) for pair in programme_years())
    raise NotPublishedError(f"no table is published for {programme} {year}: choose one of {there_are}")


def _programme_year(entry: dict[str, Any]) -> ProgrammeYear:
    """Build one programme-year from its entry in ``programmes.yaml``."""
    measures = tuple(
        Measure(column["code"], column["title"], column["short"], column.get("scale", PER_CENT))
        for column in entry["measures"]
    )
    return ProgrammeYear(
        programme=entry["programme"],
        year=entry["year"],
        title=entry["title"],
        about=entry["about"],
        document=entry["document"],
        document_title=documents()[entry["document"]],
        body_word=entry["body_word"],
        measures=measures,
        tables=tuple(_table(entry, table, measures) for table in entry["tables"]),
        also_printed=tuple(
            AlsoPrinted(
                also["title"],
                also["paragraph"],
                tuple((figure["label"], figure["per_cent"]) for figure in also["figures"]),
            )
            for also in entry["also_printed"]
        ),
        notes=tuple(entry["notes"]),
        sheets=sheets_of(entry["programme"], entry["year"]),
    )


def _table(entry: dict[str, Any], table: dict[str, Any], measures: tuple[Measure, ...]) -> Table:
    """Build one table from its CSV file."""
    cells = _long_cells(table) if table.get("layout") == "long" else _wide_cells(table, measures)
    months = _report_months(entry["programme"], entry["year"])
    rows = tuple(
        Row(
            body_id=ids()[entry["body_kind"], body],
            body=body,
            visit=visit,
            values=tuple(values.get(measure.code) for measure in measures),
            printed_as=table.get("printed_as", {}).get(body, ""),
            remark=table.get("remarks", {}).get(body, ""),
            report_month="" if table.get("reinspection") else months.get(plain(body), ""),
        )
        for (body, visit), values in cells.items()
    )
    return Table(
        code=table["code"],
        title=table["title"],
        paragraph=table["paragraph"],
        rows=rows,
        printed=tuple(_printed(table, measures)),
        focus=table.get("focus", ""),
        reinspection=table.get("reinspection", False),
    )


def _printed(table: dict[str, Any], measures: tuple[Measure, ...]) -> list[Printed]:
    """Return the lowest, highest and aggregate that the document prints beside a table."""
    return [
        Printed(line["of"], line["statistic"], measure.code, line["per_cent"][measure.code], line["paragraph"])
        for line in table.get("printed", [])
        for measure in measures
        if measure.code in line["per_cent"]
    ]


def _wide_cells(table: dict[str, Any], measures: tuple[Measure, ...]) -> dict[tuple[str, str], dict[str, Value]]:
    """Read a file with one row for each body and one column for each measure."""
    return {
        (row["body"], row.get("visit", "original")): {
            measure.code: Value(per_cent=int(row[measure.code])) for measure in measures if row[measure.code]
        }
        for row in csv_file(table["file"])
        if row.get("focus", "") == table.get("focus", "")
    }


def _long_cells(table: dict[str, Any]) -> dict[tuple[str, str], dict[str, Value]]:
    """Read a file with one row for each body and theme, in per cent, stars or both."""
    flags = {(body, flag["measure"]): flag["text"] for flag in table.get("flags", []) for body in flag["bodies"]}
    cells: dict[tuple[str, str], dict[str, Value]] = {}
    for row in csv_file(table["file"]):
        cells.setdefault((row["body"], "original"), {})[row["theme"]] = Value(
            per_cent=int(row["percent"]) if row["percent"] else None,
            stars=int(row["stars"]) if row["stars"] else None,
            flag=flags.get((row["body"], row["theme"]), ""),
        )
    return cells


@cache
def _report_months(programme: str, year: str) -> dict[str, str]:
    """Map a plain body name to the month of its report, as "2011-07", from the document's list of publications."""
    lists = json_file("more_figures")[REPORT_LISTS[year]]["lists"]
    return {plain(report["title"]): iso_month(report["month"]) for report in lists[programme]}
