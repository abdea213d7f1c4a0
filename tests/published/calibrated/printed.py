"""What the documents print, read from ``published/``: the figures that synthetic cases are to give, where they can."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "published"
POOL = "all inspections"


@dataclass(frozen=True, order=True)
class Figure:
    """One printed figure: of which programme, of whom, of which score of the edition, and what sort of figure."""

    programme: str
    of: str
    score: str
    what: str
    """``per_cent`` or ``stars``; ``lowest`` or ``highest`` are per cents among the bodies of a table."""
    printed: int


@dataclass(frozen=True)
class Programme:
    """A programme of the published record, the edition it was inspected by, and what is printed of it."""

    code: str
    edition: str
    figures: tuple[Figure, ...]
    pools: Mapping[str, tuple[str, ...]]
    """Bodies by the name of what their cases are pooled to; a body may stand in none."""
    sizes: tuple[int, int]
    """The fewest and most cases of an inspection."""
    more_cases: Mapping[str, int]
    cases: int | None = None
    """How many cases the pooled inspections have in all, where that is printed."""

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """Every body of the tables, in their order."""
        whole = {*self.pools, POOL, "the programme to date", "the year before"}
        return tuple(dict.fromkeys(figure.of for figure in self.figures if figure.of not in whole))


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _aggregates() -> dict[str, Any]:
    return json.loads((FOLDER / "aggregates.json").read_text(encoding="utf-8"))


def _wide(programme: str, name: str) -> Iterator[Figure]:
    for row in _rows(name):
        body = f"{row['body']}, {row['visit']}" if "visit" in row else row["body"]
        for score, figure in row.items():
            if score not in {"body", "visit", "focus"}:
                yield Figure(programme, body, score, "per_cent", int(figure))


def _pooled(programme: str, of: str, figures: Mapping[str, int]) -> Iterator[Figure]:
    return (Figure(programme, of, score, "per_cent", printed) for score, printed in figures.items())


def omi2() -> Programme:
    """Offender Management Inspection 2: trusts had 100 to 220 cases, London 440."""
    printed = _aggregates()["omi2"]
    bodies = tuple(row["body"] for row in _rows("omi2_headline_2011_12.csv"))
    figures = (
        *_wide("omi2", "omi2_headline_2011_12.csv"),
        *_pooled("omi2", POOL, printed["headline_2011_12"]),
        *_pooled("omi2", POOL, printed["general_criteria_2011_12"]),
        *_pooled("omi2", "the programme to date", printed["headline_programme_to_date"]),
    )
    least, most = printed["sample_size"]["most_trusts"]
    london = {"London": printed["sample_size"]["london"]}
    return Programme("omi2", "omi2/2011", figures, {POOL: bodies}, (least, most), london)


def cci() -> Programme:
    """Core Case Inspection: 2,461 cases in 53 inspections; one team before and after a reinspection, in no pool."""
    printed = _aggregates()["cci_2011_12"]
    bodies = tuple(row["body"] for row in _rows("cci_headline_2011_12.csv"))
    figures = [*_wide("cci", "cci_headline_2011_12.csv"), *_wide("cci", "cci_reinspection_2011_12.csv")]
    for score, found in printed["headline"].items():
        for of, values in ((POOL, found), ("the year before", found["previous_year"])):
            figures.append(Figure("cci", of, score, "per_cent", values["aggregate"]))
            figures += [Figure("cci", of, score, what, values[what]) for what in ("lowest", "highest")]
    for stage, parts in printed["general_criteria"].items():
        figures += _pooled("cci", POOL, {f"{stage}_{part}": value for part, value in parts.items()})
    return Programme("cci", "cci/2009", tuple(figures), {POOL: bodies}, (25, 65), {}, printed["cases"])


def iaow() -> Programme:
    """Inspection of Adult Offending Work: two focuses, each with an aggregate of its own."""
    printed = _aggregates()["iaow_2013_14"]
    table = _rows("iaow_headline_2013_14.csv")
    focuses = dict.fromkeys(row["focus"] for row in table)
    figures = list(_wide("iaow", "iaow_headline_2013_14.csv"))
    for focus in focuses:
        figures += _pooled("iaow", focus, {k: v for k, v in printed[focus].items() if k != "inspections"})
    pools = {focus: tuple(row["body"] for row in table if row["focus"] == focus) for focus in focuses}
    least, most = printed["sample_size"]
    return Programme("iaow", "iaow/2013", tuple(figures), pools, (least, most), {})


def fji() -> Programme:
    """Full Joint Inspection: per cents and stars of six teams, and stars alone for governance; no aggregate."""
    figures = []
    for row in _rows("fji_headline_2013_14.csv"):
        for what, cell in (("per_cent", row["percent"]), ("stars", row["stars"])):
            if cell:
                figures.append(Figure("fji", row["body"], row["theme"], what, int(cell)))
    return Programme("fji", "fji/2013", tuple(figures), {}, (20, 60), {})


PROGRAMMES = {"omi2": omi2, "cci": cci, "iaow": iaow, "fji": fji}
