"""Reads the folder ``published/``: the real bodies and the tables that the documents print.

It needs no Django and no database, so that ``inspectorate published`` answers at once from a base install.
"""

import csv
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from inspectorate.register.tables import PER_CENT, AlsoPrinted, Measure, Printed, ProgrammeYear, Row, Table, Value

PACKAGE = Path(__file__).resolve().parents[1]
# programme -> list of reports in more_figures.json; the lists of 2011-12 and 2013-14 differ in their names
REPORT_LISTS = {"2011-12": "publications_2011_12", "2013-14": "publications_2013_14"}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class NotPublishedError(LookupError):
    """No table of that programme and year is in the folder. The sentence says which there are."""


@dataclass(frozen=True)
class BodyFacts:
    """One line of ``bodies.yaml``. Days are ISO dates or None where they are not certain."""

    public_id: str
    kind: str
    name: str
    nation: str
    region: str
    began_on: str | None
    ended_on: str | None
    note: str


@dataclass(frozen=True)
class SuccessionFacts:
    """What became of a body: public ids, kind and the first day of the later one (ISO)."""

    before: str
    after: str
    kind: str
    on: str


@dataclass(frozen=True)
class UnitsFacts:
    """The local delivery units that the documents name for one body, and how many there were in all."""

    body: str
    names: tuple[str, ...]
    of: int


def published_folder() -> Path:
    """Return the folder: inside the package in an installed wheel, at the root of a checkout."""
    installed = PACKAGE / "data" / "published"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "published"


def folder_digest() -> str:
    """Return the SHA-256 of ``SHA256SUMS``, which itself holds the digest of every file of the folder."""
    return hashlib.sha256((published_folder() / "SHA256SUMS").read_bytes()).hexdigest()


@cache
def _yaml(name: str) -> dict[str, Any]:
    """Read one YAML file of the folder."""
    found: dict[str, Any] = yaml.safe_load((published_folder() / name).read_text(encoding="utf-8"))
    return found


@cache
def _csv(name: str) -> tuple[dict[str, str], ...]:
    """Read one CSV file of the folder."""
    with (published_folder() / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def bodies() -> tuple[BodyFacts, ...]:
    """Return every real body of the tables, in the order of the file."""
    return tuple(
        BodyFacts(
            public_id=body["id"],
            kind=body["kind"],
            name=body["name"],
            nation=body["nation"],
            region=body["region"],
            began_on=body["began_on"],
            ended_on=body["ended_on"],
            note=body["note"] or "",
        )
        for body in _yaml("bodies.yaml")["bodies"]
    )


@cache
def _ids() -> dict[tuple[str, str], str]:
    """Map (kind, name) to public id."""
    return {(body.kind, body.name): body.public_id for body in bodies()}


def successions() -> tuple[SuccessionFacts, ...]:
    """Return what became of the bodies, in the order of the file."""
    return tuple(
        SuccessionFacts(_ids()[tuple(fact["before"])], _ids()[tuple(fact["after"])], fact["kind"], fact["day"])
        for fact in _yaml("bodies.yaml")["successions"]
    )


def local_delivery_units() -> tuple[UnitsFacts, ...]:
    """Return the local delivery units that the documents name."""
    return tuple(
        UnitsFacts(_ids()[tuple(fact["body"])], tuple(fact["names"]), fact["of"])
        for fact in _yaml("bodies.yaml")["local_delivery_units"]
    )


def programme_years() -> tuple[tuple[str, str], ...]:
    """Return the (programme, year) pairs that there are, in the order of the file."""
    return tuple((entry["programme"], entry["year"]) for entry in _yaml("programmes.yaml")["programme_years"])


@cache
def read(programme: str, year: str) -> ProgrammeYear:
    """Return one programme-year as printed, or refuse with the list of those that there are."""
    for entry in _yaml("programmes.yaml")["programme_years"]:
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
        document_title=_yaml("programmes.yaml")["documents"][entry["document"]],
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
    )


def _table(entry: dict[str, Any], table: dict[str, Any], measures: tuple[Measure, ...]) -> Table:
    """Build one table from its CSV file."""
    cells = _long_cells(table) if table.get("layout") == "long" else _wide_cells(table, measures)
    months = _report_months(entry["programme"], entry["year"])
    rows = tuple(
        Row(
            body_id=_ids()[entry["body_kind"], body],
            body=body,
            visit=visit,
            values=tuple(values.get(measure.code) for measure in measures),
            printed_as=table.get("printed_as", {}).get(body, ""),
            remark=table.get("remarks", {}).get(body, ""),
            report_month="" if table.get("reinspection") else months.get(_plain(body), ""),
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
        for row in _csv(table["file"])
        if row.get("focus", "") == table.get("focus", "")
    }


def _long_cells(table: dict[str, Any]) -> dict[tuple[str, str], dict[str, Value]]:
    """Read a file with one row for each body and theme, in per cent, stars or both."""
    flags = {(body, flag["measure"]): flag["text"] for flag in table.get("flags", []) for body in flag["bodies"]}
    cells: dict[tuple[str, str], dict[str, Value]] = {}
    for row in _csv(table["file"]):
        cells.setdefault((row["body"], "original"), {})[row["theme"]] = Value(
            per_cent=int(row["percent"]) if row["percent"] else None,
            stars=int(row["stars"]) if row["stars"] else None,
            flag=flags.get((row["body"], row["theme"]), ""),
        )
    return cells


@cache
def _report_months(programme: str, year: str) -> dict[str, str]:
    """Map a plain body name to the month of its report, as "2011-07", from the document's list of publications."""
    figures = json.loads((published_folder() / "more_figures.json").read_text(encoding="utf-8"))
    lists = figures[REPORT_LISTS[year]]["lists"]
    return {_plain(report["title"]): _iso_month(report["month"]) for report in lists[programme]}


def _iso_month(words: str) -> str:
    """Turn "July 2011" into "2011-07"."""
    month, year = words.split()
    return f"{year}-{MONTHS.index(month) + 1:02}"


def _plain(name: str) -> str:
    """Return a name by which the tables and the lists of reports agree: they differ in "&", hyphens and capitals."""
    return name.replace("&", "and").replace("-", " ").lower()
