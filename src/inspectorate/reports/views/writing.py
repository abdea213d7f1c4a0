"""Writing a report: how far it is, each section with its figures to choose from, its versions, the preview."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.access import NotAllowedError
from inspectorate.reports import pages, shown
from inspectorate.reports.actions import Written, write_section
from inspectorate.reports.content import content_of
from inspectorate.reports.forms import ReasonForm, SectionForm, SendForm
from inspectorate.reports.prose import words_in
from inspectorate.reports.queries import (
    Building,
    building_of,
    counted,
    latest_draft,
    open_reopening,
    signed_report,
    versions_of,
)
from inspectorate.reports.refusals import RefusedError
from inspectorate.reports.sections import Section
from inspectorate.ui.words import written_date


@require_safe
@inspection_page("report.read")
def report_page(asked: Asked) -> HttpResponse:
    """Show how far the report is, what is missing, and what can be done next."""
    return overview(asked)


def overview(asked: Asked, forms: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Show the page of the report; ``forms`` are those that somebody has just sent and that were refused."""
    inspection = asked.inspection
    building, draft, signed = building_of(inspection), latest_draft(inspection), signed_report(inspection)
    comments, unanswered = counted(inspection) if inspection.state == "checking" else (0, 0)
    texts = [version.text for version in building.versions if version.language == "en"]
    given = {
        "building": building,
        "sections": pages.section_table(building),
        "words": sum(words_in(text) for text in texts),
        "empty": [one for one in building.sections if building.report.is_empty(one)],
        "missing": pages.missing(building),
        "writing": pages.writing(inspection),
        "draft": draft,
        "signed": signed,
        "reopening": open_reopening(signed) if signed and inspection.state == "signed_off" else None,
        "comments": comments,
        "unanswered": unanswered,
        "may_send": asked.may("report.send"),
        "sign_off_allowed": asked.may("report.sign_off"),
        "reopen_allowed": asked.may("report.reopen"),
        "send_form": SendForm(initial={"due_on": written_date(pages.suggested_due(inspection))}),
        "correct_form": ReasonForm(),
    }
    return asked.page("reports/report.html", {**given, **(forms or {})}, last="Report", status=status)


@dataclass(frozen=True)
class _Page:
    """One section to be written: who asks, the report as it stands, the section."""

    asked: Asked
    building: Building
    section: Section

    def answer(self, form: SectionForm | None = None, *, status: int = 200) -> HttpResponse:
        """Show the section, with the text of ``form`` where somebody has just sent one."""
        asked, building, section = self.asked, self.building, self.section
        current = pages.by_section(building).get(section.code, [])
        first = current[0] if current else None
        text = first.text if first else ""
        if form is None:
            form = SectionForm(initial={"text": text, "after": first.public_id if first else ""})
        else:
            text = form.data.get("text", "")
        given = {
            "section": section,
            "current": current,
            "beside": [(version, shown.sides("text", current[0].text, version.text)) for version in current[1:]],
            "form": form,
            "can_write": asked.may("report.write") and pages.writing(asked.inspection),
            "kept": "kept" in asked.request.GET and not form.is_bound,
            "words": words_in(text),
            "warnings": pages.warnings(text, building),
            "blocks": self._as_it_reads(text),
            "picker": pages.picker(building),
            "building": building,
            "versions_href": reverse("reports:versions", args=[asked.inspection.public_id, section.code]),
            **self._neighbours(),
        }
        return asked.page("reports/section.html", given, last=section.title["en"] or "", status=status)

    def _as_it_reads(self, text: str) -> list[dict[str, Any]]:
        """Return the section as it would stand in the report with this text."""
        texts = {**self.building.report.texts, self.section.code: {"en": text}}
        content = content_of(replace(self.building.report, texts=texts))
        parts = shown.document(content)["sections"]
        return next((part["blocks"] for part in parts if part["code"] == self.section.code), [])

    def _neighbours(self) -> dict[str, Any]:
        """Return the sections before and after this one, as links."""
        every = [None, *self.building.sections, None]
        place = every.index(self.section)
        return {
            name: one and {"text": one.title["en"], "href": pages.section_address(self.asked.inspection, one.code)}
            for name, one in (("before", every[place - 1]), ("after", every[place + 1]))
        }


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("report.read")
def section_page(asked: Asked, code: str) -> HttpResponse:
    """Show one section to be written, and keep what somebody writes."""
    building = building_of(asked.inspection)
    page = _Page(asked, building, _section(building, code))
    if asked.request.method != "POST":
        return page.answer()
    form = SectionForm(asked.request.POST)
    if not form.is_valid():
        return page.answer(form, status=422)
    if asked.request.POST.get("verb") == "preview":
        return page.answer(form)
    given = form.cleaned_data
    try:
        written = Written(code, given["text"], after=given["after"], settles=given["settles"])
        write_section(inspection=asked.inspection, written=written, by=asked.by)
    except NotAllowedError:
        raise
    except RefusedError as error:
        form.add_error("text", error.sentence)
        return page.answer(form, status=409)
    return redirect(f"{pages.section_address(asked.inspection, code)}?kept=1")


def _section(building: Building, code: str) -> Section:
    found = next((section for section in building.sections if section.code == code), None)
    if found is None:
        raise Http404
    return found


@require_safe
@inspection_page("report.read")
def versions_page(asked: Asked, code: str) -> HttpResponse:
    """Show every version of a section, each with what it changed."""
    building = building_of(asked.inspection)
    section = _section(building, code)
    versions = versions_of(asked.inspection, code).select_related("after", "settles")
    rows = [
        {
            "version": version,
            "words": words_in(version.text),
            "sides": shown.sides("text", version.after.text if version.after else "", version.text),
        }
        for version in versions
    ]
    given = {"section": section, "rows": rows, "back": pages.section_address(asked.inspection, code)}
    return asked.page("reports/versions.html", given, last=f"Versions of {section.title['en']}")


@require_safe
@inspection_page("report.read")
def preview_page(asked: Asked) -> HttpResponse:
    """Show the report as it would be sent now."""
    building = building_of(asked.inspection)
    given = {
        "doc": shown.document(building.content),
        "missing": pages.missing(building),
        "empty": [one for one in building.sections if building.report.is_empty(one)],
    }
    return asked.page("reports/preview.html", given, last="Preview of the report")
