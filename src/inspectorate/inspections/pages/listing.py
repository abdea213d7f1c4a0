"""The list of inspections."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from inspectorate.inspections.dates import due_date
from inspectorate.inspections.models import Inspection
from inspectorate.inspections.queries import InspectionSearch
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.access import CONTACT, Person, may
from inspectorate.standards.queries import shelf
from inspectorate.ui.words import in_language, written_date

if TYPE_CHECKING:
    from django.core.paginator import Page

HEAD = (
    *("public_id", "title", "visits", "edition", "fieldwork_on", "fieldwork_weeks"),
    *("state", "next", "due", "lead", "invented"),
)
NAMES = {"words": "q", "order": "sort"}  # field of the search -> word in the address; the others are the same
TONES = {"arranged": "plain", "closed": "plain", "deferred": "care", "withheld": "care", "cancelled": "stop"}


def list_page(
    person: Person, search: InspectionSearch, page: "Page[Inspection]", editions: list[str]
) -> dict[str, Any]:
    """Return what the template of the list needs; ``editions`` are those of all inspections that the person may see."""
    shown, total = page.paginator.count, len(editions)
    return {
        "crumbs": [{"text": "Start", "href": "/"}, {"text": "Inspections"}],
        "fields": _fields(person, search, editions),
        "kept": [{"name": "sort", "value": search.order}] if search.order != "week" else [],
        "count": f"{shown} of {total} inspection{'' if total == 1 else 's'}",
        "total": total,
        "columns": _columns(search),
        "rows": [_row(inspection) for inspection in page],
        "downloads": [
            {"format": "CSV", "href": reverse("inspections:list_csv") + query(search), "about": "the inspections shown"}
        ],
        "pages": _pages(search, page) if page.paginator.num_pages > 1 else None,
        "may_arrange": may(person, "inspection.arrange"),
        "empty": _empty(person),
    }


def query(search: InspectionSearch, **changed: Any) -> str:
    """Return the address of a search with something changed; what is empty or usual is left out."""
    asked = {NAMES.get(name, name): value for name, value in asdict(search).items()} | changed
    kept = {name: value for name, value in asked.items() if value and (name, value) != ("sort", "week")}
    return f"?{urlencode(kept)}"


def edition_title(code: str) -> str:
    """Return the title of an edition with its year; its code where it is no longer here."""
    try:
        held = shelf.held(code)
    except shelf.UnknownError:
        return code
    return f"{in_language(held.edition.title)}, {held.year}"


def cells(inspection: Inspection) -> dict[str, str]:
    """Return what a line of the list says of an inspection, as the file does."""
    state = INSPECTION.state(inspection.state)
    due = due_date(inspection, state.due)
    leads = inspection.leads  # type: ignore[attr-defined]  # the query of the list prefetches it
    return {
        "public_id": inspection.public_id,
        "title": inspection.title,
        "visits": inspection.body.full_name if inspection.body else inspection.area,
        "edition": inspection.edition,  # type: ignore[attr-defined]  # annotated by the query of the list
        "fieldwork_on": inspection.fieldwork_on.isoformat() if inspection.fieldwork_on else "",
        "fieldwork_weeks": str(inspection.fieldwork_weeks),
        "state": state.title,
        "next": state.next,
        "due": due.isoformat() if due else "",
        "lead": leads[0].user.full_name if leads else "",
        "invented": "yes" if inspection.invented else "",
    }


def _fields(person: Person, search: InspectionSearch, editions: list[str]) -> list[dict[str, Any]]:
    programmes = sorted(
        {code.split("/")[0]: edition_title(code).rsplit(",", 1)[0] for code in sorted(editions)}.items()
    )
    states = [(state.code, state.title) for state in INSPECTION.states]
    fields = [
        {"name": "q", "kind": "search", "label": "Title, body or area", "value": search.words},
        _select("state", "State", search.state, states),
        _select("programme", "Programme", search.programme, programmes),
    ]
    if person.role == CONTACT:
        return fields
    return [*fields, _select("mine", "Whose", search.mine, [("yes", "Those in whose team I am")])]


def _select(name: str, label: str, value: str, choices: list[tuple[str, str]]) -> dict[str, Any]:
    options = [{"value": "", "text": "All"}, *({"value": code, "text": words} for code, words in choices)]
    return {"name": name, "kind": "select", "label": label, "value": value, "options": options}


def _columns(search: InspectionSearch) -> list[dict[str, Any]]:
    def head(title: str, order: str, turned: str = "") -> dict[str, Any]:
        direction = {order: "ascending", turned: "descending"}.get(search.order)
        href = query(search, sort=turned if turned and search.order == order else order)
        return {"title": title, "href": href} | ({"sorted": direction} if direction else {})

    return [
        head("Inspection", "title", "-title"),
        head("Fieldwork", "-week", "week") | {"dates": True},
        head("State", "state"),
        {"title": "Next"},
        {"title": "Lead"},
    ]


def _row(inspection: Inspection) -> list[Any]:
    said = cells(inspection)
    about = [edition_title(said["edition"]), *(["invented"] if inspection.invented else [])]
    tone = TONES.get(inspection.state, "action")
    return [
        {"text": inspection.title, "href": inspection.get_absolute_url(), "note": ", ".join(about)},
        {"text": written_date(inspection.fieldwork_on) or "not set yet"},
        {"component": "tag", "text": said["state"], "tone": tone},
        {"text": said["next"], "note": _due(said["due"])} if said["due"] else said["next"],
        said["lead"] or "nobody yet",
    ]


def _due(day: str) -> str:
    late = day < timezone.localdate().isoformat()
    return f"{'was due' if late else 'by'} {written_date(day)}"


def _pages(search: InspectionSearch, page: "Page[Inspection]") -> dict[str, Any]:
    return {
        "here": f"{page.start_index()} to {page.end_index()} of {page.paginator.count} inspections",
        "previous": query(search, page=page.previous_page_number()) if page.has_previous() else None,
        "next": query(search, page=page.next_page_number()) if page.has_next() else None,
    }


def _empty(person: Person) -> dict[str, str]:
    """Return why there is no inspection to show, and what to do: it differs by role."""
    if may(person, "inspection.arrange"):
        text = "Arrange the first: choose an edition, whom it visits, and the week."
        return {"title": "There is no inspection that you lead or work in yet", "text": text}
    if person.role == CONTACT:
        text = "An inspection stands here from the day on which it is announced to your body."
        return {"title": "No inspection of your body is announced", "text": text}
    text = "A lead inspector takes you into a team; the inspection then stands here."
    return {"title": "You are in no team yet", "text": text}
