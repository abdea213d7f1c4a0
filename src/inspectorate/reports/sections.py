"""The sections of a report: which a programme has, in what order, and which no report may leave out.

They stand as data in ``sections.yaml``; the scored areas come from the edition. Sources of what may not be left out:
the corporate plan 2017-20 (the experience of victims and service users is part of routine inspections), and of the
place for leadership: the framework for adult offending work of 2013 (commented on where it explains practice).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from inspectorate.methodology.documents import values_in
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.plans import TOTALS, Plan, Step

Words = Mapping[str, str | None]
"""A text as ``{en, cy}``."""
FILE = Path(__file__).with_name("sections.yaml")


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its words as data, what it asks for, and the score that opens it (``result``), if it has one."""

    code: str
    title: Words
    asks: Words
    gate: bool = False
    result: str = ""
    recommendations: bool = False
    note: Words | None = None
    fixed: tuple[Words, ...] = ()


def sections_of(edition: Edition) -> tuple[Section, ...]:
    """Return the sections of a report on an inspection by this edition, in order."""
    data = _data()
    own = data["programmes"].get(edition.code.split("/", maxsplit=1)[0], {})
    renamed = data["people"].get(own.get("people"), {})
    areas = areas_of(edition.plan)
    found: list[Section] = []
    for row in data["sections"]:
        if row.get("areas"):
            gates = own.get("public_protection", ())
            found += [_area(step, row["asks"], gate=step.code in gates) for step in areas]
        elif not set(own.get(row["code"], ())) & {step.code for step in areas}:
            found.append(_section(row, renamed.get(row["code"], row["title"])))
    return tuple(found)


def areas_of(plan: Plan) -> tuple[Step, ...]:
    """Return the scored areas: the headline results besides the total; every result where there is no headline."""
    steps = [step for step in plan.steps if step.method not in TOTALS]
    return tuple([step for step in steps if step.headline] or steps)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = values_in(FILE.read_text(encoding="utf-8"))
    return data


def _area(step: Step, asks: Words, *, gate: bool) -> Section:
    title = {"en": step.title.en, "cy": step.title.cy}
    return Section(step.code, title, asks, gate=gate, result=step.code)


def _section(row: Mapping[str, Any], title: Words) -> Section:
    return Section(
        code=row["code"],
        title=title,
        asks=row["asks"],
        gate=bool(row.get("gate")),
        recommendations=bool(row.get("recommendations")),
        note=row.get("note"),
        fixed=tuple(row.get("fixed", ())),
    )
