"""The interests that bear on an inspection: who cannot join it, who was kept out, and who had to leave."""

from typing import Any

from django.utils import timezone

from inspectorate.inspections.models import Inspection
from inspectorate.inspections.pages.history import named
from inspectorate.inspections.queries import by_team, colleagues, names_in
from inspectorate.people.needed import BY_TEAM
from inspectorate.record.models import Entry
from inspectorate.record.queries import entries_in
from inspectorate.ui.words import written_date

VERBS = ("interest.refused", "interest.declared", "interest.parted", "interest.given-back")
LATEST = 200
RULES_IN_WORDS = {
    "": "In this inspection an interest in a body bars from the whole body.",
    BY_TEAM: (
        "In this inspection a local assessor who works for the body is kept from the cases of their own team, once it "
        "is written down; every other interest bars from the whole body."
    ),
}
COLUMNS = ("When", "Who", "What happened", "By")


def interests(inspection: Inspection) -> dict[str, Any]:
    """Return what the page shows; a case is never named, for whoever looks may have an interest in it too."""
    entries = list(entries_in(inspection.name).filter(verb__in=VERBS).order_by("-sequence")[:LATEST])
    names = names_in(entries)
    return {
        "rule": RULES_IN_WORDS[BY_TEAM if by_team(inspection) else ""],
        "barred": [user.full_name for user, why in colleagues(inspection) if why],
        "columns": [{"title": title} for title in COLUMNS],
        "rows": [_row(entry, names) for entry in entries],
    }


def _row(entry: Entry, names: dict[str, str]) -> list[Any]:
    at = timezone.localtime(entry.at)
    by = named(entry.actor_kind, entry.actor_id, names)
    who = by if entry.verb == "interest.declared" else names.get(entry.subject_id, "")
    return [f"{written_date(at)}, {at:%H:%M}", who, _what(entry), by]


def _what(entry: Entry) -> str:
    told = entry.particulars or {}
    if entry.verb == "interest.declared":
        return "Declared an interest in a case: it is hidden from them, and somebody else's to take."
    if entry.verb == "interest.parted":
        cases = told.get("cases", 0)
        more = f" {cases} case{'' if cases == 1 else 's'} went back to be given to others." if cases else ""
        return f"Left the team: an interest in a body came up.{more}"
    if entry.verb == "interest.given-back":
        cases = told.get("cases", 0)
        return f"Stays in the team; {cases} case{'' if cases == 1 else 's'} of their own team went back to be given."
    return "Was not given a case, because of an interest." if "case" in told else "Was not taken into the team."
