"""The week of an inspection and its dates."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspectorate.inspections.actions import move_date, put_back_date, set_week
from inspectorate.inspections.actions.week import OVER, WEEK_IS_OPEN
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.dates import InspectionDate, dates_of
from inspectorate.inspections.forms import MoveForm, WeekForm
from inspectorate.inspections.pages import dates as shown
from inspectorate.inspections.queries import suggestion_for
from inspectorate.methodology.refusals import RefusedError

DONE = {
    "week": "The week is set, and every date is worked out again",
    "moved": "The date is moved; the day that was worked out stands beside it",
    "back": "The date stands again where it was worked out",
}


@require_safe
@inspection_page("inspection.plan")
def dates_page(asked: Asked) -> HttpResponse:
    """Show every date with its reason, and the form of the week."""
    return _dates(asked)


@require_POST
@inspection_page("inspection.plan")
def week_view(asked: Asked) -> HttpResponse:
    """Set the week, and work out every date again."""
    form = WeekForm(asked.request.POST, announced=asked.inspection.announced_at is not None)
    if not form.is_valid():
        return _dates(asked, form)
    given = form.cleaned_data
    try:
        set_week(
            inspection=asked.inspection,
            monday=given["monday"],
            weeks=given["weeks"],
            why=given.get("why", ""),
            by=asked.by,
        )
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return _dates(asked, form)
    return _done(asked, "week")


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("inspection.plan")
def move_page(asked: Asked, code: str) -> HttpResponse:
    """Ask where one date moves and why, and move it."""
    one = _date(asked, code)
    form = MoveForm(asked.request.POST if asked.request.method == "POST" else None, initial={"on": one.on.isoformat()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            move_date(inspection=asked.inspection, code=code, on=given["on"], why=given["why"], by=asked.by)
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return _done(asked, "moved")
    context = {"form": form, "one": one, "when": shown.span(one)}
    status = 422 if form.is_bound else 200
    return asked.page("inspections/date.html", context, last="Move a date", status=status)


@require_POST
@inspection_page("inspection.plan")
def back_view(asked: Asked, code: str) -> HttpResponse:
    """Put a date that was moved back where it was worked out."""
    put_back_date(inspection=asked.inspection, code=code, by=asked.by)
    return _done(asked, "back")


def _dates(asked: Asked, form: WeekForm | None = None) -> HttpResponse:
    inspection = asked.inspection
    dates = dates_of(inspection)
    move = "" if inspection.state in OVER else f"{inspection.get_absolute_url()}dates/"
    initial = {
        "monday": inspection.fieldwork_on.isoformat() if inspection.fieldwork_on else "",
        "weeks": inspection.fieldwork_weeks,
    }
    form = form or WeekForm(initial=initial, announced=inspection.announced_at is not None)
    given = {
        "dates": shown.table(dates, move=move),
        "form": form,
        "open": inspection.state in WEEK_IS_OPEN,
        "moved": sum(one.worked_out_on is not None for one in dates),
        "suggested": suggestion_for(inspection),
        "done": DONE.get(asked.request.GET.get("done", "")),
    }
    return asked.page("inspections/dates.html", given, last="Dates", status=422 if form.is_bound else 200)


def _done(asked: Asked, what: str) -> HttpResponse:
    return redirect(f"{asked.inspection.get_absolute_url()}dates/?done={what}")


def _date(asked: Asked, code: str) -> InspectionDate:
    one = next((one for one in dates_of(asked.inspection) if one.code == code), None)
    if one is None:
        raise Http404
    return one
