"""Signing a report off, reading a signed one, and reopening it, which takes two people."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.people.models import Reading, User
from inspectorate.reports import shown
from inspectorate.reports.actions import agree_to_reopen, ask_to_reopen, decline_to_reopen, sign_off_report
from inspectorate.reports.documents import pdf
from inspectorate.reports.forms import ReasonForm
from inspectorate.reports.models import SignedReport
from inspectorate.reports.queries import latest_draft, open_reopening, sign_off_holds, signed_report
from inspectorate.reports.refusals import RefusedError
from inspectorate.reports.views.copies import note_copy
from inspectorate.reports.views.drafts import as_pdf


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("report.sign_off")
def sign_off_page(asked: Asked) -> HttpResponse:
    """Show what is signed off and what stands in its way, and sign it off."""
    refused, status = "", 200
    if asked.request.method == "POST":
        try:
            signed = sign_off_report(inspection=asked.inspection, by=asked.by)
            return redirect("reports:signed", asked.inspection.public_id, signed.number)
        except RefusedError as error:
            refused, status = error.sentence, 409
    draft, checking = latest_draft(asked.inspection), asked.inspection.state == "checking"
    holds = sign_off_holds(asked.inspection, draft) if checking else set()
    given = {
        "draft": draft,
        "checking": checking,
        "unmet": INSPECTION.unmet("sign_off", holds) if checking else (),
        "still_open": draft is not None and timezone.localdate() <= draft.due_on,
        "refused": refused,
    }
    return asked.page("reports/sign_off.html", given, last="Sign off", status=status)


@require_safe
@inspection_page("report.signed")
def signed_page(asked: Asked, number: int) -> HttpResponse:
    """Show a signed report."""
    signed = _signed_or_404(asked, number)
    href = reverse("reports:signed_pdf", args=[asked.inspection.public_id, number])
    given = {
        "signed": signed,
        "mark": note_copy(asked, "report", signed.public_id),
        "doc": shown.document(signed.content),
        "superseded_by": getattr(signed, "superseded_by", None),
        "downloads": [{"format": "PDF", "href": href, "about": "the report"}],
    }
    return asked.page("reports/signed.html", given, last="Signed report")


@require_safe
@inspection_page("report.signed")
def signed_pdf_page(asked: Asked, number: int) -> HttpResponse:
    """Hand out a signed report as PDF."""
    signed = _signed_or_404(asked, number)
    mark = note_copy(asked, "report", signed.public_id, Reading.Way.FILE)
    return as_pdf(pdf(signed, mark), f"report-{number}")


def _signed_or_404(asked: Asked, number: int) -> SignedReport:
    found = SignedReport.objects.filter(inspection=asked.inspection, number=number).select_related("superseded_by")
    signed: SignedReport | None = found.first()
    if signed is None:
        raise Http404
    return signed


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("report.reopen")
def reopen_page(asked: Asked) -> HttpResponse:
    """Ask to reopen the signed report, or agree to it or decline it."""
    if asked.request.method != "POST":
        return _reopening(asked, ReasonForm())
    verb = asked.request.POST.get("verb", "")
    form = ReasonForm(asked.request.POST if verb in ("ask", "decline") else None)
    try:
        if verb == "agree":
            agree_to_reopen(inspection=asked.inspection, by=asked.by)
            return redirect("reports:report", asked.inspection.public_id)
        if not form.is_valid():
            return _reopening(asked, form, status=422)
        act = ask_to_reopen if verb == "ask" else decline_to_reopen
        act(inspection=asked.inspection, reason=form.cleaned_data["reason"], by=asked.by)
    except RefusedError as error:
        return _reopening(asked, form, refused=error.sentence, status=409)
    return redirect("reports:reopen", asked.inspection.public_id)


def _reopening(asked: Asked, form: ReasonForm, *, refused: str = "", status: int = 200) -> HttpResponse:
    signed = signed_report(asked.inspection)
    open_now = signed is not None and asked.inspection.state == "signed_off"
    waiting = open_reopening(signed) if signed and open_now else None
    given = {
        "signed": signed,
        "open_now": open_now,
        "waiting": waiting,
        "own": waiting is not None and (waiting.asked_by_kind, waiting.asked_by_id) == asked.by,
        "asked_by": User.objects.filter(public_id=waiting.asked_by_id).first() if waiting else None,
        "form": form,
        "refused": refused,
    }
    return asked.page("reports/reopen.html", given, last="Reopen the report", status=status)
