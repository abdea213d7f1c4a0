"""What the pages of case lists show, as plain values for the templates."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.utils.http import urlencode

from inspectorate.inspections.asking import Asked
from inspectorate.inspections.dates import due_date
from inspectorate.people.models import User
from inspectorate.sampling.actions.holding import COMES_IN, IS_DRAWN
from inspectorate.sampling.asking import address, title_of
from inspectorate.sampling.forms import CaseSearch
from inspectorate.sampling.intake import OWN, WHAT_IS_WRONG, WHOLE_ROW
from inspectorate.sampling.intake import Asked as ListAsked
from inspectorate.sampling.models import Case, CaseList, ListUpload
from inspectorate.sampling.plans import Planned
from inspectorate.sampling.queries import counts_by, current_lists, uploads_seen_by, without_interest
from inspectorate.sampling.wrong import TITLES, Wrong
from inspectorate.standards.queries.sentences import joined
from inspectorate.ui.words import in_language, written_date, written_number

ROWS_A_PAGE = 50
FAULTS_SHOWN = 100
ROWS_NAMED = 4
"""Rows that a line of the summary names; the groups below name every one."""
FORMATS = ("csv", "xlsx")
DUE = ("case_list", "case_lists")
EXPLAINED = {
    "case": "The reference that your own system knows the case by. Never a name.",
    "provider": "The provider that holds the case. May be left out where one body alone is inspected.",
    "ldu": "The local delivery unit, team or office. Optional.",
    "home": "The body of the person's home, where that is another. Optional.",
    "host": "The body that supervises for another. Optional.",
    "practitioner": "Initials of the practitioner, so that a talk can be arranged. Optional.",
}


def state_of(case_list: CaseList | None, cases: int) -> dict[str, str]:
    """Return where a list stands: a word, its tone, and a sentence."""
    if case_list is not None and case_list.none_eligible_at is not None:
        said = f"On {written_date(case_list.none_eligible_at)} it was settled without a sample."
        return {"text": "No eligible case", "tone": "plain", "says": said}
    if case_list is not None and hasattr(case_list, "sample"):
        said = f"The sample was drawn on {written_date(case_list.sample.drawn_at)}; the list can no longer change."
        return {"text": "Sample drawn", "tone": "action", "says": said}
    if case_list is not None and case_list.frozen_at is not None:
        said = f"Frozen on {written_date(case_list.frozen_at)}; the sample is not drawn yet."
        return {"text": "Frozen", "tone": "action", "says": said}
    if not cases:
        return {"text": "Nothing yet", "tone": "care", "says": "No case has been accepted so far."}
    return {"text": "Open", "tone": "care", "says": "Cases can be added until the lead inspector freezes the list."}


def lists(asked: Asked, kinds: Sequence[Planned]) -> dict[str, Any]:
    """Return the lists of an inspection, a line each."""
    found = {one.kind: one for one in current_lists(asked.inspection).annotate(listed=Count("cases"))}
    rows = []
    for planned in kinds:
        held = found.get(planned.code)
        cases = held.listed if held else 0  # type: ignore[attr-defined]
        state = state_of(held, cases)
        link = {"text": title_of(planned), "href": address("list", asked, planned.code)}
        rows.append([link, cases, {"component": "tag", "text": state["text"], "tone": state["tone"]}, state["says"]])
    columns = [{"title": "Kind of case"}, {"title": "Cases", "numeric": True}, {"title": "State"}, {"title": ""}]
    return {"columns": columns, "rows": rows, "due": due_date(asked.inspection, DUE)}


def one_list(asked: Asked, planned: Planned, case_list: CaseList | None) -> dict[str, Any]:
    """Return one list: its state, what is missing, counts, rows, uploads, and what this person may do."""
    kind = planned.code
    counted = counts_by(case_list, "stratum", "holder__name") if case_list else []
    total = sum(one["cases"] for one in counted)
    uploads = _uploads(asked, kind, case_list)
    open_ = (case_list is None or case_list.is_open) and asked.inspection.state in COMES_IN
    given = {
        "planned": planned,
        "eligible": in_language(planned.plan.eligible),
        "case_list": case_list,
        "state": state_of(case_list, total),
        "total": total,
        "missing": _missing(total, uploads, open_=open_),
        "due": due_date(asked.inspection, DUE),
        "by_stratum": _counted(counted, "stratum", "Stratum", total),
        "by_provider": _counted(counted, "holder__name", "Provider", total),
        "uploads": uploads,
        "upload_href": address("upload", asked, kind) if open_ and asked.may("case_list.upload") else "",
        "templates": _templates(asked, kind),
        "sample_href": address("sample", asked, kind),
        **_closing(asked, kind, case_list, total),
    }
    return given | (_rows(asked, planned, case_list, counted, editable=bool(given["upload_href"])) if total else {})


def _closing(asked: Asked, kind: str, case_list: CaseList | None, total: int) -> dict[str, str]:
    """Return the addresses of what closes a list, where this person may and the list lets them."""
    may = asked.may("case_list.freeze") and asked.inspection.state in IS_DRAWN
    open_ = case_list is None or case_list.is_open
    wrong = case_list is not None and not case_list.is_open and case_list.seed is None
    return {
        "draw_href": address("draw", asked, kind) if may and open_ and total else "",
        "none_href": address("none", asked, kind) if may and open_ and not total else "",
        "supersede_href": address("supersede", asked, kind) if may and wrong else "",
    }


def _templates(asked: Asked, kind: str) -> list[dict[str, str]]:
    return [
        {
            "format": form.upper(),
            "href": address("template", asked, kind, form),
            "about": "an empty list with its heads",
        }
        for form in ("csv", "xlsx")
    ]


def _missing(total: int, uploads: Sequence[Mapping[str, Any]], *, open_: bool) -> list[str]:
    if not open_:
        return []
    if not uploads and not total:
        return ["Nothing has been handed in yet."]
    last = uploads[0] if uploads else None
    if last and last["waiting"]:
        number = last["waiting"]
        rows = "1 row" if number == 1 else f"{written_number(number)} rows"
        return [f"{rows} of {last['name']} could not be accepted and wait to be mended."]
    return [] if total else ["No case has been accepted yet: see what is wrong with the file that was handed in."]


def _uploads(asked: Asked, kind: str, case_list: CaseList | None) -> list[dict[str, Any]]:
    """Return what was handed in for a list, the latest first, with who did it."""
    if case_list is None:
        return []
    seen = uploads_seen_by(asked.person, asked.inspection).filter(case_list=case_list)
    found = list(seen.defer("faulty_rows", "notes", "heads").order_by("-pk")[:20])
    ids = {one.uploaded_by_id for one in found if one.uploaded_by_kind == "user"}
    names = {user.public_id: user.full_name for user in User.objects.filter(public_id__in=ids)} if ids else {}
    return [
        {
            "name": one.file_name,
            "href": address("uploaded", asked, kind, one.public_id),
            "by": names.get(one.uploaded_by_id, "the system"),
            "at": one.uploaded_at,
            "added": one.added,
            "unchanged": one.unchanged,
            "removed": one.removed,
            "whole": one.whole,
            "faults": len(one.faults),
            "waiting": len({fault["row"] for fault in one.faults if fault["row"] and fault["row"] > 1}),
        }
        for one in found
    ]


def _counted(counted: Sequence[Mapping[str, Any]], column: str, title: str, total: int) -> dict[str, Any]:
    cases: Counter[str] = Counter()
    for one in counted:
        cases[one[column] or "not given"] += one["cases"]
    rows: list[Any] = [[name, number] for name, number in sorted(cases.items())]
    if len(rows) > 1:
        rows.append({"total": True, "cells": ["All", total]})
    return {"columns": [{"title": title}, {"title": "Cases", "numeric": True}], "rows": rows}


def _search(asked: Asked) -> dict[str, Any]:
    form = CaseSearch(asked.request.GET)
    form.is_valid()
    return {name: form.cleaned_data.get(name) or "" for name in ("q", "stratum", "provider", "page")}


def _narrowed(asked: Asked, case_list: CaseList, search: Mapping[str, Any]) -> "QuerySet[Case]":
    cases = without_interest(case_list.cases.all(), asked.person).order_by("reference")
    if search["q"]:
        cases = cases.filter(reference__icontains=search["q"])
    if search["stratum"]:
        cases = cases.filter(stratum=search["stratum"])
    if search["provider"]:
        cases = cases.filter(holder__name=search["provider"])
    return cases


def _rows(
    asked: Asked, planned: Planned, case_list: CaseList, counted: Sequence[Mapping[str, Any]], *, editable: bool
) -> dict[str, Any]:
    search = _search(asked)
    pages = Paginator(_narrowed(asked, case_list, search).select_related("holder"), ROWS_A_PAGE)
    page = pages.get_page(search["page"] or 1)
    several = len({one["holder__name"] for one in counted}) > 1
    heads = _heads_with_values(planned, page, several=several)
    kept = {name: search[name] for name in ("q", "stratum", "provider") if search[name]}
    total = sum(one["cases"] for one in counted)
    rows = []
    for case in page:
        cells: list[Any] = [case.reference, *_cells(case, heads)]
        if editable:
            cells.append({"text": "Take off", "href": address("remove", asked, planned.code, case.public_id)})
        rows.append(cells)
    return {
        "filters": [
            {"name": "q", "kind": "search", "label": "Reference", "value": search["q"]},
            _select("stratum", "Stratum", search["stratum"], {one["stratum"] for one in counted}),
            *(
                [_select("provider", "Provider", search["provider"], {one["holder__name"] for one in counted} - {None})]
                if several
                else []
            ),
        ],
        "count": f"{written_number(pages.count)} of {written_number(total)} cases",
        "columns": [{"title": _word(head)} for head in ("case", *heads)] + ([{"title": ""}] if editable else []),
        "rows": rows,
        "pages": _pages(page, kept) if pages.num_pages > 1 else None,
        "downloads": [
            {
                "format": "CSV",
                "href": f"{address('cases_csv', asked, planned.code)}{f'?{urlencode(kept)}' if kept else ''}",
                "about": "the cases shown",
            }
        ],
    }


def _heads(planned: Planned) -> list[str]:
    return [*planned.characteristics, "provider", "ldu", "practitioner"]


def _heads_with_values(planned: Planned, page: Iterable[Case], *, several: bool) -> list[str]:
    """Return the heads of a page of the table: columns that may be left out only where something stands in them."""
    held = {"provider"} if several else set()
    for case in page:
        held |= {"ldu"} if case.characteristics.get("ldu") else set()
        held |= {"practitioner"} if case.practitioner else set()
    return [head for head in _heads(planned) if head in (*planned.characteristics, *held)]


def _word(head: str) -> str:
    return {"ldu": "LDU", "case": "Reference"}.get(head, head.replace("_", " ").capitalize())


def _cells(case: Case, heads: Sequence[str]) -> list[str]:
    about = {**case.characteristics, "practitioner": case.practitioner}
    return [str(about.get(head, "")) for head in heads]


def _select(name: str, label: str, value: str, choices: set[str]) -> dict[str, Any]:
    options = [{"value": "", "text": "Any"}, *({"value": one, "text": one} for one in sorted(choices))]
    return {"name": name, "kind": "select", "label": label, "value": value, "options": options}


def _pages(page: Any, kept: Mapping[str, str]) -> dict[str, Any]:
    where = f"{page.start_index()} to {page.end_index()} of {page.paginator.count} cases"
    step = {
        "previous": page.previous_page_number() if page.has_previous() else None,
        "next": page.next_page_number() if page.has_next() else None,
    }
    return {"here": where, **{k: f"?{urlencode({**kept, 'page': n})}" if n else None for k, n in step.items()}}


def cases_as_rows(asked: Asked, planned: Planned, case_list: CaseList) -> tuple[list[str], Iterator[list[str]]]:
    """Return the cases as the page shows them, narrowed by the same filters, as heads and rows."""
    heads = _heads(planned)
    cases = _narrowed(asked, case_list, _search(asked)).select_related("home", "host")
    rows = (
        [
            case.reference,
            *_cells(case, heads),
            case.home.full_name if case.home else "",
            case.host.full_name if case.host else "",
        ]
        for case in cases
    )
    return ["case", *heads, "home", "host"], rows


def upload(asked: Asked, planned: Planned, needed: ListAsked, listed: int) -> dict[str, Any]:
    """Return what stands beside the form: the heads, which are needed, and files to start from."""
    divided = "The list is divided by it before the draw. "
    heads = [
        {
            "head": head,
            "needed": head in needed.required,
            "says": EXPLAINED.get(head, divided if head in planned.strata else "Compared between sample and list."),
        }
        for head in needed.heads
    ]
    return {
        "heads": heads,
        "listed": listed,
        "eligible": in_language(planned.plan.eligible),
        "providers": [body.full_name for body in needed.providers],
        "templates": _templates(asked, planned.code),
        "back": address("list", asked, planned.code),
        "here": address("upload", asked, planned.code),
    }


def uploaded(asked: Asked, planned: Planned, found: ListUpload, *, again: bool) -> dict[str, Any]:
    """Return what came of a file: counts, and its faults in groups by what is wrong."""
    kind = planned.code
    groups: dict[str, list[dict[str, Any]]] = {}
    for fault in found.faults:
        groups.setdefault(fault["code"], []).append(fault)
    may = asked.may("case_list.upload")
    waiting = len({fault["row"] for fault in found.faults if fault["row"] and fault["row"] > 1})
    return {
        "upload": found,
        "again": again,
        "accepted": found.added + found.changed + found.unchanged,
        "waiting": waiting,
        "whole_file": bool(found.faults) and not found.added + found.changed + found.unchanged and not waiting,
        "groups": [_group(place, code, faults) for place, (code, faults) in enumerate(groups.items(), 1)],
        "errors": [
            {"text": f"{TITLES[Wrong(code)]}: {_where(faults)}", "href": f"#faults-{place}"}
            for place, (code, faults) in enumerate(groups.items(), 1)
        ],
        "downloads": [
            {
                "format": form.upper(),
                "href": address("corrected", asked, kind, found.public_id, form),
                "about": "the rows",
            }
            for form in (("csv", "xlsx") if may and found.faulty_rows else ())
        ],
        "upload_href": address("upload", asked, kind) if may and found.case_list.is_open else "",
        "list_href": address("list", asked, kind),
    }


def _where(faults: Sequence[Mapping[str, Any]]) -> str:
    """Say in which rows and columns something is wrong, as the file has them: row 14, column disposal."""
    rows = sorted({fault["row"] for fault in faults if fault["row"]})
    heads = list(dict.fromkeys(fault["column"] for fault in faults if fault["column"] not in ("", WHOLE_ROW)))
    columns = f"{'column' if len(heads) == 1 else 'columns'} {joined(heads)}" if heads else ""
    if set(rows) <= {1}:
        return columns or "the whole file"
    if len(rows) > ROWS_NAMED:
        place = f"{written_number(len(rows))} rows, the first is row {written_number(rows[0])}"
    else:
        place = f"{'row' if len(rows) == 1 else 'rows'} {joined([written_number(row) for row in rows])}"
    return f"{place}, {columns}" if columns else place


def _group(place: int, code: str, faults: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    columns = [
        {"title": "Row", "numeric": True},
        {"title": "Column"},
        {"title": "What is wrong"},
        {"title": "What to do"},
    ]
    rows = [
        [fault["row"] or "", fault["column"], _sentence(fault["why"]), fault["remedy"]]
        for fault in faults[:FAULTS_SHOWN]
    ]
    return {
        "place": place,
        "title": TITLES[Wrong(code)],
        "columns": columns,
        "rows": rows,
        "rest": max(0, len(faults) - FAULTS_SHOWN),
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def to_mend(planned: Planned, found: ListUpload) -> tuple[list[str], list[list[str]]]:
    """Return the rows of an upload that have to be mended, what is wrong with each in the last column."""
    places = [place for place, head in enumerate(found.heads) if head in (*OWN, *planned.characteristics)]
    rows = [[row["cells"][place] for place in places] + [row["wrong"]] for row in found.faulty_rows]
    return [*(found.heads[place] for place in places), WHAT_IS_WRONG], rows
