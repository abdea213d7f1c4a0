"""The record of an inspection in plain words: who did what, when and why."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils import timezone

from inspectorate.inspections.models import Inspection, TeamRole
from inspectorate.inspections.pages.listing import edition_title
from inspectorate.inspections.pages.verbs import WORDS
from inspectorate.record.models import Entry
from inspectorate.ui.words import written_date

if TYPE_CHECKING:
    from django.core.paginator import Page

ACTORS = {"system": "the system", "visitor": "a visitor"}


def words_of(verb: str, subject: str = "") -> str:
    """Return a verb of the record in words."""
    if verb in WORDS:
        return WORDS[verb].format(subject=subject or "somebody")
    return verb.replace(".", " ").replace("-", " ").replace("_", " ").capitalize()


def line(entry: Entry, names: Mapping[str, str], inspection: Inspection) -> dict[str, Any]:
    """Return one entry for the page and for the file."""
    return {
        "number": entry.sequence,
        "at": timezone.localtime(entry.at),
        "who": named(entry.actor_kind, entry.actor_id, names),
        "what": words_of(entry.verb, names.get(entry.subject_id, "")),
        "more": _more(entry, inspection),
        "why": entry.why,
        "erased": entry.erased,
        "verb": entry.verb,
        "hash": entry.hash,
    }


def named(kind: str, public_id: str, names: Mapping[str, str]) -> str:
    """Return whoever acted, as people say it."""
    return names.get(public_id) or ACTORS.get(kind, f"{kind} {public_id[:8]}")


def verbs_in_words(verbs: Iterable[str]) -> list[tuple[str, str]]:
    """Return the verbs of a record as choices, in the order of their words."""
    return sorted(((verb, words_of(verb)) for verb in verbs), key=lambda pair: pair[1])


def around(page: "Page[Entry]", verb: str, verbs: Mapping[str, int], here: str) -> dict[str, Any]:
    """Return what stands around the lines: the filter, the count, the steps through a long record, the file."""
    chosen = {"verb": verb} if verb else {}
    options = [
        {"value": "", "text": "Everything"},
        *({"value": code, "text": f"{words} ({verbs[code]})"} for code, words in verbs_in_words(verbs)),
    ]
    field = {"name": "verb", "kind": "select", "label": "What was done", "value": verb, "options": options}
    where = f"{page.start_index()} to {page.end_index()} of {page.paginator.count} entries"
    steps = {
        "here": where,
        "previous": f"?{urlencode({**chosen, 'page': page.previous_page_number()})}" if page.has_previous() else None,
        "next": f"?{urlencode({**chosen, 'page': page.next_page_number()})}" if page.has_next() else None,
    }
    total = sum(verbs.values())
    return {
        "fields": [field],
        "count": f"{page.paginator.count} of {total} entr{'y' if total == 1 else 'ies'}",
        "pages": steps if page.paginator.num_pages > 1 else None,
        "downloads": [{"format": "CSV", "href": f"{here}record.csv?{urlencode(chosen)}", "about": "the record"}],
    }


def _more(entry: Entry, inspection: Inspection) -> str:
    """Return the particulars of the verbs of this stage in words; those of later stages stand on their own pages."""
    told = entry.particulars or {}
    if entry.verb == "inspection.arranged":
        return ", ".join(edition_title(code) for code in dict.fromkeys(m["edition"] for m in told.get("modules", ())))
    if entry.verb == "team.joined" and told.get("role") in TeamRole.values:
        return f"as {TeamRole(told['role']).label.lower()}"
    if entry.verb == "dates.week-set":
        to = told.get("to", {})
        return f"{to.get('fieldwork_weeks')} week(s) from {_day(to.get('fieldwork_on'))}"
    if entry.verb in ("dates.moved", "dates.put-back"):
        titles = {one["code"]: one["title"]["en"] for one in inspection.dates}
        title = titles.get(told.get("date", ""), told.get("date", ""))
        return f"{title}: from {_day(told.get('from'))} to {_day(told.get('to'))}"
    return ""


def _day(iso: str | None) -> str:
    return written_date(date.fromisoformat(iso)) if iso else "no day"
