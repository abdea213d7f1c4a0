"""Handing over files: what to start from, what has to be mended, the list as shown, what anybody draws again from."""

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.access import NotAllowedError
from inspectorate.people.models import Reading
from inspectorate.sampling import sheets, shown
from inspectorate.sampling.asking import list_or_404, note_list, planned_or_404
from inspectorate.sampling.queries import asked_of, draw_rows, hidden_from
from inspectorate.sampling.views.handing_in import upload_or_404

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@inspection_page("case_list.read")
def template(asked: Asked, kind: str, form: str) -> HttpResponse:
    """Hand over an empty file with the right heads."""
    heads = asked_of(asked.inspection, planned_or_404(asked, kind), asked.person).heads
    return _file(asked, f"{kind}-list", form, heads, [])


@require_safe
@inspection_page("case_list.upload")
def corrected(asked: Asked, kind: str, upload: str, form: str) -> HttpResponse:
    """Hand over the rows that were not accepted, each with what is wrong; mended, the file can be handed in again."""
    planned = planned_or_404(asked, kind)
    found = upload_or_404(asked, kind, upload)
    if not found.faulty_rows:
        raise Http404
    _ask_again(asked)
    note_list(asked, found.case_list, Reading.Way.FILE)
    heads, rows = shown.to_mend(planned, found)
    return _file(asked, f"{kind}-to-mend", form, heads, rows)


@require_safe
@inspection_page("case_list.read")
def cases(asked: Asked, kind: str) -> HttpResponse:
    """Hand over the cases as the page shows them, narrowed by the same filters."""
    planned = planned_or_404(asked, kind)
    held = list_or_404(asked, kind)
    _ask_again(asked)
    note_list(asked, held, Reading.Way.FILE)
    heads, rows = shown.cases_as_rows(asked, planned, held)
    return _file(asked, f"{kind}-cases", "csv", heads, rows)


@require_safe
@inspection_page("case_list.read")
def case_list(asked: Asked, kind: str) -> HttpResponse:
    """Hand over the list as it is digested: anybody can draw again from it."""
    planned_or_404(asked, kind)
    held = list_or_404(asked, kind)
    _refuse_interest(asked, kind)
    _ask_again(asked)
    note_list(asked, held, Reading.Way.FILE)
    rows = held.cases.order_by("reference").values_list("reference", "stratum")
    listed = ((reference, kind, stratum) for reference, stratum in rows)
    return _file(asked, f"{kind}-list-to-draw-from", "csv", ("case", "kind", "stratum"), listed)


@require_safe
@inspection_page("sample.read")
def drawn(asked: Asked, kind: str) -> HttpResponse:
    """Hand over the draw: every case in its order, with its hash, whether drawn or reserve, and what became of it."""
    planned_or_404(asked, kind)
    held = list_or_404(asked, kind)
    _refuse_interest(asked, kind)
    _ask_again(asked)
    note_list(asked, held, Reading.Way.FILE)
    heads = ("case", "kind", "stratum", "role", "order", "hash", "in_the_sample_now", "replaced_by", "reason")
    return _file(asked, f"{kind}-draw", "csv", heads, draw_rows(held))


def _ask_again(asked: Asked) -> None:
    """Have whoever carries cases away say once more who they are; not the body, whose own list it is."""
    if not asked.person.is_contact:
        asked.ask_again()


def _refuse_interest(asked: Asked, kind: str) -> None:
    """Refuse a whole list to whoever has an interest in a case on it: without the case it would not draw again."""
    mine = hidden_from(asked.person, asked.inspection)
    if mine and asked.inspection.case_lists.filter(kind=kind, cases__public_id__in=mine).exists():
        sentence = (
            "You have declared an interest in a case of this list, so the whole list is not for you: ask the lead."
        )
        raise NotAllowedError(sentence)


def _file(asked: Asked, name: str, form: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a file to be saved, never shown in place."""
    if form not in TYPES:
        raise Http404
    content = sheets.as_csv(heads, rows) if form == "csv" else sheets.as_xlsx(heads, rows)
    response = HttpResponse(content, content_type=TYPES[form])
    invented = "invented-" if asked.inspection.invented else ""
    title = slugify(asked.inspection.title)[:60].strip("-") or "inspection"
    response["Content-Disposition"] = f'attachment; filename="{invented}{title}-{slugify(name)}.{form}"'
    return response
