"""Choosing an edition, handing in files, and seeing what is wrong with them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.methodology.accounts import counted
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.faults import Refused
from inspectorate.people.asking import who_asks
from inspectorate.people.security import note_file_refused
from inspectorate.ratings import actions, queries, shown
from inspectorate.ratings.downloads import MOST_CASES, USUAL_CASES, templates
from inspectorate.ratings.forms import MOST, ChooseEdition, HandIn, chosen_before
from inspectorate.ratings.intake import MOST_BYTES, edition_of, editions_to_choose
from inspectorate.ratings.models import RefusedFile
from inspectorate.ratings.views.asking import held_page
from inspectorate.ui.uploads.scanning import refused_codes
from inspectorate.ui.words import written_number

MOST_SENT = 2 * MOST_BYTES + 2**20
TEMPLATES = {
    "example-judgements": "Example of judgements (invented)",
    "example-case-list": "Example of a case list (invented)",
    "empty-judgements": "Empty file for judgements",
    "questions": "Every question with its answers",
}


@require_safe
@held_page
def start_page(request: HttpRequest) -> HttpResponse:
    """Choose an edition, or look at an example."""
    asked = "choose" in request.GET or "edition" in request.GET
    form = ChooseEdition(request.GET if asked else None, editions=editions_to_choose())
    if asked and form.is_valid():
        return redirect("ratings:new", *form.cleaned_data["edition"].split("/"))
    return render(request, "ratings/start.html", _start(form), status=422 if asked else 200)


@csrf_exempt  # the size is looked at before the body is read; what follows is protected
@require_http_methods(["GET", "HEAD", "POST"])
@held_page
def new_page(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """Hand in files for one edition; a body that is far too large is refused unread."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_SENT:
        return render(request, "ratings/too_large.html", {"most": MOST}, status=413)
    answered: HttpResponse = _new_page(request, edition_or_404(f"{programme}/{year}"))
    return answered


@csrf_protect
def _new_page(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = HandIn(request.POST or None, request.FILES or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        made = actions.hand_in(handed_in=form.handed_in(), by=who_asks(request))
        if isinstance(made, RefusedFile):
            note_file_refused(request, "not-read")
        return redirect(made)
    for code in refused_codes(form):
        note_file_refused(request, code)
    given = _new(edition, form)
    if "cases" in request.GET:
        given["sheet"] |= {"usual": request.GET["cases"]}
        given["sheet"]["error"] = f"Give a number of cases from 1 to {MOST_CASES}, and one of the kinds."
    status = 422 if form.is_bound or "cases" in request.GET else 200
    return render(request, "ratings/new.html", given, status=status)


@require_safe
@held_page
def refused_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every fault in place, and the form again with what was chosen before."""
    refused = queries.refused_file(public_id=public_id, at=timezone.now())
    if refused is None:
        raise Http404
    edition = edition_of(refused.edition)
    form = HandIn(edition=edition, initial=chosen_before(edition, refused.choices))
    return render(request, "ratings/refused.html", _new(edition, form) | _refused(refused))


def edition_or_404(code: str) -> Edition:
    """Return the edition of a code that came with an address."""
    try:
        return edition_of(code)
    except Refused as refused:
        raise Http404 from refused


def _start(form: ChooseEdition) -> dict[str, Any]:
    chosen = form["edition"].value()
    options = [
        {
            "value": edition.code,
            "text": _dated(edition),
            "hint": _in_a_line(edition),
            "selected": edition.code == chosen,
        }
        for edition in editions_to_choose()
    ]
    return {"form": form, "options": options, "examples": queries.examples(), "refused": queries.refused_example()}


def _dated(edition: Edition) -> str:
    """Return the title with the year of its code, unless it names that year itself."""
    title, year = edition.title.en, edition.code.rsplit("/", 1)[-1]
    return title if year in title else f"{title}, {year}"


def _in_a_line(edition: Edition) -> str:
    headline = [step for step in edition.plan.steps if step.headline]
    scored = len([step for step in edition.plan.steps if step.method != "judgement@1"])
    results = counted(len(headline), "headline result") if headline else f"No headline result; {scored} scores"
    within = sum(step.headline for step in edition.plan.by_people())
    beside = len(edition.plan.by_people()) - within
    by_people = f", {within} of them rated by people" if within else ""
    more = f", and {beside} {'more' if within else 'besides'} rated by people" if beside else ""
    questions = sum(len(kind.questions) for kind in edition.form.kinds)
    kinds = len(edition.form.kinds)
    several = f" on {kinds} kinds of case" if kinds > 1 else ""
    return f"{results}{by_people}{more}; {questions} questions{several}. {edition.status.capitalize()}."


def _new(edition: Edition, form: HandIn) -> dict[str, Any]:
    return {
        "edition": edition,
        "form": form,
        "hand_in_href": reverse("ratings:new", args=edition.code.split("/")),
        "most": MOST,
        "sheet": {
            "href": reverse("ratings:sheet", args=edition.code.split("/")),
            "kinds": [{"value": kind.code, "text": str(kind.title)} for kind in edition.form.kinds],
            "usual": USUAL_CASES,
        },
        "has_reasons": any(question.reasons for kind in edition.form.kinds for question in kind.questions),
        "edition_href": shown.edition_address(edition.code),
        "totalled": any(step.points for step in edition.plan.steps),
        "templates": [
            {"text": text, "href": reverse("ratings:template", args=[*edition.code.split("/"), what])}
            for what, text in TEMPLATES.items()
            if templates.offered(edition, what)
        ],
        "crumbs": [
            {"text": "Start", "href": "/"},
            {"text": "Score a file", "href": reverse("ratings:start")},
            {"text": edition.title.en},
        ],
    }


def _refused(refused: RefusedFile) -> dict[str, Any]:
    faults = refused.faults
    groups = shown.fault_groups(faults)
    named = "1 fault" if refused.count == 1 else f"{written_number(refused.count)} faults"
    return {
        "refused": refused,
        "summary": f"{named}; nothing was scored",
        "shown": shown.FAULTS_SHOWN,
        "downloads": [{"format": "CSV", "href": reverse("ratings:faults", args=[refused.public_id]), "about": named}],
        "groups": groups,
        "errors": [
            {
                "text": f"{group['title']}: {written_number(group['count'])} in {group['file']}",
                "href": f"#faults-{place}",
            }
            for place, group in enumerate(groups, 1)
        ],
        "rest": max(0, len(faults) - shown.FAULTS_SHOWN),
    }
