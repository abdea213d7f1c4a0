"""A document of numbered paragraphs as plain data, from which both the page and the PDF are made."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import translation

from inspectorate.ui.words import written_date

NUMBERS = {1: "one", 2: "two", 3: "three"}


class Numbered:
    """Sections with numbered paragraphs, tables and lists, in the order in which they are written."""

    def __init__(self) -> None:
        self.sections: list[dict[str, Any]] = []
        self._paragraphs = 0

    def section(self, title: str) -> None:
        """Begin a section."""
        self._paragraphs = 0
        self.sections.append({"number": str(len(self.sections) + 1), "title": title, "blocks": []})

    def say(self, text: str) -> None:
        """Write one paragraph; nothing for an empty one."""
        if text:
            self._paragraphs += 1
            number = f"{self.sections[-1]['number']}.{self._paragraphs}"
            self._add("paragraph", number=number, text=text)

    def heading(self, text: str) -> None:
        """Write a heading below that of the section."""
        self._add("heading", text=text)

    def items(self, items: Sequence[str], *, boxes: bool = False) -> None:
        """Write a list; with boxes to tick on paper."""
        if items:
            self._add("checklist" if boxes else "list", items=list(items))

    def table(self, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table."""
        if rows:
            self._add("table", caption=caption, heads=list(heads), rows=[list(row) for row in rows])

    def _add(self, kind: str, **given: Any) -> None:
        self.sections[-1]["blocks"].append({"kind": kind, **given})


def day(value: date) -> str:
    """Write a day as 21 November 2026, whatever language the reader of the page has."""
    with translation.override("en"):
        return written_date(value)


def days(first: date, last: date) -> str:
    """Write a span of days: 22 to 26 April 2013."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    if first.year == last.year:
        return f"{day(first).removesuffix(f' {first.year}')} to {day(last)}"
    return f"{day(first)} to {day(last)}"


def weeks(number: int) -> str:
    """Write a number of weeks in words."""
    return f"{NUMBERS.get(number, number)} week{'' if number == 1 else 's'}"
