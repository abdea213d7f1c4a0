"""What the pages of writing need: the sections and how far they are, the figures to choose from, what is missing."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone

from inspectorate.inspections.dates import due_date
from inspectorate.inspections.models import Inspection
from inspectorate.reports.figures import OVERALL, Figure, unknown_in
from inspectorate.reports.models import SectionVersion
from inspectorate.reports.prose import typed_by_hand, words_in
from inspectorate.reports.queries import Building
from inspectorate.reports.sections import Section, areas_of
from inspectorate.reports.states import WRITING

Found = dict[str, Any]
SENT, CHECKED = ("draft",), ("draft_check", "draft_comments", "draft_reply")
"""The dates of an edition's timetable on which the draft goes out, and by which it is checked."""
PICKED = {
    "Charts and tables": False,
    "The inspection": False,
    "Scores and ratings": False,
    "Other scores": True,
    "Findings by question": True,
}
"""The groups of figures beside a text, and whether they are folded away at first."""
SAID = ("Scores and ratings", "Other scores", "Findings by question")
"""The groups in which each figure has its sentence."""


def section_address(inspection: Inspection, code: str) -> str:
    """Return the address of the page on which a section is written."""
    return reverse("reports:section", args=[inspection.public_id, code])


def by_section(building: Building) -> dict[str, list[SectionVersion]]:
    """Return the current English versions by section: two where two stand side by side."""
    found: dict[str, list[SectionVersion]] = {}
    for version in building.versions:
        if version.language == "en":
            found.setdefault(version.section, []).append(version)
    return found


def section_table(building: Building) -> Found:
    """Return the sections as a table: how many words, who wrote last and when, what is to do."""
    versions = by_section(building)
    columns = [
        {"title": "Section"},
        {"title": "Length", "unit": "words", "numeric": True},
        {"title": "Last written"},
        {"title": "State"},
    ]
    return {"columns": columns, "rows": [_row(building, one, versions.get(one.code, [])) for one in building.sections]}


def _row(building: Building, section: Section, current: Sequence[SectionVersion]) -> list[Any]:
    first: Found = {"text": section.title["en"], "href": section_address(building.inspection, section.code)}
    if section.gate:
        first["note"] = "never left out"
    elif section.result:
        first["note"] = "a scored area; its result opens it"
    elif section.recommendations:
        count = len(building.recommendations)
        first["note"] = "1 recommendation follows" if count == 1 else f"{count} recommendations follow"
    elif section.fixed:
        first["note"] = "begins with sentences made from data"
    last = max(current, key=lambda version: version.written_at, default=None)
    written = f"{timezone.localtime(last.written_at):%-d %b %Y, %H:%M}, {last.written_by_name}" if last else ""
    return [first, sum(words_in(version.text) for version in current[:1]), written, _state(building, section, current)]


def _state(building: Building, section: Section, current: Sequence[SectionVersion]) -> Found:
    if len(current) > 1:
        return {"component": "tag", "text": "Two texts side by side", "tone": "stop"}
    if not building.report.is_empty(section):
        return {"component": "tag", "text": "Written", "tone": "action"}
    if section.gate:
        return {"component": "tag", "text": "Empty: has to be written", "tone": "stop"}
    return {"component": "tag", "text": "Empty", "tone": "plain"}


def missing(building: Building) -> list[Found]:
    """Return what stands in the way of sending the draft, each with the address where it is mended."""
    inspection = building.inspection
    rows: list[Found] = []
    if building.settlement is None:
        text = "The ratings are not settled yet, so that no figure is known."
        rows.append({"text": text, "href": f"{inspection.get_absolute_url()}ratings/"})
    elif not building.current:
        text = "The ratings rest on earlier judgements: reopen them and settle them again."
        rows.append({"text": text, "href": f"{inspection.get_absolute_url()}ratings/"})
    for section in building.report.empty_gates:
        text = f"'{section.title['en']}' is empty, and no report may leave it out."
        rows.append({"text": text, "href": section_address(inspection, section.code)})
    for section in building.side_by_side:
        text = f"Two texts of '{section.title['en']}' stand side by side: decide which holds."
        rows.append({"text": text, "href": section_address(inspection, section.code)})
    rows += [{"text": f"{name}: {fault}", "href": ""} for name, fault in building.unknown]
    return rows


def writing(inspection: Inspection) -> bool:
    """Whether the report is being written now."""
    return inspection.state in WRITING


def picker(building: Building) -> list[Found]:
    """Return every figure that a text may refer to, by group, as rows of token, value and sentence."""
    headline = {step.code for step in areas_of(building.edition.plan)} | {OVERALL}
    groups: dict[str, list[Found]] = {name: [] for name in PICKED}
    for (kind, about), figures in groupby(building.figures.values(), key=lambda one: (one.group, one.about)):
        listed = list(figures)
        other = kind == "Scores and ratings" and listed[0].token.partition(":")[2] not in headline
        if kind == "Findings by question":  # what else can be said of a question is written with the same code
            listed = [figure for figure in listed if figure.token.startswith("finding:")]
        row = {"about": about, "sentence": listed[0].sentence, "figures": [_picked(figure) for figure in listed]}
        groups["Other scores" if other else kind].append(row)
    return [
        {"title": name, "rows": rows, "folded": PICKED[name], "sentences": name in SAID}
        for name, rows in groups.items()
        if rows
    ]


def _picked(figure: Figure) -> Found:
    value = "" if figure.block or figure.token.startswith("sentence:") else figure.value or "not known yet"
    return {"token": figure.braced, "value": value}


def warnings(text: str, building: Building) -> list[str]:
    """Return what a writer should look at again: shares typed by hand, and figures that there are not."""
    typed = [
        f"Line {number}: '{words}' was typed by hand. A figure by reference stays right: choose it from the list."
        for number, words in typed_by_hand(text)
    ]
    return [*typed, *unknown_in(text, building.figures)]


def suggested_due(inspection: Inspection) -> date | None:
    """Return the last day for comments after the edition's timetable, or as long after today as it gives for the check.

    None where the timetable has no such date: a person then chooses.
    """
    sent, due, today = due_date(inspection, SENT), due_date(inspection, CHECKED), timezone.localdate()
    if due is None:
        return None
    if due > today:
        return due
    return today + timedelta(days=(due - sent).days) if sent and due > sent else None
