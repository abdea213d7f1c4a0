"""Findings narrowed to what somebody looks for: words, a section, a kind of case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspectorate.methodology.findings import Finding
from inspectorate.ratings import shown
from inspectorate.ratings.scored import Scored


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The findings that are left, the fields that narrowed them, and how many there are in words."""

    findings: list[Finding]
    fields: list[dict[str, Any]]
    count: str


def narrowed(scored: Scored, asked: Mapping[str, str]) -> Narrowed:
    """Return the findings that fit what was asked for; a value that is not offered narrows nothing."""
    sections = shown.sections_of(scored)
    kinds = {kind.code: kind.title.en for kind in scored.given.edition.form.kinds}
    several = len(kinds) > 1
    titles = {
        code: f"{kinds[code.split('.')[0]]}: {title}" if several else str(title)
        for code, title in dict(sections.values()).items()
    }
    words = asked.get("q", "").strip()
    section = _offered(asked.get("section", ""), titles)
    kind = _offered(asked.get("kind", ""), kinds)
    found = [
        finding
        for finding in scored.findings
        if _fits(finding, words) and section in {"", sections[finding.question.code][0]} and kind in {"", finding.kind}
    ]
    fields: list[dict[str, Any]] = [
        {"name": "q", "kind": "search", "label": "Words or code", "value": words},
        {"name": "section", "kind": "select", "label": "Section", "value": section, "options": _options(titles)},
    ]
    if several:
        fields.append({"name": "kind", "kind": "select", "label": "Case", "value": kind, "options": _options(kinds)})
    return Narrowed(found, fields, f"{len(found)} of {len(scored.findings)} questions")


def _fits(finding: Finding, words: str) -> bool:
    text = f"{finding.question.code} {finding.question.text.en}".casefold()
    return all(word in text for word in words.casefold().split())


def _offered(value: str, offered: Mapping[str, str]) -> str:
    return value if value in offered else ""


def _options(offered: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"value": "", "text": "Any"}, *({"value": code, "text": text} for code, text in offered.items())]
