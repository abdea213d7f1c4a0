"""``inspectorate editions compare``: two editions side by side."""

import argparse
from typing import Any

from inspectorate.config.cli import show
from inspectorate.methodology import editions
from inspectorate.methodology.comparison import Compared, Comparison, compare
from inspectorate.methodology.crosswalk import Crosswalk

NAMES = {
    "added": "added",
    "removed": "removed",
    "reworded": "reworded",
    "rescored": "rescored",
    "guidance": "with other guidance",
    "unchanged": "unchanged",
}
MAY = {"comparable": "comparable", "partly": "comparable in part", "not": "not comparable"}


def configure(words: Any) -> None:
    """Add the word compare."""
    two = words.add_parser(
        "compare",
        help="two editions: questions, criteria and scores added, removed, reworded and rescored, and honest trends",
    )
    two.add_argument("old", metavar="OLD", help="the earlier edition, such as omi2/2009")
    two.add_argument("new", metavar="NEW", help="the later edition, such as omi2/2011")


def _compare(arguments: argparse.Namespace) -> int:
    found = compare(editions.load(arguments.old), editions.load(arguments.new))
    if arguments.json:
        show.as_json(_as_data(found))
        return 0
    counts = ", ".join(f"{number} {NAMES[name]}" for name, number in found.counts().items())
    print(f"{found.old} and {found.new}. Questions: {counts}.")
    for title, parts in (("Questions", found.questions), ("Criteria", found.criteria), ("Scores", found.steps)):
        _print_parts(title, parts)
    _print_crosswalk(found.crosswalk, found)
    return 0


def _print_parts(title: str, parts: tuple[Compared, ...]) -> None:
    changed = [one for one in parts if "unchanged" not in one.findings]
    print(f"\n{title}: {len(changed)} of {len(parts)} differ.")
    for one in changed:
        moved = f" (was {one.old})" if one.old and one.new and one.old != one.new else ""
        reused = " (the code stood for something else)" if one.reused else ""
        print(f"\n  {one.code}{moved}{reused}: {', '.join(NAMES[finding] for finding in one.findings)}. {one.title}")
        for wording in one.wordings:
            print(f"    {wording.of}: {_marked(wording.pieces)}")
        for setting in one.settings:
            print(f"    {setting.what}: {setting.old or 'nothing'} → {setting.new or 'nothing'}")


def _marked(pieces: Any) -> str:
    """Return the text with [-what went-] and {+what came+}."""
    marks = {"both": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    return " ".join(marks[piece.stands].format(piece.text) for piece in pieces)


def _print_crosswalk(crosswalk: Crosswalk, found: Comparison) -> None:
    if not crosswalk.applies:
        print(f"\nTrends: {found.new} does not replace {found.old}, so no trend may be drawn from one to the other.")
        return
    print(f"\nTrends: the crosswalk names {len(crosswalk.trends)} codes.")
    for trend in crosswalk.trends:
        note = f" {trend.note}" if trend.note else ""
        print(f"  {trend.code} was {', '.join(trend.was) or 'nothing'}: {MAY[trend.comparable]}.{note}")
        for doubt in trend.doubts:
            print(f"    But: {doubt}")
    for one in crosswalk.unsaid:
        print(f"  Nothing is said of {one.code}, {one.title} ({one.edition}): no trend may be drawn.")
    for sentence in crosswalk.astray:
        print(f"  {sentence}")


def _as_data(found: Comparison) -> dict[str, Any]:
    return {
        "old": found.old,
        "new": found.new,
        "counts": found.counts(),
        **{name: [_part(one) for one in getattr(found, name)] for name in ("questions", "criteria", "steps")},
        "crosswalk": {
            "applies": found.crosswalk.applies,
            "trends": [
                {
                    "code": trend.code,
                    "was": list(trend.was),
                    "comparable": trend.comparable,
                    "note": trend.note.en if trend.note else None,
                    "doubts": list(trend.doubts),
                }
                for trend in found.crosswalk.trends
            ],
            "unsaid": [
                {"edition": one.edition, "code": one.code, "title": one.title} for one in found.crosswalk.unsaid
            ],
            "astray": list(found.crosswalk.astray),
        },
    }


def _part(one: Compared) -> dict[str, Any]:
    return {
        "old": one.old,
        "new": one.new,
        "old_text": one.old_title,
        "new_text": one.new_title,
        "findings": list(one.findings),
        "wordings": [{"of": wording.of, "old": wording.old, "new": wording.new} for wording in one.wordings],
        "settings": [{"what": setting.what, "old": setting.old, "new": setting.new} for setting in one.settings],
    }


RUNS = {"compare": _compare}
