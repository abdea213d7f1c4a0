"""My account, and my interests: declared by oneself, and withdrawn by oneself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from inspectorate.config.desk import people
from inspectorate.config.desk.forms import InterestForm
from inspectorate.fieldwork.actions import declare_body_interest
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people import actions
from inspectorate.people.access import SELF, Person, may
from inspectorate.people.asking import rule_page
from inspectorate.people.models import Role, Tie

CHANGED = {
    "password": _("Your password is changed. Everywhere else you are signed out."),
    "declared": _(
        "Your interest is written down. You no longer find the inspections of that body, and are in no team of one."
    ),
    "withdrawn": _("Your interest is ended; it is kept with its end."),
}


def _page(request: HttpRequest, person: Person, **given: Any) -> HttpResponse:
    """Render my page; ``given`` may hold a form that was refused, and the status."""
    ties = list(person.user.ties.order_by("-declared_at", "pk")) if person.user else []
    shown = people.named(ties)
    words = request.POST.get("find") or request.GET.get("find") or ""
    found = people.find(words)
    told = {
        "person": person,
        "role": Role(person.role).label,
        "works": [shown[tie.pk] for tie in ties if people.works(tie)],
        "interests": [shown[tie.pk] for tie in ties if not people.works(tie)],
        "declares": may(person, "people.declare", {SELF}),
        "words": words,
        "found": found,
        "form": InterestForm(found),
        "done": CHANGED.get(request.GET.get("changed", "")),
    }
    status = given.pop("status", 200)
    return render(request, "desk/me.html", told | given, status=status)


@require_safe
@rule_page("account.own")
def me_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show my account and my interests."""
    return _page(request, person)


@require_POST
@rule_page("people.declare", {SELF})
def declare(request: HttpRequest, person: Person) -> HttpResponse:
    """Declare an interest of mine in a body."""
    form = InterestForm(people.find(request.POST.get("find", "")), request.POST)
    if not form.is_valid():
        return _page(request, person, form=form, wrong=form, status=400)
    asked = form.cleaned_data
    try:
        declare_body_interest(user=person.user, by=person.name, **asked)
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return _page(request, person, form=form, wrong=form, status=409)
    return redirect("/people/me/?changed=declared")


@require_POST
@rule_page("people.declare", {SELF})
def withdraw(request: HttpRequest, person: Person, tie_id: str) -> HttpResponse:
    """Withdraw an interest of mine."""
    held = get_object_or_404(Tie.objects.select_related("user"), user=person.user, public_id=tie_id)
    try:
        actions.end_interest(tie=held, by=person.name)
    except RefusedError as error:
        return _page(request, person, refusal=error.sentence, status=409)
    return redirect("/people/me/?changed=withdrawn")
