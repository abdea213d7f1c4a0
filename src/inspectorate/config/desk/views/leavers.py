"""Handing over what somebody held who works here no more."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from inspectorate.config.desk.forms import HandOverAllForm
from inspectorate.config.desk.leavers import Leaver, leavers_of
from inspectorate.fieldwork.actions import hand_over_all
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import NotAllowedError


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("case.allocate")
def leavers_page(asked: Asked) -> HttpResponse:
    """Show what each of them holds, ask to whom it goes, and hand it over."""
    found = leavers_of(asked.inspection, asked.person)
    if asked.request.method != "POST":
        return _page(asked, found)
    named = asked.request.POST.get("member", "")
    one = next((one for one in found if one.member.public_id == named), None)
    if one is None:
        raise Http404
    form = _form(one, asked.request.POST)
    if not form.is_valid():
        return _page(asked, found, form=form, of=named, status=422)
    to = next((user for user in one.people if user.public_id == form.cleaned_data["to"]), None)
    try:
        done = hand_over_all(member=one.member, to=to, why=form.cleaned_data["why"], by=asked.by)
    except NotAllowedError:
        raise
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return _page(asked, found, form=form, of=named, status=409)
    if done.refused:
        said = {"done": one.member.user.full_name, "refused": done.refused}
        return _page(asked, leavers_of(asked.inspection, asked.person), **said)
    return redirect(f"{asked.inspection.get_absolute_url()}leavers/?done={done.cases}")


def _form(one: Leaver, sent: object = None) -> HandOverAllForm:
    people = [(user.public_id, user.full_name) for user in one.people]
    return HandOverAllForm(sent, people=people, with_cases=bool(one.open_cases))


def _page(asked: Asked, found: list[Leaver], *, status: int = 200, **given: object) -> HttpResponse:
    bound, of = given.pop("form", None), given.pop("of", "")
    told = {
        "leavers": [(one, bound if one.member.public_id == of else _form(one)) for one in found],
        "form": bound,
        "moved": asked.request.GET.get("done", ""),
    }
    return asked.page("desk/leavers.html", told | given, last="Who left", status=status)
