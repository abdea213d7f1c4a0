"""The list of cases: who has which, how far each is, and what the inspection needs next."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.fieldwork.actions import begin_fieldwork, finish_fieldwork
from inspectorate.fieldwork.fitting import ALLOCATING
from inspectorate.fieldwork.listing import PAGE, STATES, Asking, Line, counts, lines_of, narrowed, with_progress
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.actions import note_readings
from inspectorate.people.queries import because_of
from inspectorate.register.downloads import as_csv
from inspectorate.register.queries import barred_bodies

DONE = {
    "allocated": "The cases were given to their assessors.",
    "begun": "Fieldwork has begun: the cases are open to their assessors.",
    "finished": "Fieldwork is finished: the scores can be looked at.",
    "reopened": "Fieldwork is open again.",
    "declared": "Thank you. The case is hidden from you now, and the lead gives it to somebody else.",
    "accepted": "The assessment is accepted.",
    "returned": "The assessment went back to its assessor.",
}
HEAD = ("reference", "kind", "stratum", "provider", "assessor", "state", "answered", "asked")


@require_safe
@inspection_page("assessment.list")
def cases_page(asked: Asked) -> HttpResponse:
    """List the cases of the sample that the person may know of."""
    asking = Asking.read(asked.request.GET)
    everything = lines_of(asked.person, asked.inspection)
    found = narrowed(everything, asking)
    first = _first(asking, len(found))
    shown = with_progress(found[first : first + PAGE])
    given = {
        "total": len(everything),
        "rows": [_row(asked, line, len({one.kind for one in everything})) for line in shown],
        "columns": [{"title": title} for title in _heads(everything)],
        "states": _states(asking, counts(everything)),
        "filters": _filters(asking, everything),
        "count": f"{len(found)} of {len(everything)} case{'' if len(everything) == 1 else 's'}",
        "pages": _pages(asking, first, len(found)),
        "csv": [{"format": "CSV", "href": f"{_href(asked, 'cases_csv')}{_query(asking)}", "about": "the cases"}],
        "done": DONE.get(asked.request.GET.get("done", "")),
        "interests": bool(asked.person.interests("case") or barred_bodies(asked.person)),
        **_buttons(asked, counts(everything)),
    }
    return asked.page("fieldwork/cases.html", given, last="Cases")


@require_safe
@inspection_page("assessment.list")
def cases_csv(asked: Asked) -> HttpResponse:
    """Return what the list shows as CSV, to whoever said lately who they are."""
    asked.ask_again()
    found = with_progress(narrowed(lines_of(asked.person, asked.inspection), Asking.read(asked.request.GET)))
    rows = (
        [
            line.reference,
            line.kind,
            line.stratum,
            line.provider,
            line.assessor,
            line.state,
            *(line.progress or ("", "")),
        ]
        for line in found
    )
    because = because_of(asked.person, asked.relations)
    inspection = asked.inspection
    note_readings(
        subjects=[inspection.name], inspection=inspection.public_id, way="file", because=because, by=asked.person
    )
    return as_csv("cases", HEAD, rows)


def _href(asked: Asked, page: str) -> str:
    return reverse(f"fieldwork:{page}", args=[asked.inspection.public_id])


def _heads(lines: list[Line]) -> list[str]:
    kinds = ["Kind"] if len({line.kind for line in lines}) > 1 else []
    return ["Case", *kinds, "Stratum", "Provider", "Assessor", "Assessment", "Answered"]


def _row(asked: Asked, line: Line, kinds: int) -> list[Any]:
    href = reverse("fieldwork:case", args=[asked.inspection.public_id, line.public_id])
    state = {"component": "tag", "text": line.state_title, "tone": line.tone}
    who = {"text": line.assessor, "note": "has left the team" if line.left else ("you" if line.own else "")}
    done = f"{line.progress[0]} of {line.progress[1]}" if line.progress else ""
    kind = [line.kind.replace("_", " ")] if kinds > 1 else []
    return [{"text": line.reference, "href": href}, *kind, line.stratum, line.provider, who, state, done]


def _states(asking: Asking, number: Any) -> list[dict[str, Any]]:
    return [
        {"text": words, "count": number[code], "href": _query(asking, state=code), "current": asking.state == code}
        for code, (words, _) in STATES.items()
        if number[code]
    ]


def _query(asking: Asking, **changed: str) -> str:
    held = {name: getattr(asking, name) for name in Asking.__dataclass_fields__ if name != "page"} | changed
    return f"?{urlencode({name: value for name, value in held.items() if value})}"


def _filters(asking: Asking, lines: list[Line]) -> list[dict[str, Any]]:
    def choice(name: str, label: str, values: list[tuple[str, str]]) -> dict[str, Any]:
        options = [{"value": "", "text": "Any"}, *({"value": value, "text": text} for value, text in values)]
        return {"name": name, "kind": "select", "label": label, "value": getattr(asking, name), "options": options}

    def named(name: str) -> list[tuple[str, str]]:
        return [(value, value) for value in sorted({getattr(line, name) for line in lines} - {""})]

    mine = [("me", "My cases")] if any(line.own for line in lines) else []
    return [
        {"name": "q", "kind": "search", "label": "Reference", "value": asking.q},
        choice("state", "Assessment", [(code, words) for code, (words, _) in STATES.items()]),
        *([choice("kind", "Kind", named("kind"))] if len({line.kind for line in lines}) > 1 else []),
        *([choice("provider", "Provider", named("provider"))] if len({line.provider for line in lines}) > 1 else []),
        choice("assessor", "Assessor", [*mine, *named("assessor")]),
    ]


def _first(asking: Asking, number: int) -> int:
    """Return the place of the first case of the page that is asked for; beyond the last page, that of the last."""
    page = max(int(asking.page), 1) if asking.page.isdecimal() else 1
    return (min(page, max(1, -(-number // PAGE))) - 1) * PAGE


def _pages(asking: Asking, first: int, number: int) -> dict[str, str] | None:
    if number <= PAGE:
        return None
    page = first // PAGE + 1
    return {
        "here": f"{first + 1} to {min(first + PAGE, number)} of {number} cases",
        "previous": _query(asking, page=str(page - 1)) if page > 1 else "",
        "next": _query(asking, page=str(page + 1)) if first + PAGE < number else "",
    }


def _buttons(asked: Asked, number: Any) -> dict[str, Any]:
    """Return what can be done here and now, by whoever may."""
    state, leads = asked.inspection.state, asked.may("fieldwork.begin")
    whole = sum(number.values())
    return {
        "allocate_href": _href(asked, "allocate") if asked.may("case.allocate") and state in ALLOCATING else "",
        "checks_href": "checks/" if asked.may("assessment.decide") else "",
        "may_begin": leads and state == "sampled",
        "may_finish": leads and state == "fieldwork" and number["accepted"] == whole,
        "may_reopen": asked.may("fieldwork.confirm_reopening") and state in INSPECTION.verb("reopen_fieldwork").from_,
        "waiting": number["submitted"],
        "unallocated": number["unallocated"],
    }


@require_http_methods(["POST"])
@inspection_page("fieldwork.begin")
def begin_fieldwork_view(asked: Asked) -> HttpResponse:
    """Begin fieldwork."""
    begin_fieldwork(inspection=asked.inspection, by=asked.by)
    return _back(asked, "begun")


@require_http_methods(["POST"])
@inspection_page("fieldwork.begin")
def finish_fieldwork_view(asked: Asked) -> HttpResponse:
    """Finish fieldwork."""
    finish_fieldwork(inspection=asked.inspection, by=asked.by)
    return _back(asked, "finished")


def _back(asked: Asked, done: str) -> HttpResponseRedirect:
    return redirect(f"{_href(asked, 'cases')}?done={done}")
