"""Letters and manuals as PDF/UA-1. Typst lays them out; what it is given are values, never source."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from inspectorate.inspections.letters.numbered import day
from inspectorate.inspections.models import Inspection, Letter
from inspectorate.ui import words
from inspectorate.ui.neutral import for_sheet

TEMPLATE = Path(__file__).resolve().parents[1] / "typst" / "numbered.typ"
FONTS = Path(words.__file__).parent / "fonts"
LETTER_PAGES = 2
SIZES = (10, 9.5, 9, 8.5, 8)
"""Points of type for a letter: the largest that keeps it within its two pages; at the last it may run over."""


def letter_pdf(content: dict[str, Any], *, sent_at: datetime, draft: bool) -> bytes:
    """Return a letter as it was sent, or a draft of it; the same content and moment give the same bytes."""
    when = "Not sent yet" if draft else day(sent_at)
    for size in SIZES:
        data = _data(content, when=when, draft=draft, size=size, contents=False)
        if size == SIZES[-1] or _pages(data) <= LETTER_PAGES:
            return _pdf(data, sent_at)
    raise AssertionError("there is a size of type")  # pragma: no cover


def sent_letter_pdf(letter: Letter) -> bytes:
    """Return a letter that was sent, made again from its frozen content."""
    return letter_pdf(letter.content, sent_at=letter.sent_at, draft=False)


def manual_pdf(content: dict[str, Any], *, at: datetime, inspection: Inspection) -> bytes:
    """Return the manual as it is at that moment."""
    when = f"{inspection.title}, {day(at)}"
    return _pdf(_data(content, when=when, draft=False, size=10, contents=True), at)


def _data(content: dict[str, Any], **laid_out: Any) -> str:
    told = {name: content.get(name, "") for name in ("title", "title_cy", "subtitle", "to", "invented", "sections")}
    foot = f"{content['title']}: {content['to']}" if content["to"] not in content["title"] else content["title"]
    return json.dumps(_clean(told | {"foot": foot} | laid_out), ensure_ascii=False)


def _pages(data: str) -> int:
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="svg",
    )
    return len(made) if isinstance(made, list) else 1


def _pdf(data: str, at: datetime) -> bytes:
    made: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards="ua-1",
        timestamp=int(at.timestamp()),
    )
    return made


def _clean(value: Any) -> Any:
    """Take characters out of every text that no document can show."""
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return for_sheet(value) if isinstance(value, str) else value
