"""A case as those see it who do not assess it: how it stands, with whom it was, and what the lead can do about it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.fieldwork.actions import (
    declare_interest,
    hand_over,
    replace_assessed_case,
    withdraw_assessment,
)
from inspectorate.fieldwork.fitting import ALLOCATING
from inspectorate.fieldwork.forms import DeclareInterest, GiveReason, HandOver, LeaveSample
from inspectorate.fieldwork.listing import STATES
from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.queries import OPEN, WRITABLE, assessors_of, fit_to_take
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.fieldwork.views.asking import CaseAsked, case_page
from inspectorate.people.access import NotAllowedError
from inspectorate.people.gate import not_open
from inspectorate.people.models import User
from inspectorate.sampling.plans import kind_of
from inspectorate.sampling.queries import current_sample
from inspectorate.ui.words import in_language, written_date


@require_safe
@case_page("assessment.list")
def about_page(asked: CaseAsked) -> HttpResponse:
    """Show how the case stands."""
    return about(asked)


def about(asked: CaseAsked) -> HttpResponse:
    """Render how a case stands; answers are on the page of the check, for those who may read them."""
    assessments = list(asked.case.assessments.order_by("pk"))
    live = next((one for one in assessments if one.purpose == "live" and one.state in OPEN), None)
    allocations = list(asked.case.allocations.select_related("assessor").order_by("allocated_at", "pk"))
    in_sample = current_sample(asked.asked.inspection).filter(pk=asked.case.pk).exists()
    here = {user.pk for user in assessors_of(asked.asked.inspection)}
    given = {
        "live": live,
        "state": STATES[live.state if live else "unallocated"],
        "in_sample": in_sample,
        "facts": _facts(asked, live, allocations, here),
        "columns": [
            {"title": "Assessor"},
            {"title": "From", "dates": True},
            {"title": "Until", "dates": True},
            {"title": "Why it ended"},
        ],
        "rows": [_row(one) for one in allocations],
        "not_open": not_open(asked.relations),
        "check_href": f"{asked.href()}check/" if live and asked.may("assessment.read") else "",
        **_offers(asked, live, in_sample=in_sample),
    }
    return asked.page("fieldwork/about.html", given)


def _row(one: Any) -> list[Any]:
    until = written_date(timezone.localdate(one.ended_at)) if one.ended_at else ""
    return [one.assessor.full_name, written_date(timezone.localdate(one.allocated_at)), until, one.ended_because]


def _facts(asked: CaseAsked, live: Assessment | None, allocations: list[Any], here: set[int]) -> list[dict[str, Any]]:
    now = next((one for one in allocations if one.ended_at is None), None)
    with_ = now.assessor.full_name if now else "nobody"
    gone = now is not None and now.assessor_id not in here
    words = STATES[live.state][0] if live else ("Not begun" if now and not gone else "Not allocated")
    holder = asked.case.holder
    return [
        {"key": "Assessment", "value": words},
        {"key": "With", "value": with_, "note": "has left the team" if gone else ""},
        {"key": "Stratum", "value": asked.case.stratum},
        *([{"key": "Held by", "value": holder.name}] if holder else []),
    ]


def _offers(asked: CaseAsked, live: Assessment | None, *, in_sample: bool) -> dict[str, Any]:
    may, open_ = asked.may("case.allocate"), asked.asked.inspection.state in ALLOCATING
    fields = {"hand_over_href": "", "leave_href": "", "allocate_href": ""}
    if may and open_:
        fields["allocate_href"] = "" if live else reverse("fieldwork:allocate", args=[asked.asked.inspection.public_id])
        fields["hand_over_href"] = asked.href("hand_over") if live and live.state in WRITABLE else ""
    if may and (asked.may("sample.replace") if in_sample else live):
        fields["leave_href"] = asked.href("leave_sample")
    return fields


@require_http_methods(["GET", "HEAD", "POST"])
@case_page("assessment.list")
def declare_page(asked: CaseAsked) -> HttpResponse:
    """Say what declaring an interest means, and declare it."""
    form = DeclareInterest(asked.asked.request.POST or None)
    if asked.asked.request.method == "POST" and form.is_valid():
        declare_interest(case=asked.case, note=form.cleaned_data["note"], by=asked.asked.by)
        return redirect(f"{reverse('fieldwork:cases', args=[asked.asked.inspection.public_id])}?done=declared")
    given = {
        "form": form,
        "title": f"I know the person in case {asked.case.reference}",
        "says": "The case is then hidden from you and given to somebody else. "
        "What you have written in its assessment is kept, but does not count.",
        "do": "Declare it",
        "kind": "warning",
        "back": asked.href(),
    }
    return asked.page("fieldwork/reason.html", given, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@case_page("case.allocate")
def hand_over_page(asked: CaseAsked) -> HttpResponse:
    """Ask to whom an assessment goes and why, and hand it over."""
    live = asked.case.assessments.filter(purpose="live", state__in=OPEN).first()
    people = fit_to_take(asked.asked.inspection, asked.case, live)
    form = HandOver(asked.asked.request.POST or None, people=[(one.public_id, one.full_name) for one in people])
    if asked.asked.request.method == "POST" and form.is_valid():
        try:
            _handed_over(asked, live, form.cleaned_data)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(asked.href("about"))
    given = {
        "form": form,
        "title": f"Hand over the assessment of case {asked.case.reference}",
        "says": "Everything written in it goes to the new assessor, and the record keeps who wrote what. "
        "Only people who may have this case are in the list.",
        "do": "Hand it over",
        "back": asked.href("about"),
    }
    return asked.page("fieldwork/reason.html", given, status=422 if form.errors else 200)


def _handed_over(asked: CaseAsked, live: Assessment | None, given: dict[str, str]) -> None:
    if live is None:
        sentence = "Nobody has begun its assessment, or it was withdrawn meanwhile: give the case to somebody instead."
        raise RefusedError(Refusal.NOT_BEGUN, sentence)
    to = User.objects.get(public_id=given["to"])
    hand_over(assessment=live, to=to, why=given["why"], by=asked.asked.person)


@require_http_methods(["GET", "HEAD", "POST"])
@case_page("case.allocate")
def leave_sample_page(asked: CaseAsked) -> HttpResponse:
    """Let a case leave the sample with its assessment withdrawn; withdraw alone where it has left already."""
    in_sample = current_sample(asked.asked.inspection).filter(pk=asked.case.pk).exists()
    planned = kind_of(asked.asked.inspection, asked.case.kind)
    reasons = [(one.code, str(in_language(one.text))) for one in planned.plan.replacement_reasons] if planned else []
    data = asked.asked.request.POST or None
    form = LeaveSample(data, reasons=reasons) if in_sample else GiveReason(data)
    if asked.asked.request.method == "POST" and form.is_valid():
        try:
            _left(asked, form.cleaned_data, in_sample=in_sample)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(asked.href("about"))
    both = "Its assessment is withdrawn and the next case of the reserve comes in its place. What was written is kept."
    given = {
        "form": form,
        "title": f"Case {asked.case.reference} leaves the sample" if in_sample else "Withdraw the assessment",
        "says": both if in_sample else "The case has left the sample. What was written is kept, and does not count.",
        "do": "Replace the case" if in_sample else "Withdraw it",
        "kind": "warning",
        "back": asked.href("about"),
    }
    return asked.page("fieldwork/reason.html", given, status=422 if form.errors else 200)


def _left(asked: CaseAsked, given: dict[str, str], *, in_sample: bool) -> None:
    if in_sample:
        replace_assessed_case(case=asked.case, reason=given["reason"], why=given["why"], by=asked.asked.by)
        return
    live = asked.case.assessments.filter(purpose="live", state__in=OPEN).first()
    if live is not None:
        withdraw_assessment(assessment=live, why=given["why"], by=asked.asked.person)
