"""PDF/UA-1 by typst: tagged, titled, in the language of the report. Typst is given values, never source."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from inspectorate.methodology.plans import SHARES
from inspectorate.methodology.small_numbers import public_results
from inspectorate.reports import drawn
from inspectorate.ui import words
from inspectorate.ui.neutral import for_sheet

if TYPE_CHECKING:
    from inspectorate.reports.models import Draft, SignedReport

TEMPLATE = Path(__file__).resolve().parents[1] / "typst" / "report.typ"
FONTS = Path(words.__file__).parent / "fonts"
CHARTS = "chart:"


def pdf(signed: "SignedReport", mark: str = "") -> bytes:
    """Return a signed report as PDF/UA; the same report gives the same bytes. ``mark`` says whose copy it is."""
    says = f"Signed off on {words.written_date(signed.signed_at)}. Report {signed.number}, digest {signed.digest}."
    return compiled(signed.content, made_at=signed.signed_at, says=says, mark=mark)


def draft_pdf(draft: "Draft", copy_of: str = "") -> bytes:
    """Return a draft as PDF/UA, marked on every page as a draft that is not for publication, and whose copy it is."""
    says = f"Draft {draft.number}, sent on {words.written_date(draft.sent_at)}. Digest {draft.digest}."
    mark = f"Draft {draft.number}. {copy_of}" if copy_of else f"Draft {draft.number}: not for publication"
    return compiled(draft.content, made_at=draft.sent_at, says=says, mark=mark)


def compiled(content: Mapping[str, Any], *, made_at: datetime, says: str, mark: str = "") -> bytes:
    """Return a content as PDF/UA-1; ``mark`` stands at the head of every page, ``says`` at the end of the document."""
    data = {**laid_out(content), "says": says, "mark": mark}
    made: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_clean(data), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
    )
    return made


def laid_out(content: Mapping[str, Any], language: str = "en") -> dict[str, Any]:
    """Return what the template prints, in one language: texts chosen, charts and tables drawn from the results."""
    results = public_results(content["results"])
    return {
        "language": language,
        "title": _in(content["title"], language),
        "body": content["body"],
        "edition": _in(content["edition_title"], language),
        "fieldwork": content["fieldwork"]["says"],
        "invented": content["invented"],
        "sections": [
            {
                "number": section["number"],
                "title": _in(section["title"], language),
                "recommendations": section["recommendations"],
                "paragraphs": [_paragraph(one, results, language) for one in section["paragraphs"]],
            }
            for section in content["sections"]
        ],
        "recommendations": [
            {
                **row,
                "text": _in(row["text"], language),
                "by_when": words.written_date(row["by_when"]),
            }
            for row in content["recommendations"]
        ],
        "appendix": drawn.scores_table([row for row in results["scores"] if row["method"] in SHARES]),
    }


def _paragraph(one: Mapping[str, Any], results: Mapping[str, Any], language: str) -> dict[str, Any]:
    found = {
        "number": one["number"],
        "kind": one["kind"],
        "lines": [
            [{"words": text, "bold": bold} for text, bold in line]
            for line in one["lines"].get(language) or one["lines"]["en"]
        ],
    }
    if one["kind"] == "result":
        row = drawn.result(results, one["result"])
        found |= {"bars": [_bar(row)] if row and row["method"] in SHARES else []}
        found |= {"rating": drawn.rating(row) if row and row["bands"] else ""}
    if one["kind"] == "figure":
        token = one["figure"]
        rows = drawn.headline(results) if token.startswith(CHARTS) else []
        found |= {
            "drawn": one["drawn"],
            "caption": _in(one["text"], language),
            "bars": [_bar(row) for row in rows],
            "alt": drawn.words_of_chart(rows),
            "table": drawn.table(results, "table:headline" if token.startswith(CHARTS) else token),
        }
    return found


def _bar(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": str(words.in_language(row["title"], "en")),
        "sentence": row["sentence"],
        "per_cent": row["per_cent"],
        "low": row["low"],
        "high": row["high"],
        "cuts": [level["from"] for level in row["bands"] or ()],
    }


def _in(text: Any, language: str) -> str:
    return str(words.in_language(text, "en") if language == "en" or not text.get(language) else text[language])


def _clean(value: Any) -> Any:
    """Take characters out of every text that no document can show."""
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return for_sheet(value) if isinstance(value, str) else value
