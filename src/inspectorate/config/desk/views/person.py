"""One person: role, body, interests, what they hold; and what the chief inspector does about it."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from inspectorate.config.desk import people
from inspectorate.config.desk.forms import BodyForm, FootingForm, LeaveForm, ResetForm, RoleForm, SessionsForm, TeamForm
from inspectorate.fieldwork.actions import team_and_part, tie_and_part
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people import actions
from inspectorate.people.access import Person, may
from inspectorate.people.actions.ties import TIED_BY_CHIEF
from inspectorate.people.asking import rule_page
from inspectorate.people.factors import has_factor
from inspectorate.people.models import Role, Tie, User

DONE = {
    "added": _("Added. Send the invitation, so that they can set their password."),
    "footing": _("It is written down on what footing they work here."),
    "role": _("They are signed out, and have the role when they next sign in."),
    "tied": _("It is written down for whom they work."),
    "untied": _("It is ended, and kept with its end."),
    "invited": _("The invitation is sent: a link that works once, and for three days."),
    "reset": _("A link is sent to them. Nothing changes until they follow it and give their password."),
    "sessions": _("They are signed out everywhere; their account stays open."),
    "left": _("The account is closed, and every session of it ended. What they did is kept."),
    "readmitted": _("The account is open again, with the role it had."),
}


def _user(public_id: str) -> User:
    return get_object_or_404(User.objects.prefetch_related("ties"), public_id=public_id)


def _page(request: HttpRequest, asker: Person, user: User, **given: Any) -> HttpResponse:
    """Render the page of a person; ``given`` may hold a form that was refused, and the status."""
    ties = sorted(user.ties.all(), key=lambda tie: tie.declared_at, reverse=True)
    shown = people.named(ties)
    words = request.POST.get("find") or request.GET.get("find") or ""
    found, teams = people.find(words), people.teams_of(user)
    told = {
        "user": user,
        "works": [shown[tie.pk] for tie in ties if people.works(tie)],
        "interests": [shown[tie.pk] for tie in ties if not people.works(tie)],
        "held": people.held_by(user, asker),
        "manages": may(asker, "people.manage"),
        "ties": may(asker, "people.tie"),
        "oversees": user.role == Role.OVERSEER,
        "footing_form": FootingForm(initial={name: getattr(user, name) for name in FootingForm.base_fields}),
        "tied_by_chief": user.role in TIED_BY_CHIEF,
        "words": words,
        "found": found,
        "has_factor": has_factor(user),
        "reset_form": ResetForm(),
        "sessions_form": SessionsForm(),
        "role_form": RoleForm(initial={"role": user.role}),
        "body_form": BodyForm(found),
        "team_form": TeamForm(teams),
        "teams": teams,
        "done": DONE.get(request.GET.get("done", "")),
    }
    status = given.pop("status", 200)
    return render(request, "desk/person.html", told | given, status=status)


@require_safe
@rule_page("people.read")
def person_page(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Show one person."""
    return _page(request, person, _user(user_id))


def _told(code: str, user: User) -> HttpResponse:
    return redirect(f"/people/{user.public_id}/?done={code}")


def _do(request: HttpRequest, asker: Person, user: User, act: Callable[[], object], code: str) -> HttpResponse:
    """Act and go back to the page of the person; a refusal is shown at its top."""
    try:
        act()
    except RefusedError as error:
        return _page(request, asker, user, refusal=error.sentence, status=409)
    return _told(code, user)


@require_POST
@rule_page("people.manage")
def change_role(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Give somebody another role."""
    user, form = _user(user_id), RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, person, user, role_form=form, wrong=form, status=400)
    given = {"user": user, "role": form.cleaned_data["role"], "by": person.name}
    return _do(request, person, user, lambda: actions.give_role(**given), "role")


@require_POST
@rule_page("people.manage")
def change_footing(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Write down on what footing somebody works here, and until when."""
    user, form = _user(user_id), FootingForm(request.POST)
    if not form.is_valid():
        return _page(request, person, user, footing_form=form, wrong=form, status=400)
    footing = actions.Footing(**form.cleaned_data)
    return _do(
        request, person, user, lambda: actions.set_footing(user=user, footing=footing, by=person.name), "footing"
    )


@require_POST
@rule_page("people.tie")
def tie(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Write down for which body somebody works."""
    user, form = _user(user_id), BodyForm(people.find(request.POST.get("find", "")), request.POST)
    if not form.is_valid():
        return _page(request, person, user, body_form=form, wrong=form, status=400)
    given = {"user": user, "body": form.cleaned_data["body"], "by": person.name}
    return _do(request, person, user, lambda: tie_and_part(**given), "tied")


@require_POST
@rule_page("people.tie")
def tie_team(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Write down in which team of the body somebody works."""
    user = _user(user_id)
    form = TeamForm(people.teams_of(user), request.POST)
    if not form.is_valid():
        return _page(request, person, user, team_form=form, wrong=form, status=400)
    team = form.cleaned_data["team"]
    return _do(request, person, user, lambda: team_and_part(user=user, team=team, by=person.name), "tied")


@require_POST
@rule_page("people.tie")
def untie(request: HttpRequest, person: Person, user_id: str, tie_id: str) -> HttpResponse:
    """End that somebody works for a body."""
    user = _user(user_id)
    held = get_object_or_404(Tie, user=user, public_id=tie_id)
    return _do(request, person, user, lambda: actions.untie(tie=held, by=person.name), "untied")


@require_POST
@rule_page("people.manage")
def send_invitation(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Send somebody the link by which they set their password."""
    user = _user(user_id)

    def act() -> None:
        path = actions.invite(user=user, by=person.name)
        get_adapter(request).send_invitation(request, user, path)

    return _do(request, person, user, act, "invited")


@require_POST
@rule_page("people.manage")
def offer_reset(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Send somebody who lost their second factor the link by which they begin anew."""
    user, form = _user(user_id), ResetForm(request.POST)
    if not form.is_valid():
        return _page(request, person, user, reset_form=form, wrong=form, status=400)

    def act() -> None:
        path = actions.offer_reset(user=user, why=form.cleaned_data["reset_why"], by=person.name)
        get_adapter(request).send_reset(request, user, path)

    return _do(request, person, user, act, "reset")


@require_POST
@rule_page("people.manage")
def end_sessions(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """End every session of somebody, with the reason."""
    user, form = _user(user_id), SessionsForm(request.POST)
    if not form.is_valid():
        return _page(request, person, user, sessions_form=form, wrong=form, status=400)
    given = {"user": user, "why": form.cleaned_data["sessions_why"], "by": person.name}
    return _do(request, person, user, lambda: actions.end_sessions_of(**given), "sessions")


@rule_page("people.manage")
def leave_page(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Show what somebody who leaves hands over, ask why, and close the account."""
    user, form = _user(user_id), LeaveForm(request.POST or None)
    if form.is_valid():
        try:
            actions.deactivate(user=user, why=form.cleaned_data["why"], by=person.name)
        except RefusedError as error:
            form.add_error(None, forms.ValidationError(error.sentence, code=error.code))
        else:
            return _told("left", user)
    told = {"user": user, "form": form, "held": people.held_by(user, person)}
    return render(request, "desk/leave.html", told)


@require_POST
@rule_page("people.manage")
def readmit(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Open the account of somebody who comes back."""
    user = _user(user_id)
    return _do(request, person, user, lambda: actions.readmit(user=user, by=person.name), "readmitted")
