"""The team of an inspection: who is in it, who joins, whose part ends, who leads."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspectorate.inspections.actions import change_lead, join_team, leave_team
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.forms import EndForm, JoinForm, LeadForm
from inspectorate.inspections.models import TeamMember
from inspectorate.inspections.pages import team as shown
from inspectorate.inspections.pages.interests import interests
from inspectorate.inspections.queries import may_in, visible_to
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.models import User

DONE = {
    "joined": "The team has grown by one",
    "ended": "Their part in the team has ended; what they wrote stays",
    "lead": "The inspection has a new lead",
}


@require_safe
@inspection_page("inspection.plan")
def interests_page(asked: Asked) -> HttpResponse:
    """Show the interests that bear on the inspection, and what came of them."""
    return asked.page("inspections/interests.html", interests(asked.inspection), last="Interests")


@require_safe
@inspection_page("inspection.plan")
def team_page(asked: Asked) -> HttpResponse:
    """Show the team, who was in it, and who can come into it."""
    return _team(asked)


@require_POST
@inspection_page("inspection.plan")
def join_view(asked: Asked) -> HttpResponse:
    """Take somebody into the team."""
    told = shown.team_page(asked.inspection)
    form = JoinForm(asked.request.POST, people=told["choices"])
    if not form.is_valid():
        return _team(asked, form)
    user = User.objects.get(public_id=form.cleaned_data["person"])
    try:
        join_team(inspection=asked.inspection, user=user, role=shown.role_of(user), by=asked.by)
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return _team(asked, form)
    return _done(asked, "joined")


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("inspection.plan")
def end_page(asked: Asked, member: str) -> HttpResponse:
    """Ask why somebody's part ends, and end it."""
    found = _member(asked, member)
    form = EndForm(asked.request.POST if asked.request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            leave_team(member=found, why=form.cleaned_data["why"], by=asked.by)
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return _done(asked, "ended")
    return asked.page(
        "inspections/team_end.html", {"form": form, "member": found}, last="End a part", status=_status(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("inspection.plan")
def lead_page(asked: Asked) -> HttpResponse:
    """Ask who leads from now on and why, and change the lead in one step."""
    lead, people = shown.lead_page(asked.inspection)
    given = asked.request.POST if asked.request.method == "POST" else None
    form = LeadForm(given, people=people, has_lead=lead is not None, initial={"stays": True})
    if form.is_bound and form.is_valid():
        user = User.objects.get(public_id=form.cleaned_data["person"])
        stays = bool(form.cleaned_data.get("stays"))
        try:
            change_lead(inspection=asked.inspection, user=user, why=form.cleaned_data["why"], stays=stays, by=asked.by)
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return _done(asked, "lead")
    context = {"form": form, "lead": lead, "people": people}
    return asked.page("inspections/team_lead.html", context, last="Change the lead", status=_status(form))


def _team(asked: Asked, form: JoinForm | None = None) -> HttpResponse:
    told = shown.team_page(asked.inspection)
    form = form or JoinForm(people=told["choices"])
    done = DONE.get(asked.request.GET.get("done", ""))
    return asked.page("inspections/team.html", {**told, "form": form, "done": done}, last="Team", status=_status(form))


def _status(form: JoinForm | EndForm | LeadForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _done(asked: Asked, what: str) -> HttpResponse:
    """Go back to the team; whoever has left it goes where they may still be."""
    still = visible_to(asked.person).filter(pk=asked.inspection.pk).first()
    if still is None:
        return redirect("inspections:list")
    below = "team/" if may_in(asked.person, "inspection.plan", still) else ""
    return redirect(f"{asked.inspection.get_absolute_url()}{below}?done={what}")


def _member(asked: Asked, public_id: str) -> TeamMember:
    found = asked.inspection.team.select_related("user", "inspection").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
