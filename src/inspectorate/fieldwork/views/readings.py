"""Who read the cases of an inspection: the page, its file, and answering an alarm."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.fieldwork import readings
from inspectorate.fieldwork.actions import answer_alarm
from inspectorate.fieldwork.forms import AnswerAlarm
from inspectorate.fieldwork.readings import ReadingSearch
from inspectorate.fieldwork.refusals import RefusedError
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.access import NotAllowedError
from inspectorate.people.models import Alarm, Reading
from inspectorate.register.downloads import as_csv

if TYPE_CHECKING:
    from django.core.paginator import Page

PAGE = 50
MOST_IN_A_FILE = 50_000


@require_safe
@inspection_page("readings.answer")
def readings_page(asked: Asked) -> HttpResponse:
    """Show who read which case when, the latest first, and the alarms about it."""
    search = ReadingSearch.read(asked.request.GET)
    page = Paginator(readings.readings_of(asked.person, asked.inspection, search), PAGE).get_page(
        asked.request.GET.get("page")
    )
    shown = list(page.object_list)
    known = readings.references(asked.inspection, shown)
    chosen = {name: value for name, value in vars(search).items() if value}
    given = {
        "alarms": list(readings.alarms_of(asked.inspection)),
        "mine": asked.person.user,
        "columns": [{"title": title} for title in readings.COLUMNS],
        "rows": [readings.row(one, known) for one in shown],
        "fields": _fields(asked, search),
        "count": f"{page.paginator.count} reading{'' if page.paginator.count == 1 else 's'}",
        "pages": _steps(page, chosen) if page.paginator.num_pages > 1 else None,
        "narrowed": bool(chosen),
        "csv": [
            {
                "format": "CSV",
                "href": f"{reverse('fieldwork:readings_csv', args=[asked.inspection.public_id])}?{urlencode(chosen)}",
                "about": "the readings",
            }
        ],
        "done": asked.request.GET.get("done") == "answered",
    }
    return asked.page("fieldwork/readings.html", given, last="Who read what")


def _fields(asked: Asked, search: ReadingSearch) -> list[dict[str, Any]]:
    def select(name: str, label: str, value: str, choices: Any) -> dict[str, Any]:
        options = [{"value": "", "text": "All"}, *({"value": code, "text": words} for code, words in choices)]
        return {"name": name, "kind": "select", "label": label, "value": value, "options": options}

    return [
        select("who", "Who", search.who, readings.readers_of(asked.inspection)),
        select("way", "How", search.way, Reading.Way.choices),
        select("because", "What they had to do with it", search.because, Reading.Because.choices),
    ]


def _steps(page: "Page[Reading]", chosen: dict[str, str]) -> dict[str, str | None]:
    return {
        "here": f"{page.start_index()} to {page.end_index()} of {page.paginator.count} readings",
        "previous": f"?{urlencode({**chosen, 'page': page.number - 1})}" if page.has_previous() else None,
        "next": f"?{urlencode({**chosen, 'page': page.number + 1})}" if page.has_next() else None,
    }


@require_safe
@inspection_page("readings.answer")
def readings_csv(asked: Asked) -> HttpResponse:
    """Hand over the readings, narrowed as on the page, the latest first."""
    search = ReadingSearch.read(asked.request.GET)
    found = list(readings.readings_of(asked.person, asked.inspection, search)[:MOST_IN_A_FILE])
    known = readings.references(asked.inspection, found)
    return as_csv("readings", readings.HEAD, (readings.line(one, known) for one in found))


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("readings.answer")
def alarm_page(asked: Asked, alarm: str) -> HttpResponse:
    """Ask what came of looking at an unusual reading, and write it down."""
    held = Alarm.objects.filter(inspection=asked.inspection.public_id, public_id=alarm).select_related("reader").first()
    if held is None:
        raise Http404
    back = reverse("fieldwork:readings", args=[asked.inspection.public_id])
    form = AnswerAlarm(asked.request.POST or None)
    if asked.request.method == "POST" and form.is_valid():
        try:
            answer_alarm(inspection=asked.inspection, alarm=held, answer=form.cleaned_data["answer"], by=asked.person)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(f"{back}?done=answered")
    given = {
        "form": form,
        "title": "Answer an alarm",
        "says": f"{held.reader.full_name}, {held.get_kind_display().lower()}. Ask them what they needed the cases for. "
        "What you write here stays with the alarm, and the auditor reads it.",
        "do": "Write it down",
        "back": back,
    }
    return asked.page("fieldwork/reason.html", given, last="Answer an alarm", status=422 if form.errors else 200)
