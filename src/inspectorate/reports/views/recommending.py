"""Recommendations: those being written for the team, those that were sent for the body."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.models import Inspection
from inspectorate.register.downloads import as_csv
from inspectorate.register.models import Body
from inspectorate.reports import pages
from inspectorate.reports.actions import (
    Recommended,
    add_recommendation,
    change_recommendation,
    move_recommendation,
    take_out_recommendation,
)
from inspectorate.reports.figures import replaced
from inspectorate.reports.forms import RecommendationForm
from inspectorate.reports.models import Recommendation
from inspectorate.reports.queries import Building, building_of, latest_draft, signed_report
from inspectorate.reports.refusals import RefusedError
from inspectorate.reports.states import is_signed
from inspectorate.ui.words import in_language, written_date

HEAD = ("number", "recommendation", "addressee", "by_when", "rests_on")
RESTED_ON = ("score", "rating", "finding")


@require_safe
@inspection_page("followup.read")
def recommendations_page(asked: Asked) -> HttpResponse:
    """Show the recommendations: as they are written to those who may read that, as they were sent to the body."""
    rows, building = _rows(asked)
    counts = Counter(row["addressee"] for row in rows)
    href = reverse("reports:recommendations_csv", args=[asked.inspection.public_id])
    given = {
        "rows": rows,
        "counts": {
            "columns": [{"title": "Addressed to"}, {"title": "Recommendations", "numeric": True}],
            "rows": [[name, count] for name, count in counts.most_common()],
        },
        "written_now": building is not None,
        "can_write": building is not None and asked.may("report.write") and pages.writing(asked.inspection),
        "downloads": [{"format": "CSV", "href": href, "about": "the recommendations"}],
        "new_href": reverse("reports:new_recommendation", args=[asked.inspection.public_id]),
    }
    return asked.page("reports/recommendations.html", given, last="Recommendations")


def _rows(asked: Asked) -> tuple[list[dict[str, Any]], Building | None]:
    """Return the recommendations that this person may read, and the report where they are still being written."""
    if asked.may("report.read") and not is_signed(asked.inspection):
        building = building_of(asked.inspection)
        return [_written(number, row, building) for number, row in enumerate(building.recommendations, 1)], building
    frozen = signed_report(asked.inspection) or latest_draft(asked.inspection)
    content = frozen.content if frozen else {"recommendations": []}
    return [row | {"text": str(in_language(row["text"]))} for row in content["recommendations"]], None


def _written(number: int, row: Recommendation, building: Building) -> dict[str, Any]:
    figure = building.figures.get(row.rests_on.strip("{}"))
    return {
        "number": number,
        "id": row.public_id,
        "text": replaced(row.text, building.figures),
        "addressee": row.addressee,
        "by_when": row.by_when.isoformat() if row.by_when else None,
        "rests_on": f"{figure.about}: {figure.value or 'not known yet'}" if figure else row.rests_on,
        "last": number == len(building.recommendations),
    }


@require_safe
@inspection_page("followup.read")
def recommendations_csv_page(asked: Asked) -> HttpResponse:
    """Hand out the recommendations that the page shows as CSV."""
    rows, _ = _rows(asked)
    lines = [[row["number"], row["text"], row["addressee"], row["by_when"], row["rests_on"]] for row in rows]
    return as_csv("recommendations", HEAD, lines)


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("report.write")
def new_recommendation_page(asked: Asked) -> HttpResponse:
    """Ask for a recommendation, and add it."""
    form, status = _form(asked, None), 200
    if asked.request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                add_recommendation(inspection=asked.inspection, recommended=_given(form), by=asked.by)
                return redirect("reports:recommendations", asked.inspection.public_id)
            except RefusedError as error:
                form.add_error(None, error.sentence)
                status = 409
    return asked.page("reports/recommendation.html", {"form": form}, last="Add a recommendation", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("report.write")
def recommendation_page(asked: Asked, row_id: str) -> HttpResponse:
    """Show one recommendation to be changed, and change it."""
    row = _row_or_404(asked.inspection, row_id)
    form, given, status = _form(asked, row), {"row": row}, 200
    if asked.request.method == "POST":
        status = 422
        if form.is_valid():
            seen = form.cleaned_data["revision"] or 0
            try:
                change_recommendation(recommendation=row, recommended=_given(form), revision=seen, by=asked.by)
                return redirect("reports:recommendations", asked.inspection.public_id)
            except RefusedError as error:
                form.add_error(None, error.sentence)
                given, status = given | {"theirs": row if seen != row.revision else None}, 409
    given["form"] = form
    return asked.page("reports/recommendation.html", given, last="Change a recommendation", status=status)


def _form(asked: Asked, row: Recommendation | None) -> RecommendationForm:
    inspected = list(Body.objects.filter(inspected_in__inspection=asked.inspection).order_by("name"))
    others = Body.objects.filter(ended_on__isnull=True, invented=asked.inspection.invented)
    bodies = [*inspected, *others.exclude(pk__in=[body.pk for body in inspected]).order_by("name", "kind")]
    if row and row.addressee_body and row.addressee_body not in bodies:
        bodies.append(row.addressee_body)
    figures = [
        (figure.braced, f"{figure.about[:90]}: {figure.value or 'not known yet'}")
        for figure in building_of(asked.inspection).figures.values()
        if figure.token.partition(":")[0] in RESTED_ON
    ]
    initial: dict[str, Any] = {"body": inspected[0].public_id if inspected else ""}
    if row:
        initial = {
            "text": row.text,
            "body": row.addressee_body.public_id if row.addressee_body else "",
            "organisation": "" if row.addressee_body else row.addressee,
            "by_when": written_date(row.by_when),
            "rests_on": row.rests_on,
            "revision": row.revision,
        }
    return RecommendationForm(asked.request.POST or None, bodies=bodies, figures=figures, initial=initial)


def _given(form: RecommendationForm) -> Recommended:
    given = form.cleaned_data
    return Recommended(
        text=given["text"],
        body=form.addressed,
        organisation=given["organisation"],
        by_when=given["by_when"],
        rests_on=given["rests_on"],
    )


def _row_or_404(inspection: Inspection, row_id: str) -> Recommendation:
    found = Recommendation.objects.filter(inspection=inspection, public_id=row_id, place__isnull=False)
    row = found.select_related("addressee_body", "inspection").first()
    if row is None:
        raise Http404
    return row


@require_POST
@inspection_page("report.write")
def move_recommendation_page(asked: Asked, row_id: str) -> HttpResponse:
    """Put a recommendation at the place that was asked for; asked twice, it stands there all the same."""
    row = _row_or_404(asked.inspection, row_id)
    to = asked.request.POST.get("to", "")
    if to.isdecimal():
        move_recommendation(recommendation=row, to=int(to), by=asked.by)
    return redirect("reports:recommendations", asked.inspection.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("report.write")
def take_out_recommendation_page(asked: Asked, row_id: str) -> HttpResponse:
    """Ask whether a recommendation is to be taken out, and take it out."""
    row = _row_or_404(asked.inspection, row_id)
    if asked.request.method == "POST":
        take_out_recommendation(recommendation=row, by=asked.by)
        return redirect("reports:recommendations", asked.inspection.public_id)
    return asked.page("reports/take_out.html", {"row": row}, last="Take a recommendation out")
