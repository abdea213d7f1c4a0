"""The content of a report as one frozen value: its sections with every figure in its place, numbered, and its results.

``{title, body, area, edition, fieldwork, sections, recommendations, results, …}``; every text is ``{en, cy}``. A
paragraph has its number, its plain ``text`` and its ``lines`` of ``[words, bold]``. The digest is the SHA-256 of the
value as canonical JSON.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from inspectorate.methodology.small_numbers import public_results
from inspectorate.reports.figures import Figure, block_in, replaced
from inspectorate.reports.prose import Block, blocks
from inspectorate.reports.sections import Section, Words

LANGUAGES = ("en", "cy")
Content = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """All that a report is made of. ``texts`` holds what people wrote, by section and language."""

    about: Mapping[str, Any]
    sections: Sequence[Section]
    texts: Mapping[str, Mapping[str, str]]
    figures: Mapping[str, Figure]
    recommendations: Sequence[Mapping[str, Any]]
    results: Mapping[str, Any]

    def is_empty(self, section: Section) -> bool:
        """Whether nobody has written a paragraph of words in a section: a heading or a chart alone does not count."""
        written = blocks(self.texts.get(section.code, {}).get("en", ""))
        return not any(
            block.kind != "heading" and not block_in(block.plain, self.figures) and block.plain.strip()
            for block in written
        )

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """The results as a report may tell them, for it will be public: small numbers are held back."""
        return public_results(self.results)

    @property
    def empty_gates(self) -> list[Section]:
        """The sections that no report may leave out and that nobody has written."""
        return [section for section in self.sections if section.gate and self.is_empty(section)]


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content: of its JSON in UTF-8, keys sorted, nothing between the parts."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(report: Report) -> Content:
    """Return the content: sections that have something in them, numbered from 1, and the recommendations."""
    numbering = _Numbering()
    found = []
    for section in report.sections:
        paragraphs = list(_paragraphs(report, section))
        if not paragraphs and not section.recommendations:
            continue
        number = str(len(found) + 1)
        found.append(
            {
                "code": section.code,
                "number": number,
                "title": dict(section.title),
                "gate": section.gate,
                "recommendations": section.recommendations,
                "paragraphs": numbering.numbered(number, paragraphs),
            }
        )
    return {
        **report.about,
        "sections": found,
        "recommendations": [_recommended(row, report.figures) for row in report.recommendations],
        "results": dict(report.results),
    }


def paragraphs_of(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return everything of a content that has a number, by it: paragraphs, and recommendations as R1, R2 and so on."""
    found = {one["number"]: one for part in content["sections"] for one in part["paragraphs"] if one["number"]}
    return found | {f"R{row['number']}": row for row in content["recommendations"]}


class _Numbering:
    """Paragraphs are numbered within their section, figures and tables through the whole report."""

    def __init__(self) -> None:
        self.drawn = {"chart": 0, "table": 0}

    def numbered(self, section: str, paragraphs: Iterable[Content]) -> list[Content]:
        found, last = [], 0
        for one in paragraphs:
            if one["kind"] != "heading":
                last += 1
            number = "" if one["kind"] == "heading" else f"{section}.{last}"
            paragraph = {"number": number, **one}
            if one["kind"] == "figure":
                what = one["figure"].partition(":")[0]
                self.drawn[what] += 1
                paragraph["drawn"] = self.drawn[what]
            found.append(paragraph)
        return found


def _paragraphs(report: Report, section: Section) -> Iterator[Content]:
    for words in section.fixed:
        yield _words(words, report.figures)
    if section.result and section.result in _codes(report.told):
        yield {"kind": "result", "result": section.result, **_plain(_sentence(report.told, section.result))}
    written = {language: blocks(report.texts.get(section.code, {}).get(language, "")) for language in LANGUAGES}
    english, welsh = written["en"], written["cy"]
    in_step = [block.kind for block in english] == [block.kind for block in welsh]
    if section.note and english:
        yield _words(section.note, report.figures)
    for place, block in enumerate(english):
        yield _paragraph(block, welsh[place] if in_step else None, report.figures)


def _codes(results: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {row["code"]: row for row in (*results["scores"], *results["standards"])}


def _sentence(results: Mapping[str, Any], code: str) -> Words:
    return {"en": _codes(results)[code]["sentence"], "cy": None}


def _plain(text: Words) -> Content:
    lines = {language: [[[words, False]]] if (words := text.get(language)) else None for language in LANGUAGES}
    return {"text": dict(text), "lines": lines}


def _words(words: Words, known: Mapping[str, Figure]) -> Content:
    told = {language: replaced(text, known) if (text := words.get(language)) else None for language in LANGUAGES}
    return {"kind": "paragraph", **_plain(told)}


def _paragraph(block: Block, welsh: Block | None, known: Mapping[str, Figure]) -> Content:
    figure = block_in(block.plain, known) if block.kind == "paragraph" else None
    if figure:
        return {"kind": "figure", "figure": figure.token, **_plain({"en": figure.sentence, "cy": None})}
    lines = {"en": _lines(block, known), "cy": _lines(welsh, known) if welsh else None}
    text = {language: _joined(these) if these else None for language, these in lines.items()}
    return {"kind": block.kind, "text": text, "lines": lines}


def _lines(block: Block, known: Mapping[str, Figure]) -> list[list[list[Any]]]:
    return [[[replaced(run.text, known), run.bold] for run in line] for line in block.lines]


def _joined(lines: list[list[list[Any]]]) -> str:
    return "\n".join("".join(words for words, _ in line) for line in lines)


def _recommended(row: Mapping[str, Any], known: Mapping[str, Figure]) -> Content:
    rests_on = replaced(row["rests_on"], known) if row["rests_on"] else ""
    return {**row, "text": {"en": replaced(row["text"], known), "cy": None}, "rests_on": rests_on}
