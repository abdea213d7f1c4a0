"""Clearances and training: one's own, everybody's, and what is asked for from when."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspectorate.config.desk import clearances
from inspectorate.config.desk.forms import ClearanceForm, ClearanceSearchForm, RequireForm, WithdrawForm
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people import actions
from inspectorate.people.access import Person, may
from inspectorate.people.asking import rule_page
from inspectorate.people.models import Clearance, User
from inspectorate.people.needed import programmes
from inspectorate.register.downloads import as_csv

PAGE = 50
DONE = {
    "recorded": _("It is written down, and opens cases from now on."),
    "withdrawn": _("It is withdrawn, and kept with the reason."),
    "asked": _("It is written down from when that is asked for."),
}


def _found(request: HttpRequest) -> tuple[clearances.Search, list[clearances.Line]]:
    search = ClearanceSearchForm(request.GET).search()
    return search, [line for line in clearances.lines_of(clearances.everybody()) if search.finds(line)]


@require_safe
@rule_page("clearances.read")
def clearances_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show how everybody stands, narrowed as asked."""
    search, found = _found(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in request.GET.items() if name in ("q", "kind", "state") and value}
    where = {"first": page.start_index(), "last": page.end_index(), "all": len(found)}
    steps = {
        "here": _("%(first)s to %(last)s of %(all)s") % where,
        "previous": f"?{urlencode(asked | {'page': page.number - 1})}" if page.has_previous() else None,
        "next": f"?{urlencode(asked | {'page': page.number + 1})}" if page.has_next() else None,
    }
    told = {
        "fields": clearances.fields(search),
        "count": _("%(n)s in all") % {"n": len(found)},
        "columns": [{"title": _("Who")}, *_columns()],
        "rows": [clearances.row(line) for line in page],
        "pages": steps if page.paginator.num_pages > 1 else None,
        "downloads": [{"format": "CSV", "href": f"clearances.csv?{urlencode(asked)}", "about": _("what is shown")}],
        "unsaid": clearances.unsaid() if may(person, "clearances.require") else 0,
    }
    return render(request, "desk/clearances.html", told)


@require_safe
@rule_page("clearances.read")
def clearances_csv(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - whoever may read the list
    """Hand over the same lines, all of them."""
    return as_csv("clearances", clearances.CSV_HEAD, (clearances.csv_line(line) for line in _found(request)[1]))


@require_safe
@rule_page("account.own")
def my_clearances(request: HttpRequest, person: Person) -> HttpResponse:
    """Show one's own: what holds until when, what is missing, and who writes it down."""
    return render(request, "desk/my_clearances.html", _standing(person.user) if person.user else {})


def _columns() -> list[dict[str, Any]]:
    dates = ({"title": head, "dates": True} for head in (_("Got on"), _("Last day")))
    return [{"title": _("What")}, {"title": _("How it stands")}, *dates]


def _standing(user: User) -> dict[str, Any]:
    lines = clearances.lines_of([user])
    return {
        "user": user,
        "columns": _columns(),
        "rows": [clearances.row(line)[1:] for line in lines],
        "recorded": clearances.recorded(user),
    }


def _user(public_id: str) -> User:
    return get_object_or_404(User, public_id=public_id)


def _page(request: HttpRequest, asker: Person, user: User, **given: Any) -> HttpResponse:
    """Render the page of a person; ``given`` may hold a form that was refused, and the status."""
    own = asker.user is not None and asker.user.pk == user.pk
    told = {
        "records": may(asker, "clearances.record") and not own and user.is_active,
        "withdraws": may(asker, "clearances.record") and not own,
        "own": own,
        "form": ClearanceForm(),
        "done": DONE.get(request.GET.get("done", "")),
        "kinds": programmes().kinds.values(),
    }
    status = given.pop("status", 200)
    return render(request, "desk/clearances_of.html", _standing(user) | told | given, status=status)


@require_safe
@rule_page("clearances.read")
def clearances_of(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Show the clearances and training of one person."""
    return _page(request, person, _user(user_id))


@require_POST
@rule_page("clearances.record")
def record_one(request: HttpRequest, person: Person, user_id: str) -> HttpResponse:
    """Write down that somebody has a clearance or a training."""
    user, form = _user(user_id), ClearanceForm(request.POST)
    if not form.is_valid():
        return _page(request, person, user, form=form, wrong=form, status=422)
    new = actions.NewClearance(**form.cleaned_data)
    try:
        actions.record_clearance(user=user, clearance=new, by=person.name)
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return _page(request, person, user, form=form, wrong=form, status=409)
    return redirect(f"/people/{user.public_id}/clearances/?done=recorded")


@require_http_methods(["GET", "HEAD", "POST"])
@rule_page("clearances.record")
def withdraw_one(request: HttpRequest, person: Person, user_id: str, clearance: str) -> HttpResponse:
    """Ask why a clearance or training does not hold, and withdraw it."""
    user = _user(user_id)
    held = get_object_or_404(Clearance.objects.select_related("user"), user=user, public_id=clearance)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.withdraw_clearance(clearance=held, why=form.cleaned_data["why"], by=person.name)
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(f"/people/{user.public_id}/clearances/?done=withdrawn")
    kind = programmes().kinds.get(held.kind)
    what = kind.named(held.edition) if kind else held.kind
    told = {"user": user, "held": held, "what": what, "form": form}
    return render(request, "desk/withdraw_clearance.html", told, status=422 if form.errors else 200)


def _asked_for(request: HttpRequest, person: Person, **given: Any) -> HttpResponse:
    said = programmes()
    told = {
        "asked": clearances.asked_for(),
        "said": said,
        "children": ", ".join(sorted(said.children)),
        "interests": [
            about | {"programmes": ", ".join(code for code, rule in said.interests.items() if rule == name)}
            for name, about in said.interest_rules.items()
        ],
        "requires": may(person, "clearances.require"),
        "form": RequireForm(),
        "done": DONE.get(request.GET.get("done", "")),
    }
    status = given.pop("status", 200)
    return render(request, "desk/asked_for.html", told | given, status=status)


@require_safe
@rule_page("access.read")
def asked_for_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what is asked for before a case opens, of whom, for which cases and from when."""
    return _asked_for(request, person)


@require_POST
@rule_page("clearances.require")
def change_asked_for(request: HttpRequest, person: Person) -> HttpResponse:
    """Say from when a kind is asked for."""
    form = RequireForm(request.POST)
    if not form.is_valid():
        return _asked_for(request, person, form=form, wrong=form, status=422)
    try:
        actions.require_kind(**form.cleaned_data, by=person.name)
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return _asked_for(request, person, form=form, wrong=form, status=409)
    return redirect("/people/clearances/asked-for/?done=asked")
