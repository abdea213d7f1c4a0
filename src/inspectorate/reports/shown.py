"""A report's content as a page shows it: blocks with charts and tables, contents, comments at their paragraphs."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from django.utils import translation
from django.utils.safestring import SafeString

from inspectorate.methodology.plans import SHARES
from inspectorate.methodology.small_numbers import public_results
from inspectorate.methodology.wording import Wording
from inspectorate.reports import drawn
from inspectorate.reports.models import Comment
from inspectorate.standards.compared import marked
from inspectorate.ui.words import in_language

Found = dict[str, Any]
RESULTS = "all-scores"


def document(content: Mapping[str, Any], comments: Iterable[Comment] = ()) -> Found:
    """Return a content for the page, each comment at its paragraph."""
    results = public_results(content["results"])
    said: dict[str, list[Comment]] = {}
    for comment in comments:
        said.setdefault(comment.paragraph, []).append(comment)
    sections = [
        {
            "code": section["code"],
            "number": section["number"],
            "title": section["title"],
            "recommendations": section["recommendations"],
            "blocks": [block(one, results, said) for one in section["paragraphs"]],
        }
        for section in content["sections"]
    ]
    listed = [row for row in results["scores"] if row["method"] in SHARES]
    contents = [
        {"text": f"{one['number']} {in_language(one['title'])}", "href": f"#section-{one['code']}"} for one in sections
    ]
    return {
        "content": content,
        "sections": sections,
        "contents": [*contents, *([{"text": "All scores", "href": f"#{RESULTS}"}] if listed else [])],
        "recommendations": [
            {**row, "anchor": f"p-{label}", "label": label, "comments": said.get(label, [])}
            for row in content["recommendations"]
            for label in [f"R{row['number']}"]
        ],
        "all_scores": drawn.scores_table(listed) if listed else None,
    }


def block(one: Mapping[str, Any], results: Mapping[str, Any], said: Mapping[str, list[Comment]]) -> Found:
    """Return one paragraph, list, sub-heading, result, chart or table."""
    language = (translation.get_language() or "en")[:2]
    found: Found = {
        "kind": one["kind"],
        "number": one["number"],
        "anchor": f"p-{one['number']}",
        "lines": one["lines"].get(language) or one["lines"]["en"],
        "comments": said.get(one["number"], []),
    }
    if one["kind"] == "result":
        row = drawn.result(results, one["result"])
        shares = bool(row) and row["method"] in SHARES
        found |= {"score": row if shares else None, "rated": row if row and row["bands"] and not shares else None}
    if one["kind"] == "figure":
        chart = one["figure"].startswith("chart:")
        named = f"{'Figure' if chart else 'Table'} {one['drawn']}: {in_language(one['text'])}"
        found |= {
            "caption": named,
            "scores": drawn.headline(results) if chart else [],
            "table": None if chart else drawn.table(results, one["figure"]),
        }
    return found


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Found]:
    """Return what differs between two contents, paragraph by paragraph, with the words marked that went and came."""
    before, now = _texts(old), _texts(new)
    titles = {code: title for part in (before, now) for code, (title, _) in part.items()}
    found = []
    for code in dict.fromkeys((*now, *before)):
        rows = _changed(before.get(code, ("", []))[1], now.get(code, ("", []))[1])
        if rows:
            found.append({"title": titles[code], "rows": rows})
    return found


def _texts(content: Mapping[str, Any]) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Return the paragraphs of each section as number and text; the recommendations are a section of their own."""
    found = {
        section["code"]: (
            str(in_language(section["title"])),
            [(one["number"], str(in_language(one["text"]))) for one in section["paragraphs"]],
        )
        for section in content["sections"]
    }
    rows = [(f"R{row['number']}", _recommended(row)) for row in content["recommendations"]]
    return {**found, " recommendations": ("Recommendations", rows)}


def _recommended(row: Mapping[str, Any]) -> str:
    parts = [in_language(row["text"]), f"For: {row['addressee']}.", row["by_when"] or "", row["rests_on"]]
    return " ".join(str(part) for part in parts if part)


def _changed(before: list[tuple[str, str]], now: list[tuple[str, str]]) -> list[Found]:
    old, new = [text for _, text in before], [text for _, text in now]
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for place in range(max(b - a, d - c)):
            was = before[a + place] if a + place < b else ("", "")
            has = now[c + place] if c + place < d else ("", "")
            found.append({"old": was[0], "new": has[0], "sides": sides("text", was[1], has[1])})
    return found


def sides(of: str, old: str, new: str) -> list[SafeString]:
    """Return two texts with the words marked in which they differ."""
    return marked(Wording(of, old, new))
