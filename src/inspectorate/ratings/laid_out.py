"""What the pages of any subject show: its scores, its findings, and the downloads of the same."""

from collections.abc import Mapping
from typing import Any

from inspectorate.methodology.accounts import counted
from inspectorate.ratings import shown
from inspectorate.ratings.narrowed import narrowed
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.subject import Subject

WORST = 6
"""How many findings the page of scores shows."""
SCORES, FINDINGS = ("csv", "xlsx", "json", "pdf"), ("csv", "xlsx", "json")


def scores(
    subject: Subject, scored: Scored, *, by: str = "", marks: Mapping[str, int | None] | None = None
) -> dict[str, Any]:
    """Return what the page of scores shows; ``marks`` are figures to compare with, by score."""
    by = by if by in scored.groups else ""
    headline = [result for result in scored.shares if result.step.headline]
    others = [result for result in scored.shares if not result.step.headline]
    groups = [{"value": "", "text": "Nothing"}]
    groups += [
        {"value": head, "text": f"{head.replace('_', ' ')} ({counted(size, 'value')})"}
        for head, size in scored.groups.items()
    ]
    return {
        "headline": shown.bars(headline, subject, marks or {}),
        "headline_table": shown.share_table(headline, subject) if headline else None,
        "others": shown.bars(others, subject, marks or {}),
        "others_table": shown.share_table(others, subject) if others else None,
        "others_title": shown.others_title(scored),
        "standards_title": shown.standards_title(scored),
        "standards": shown.standard_table(scored, subject) if scored.standards else None,
        "overall": scored.overall,
        "overall_href": subject.account(scored.overall.code) if scored.overall else "",
        "by": by,
        "by_field": [{"name": "by", "kind": "select", "label": "Break down by", "value": by, "options": groups}],
        "kept_by": [{"name": "by", "value": by}] if by else [],
        "pieces": shown.parts(scored, by) if by else [],
        "downloads": downloads(subject, "scores", SCORES, f"by={by}" if by else ""),
    }


def findings(subject: Subject, scored: Scored, asked: Mapping[str, str], query: str) -> dict[str, Any]:
    """Return what the page of findings shows, narrowed as asked; ``query`` is the same as it stands in an address."""
    found = narrowed(scored, asked)
    return {
        "rows": shown.finding_rows(found.findings, scored),
        "fields": found.fields,
        "count": found.count,
        "downloads": downloads(subject, "findings", FINDINGS, query),
    }


def multiples(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the same scores of every part side by side: a row for each score, a cell for each part."""
    rows = zip(*(piece["results"] for piece in pieces), strict=True) if len(pieces) > 1 else ()
    return [
        {
            "title": shown.named(results[0].step),
            "cells": [
                {
                    "per_cent": result.per_cent,
                    "sufficient": result.sufficient,
                    "applicable": result.applicable,
                    "low": result.low,
                    "high": result.high,
                    "between": shown.between(result.low, result.high),
                }
                for result in results
            ],
        }
        for results in rows
    ]


def worst(scored: Scored) -> list[dict[str, Any]]:
    """Return the findings with the largest failings, among the questions that apply to most cases."""
    least = max(1, scored.cases // 5)
    often = [one for one in scored.findings if one.applicable >= least and one.failing]
    return shown.finding_rows(often[:WORST], scored)


def downloads(subject: Subject, what: str, kinds: tuple[str, ...], query: str) -> list[dict[str, str]]:
    """Return the links to what a page shows, as files."""
    tail = f"?{query}" if query else ""
    return [
        {
            "format": kind.upper(),
            "href": subject.download(what, kind) + tail,
            "about": f"the {what} of {subject.title}",
        }
        for kind in kinds
    ]
