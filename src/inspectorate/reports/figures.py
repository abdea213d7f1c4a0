"""Figures by reference: what may stand in braces in a report, and what it says now.

A figure is never typed. ``{score:protecting_the_public}`` is drawn from the settled scores when the report is shown and
frozen with it when it is sent or signed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from inspectorate.methodology.bands import per_cent
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.plans import SHARES, TOTALS
from inspectorate.methodology.small_numbers import FEWEST
from inspectorate.ui.scores import whole
from inspectorate.ui.words import written_number

TOKEN = re.compile(r"\{([^{}\n]*)\}")
OVERALL = "overall"
UNSETTLED = "Not known until the ratings are settled."
TOO_FEW = f"a share that rests on fewer than {FEWEST} cases and is not shown"
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that a report may refer to; ``value`` is None while nobody knows it. A block stands on its own line."""

    token: str
    about: str
    value: str | None
    sentence: str
    group: str
    block: bool = False

    @property
    def braced(self) -> str:
        """The token as it is written in a text."""
        return f"{{{self.token}}}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says of the inspection itself, in words."""

    body: str
    edition: str
    fieldwork: str


def figures_of(edition: Edition, facts: Facts, payload: Data | None) -> dict[str, Figure]:
    """Return everything that a report of this edition may refer to, by token; values where ratings are settled."""
    found = [*_of_the_inspection(facts, payload)]
    for row in _results(edition, payload):
        found += _of_a_result(row, payload)
    for row in _findings(edition, payload):
        found += _of_a_finding(row, payload)
    found += _blocks(payload)
    return {figure.token: figure for figure in found}


def tokens_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands in braces, with the number of its line from 1."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in TOKEN.finditer(line):
            yield number, found[1].strip()


def unknown_in(text: str, known: Mapping[str, Figure]) -> list[str]:
    """Return a sentence for everything in braces that is no figure, or that needs a line of its own and has none."""
    faults = []
    lines = text.splitlines()
    for number, token in tokens_in(text):
        figure = known.get(token)
        if figure is None:
            near = get_close_matches(token, known, n=1, cutoff=0.3)
            meant = f" The nearest is {{{near[0]}}}." if near else ""
            faults.append(f"Line {number}: {{{token}}} is no figure of this inspection.{meant}")
        elif figure.block and not _alone(lines, number):
            faults.append(f"Line {number}: {{{token}}} needs a line of its own, with an empty line before and after.")
    return faults


def _alone(lines: list[str], number: int) -> bool:
    around = [lines[place] for place in (number - 2, number) if 0 <= place < len(lines)]
    return TOKEN.fullmatch(lines[number - 1].strip()) is not None and not any(line.strip() for line in around)


def replaced(text: str, known: Mapping[str, Figure]) -> str:
    """Return a text with every figure in its place; what is unknown stays as it was typed."""

    def value(found: re.Match[str]) -> str:
        figure = known.get(found[1].strip())
        return found[0] if figure is None or figure.value is None else figure.value

    return TOKEN.sub(value, text)


def block_in(text: str, known: Mapping[str, Figure]) -> Figure | None:
    """Return the chart or table that a paragraph consists of; None where it is a paragraph of words."""
    found = TOKEN.fullmatch(text.strip())
    figure = known.get(found[1].strip()) if found else None
    return figure if figure and figure.block else None


def _of_the_inspection(facts: Facts, payload: Data | None) -> Iterator[Figure]:
    group = "The inspection"
    yield Figure("body", "The body", facts.body, "The name of the body, or of the area.", group)
    yield Figure("edition", "The edition", facts.edition, "The title of the edition.", group)
    yield Figure("fieldwork", "When fieldwork took place", facts.fieldwork, "When fieldwork took place.", group)
    cases = None if payload is None else written_number(payload["cases"])
    listed = None if payload is None else _listed(payload)
    sampled = None if payload is None else sampled_sentence(payload)
    yield Figure("cases", "Cases assessed", cases, sampled or UNSETTLED, group)
    yield Figure("listed", "Cases on the list", listed, sampled or UNSETTLED, group)
    yield Figure("sampled", "How many cases, of how many", sampled, sampled or UNSETTLED, group)


def _listed(payload: Data) -> str:
    return "an unknown number of" if payload["listed"] is None else written_number(payload["listed"])


def sampled_sentence(payload: Data) -> str:
    """Say how many cases were assessed, of how many."""
    cases, listed = payload["cases"], payload["listed"]
    if listed is None:
        return f"{written_number(cases)} cases were assessed. How many there were in all is not known."
    if cases >= listed:
        return f"Every one of the {written_number(listed)} cases on the case list was assessed."
    return (
        f"{written_number(cases)} cases were assessed. They were drawn by chance from the {written_number(listed)} "
        "on the case list; anybody can repeat the draw."
    )


def _results(edition: Edition, payload: Data | None) -> list[Data]:
    """Return every result as the settlement has it, or what the edition says of it while nothing is settled."""
    if payload is not None:
        overall = [payload["overall"]] if payload["overall"] else []
        return [*payload["scores"], *payload["standards"], *overall]
    return [
        {"code": step.code, "title": {"en": step.title.en}, "method": step.method, "bands": step.bands}
        for step in edition.plan.steps
    ]


def _findings(edition: Edition, payload: Data | None) -> list[Data]:
    if payload is not None:
        return list(payload["findings"])
    return [
        {"code": question.code, "question": question.text.en}
        for kind in edition.form.kinds
        for question in kind.questions
        if question.role != "fact"
    ]


def _of_a_result(row: Data, payload: Data | None) -> Iterator[Figure]:
    code, about, group = row["code"], row["title"]["en"], "Scores and ratings"

    def one(name: str, named: str, words: Callable[[Data], str]) -> Figure:
        value, says = (None, UNSETTLED) if payload is None else (words(row), row["sentence"])
        return Figure(f"{name}:{named}", about, value, says, group)

    if row["method"] in SHARES:
        yield one("score", code, share)
        yield one("interval", code, interval)
        yield one("counts", code, counts)
    names = {code, OVERALL} if row["method"] in TOTALS else {code}
    for named in sorted(names):
        if row["bands"]:
            yield one("rating", named, rating)
        yield one("sentence", named, lambda row: str(row["sentence"]))


def _of_a_finding(row: Data, payload: Data | None) -> Iterator[Figure]:
    about = f"{row['code']} {row['question']}"
    for name, words in (("finding", share), ("failing", failing), ("interval", interval), ("counts", counts)):
        value, says = (None, UNSETTLED) if payload is None else (words(row), row["sentence"])
        yield Figure(f"{name}:{row['code']}", about, value, says, "Findings by question")


def share(row: Data) -> str:
    """Return a share in words: 73 per cent."""
    if row.get("held_back"):
        return TOO_FEW
    return "no relevant case" if row["per_cent"] is None else f"{row['per_cent']} per cent"


def failing(row: Data) -> str:
    """Return the share that was not sufficient, from the exact integers."""
    if row.get("held_back"):
        return TOO_FEW
    if not row["applicable"]:
        return "no relevant case"
    return f"{per_cent(row['applicable'] - row['sufficient'], row['applicable'])} per cent"


def counts(row: Data) -> str:
    """Return the integers behind a share: 438 of 600."""
    if row.get("held_back"):
        return TOO_FEW
    return f"{written_number(row['sufficient'] or 0)} of {written_number(row['applicable'] or 0)}"


def interval(row: Data) -> str:
    """Return an interval in words, or why there is none."""
    if row.get("held_back"):
        return TOO_FEW
    if row["low"] is None or row["high"] is None:
        return "not enough cases to say"
    if row["low"] == row["high"]:
        return "every case was inspected"
    return f"between {whole(row['low'])} and {whole(row['high'])} per cent"


def rating(row: Data) -> str:
    """Return the word of a rating."""
    found = next((level["title"]["en"] for level in row["bands"] or () if level["code"] == row["band"]), None)
    return found or "not rated"


BLOCKS = (
    ("chart:headline", "Chart of the headline scores, with its table", "Headline scores"),
    ("table:headline", "Table of the headline scores", "Headline scores"),
    ("table:standards", "Table of the standards and their ratings", "Standards and their ratings"),
    ("table:provider", "Table of the headline scores by provider", "Headline scores by provider"),
    ("table:ldu", "Table of the headline scores by local delivery unit", "Headline scores by local delivery unit"),
)
"""Each chart and table: its token, what it is in the list beside the text, and its caption in the report."""


def _blocks(payload: Data | None) -> Iterator[Figure]:
    for token, about, caption in BLOCKS:
        if payload is None or has_rows(token, payload):
            value = None if payload is None else caption
            yield Figure(token, about, value, caption, "Charts and tables", block=True)


def has_rows(token: str, payload: Data) -> bool:
    """Say whether a chart or table would have anything in it."""
    what = token.partition(":")[2]
    if what == "standards":
        return bool(payload["standards"])
    if what == "headline":
        return any(row["headline"] for row in payload["scores"])
    return bool(payload["by"].get(what))
