"""How results, findings and faults are laid out for pages: what the components and templates are given."""

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Any

from django.urls import Resolver404, resolve

from inspectorate.methodology.faults import FaultCode
from inspectorate.methodology.findings import Finding
from inspectorate.methodology.plans import SHARES, Step
from inspectorate.methodology.results import Result
from inspectorate.ratings.fault_words import FAULTS
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.subject import Subject

FAULTS_SHOWN = 200
SHARE_COLUMNS = [
    {"title": "Score"},
    {"title": "Sufficient", "unit": "judgements", "numeric": True},
    {"title": "Applicable", "unit": "judgements", "numeric": True},
    {"title": "Cases", "unit": "assessed", "numeric": True},
    {"title": "Sufficient", "unit": "per cent", "numeric": True},
    {"title": "Low", "unit": "per cent", "numeric": True, "places": 1},
    {"title": "High", "unit": "per cent", "numeric": True, "places": 1},
]


FAULT_COLUMNS = [
    {"title": "Row"},
    {"title": "Column"},
    {"title": "What is wrong"},
    {"title": "What to do"},
    {"title": "The row as handed in"},
]


def named(step: Step) -> str:
    """Return the title of a step, with its code where people know it by the code."""
    return f"{step.code} {step.title.en}" if step.code[0].isdigit() else step.title.en


@cache
def _answers_at(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def question_address(edition: str, code: str) -> str:
    """Return the address of a question's page; empty where the product has no such pages."""
    path = f"/editions/{edition}/questions/{code}/"
    return path if _answers_at(path) else ""


def edition_address(edition: str) -> str:
    """Return the address of an edition's page; empty where the product has none."""
    path = f"/editions/{edition}/"
    return path if _answers_at(path) else ""


def bars(results: list[Result], subject: Subject, marks: Mapping[str, int | None]) -> list[dict[str, Any]]:
    """Return shares as the component ``score_bars`` takes them; ``marks`` are figures to compare with, by score."""
    return [
        bar(result) | {"href": subject.account(result.code), "compare": marks.get(result.code)} for result in results
    ]


def bar(result: Result) -> dict[str, Any]:
    """Return a share as the component ``score_bar`` takes it."""
    return {
        "title": named(result.step),
        "per_cent": result.per_cent,
        "low": result.low,
        "high": result.high,
        "sufficient": result.sufficient,
        "applicable": result.applicable,
        "cases": result.cases,
        "band": result.band.code if result.band else None,
        "bands": result.step.bands,
        "sentence": result.account.sentence,
    }


def share_table(results: list[Result], subject: Subject | None = None) -> dict[str, Any]:
    """Return shares as columns and rows of a table; with a subject, each row has its sentence and opens its account."""
    banded = any(result.step.bands for result in results)
    columns = [*SHARE_COLUMNS, *([{"title": "Rating"}] if banded else [])]
    rows = []
    for result in results:
        first: dict[str, Any] = {"text": named(result.step)}
        if subject:
            first |= {"href": subject.account(result.code), "note": result.account.sentence}
        cells = [first, result.sufficient, result.applicable, result.cases, result.per_cent, result.low, result.high]
        rows.append(cells + ([band(result)] if banded else []))
    return {"columns": columns, "rows": rows}


def band(result: Result) -> dict[str, Any]:
    """Return the rating of a result as a cell."""
    return {"component": "band", "code": result.band.code if result.band else None, "levels": result.step.bands}


def standard_table(scored: Scored, subject: Subject) -> dict[str, Any]:
    """Return the standards with their ratings, and their points where the edition adds them up."""
    overall = scored.overall
    points = overall.step.points.of if overall and overall.step.points else {}
    columns: list[dict[str, Any]] = [{"title": "Standard"}, {"title": "Rating"}]
    columns += [{"title": "Points", "numeric": True}] if points else []
    rows: list[Any] = []
    for result in scored.standards:
        first = {"text": named(result.step), "href": subject.account(result.code), "note": reasoned(result)}
        cells: list[Any] = [first, band(result)]
        rows.append(cells + ([points.get(result.band.code) if result.band else None] if points else []))
    if overall and points:
        total = {"text": "Overall", "href": subject.account(overall.code)}
        rows.append({"total": True, "cells": [total, band(overall), overall.points]})
    return {"columns": columns, "rows": rows}


def standards_title(scored: Scored) -> str:
    """Return the heading over the standards; where all of them are rated by people, it says so."""
    rests_on_cases = any(result.step.of for result in scored.standards)
    return "Standards" if rests_on_cases else "Rated by people, without cases"


def others_title(scored: Scored) -> str:
    """Return the heading over the shares that are no headline."""
    return "Key questions" if any(result.step.of for result in scored.standards) else "Other scores"


def reasoned(result: Result) -> str:
    """Return in a few words what decided a standard."""
    if result.step.method == "judgement@1":
        said = result.account.lines[0].text.partition(" Their reason: ")[2]
        return (f"Rated by people: {said}" if said else "Rated by people.") if result.band else "No judgement given."
    return result.account.sentence.removeprefix(f"{result.step.title}: ")


def parts(scored: Scored, by: str) -> list[dict[str, Any]]:
    """Return the breakdown: for each value of the column its own base and its own table."""
    listed, assessed = scored.listed_in(by), scored.assessed_in(by)
    found = []
    for value, results in scored.by(by).items():
        shares = [result for result in results if result.step.method in SHARES]
        first = [result for result in shares if result.step.headline] or shares
        base = {"value": value or "(empty)", "cases": assessed[value], "listed": listed[value]}
        found.append(base | {"results": first} | share_table(first))
    return found


def finding_rows(found: list[Finding], scored: Scored) -> list[dict[str, Any]]:
    """Return findings as the page lists them."""
    edition = scored.given.edition
    sections = sections_of(scored)
    return [
        {
            "finding": finding,
            "code": finding.question.code,
            "text": finding.question.text,
            "href": question_address(edition.code, finding.question.code),
            "section": sections[finding.question.code][1],
            "bar": {"per_cent": finding.per_cent, "low": finding.low, "high": finding.high},
            "between": between(finding.low, finding.high),
            "reasons": reasons(finding),
        }
        for finding in found
    ]


def reasons(finding: Finding) -> list[dict[str, Any]]:
    """Return the reasons ticked, in words, most often first."""
    words = {reason.code: reason.text for reason in finding.question.reasons}
    return [{"text": words[code], "count": count} for code, count in finding.reasons.items()]


def between(low: float | None, high: float | None) -> str:
    """Return an interval as whole numbers in words."""
    return "" if low is None or high is None else f"{int(low + 0.5)} to {int(high + 0.5)}"


def sections_of(scored: Scored) -> dict[str, tuple[str, Any]]:
    """Return the section (its code with the kind's, and its title) of every question."""
    return {
        question.code: (f"{kind.code}.{section.code}", section.title)
        for kind in scored.given.edition.form.kinds
        for section in kind.sections
        for question in section.questions
    }


def fault_groups(faults: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the faults grouped by file and by what is wrong, each with the row as it was handed in.

    Rows are there for the first 200 in all; every group says how many it has. A remedy that is the same for all of a
    group is said once, above its table.
    """
    found: list[dict[str, Any]] = []
    room = FAULTS_SHOWN
    order = {code: place for place, code in enumerate(dict.fromkeys((f["file"], f["code"]) for f in faults))}
    ordered = sorted(faults, key=lambda fault: order[fault["file"], fault["code"]])
    for (file, code), group in groupby(ordered, key=lambda fault: (fault["file"], fault["code"])):
        listed = list(group)
        once = len({fault["remedy"] for fault in listed}) == 1
        found.append(
            {
                "file": file,
                "code": code,
                "title": FAULTS[FaultCode(code)].title,
                "count": len(listed),
                "remedy": listed[0]["remedy"] if once else "",
                "columns": [column for column in FAULT_COLUMNS if not once or column["title"] != "What to do"],
                "rows": [_fault_row(fault, once=once) for fault in listed[:room]],
            }
        )
        room -= min(room, len(listed))
    return found


def _fault_row(fault: dict[str, Any], *, once: bool) -> list[Any]:
    cells = ", ".join(cell or "–" for cell in fault["cells"])
    place = [str(fault["row"] or "–"), fault["column"] or "–", _sentence(fault["why"])]
    return [*place, *([] if once else [fault["remedy"]]), cells or "–"]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
