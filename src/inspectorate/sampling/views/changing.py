"""Changing a sample after the draw: a case replaced, by one person or by two, and the sample extended."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.access import NotAllowedError
from inspectorate.sampling import sampled
from inspectorate.sampling.actions import decide_proposal, propose_extension, propose_replacement, replace_case
from inspectorate.sampling.asking import address, list_or_404, of_kind, planned_or_404
from inspectorate.sampling.forms import ExtendSample, ReplaceCase
from inspectorate.sampling.models import DrawnCase, Proposal, Replacement
from inspectorate.sampling.queries import hidden_from, reserve_of
from inspectorate.sampling.refusals import RefusedError
from inspectorate.ui.words import in_language


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("sample.replace")
def replace_page(asked: Asked, kind: str, case: str) -> HttpResponse:
    """Replace a case for a reason of the edition, or propose it to a second person."""
    planned = planned_or_404(asked, kind)
    place = _place_or_404(asked, kind, case)
    left = reserve_of(place.sample.case_list).filter(case__stratum=place.case.stratum)
    following = left.select_related("case").first()
    reasons = [(one.code, str(in_language(one.text))) for one in planned.plan.replacement_reasons]
    form = ReplaceCase(asked.request.POST or None, reasons=[*reasons, (Replacement.OTHER, "Another reason")])
    there = address("sample", asked, kind)
    if asked.request.method == "POST" and form.is_valid():
        reason, why = form.cleaned_data["reason"], form.cleaned_data["why"]
        try:
            if reason == Replacement.OTHER or following is None:
                propose_replacement(drawn_case=place, reason=reason, why=why, by=asked.by)
            else:
                replace_case(drawn_case=place, reason=reason, why=why, by=asked.by)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(there)
    given = {"form": form, "place": place, "following": following, "of_kind": of_kind(planned), "back": there}
    return asked.page("sampling/replace.html", given, last="Sample", status=422 if form.errors else 200)


def _place_or_404(asked: Asked, kind: str, case: str) -> DrawnCase:
    found = (
        DrawnCase.objects.filter(
            case__public_id=case, sample__case_list__kind=kind, sample__case_list__inspection=asked.inspection
        )
        .exclude(case__public_id__in=hidden_from(asked.person, asked.inspection))
        .select_related("case", "sample__case_list")
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("sample.confirm")
def proposal_page(asked: Asked, kind: str, proposal: str) -> HttpResponse:
    """Let a second person agree to a proposal or decline it, and whoever made it take it back."""
    planned = planned_or_404(asked, kind)
    found = (
        Proposal.objects.filter(
            Q(drawn_case__sample__case_list__kind=kind, drawn_case__sample__case_list__inspection=asked.inspection)
            | Q(sample__case_list__kind=kind, sample__case_list__inspection=asked.inspection),
            public_id=proposal,
        )
        .exclude(drawn_case__case__public_id__in=hidden_from(asked.person, asked.inspection))
        .select_related("drawn_case__case", "drawn_case__sample__case_list", "sample__case_list")
        .first()
    )
    if found is None:
        raise Http404
    there = address("sample", asked, kind)
    if asked.request.method == "POST":
        decide_proposal(proposal=found, agree=asked.request.POST.get("decision") == "agree", by=asked.by)
        return redirect(there)
    given = {"of_kind": of_kind(planned), "back": there, **sampled.proposed(asked, planned, found)}
    return asked.page("sampling/proposal.html", given, last="Sample")


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("sample.draw")
def extend_page(asked: Asked, kind: str) -> HttpResponse:
    """Ask that more cases come into the sample from its reserve."""
    planned = planned_or_404(asked, kind)
    case_list = list_or_404(asked, kind)
    if not hasattr(case_list, "sample"):  # nothing was drawn that could be extended
        raise Http404
    there = address("sample", asked, kind)
    form = ExtendSample(asked.request.POST or None)
    if asked.request.method == "POST" and form.is_valid():
        try:
            propose_extension(case_list=case_list, by=asked.by, **form.cleaned_data)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(there)
    given = {"form": form, "of_kind": of_kind(planned), "back": there, **sampled.to_extend(planned, case_list)}
    return asked.page("sampling/extend.html", given, last="Sample", status=422 if form.errors else 200)
