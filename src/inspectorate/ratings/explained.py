"""The account of one result as a page: sentences whose numbers lead to what they came from, and the cases behind it."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from inspectorate.methodology.accounts import Line
from inspectorate.methodology.plans import SHARES
from inspectorate.methodology.results import Result
from inspectorate.ratings import shown
from inspectorate.ratings.judged import SeenCases
from inspectorate.ratings.scored import CaseLine, Scored
from inspectorate.ratings.subject import Subject

COUNTS = ("sufficient", "applicable", "cases", "cases_with_answers")
WHICH = {
    "": ("All cases", lambda _: True),
    "failing": ("With something not sufficient", lambda line: line.failing > 0),
    "sufficient": ("All sufficient", lambda line: line.applicable > 0 and line.failing == 0),
    "not-applicable": ("Nothing applied", lambda line: line.applicable == 0),
}


def account(
    subject: Subject, scored: Scored, result: Result, *, which: str, seen: SeenCases | None = None
) -> dict[str, Any]:
    """Return everything that the page of an account shows; ``which`` narrows the list of cases.

    ``seen`` are the cases that a person may know of, where not everybody may know of all; each opens its judgements.
    """
    step, share = result.step, result.step.method in SHARES
    return {
        "result": result,
        "title": shown.named(step),
        "bar": shown.bar(result) if share else None,
        "steps": [{"text": linked(line, scored, subject), "rule": line.rule} for line in result.account.lines],
        "questions": _questions(scored, step.questions, opened=seen is not None),
        "inputs": _inputs(scored, result, subject),
        "cases": _cases(scored, result, which, seen) if share else None,
        "which_field": [
            {
                "name": "show",
                "kind": "select",
                "label": "Show",
                "value": which if which in WHICH else "",
                "options": [{"value": value, "text": words} for value, (words, _) in WHICH.items()],
            }
        ],
        "changes": _changes(result),
        "origin": _origin(subject, scored),
        "command": subject.command,
        "judgements_href": subject.judgements_href,
        "input_columns": [{"title": "Score or standard"}, {"title": "Rating"}, {"title": "In a sentence"}],
    }


def linked(line: Line, scored: Scored, subject: Subject) -> SafeString:
    """Return the sentence of a step, its numbers and codes as links to what they came from."""
    targets: dict[str, str] = {}
    for name in COUNTS:
        if isinstance(line.inputs.get(name), int):
            targets.setdefault(str(line.inputs[name]), "#judgements")
    if "questions" in line.inputs:
        targets.setdefault(f"{len(line.inputs['questions'])} questions", "#questions")
    if isinstance(line.inputs.get("question"), str):
        targets[line.inputs["question"]] = "#questions"
    for result in scored.results:
        if result.code in line.inputs or result.code in _codes(line.inputs):
            targets[result.code] = subject.account(result.code)
    return _with_links(line.text, targets)


def _codes(inputs: Mapping[str, Any]) -> list[str]:
    return [code for value in inputs.values() if isinstance(value, list) for code in value]


def _with_links(text: str, targets: Mapping[str, str]) -> SafeString:
    """Put a link on the first place of each word in a text; longer words are found before shorter ones."""
    if not targets:
        return format_html("{}", text)
    words = "|".join(re.escape(word) for word in sorted(targets, key=len, reverse=True))
    pieces, at, used = [], 0, set()
    for found in re.finditer(rf"(?<![\w.])(?:{words})(?![\w]|\.\d)", text):
        if found[0] in used:
            continue
        used.add(found[0])
        pieces.append((escape(text[at : found.start()]), _link(targets[found[0]], found[0])))
        at = found.end()
    return format_html("{}{}", format_html_join("", "{}{}", pieces), text[at:])


def _link(href: str, text: str) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, text)


def _questions(scored: Scored, codes: tuple[str, ...], *, opened: bool) -> list[dict[str, Any]]:
    edition = scored.given.edition
    by_code = {finding.question.code: finding for finding in scored.findings} if codes else {}
    return [
        {
            "code": code,
            "text": edition.form.question(code).text,
            "href": shown.question_address(edition.code, code),
            "finding": by_code.get(code),
            "opens": f"?question={code}#opened" if opened else "",
        }
        for code in codes
    ]


def _inputs(scored: Scored, result: Result, subject: Subject) -> list[list[Any]]:
    """Return the results that went into this one, as rows of a table."""
    wanted = (*result.step.of, *result.step.not_counted)
    rows = []
    for code in wanted:
        part = scored.result(code)
        if part:
            first = {"text": shown.named(part.step), "href": subject.account(code)}
            rows.append([first, shown.band(part), part.account.sentence])
    return rows


def _cases(scored: Scored, result: Result, which: str, seen: SeenCases | None) -> dict[str, Any]:
    whole = scored.lines(result)
    every = [line for line in whole if seen is None or (line.kind, line.case) in seen]
    keep = WHICH.get(which, WHICH[""])[1]
    lines = [line for line in every if keep(line)]
    several = len({line.kind for line in every}) > 1
    inspections = any(line.inspection for line in every)
    strata = scored.listed is not None
    columns: list[dict[str, Any]] = [{"title": "Case"}]
    columns += [{"title": "Inspection"}] if inspections else []
    columns += [{"title": "Kind"}] if several else []
    columns += [{"title": "Stratum"}] if strata else []
    columns += [{"title": title, "numeric": True} for title in ("Sufficient", "Applicable", "Not sufficient")]

    def row(line: CaseLine) -> list[Any]:
        first = (
            {"text": line.case, "href": f"?case={seen[line.kind, line.case].public_id}#opened"} if seen else line.case
        )
        words = [first, *([line.inspection] if inspections else []), *([line.kind] if several else [])]
        return [*words, *([line.stratum] if strata else []), line.sufficient, line.applicable, line.failing]

    total = [f"{len(lines)} case{'' if len(lines) == 1 else 's'}", *[""] * (len(columns) - 4)]
    sums = [sum(line.sufficient for line in lines), sum(line.applicable for line in lines)]
    rows: list[Any] = [row(line) for line in lines]
    if lines:
        rows.append({"total": True, "cells": [*total, *sums, sums[1] - sums[0]]})
    return {
        "columns": columns,
        "rows": rows,
        "count": f"{len(lines)} of {len(every)} cases",
        "hidden": len(whole) - len(every),
    }


def _changes(result: Result) -> list[dict[str, Any]]:
    levels = {level.code: level for level in result.step.bands.levels} if result.step.bands else {}
    return [
        {"up": change.direction == "up", "text": change.text, "level": levels.get(change.to)}
        for change in result.account.changes
    ]


def _origin(subject: Subject, scored: Scored) -> list[dict[str, Any]]:
    edition = scored.given.edition
    rows: list[dict[str, Any]] = [
        {
            "key": "Edition",
            "value": f"{edition.title.en} ({edition.code})",
            "link": shown.edition_address(edition.code),
            "note": edition.status,
        },
        {"key": "Digest of the edition", "value": edition.digest},
        {"key": f"Methods of {subject.noun.lower()}", "value": ", ".join(scored.methods)},
        *({"key": name, "value": f"SHA-256 {digest}"} for name, digest in subject.sources),
    ]
    return rows
