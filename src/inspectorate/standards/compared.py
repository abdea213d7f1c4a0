"""What the template and the file of a comparison need: cards of differences, tables of trends, filters, lines."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from inspectorate.methodology.comparison import GUIDANCE, Compared
from inspectorate.methodology.crosswalk import Trend
from inspectorate.methodology.wording import Wording
from inspectorate.register.downloads import as_csv
from inspectorate.standards.queries.compared import Side
from inspectorate.standards.queries.sentences import counted, said
from inspectorate.standards.queries.supplements import COMPARABLE

Found = dict[str, Any]
FINDINGS = {
    "added": ("Added", "action"),
    "removed": ("Removed", "stop"),
    "reworded": ("Reworded", "care"),
    "rescored": ("Rescored", "care"),
    "guidance": ("Other guidance", "plain"),
    "unchanged": ("Unchanged", "plain"),
}
TITLES = {"questions": "Questions", "steps": "Scores", "criteria": "Criteria"}
# A criterion is not scored: what differs besides its words is its place in the tree.
MOVED = ("Moved", "care")
HEADS = ("part", "finding", "old_code", "new_code", "old_text", "new_text", "what_differs", "old", "new")
ORDER = ("comparable", "partly", "not")


def page(found: Found) -> Found:
    """Return what the page of a comparison needs."""
    found = found | {"filters": _filters(found), "here": found["held"].href("compare")}
    if found["compared"] is None:
        return found
    old, new = found["old"], found["new"]
    shown = found["shown"]
    number = len(shown["questions"])
    every = counted(len(found["compared"].questions), "question")
    return found | {
        "numbers": [_number(found, name, count) for name, count in found["counts"].items()],
        "count": f"{number} of {every}",
        "parts_shown": [
            {"code": part, "title": TITLES[part], "cards": [_card(part, one, old, new) for one in ones]}
            for part, ones in shown.items()
            if ones
        ],
        "unchanged": [] if found["asked"].show == "unchanged" else [_line(one, new) for one in found["unchanged"]],
        "unchanged_words": f"Unchanged: {counted(len(found['unchanged']), 'question')}",
        "trends": _trends(found["compared"].crosswalk.trends),
        "unsaid": _unsaid(found),
        "downloads": [
            {
                "format": "CSV",
                "href": found["held"].href("compare_csv") + _address(found["asked"].other, found["asked"].show),
                "about": "the differences",
            }
        ],
    }


def as_file(found: Found) -> HttpResponse:
    """Return the differences that the page shows as CSV, a line each; the heads alone where there are none."""
    rows: list[tuple[str, ...]] = []
    if found["compared"] is not None:
        rows = [row for part in TITLES for one in found["shown"][part] for row in _rows(part, one)]
    names = [found["held"].code, *([found["asked"].other] if found["asked"].other else [])]
    return as_csv("-and-".join(name.replace("/", "-") for name in names) + "-compared", HEADS, rows)


def _rows(part: str, one: Compared) -> Iterator[tuple[str, ...]]:
    start = (part, " and ".join(one.findings), one.old or "", one.new or "", one.old_title, one.new_title)
    differs = [(wording.of, wording.old, wording.new) for wording in one.wordings]
    differs += [(setting.what, setting.old, setting.new) for setting in one.settings]
    yield from ((*start, *row) for row in differs or [("", "", "")])


def _filters(found: Found) -> list[Found]:
    asked = found["asked"]
    choose = [] if asked.other else [{"value": "", "text": "Choose an edition"}]
    shown = [{"value": "", "text": "All differences"}]
    shown += [{"value": name, "text": words} for name, (words, _) in FINDINGS.items()]
    return [
        {
            "name": "with",
            "kind": "select",
            "label": "Compare with",
            "value": asked.other,
            "options": [*choose, *({"value": code, "text": name} for code, name in found["choices"].items())],
        },
        {"name": "show", "kind": "select", "label": "Show", "value": asked.show, "options": shown},
    ]


def _address(other: str, show: str) -> str:
    return "?" + urlencode({"with": other, **({"show": show} if show else {})})


def _number(found: Found, name: str, count: int) -> Found:
    """Return how many questions were found so, with the address that shows them."""
    asked = found["asked"]
    return {
        "words": FINDINGS[name][0],
        "count": count,
        "href": found["held"].href("compare") + _address(asked.other, name) if count else "",
        "here": asked.show == name,
    }


def _card(part: str, one: Compared, old: Side, new: Side) -> Found:
    """Return one part that differs: its two texts with the words marked that went and came, and what else differs."""
    title = next((wording for wording in one.wordings if wording.of in {"The question", "The title"}), None)
    texts = [wording for wording in one.wordings if wording is not title and wording.of != GUIDANCE]
    guidance = [wording for wording in one.wordings if wording.of == GUIDANCE]
    return {
        "anchor": f"{part[0]}-{one.old if one.new is None else one.new}",
        "gone": one.new is None,
        "code": one.title if part == "steps" else one.code,
        "plain": part == "steps",
        "codes": [_code(part, one.old, old), _code(part, one.new, new)],
        "tags": [_tag(part, finding) for finding in one.findings],
        "reused": one.reused,
        "sides": marked(title) if title else [one.old_title, one.new_title],
        "rows": [{"what": text.of, "sides": marked(text)} for text in texts]
        + [{"what": one.what, "sides": marked(Wording(one.what, one.old, one.new))} for one in one.settings],
        "guidance": [marked(text) for text in guidance],
    }


def _tag(part: str, finding: str) -> Found:
    words, tone = MOVED if part == "criteria" and finding == "rescored" else FINDINGS[finding]
    return {"text": words, "tone": tone}


def _code(part: str, code: str | None, side: Side) -> Found:
    href = side.held.question_href(code) if code and part == "questions" else ""
    return {"code": code, "href": href, "name": side.held.code}


def _line(one: Compared, new: Side) -> Found:
    return _code("questions", one.new, new) | {"title": one.new_title, "was": one.old if one.old != one.new else ""}


def marked(wording: Wording) -> list[SafeString]:
    """Return both texts, with ``del`` around what went and ``ins`` around what came."""
    return [_side(wording, "old", "del"), _side(wording, "new", "ins")]


def _side(wording: Wording, stands: str, tag: str) -> SafeString:
    pieces = [piece for piece in wording.pieces if piece.stands in {"both", stands}]
    if not pieces:
        return SafeString("nothing")
    marks = {"both": ("", ""), stands: (mark_safe(f"<{tag}>"), mark_safe(f"</{tag}>"))}  # noqa: S308 - two fixed words
    return format_html_join(" ", "{}{}{}", ((marks[one.stands][0], one.text, marks[one.stands][1]) for one in pieces))


def _trends(trends: tuple[Trend, ...]) -> list[Found]:
    """Return the trends, those first that may be compared; a long list is folded away on the page."""
    columns = [{"title": "Here"}, {"title": "There"}, {"title": "Note"}]
    return [
        {
            "title": COMPARABLE[word],
            "words": _how_many(chosen),
            "columns": columns,
            "rows": [[_named(trend), ", ".join(trend.was) or "new", _noted(trend)] for trend in chosen],
        }
        for word in ORDER
        if (chosen := [trend for trend in trends if trend.comparable == word])
    ]


def _how_many(trends: list[Trend]) -> str:
    doubted = sum(bool(trend.doubts) for trend in trends)
    return str(len(trends)) + (f", of which {doubted} with something that speaks against it" if doubted else "")


def _named(trend: Trend) -> SafeString:
    return format_html('<span class="ins-code">{}</span> {}', trend.code, trend.title)


def _noted(trend: Trend) -> SafeString:
    doubts = format_html_join(
        "", '<br><strong class="ins-doubt">But: {}</strong>', ((doubt,) for doubt in trend.doubts)
    )
    return format_html("{}{}", said(trend.note) if trend.note else "", doubts)


def _unsaid(found: Found) -> list[Found]:
    names = {side.held.code: side.name for side in (found["old"], found["new"])}
    by_edition: dict[str, list[str]] = {}
    for one in found["compared"].crosswalk.unsaid:
        by_edition.setdefault(names[one.edition], []).append(
            f"{one.title} ({one.code})" if one.code != one.title else one.code
        )
    return [{"edition": name, "scores": scores} for name, scores in by_edition.items()]
