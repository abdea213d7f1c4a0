"""What an edition may say besides: who joins, when to come again, what is handed on, hours, and kinship with others."""

from collections.abc import Mapping
from typing import Any

from inspectorate.methodology.criteria import Source
from inspectorate.methodology.editions import BOTH
from inspectorate.methodology.texts import Text
from inspectorate.standards.queries.sentences import joined, said, sourced
from inspectorate.standards.queries.shelf import Held

COMPARABLE = {"comparable": "Comparable", "partly": "Comparable in part", "not": "Not comparable"}


def supplements(held: Held) -> dict[str, Any]:
    """Return each of these where the edition has it; what it has not is empty."""
    about, crosswalk = held.edition.about, held.edition.crosswalk
    return {
        "partners": [_partner(partner) for partner in about.get("partners", ())],
        "feeds": [_feed(held, feed) for feed in about.get("feeds", ())],
        "follow_up": _follow_up(held),
        "hours": [_activity(activity) for activity in held.edition.hours],
        "from_previous": [_continued(held, row) for row in crosswalk.get("from_previous", ())],
        "outwards": [
            {"what": f"{_named(held, row['code'])}: {_words(row['standard'])}", **_said(row)}
            for row in crosswalk.get("outwards", ())
        ],
        "research": [
            {"what": f"{_named(held, row['code'])}: {row['cites']}", **_said(row)}
            for row in crosswalk.get("research", ())
        ],
    }


def _words(data: Mapping[str, Any] | None) -> str:
    return said(Text.read(data)) if data else ""


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"says": _words(row.get("says")), "to_verify": row.get("to_verify")}


def _partner(partner: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "what": f"{_words(partner['name'])}{_where(partner)}",
        "says": _words(partner["role"]),
        "to_verify": partner.get("to_verify"),
    }


def _where(entry: Mapping[str, Any]) -> str:
    """Say in which nation alone it holds."""
    nation = entry.get("nation", BOTH)
    return "" if nation == BOTH else f", in {nation.capitalize()}"


def _feed(held: Held, feed: Mapping[str, Any]) -> dict[str, Any]:
    scores = joined(said(held.edition.plan.step(code).title) for code in feed["steps"])
    what = f"{_words(feed['to'])}{_where(feed)}: {scores}"
    return {"what": what, "says": _words(feed["text"]), "to_verify": feed.get("to_verify")}


def _follow_up(held: Held) -> dict[str, Any]:
    rule = held.edition.plan.follow_up
    if rule is None:
        return {}
    scores = joined((said(held.edition.plan.step(code).title) for code in rule.steps), "or")
    return {
        "text": said(rule.text),
        "rule": f"The rule: a share below {rule.below} per cent, on the exact counts, in {scores}.",
        "to_verify": rule.to_verify,
    }


def _activity(activity: Mapping[str, Any]) -> list[str]:
    source = activity.get("to_verify") or sourced(Source.read(activity.get("source")))
    number = activity["hours"]
    hours = "not known" if number is None else f"{number:g} for each {activity['per']}"
    return [_words(activity["title"]), hours, source]


def _continued(held: Held, row: Mapping[str, Any]) -> list[str]:
    before = joined(row["was"]) or "new"
    return [_named(held, row["code"]), before, COMPARABLE[row["comparable"]], _words(row.get("note"))]


def _named(held: Held, code: str) -> str:
    node = held.edition.nodes.get(code)
    return f"{code} {said(node.title)}" if node else code
