"""Setting an inspection aside: first what would happen, then the reason and a tick, then the deed."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.inspections.actions import set_aside
from inspectorate.inspections.actions.aside import ASIDE
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.forms import ReasonForm
from inspectorate.inspections.next_step import ways_aside
from inspectorate.inspections.pages import aside as shown
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.methodology.refusals import RefusedError


@require_safe
@inspection_page("inspection.set_aside")
def aside_page(asked: Asked) -> HttpResponse:
    """Show the ways in which this inspection can be set aside or taken up again, and what each does."""
    ways = [
        {"text": step.text, "href": step.href, "says": shown.WHAT_HAPPENS[step.href.split("/")[-2]]}
        for step in ways_aside(asked.inspection, asked.may)
    ]
    return asked.page("inspections/aside.html", {"ways": ways}, last="Set aside")


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("inspection.set_aside")
def aside_verb_page(asked: Asked, verb: str) -> HttpResponse:
    """Say what happens, ask for the reason and a tick, and do it."""
    if verb not in ASIDE:
        raise Http404
    known = INSPECTION.verb(verb)
    if asked.inspection.state not in known.from_:
        INSPECTION.after(verb, state=asked.inspection.state)
    form = ReasonForm(asked.request.POST if asked.request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            set_aside(inspection=asked.inspection, verb=verb, why=form.cleaned_data["why"], by=asked.by)
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(f"{asked.inspection.get_absolute_url()}?done={verb}")
    context = {"form": form, "verb": known, "happens": shown.happens(asked.inspection, verb)}
    return asked.page("inspections/aside_verb.html", context, last=known.title, status=422 if form.is_bound else 200)
