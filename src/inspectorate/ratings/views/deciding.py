"""Deciding on the ratings of an inspection: rating by judgement, the panel's moves, settling and reopening."""

import json
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.ratings import actions, queries, rated, settled
from inspectorate.ratings.forms import Decide, Judge, Propose, Reason
from inspectorate.ratings.handed_over import attached
from inspectorate.ratings.inspected import Written, sections
from inspectorate.ratings.models import Judgement, PanelMove, Settlement
from inspectorate.ratings.resting import MAIN, rests_on
from inspectorate.ratings.views.inspections import Held, frame, held_or_404, not_scored

GET_OR_POST = ["GET", "HEAD", "POST"]
FOLDER = "ratings/of_inspection"


def _home(asked: Asked) -> str:
    return reverse("inspection_ratings:ratings", args=[asked.inspection.public_id])


def _refused_in(form: forms.Form, error: RefusedError) -> None:
    """Show a refusal at the top of the form, with what the person wrote still there; who may not sees why."""
    if isinstance(error, NotAllowedError):
        raise error
    form.add_error(None, str(error))


@require_safe
@inspection_page("scores.read")
def ratings_page(asked: Asked) -> HttpResponse:
    """Show every rating: by the rule and as it stands, how far from its boundaries, and what the panel did."""
    resting = rests_on(asked.inspection)
    versions = list(Judgement.objects.filter(inspection=asked.inspection).order_by("-number"))
    moves = list(queries.moves_of(asked.inspection))
    written = Written(tuple(versions), tuple(move for move in moves if move.state in PanelMove.STANDING))
    module = asked.request.GET.get("of", MAIN)
    try:
        held = held_or_404(asked, module, resting=resting, written=written)
    except Refused as refused:
        return not_scored(asked, refused)
    mine = [move for move in moves if move.module == module]
    found = rated.ratings_of(held.scored, held.subject, [one for one in versions if one.module == module], mine)
    given = {
        "ratings": found,
        "module": module,
        "others": [section for section in sections(held.resting) if section.code != module],
        "may": _may(asked),
        "waiting": [move for move in moves if move.state == PanelMove.State.PROPOSED],
        "lapsed": rated.lapsed(mine, held.scored),
        "all_by_people": bool(found) and all(one.by_people for one in found),
    }
    return asked.page(f"{FOLDER}/ratings.html", frame(held, "") | given, last="Ratings")


def _may(asked: Asked) -> dict[str, bool]:
    state = asked.inspection.state
    at_ratings = state == "rating"
    return {
        "judge": asked.may("ratings.judge") and state in actions.JUDGED_IN,
        "propose": asked.may("ratings.propose") and at_ratings,
        "confirm": asked.may("ratings.confirm") and at_ratings,
        "settle": asked.may("ratings.settle") and at_ratings,
        "reopen": asked.may("ratings.settle") and state in ("drafting", "checking"),
    }


@require_http_methods(GET_OR_POST)
@inspection_page("ratings.judge")
def judge_page(asked: Asked, module: str, standard: str) -> HttpResponse:
    """Rate a standard by judgement, beside how the body rates its own work."""
    versions = list(
        Judgement.objects.filter(inspection=asked.inspection, module=module, standard=standard).order_by("-number")
    )
    held = _held(asked, module)
    result = held.scored.ruled(standard)
    if result is None or not rated.is_by_people(result.step) or result.step.bands is None:
        raise Http404
    last = versions[0] if versions else None
    initial = {"rating": last.rating, "reason": last.reason} if last and last.rating else {}
    form = Judge(asked.request.POST or None, bands=result.step.bands, rated=bool(last and last.rating), initial=initial)
    if asked.request.method == "POST" and form.is_valid():
        try:
            actions.rate_standard(
                inspection=asked.inspection, module=module, standard=standard, by=asked.by, **form.cleaned_data
            )
        except RefusedError as error:
            _refused_in(form, error)
        else:
            return redirect(f"{_home(asked)}{_of(module)}#rating-{standard}")
    edition = held.scored.given.edition
    given = {
        "form": form,
        "rating": next(
            one for one in rated.ratings_of(held.scored, held.subject, versions, []) if one.result.code == standard
        ),
        "levels": result.step.bands,
        "own": rated.self_assessed(asked.inspection, edition.code, standard),
        "evidence_href": f"{asked.inspection.get_absolute_url()}evidence/",
        "back": _home(asked) + _of(module),
    }
    return asked.page(f"{FOLDER}/judge.html", frame(held, "") | given, last="Rate a standard", status=_status(form))


@require_http_methods(GET_OR_POST)
@inspection_page("ratings.propose")
def propose_page(asked: Asked, module: str, standard: str) -> HttpResponse:
    """Propose that the panel move a rating, where the edition gives grounds; where it gives none, say why."""
    moves = [move for move in queries.moves_of(asked.inspection) if (move.module, move.standard) == (module, standard)]
    held = _held(asked, module)
    every = rated.ratings_of(held.scored, held.subject, [], moves)
    rating = next((one for one in every if one.result.code == standard), None)
    if rating is None:
        raise Http404
    form = Propose(asked.request.POST or None, levels=rated.other_levels(rating.rule))
    if asked.request.method == "POST" and form.is_valid():
        try:
            move = actions.propose_move(
                inspection=asked.inspection, module=module, standard=standard, by=asked.by, **form.cleaned_data
            )
        except RefusedError as error:
            _refused_in(form, error)
        else:
            return redirect(move)
    open_ = bool(rating.grounds) and rating.standing is None and asked.inspection.state == "rating"
    given = {"form": form, "rating": rating, "is_open": open_, "back": _home(asked) + _of(module)}
    return asked.page(f"{FOLDER}/propose.html", frame(held, "") | given, last="Move a rating", status=_status(form))


@require_http_methods(GET_OR_POST)
@inspection_page("scores.read")
def move_page(asked: Asked, move: str) -> HttpResponse:
    """Show a move of the panel; a second person confirms or declines it, the lead takes it back."""
    found = queries.moves_of(asked.inspection).filter(public_id=move).first()
    if found is None:
        raise Http404
    decide, reason = Decide(), Reason()
    if asked.request.method == "POST":
        taking_back = asked.request.POST.get("verb") == "withdraw"
        form: forms.Form = Reason(asked.request.POST) if taking_back else Decide(asked.request.POST)
        if form.is_valid():
            try:
                if taking_back:
                    actions.withdraw_move(move=found, by=asked.by, **form.cleaned_data)
                else:
                    asked.ask_again()
                    actions.decide_move(move=found, by=asked.by, **form.cleaned_data)
            except RefusedError as error:
                _refused_in(form, error)
            else:
                return redirect(found)
        decide, reason = (decide, form) if taking_back else (form, reason)
    return _move(asked, found, decide, reason)


def _move(asked: Asked, move: PanelMove, decide: forms.Form, reason: forms.Form) -> HttpResponse:
    held = _held(asked, move.module)
    result = held.scored.ruled(move.standard)
    at_ratings = asked.inspection.state == "rating"
    mine = (move.proposed_by_kind, move.proposed_by_id) == asked.by
    given = {
        "move": move,
        "title": rated.shown.named(result.step) if result else move.standard,
        "bands": result.step.bands if result else None,
        "account_href": held.subject.account(move.standard),
        "lapsed": move.state in PanelMove.STANDING and rated.has_lapsed(move, held.scored),
        "decide": decide
        if asked.may("ratings.confirm") and at_ratings and not mine and move.state == "proposed"
        else None,
        "withdraw": reason
        if asked.may("ratings.propose") and at_ratings and move.state in PanelMove.STANDING
        else None,
        "mine": mine,
        "wrong": decide if decide.errors else reason,
        "back": _home(asked) + _of(move.module),
    }
    status = 422 if decide.errors or reason.errors else 200
    return asked.page(f"{FOLDER}/move.html", frame(held, "") | given, last="A move of the panel", status=status)


@require_http_methods(GET_OR_POST)
@inspection_page("ratings.settle")
def settle_page(asked: Asked) -> HttpResponse:
    """Say what settling does and what stands in its way, and settle."""
    form = forms.Form(asked.request.POST if asked.request.method == "POST" else None)
    if form.is_valid():
        try:
            return redirect(actions.settle_ratings(inspection=asked.inspection, by=asked.by))
        except RefusedError as error:
            _refused_in(form, error)
    held = _held(asked, MAIN)
    given = {"form": form, "back": _home(asked)}
    return asked.page(f"{FOLDER}/settle.html", frame(held, "") | given, last="Settle", status=_status(form, 409))


@require_http_methods(GET_OR_POST)
@inspection_page("ratings.settle")
def reopen_page(asked: Asked) -> HttpResponse:
    """Reopen settled ratings, with the reason."""
    form = Reason(asked.request.POST or None)
    if asked.request.method == "POST" and form.is_valid():
        try:
            actions.reopen_ratings(inspection=asked.inspection, by=asked.by, **form.cleaned_data)
        except RefusedError as error:
            _refused_in(form, error)
        else:
            return redirect(_home(asked))
    given = {"form": form, "back": _home(asked), "is_open": asked.inspection.state in ("drafting", "checking")}
    return asked.page(f"{FOLDER}/reopen.html", given, last="Reopen the ratings", status=_status(form))


@require_safe
@inspection_page("scores.read")
def settlement_page(asked: Asked, number: int) -> HttpResponse:
    """Show ratings as they were settled; on request work them out again and say whether they come out the same."""
    settlement = _settlement(asked, number)
    now = rests_on(asked.inspection)
    given = {
        "settlement": settlement,
        "results": settlement.payload,
        "current": settlement.inputs_digest == now.digest,
        "changed": queries.changed_since(settlement, now),
        "latest": now.settled[0] if now.settled else number,
        "verified": settled.verify(settlement) if "verify" in asked.request.GET else None,
        "back": _home(asked),
    }
    return asked.page(f"{FOLDER}/settlement.html", given, last=f"Settled, number {number}")


@require_safe
@inspection_page("scores.read")
def settlement_file(asked: Asked, number: int) -> HttpResponse:
    """Hand over every settled figure."""
    content = json.dumps(_settlement(asked, number).payload, ensure_ascii=False, indent=2).encode()
    return attached(content, "json", f"ratings-{number}")


def _settlement(asked: Asked, number: int) -> Settlement:
    found = Settlement.objects.filter(inspection=asked.inspection, number=number).select_related("inspection").first()
    if found is None:
        raise Http404
    return found


def _held(asked: Asked, module: str) -> Held:
    try:
        return held_or_404(asked, module)
    except Refused as refused:
        sentence = "These ratings cannot be worked out: open the scores, which say what is wrong and where."
        raise RefusedError("not-scored", sentence) from refused


def _of(module: str) -> str:
    return "" if module == MAIN else f"?of={module}"


def _status(form: Any, wrong: int = 422) -> int:
    return wrong if form.errors else 200
