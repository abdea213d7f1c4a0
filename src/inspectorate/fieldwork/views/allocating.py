"""Giving cases to people: ticked by hand or shared out evenly, shown before it is saved."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from inspectorate.fieldwork.actions import allocate_cases
from inspectorate.fieldwork.fitting import ALLOCATING, Look, Unfit, Wish
from inspectorate.fieldwork.listing import Line, lines_of
from inspectorate.fieldwork.queries import assessors_of, visible_sample
from inspectorate.fieldwork.refusals import RefusedError
from inspectorate.fieldwork.sharing import share_out
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.clearances import lacking_in
from inspectorate.people.access import NotAllowedError
from inspectorate.people.models import User
from inspectorate.sampling.models import Case


@dataclass(frozen=True)
class Proposed:
    """What is shown before it is saved: who gets what, what cannot be, and the cases that nobody may have."""

    wishes: tuple[Wish, ...]
    refused: tuple[Unfit, ...]
    nobody: tuple[Case, ...]
    lacking: tuple[str, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("case.allocate")
def allocate_page(asked: Asked) -> HttpResponse:
    """Choose cases and people, look at what comes of it, and save it."""
    people = assessors_of(asked.inspection)
    given = asked.request.POST
    step = given.get("step", "") if asked.request.method == "POST" else ""
    if step == "save":
        return _saved(asked, given, people)
    if step in {"give", "share"}:
        found = _proposed(asked, given, people)
        if isinstance(found, Proposed):
            return asked.page("fieldwork/allocate_preview.html", _preview(asked, found), last="Cases")
        return _choosing(asked, people, given, error=found)
    return _choosing(asked, people, given)


def _choosing(asked: Asked, people: list[User], given: QueryDict, error: str = "") -> HttpResponse:
    lines = lines_of(asked.person, asked.inspection)
    ticked = set(given.getlist("case"))
    waiting = [line for line in lines if line.state in {"unallocated", "allocated"}]
    load = Counter(line.assessor for line in lines)
    lack = lacking_in(asked.inspection, people)
    first = asked.request.GET.get("show") != "all"
    shown = [line for line in waiting if line.state == "unallocated" or not first]
    page = {
        "people": [
            {
                "id": user.public_id,
                "name": user.full_name,
                "has": load[user.full_name],
                "lacks": lack.get(user.pk, ""),
                "ticked": user.public_id in (given.getlist("among") or [one.public_id for one in people]),
                "chosen": user.public_id == given.get("to"),
            }
            for user in people
        ],
        "columns": [{"title": title} for title in ("Case", "Give", "Stratum", "Provider", "Has it now")],
        "rows": [_row(line, ticked, every=error == "" and first) for line in shown],
        "error": error,
        "errors": [{"text": error, "href": ""}],
        "first": first,
        "others": len(waiting) - sum(line.state == "unallocated" for line in waiting),
        "open": asked.inspection.state in ALLOCATING,
        "cases_href": reverse("fieldwork:cases", args=[asked.inspection.public_id]),
    }
    return asked.page("fieldwork/allocate.html", page, last="Cases", status=422 if error else 200)


def _row(line: Line, ticked: set[str], *, every: bool) -> list[Any]:
    tick = format_html(
        '<input class="ins-tick" type="checkbox" name="case" value="{}" aria-label="Give case {}"{}>',
        line.public_id,
        line.reference,
        " checked" if every or line.public_id in ticked else "",
    )
    return [line.reference, tick, line.stratum, line.provider, line.assessor if line.state == "allocated" else ""]


def _proposed(asked: Asked, given: QueryDict, people: list[User]) -> Proposed | str:
    """Return what would come of it, or a sentence that says what is missing."""
    by_id = {user.public_id: user for user in people}
    ids = [one for one in given.getlist("case") if "\0" not in one]
    sample = visible_sample(asked.person, asked.inspection)
    cases = list(sample.filter(public_id__in=ids).order_by("case_list__kind", "reference"))
    if not cases:
        return "Tick the cases that you want to give to somebody."
    if given.get("step") == "give":
        user = by_id.get(given.get("to", ""))
        if user is None:
            return "Choose the person who shall have the ticked cases."
        return _looked_at(asked, [(case, user) for case in cases])
    among = [by_id[id_] for id_ in given.getlist("among") if id_ in by_id]
    if not among:
        return "Tick the people among whom the cases are shared out."
    return _shared(asked, cases, among)


def _looked_at(asked: Asked, wishes: list[Wish]) -> Proposed:
    look = Look(asked.inspection, asked.person, wishes)
    refused = tuple(found for case, user in wishes if (found := look.unfit(case, user)))
    not_given = {(one.case.pk, one.user.pk) for one in refused}
    fit = tuple((case, user) for case, user in wishes if (case.pk, user.pk) not in not_given)
    return Proposed(fit, refused, (), tuple(look.lacking(fit)))


def _shared(asked: Asked, cases: list[Case], among: list[User]) -> Proposed:
    every = [(case, user) for case in cases for user in among]
    look = Look(asked.inspection, asked.person, every)
    unfit = [found for case, user in every if (found := look.unfit(case, user)) and found.code != "already-allocated"]
    may_not = {(one.user.public_id, one.case.public_id) for one in unfit}
    chosen = {case.pk for case in cases}
    load = dict.fromkeys((user.public_id for user in among), 0)
    by_name = {user.full_name: user.public_id for user in among}
    for line in lines_of(asked.person, asked.inspection):
        if line.pk not in chosen and line.assessor in by_name:
            load[by_name[line.assessor]] += 1
    shared = share_out([case.public_id for case in cases], load, may_not)
    people, by_id = {user.public_id: user for user in among}, {case.public_id: case for case in cases}
    wishes = tuple((by_id[case], people[user]) for case, user in shared.to.items())
    keeps = {(case.pk, user.pk) for case, user in wishes if look.has.get(case.pk) == user.pk}
    given = sorted((w for w in wishes if (w[0].pk, w[1].pk) not in keeps), key=lambda wish: wish[0].reference)
    nobody = tuple(by_id[case] for case in shared.nobody)
    return Proposed(tuple(given), tuple(unfit), nobody, tuple(look.lacking(given)))


def _preview(asked: Asked, found: Proposed) -> dict[str, Any]:
    gets = Counter(user.full_name for _, user in found.wishes)
    return {
        "columns": [{"title": title} for title in ("Case", "Stratum", "Provider", "Goes to")],
        "rows": [
            [case.reference, case.stratum, case.holder.name if case.holder else "", user.full_name]
            for case, user in found.wishes
        ],
        "wishes": [f"{case.public_id}:{user.public_id}" for case, user in found.wishes],
        "gets": sorted(gets.items()),
        "refused": [one.sentence for one in found.refused],
        "lacking": found.lacking,
        "nobody": [case.reference for case in found.nobody],
        "back": reverse("fieldwork:allocate", args=[asked.inspection.public_id]),
    }


def _saved(asked: Asked, given: QueryDict, people: list[User]) -> HttpResponse:
    pairs = [wish.split(":") for wish in given.getlist("wish") if wish.count(":") == 1 and "\0" not in wish]
    by_id = {user.public_id: user for user in people}
    sample = visible_sample(asked.person, asked.inspection).filter(public_id__in=[case for case, _ in pairs])
    cases = {case.public_id: case for case in sample}
    wishes = [(cases[case], by_id[user]) for case, user in pairs if case in cases and user in by_id]
    try:
        done = allocate_cases(inspection=asked.inspection, wishes=wishes, by=asked.person)
    except NotAllowedError:
        raise
    except RefusedError as error:
        return _choosing(asked, people, given, error=error.sentence)
    # What somebody has already was given by the first of two presses: nothing is wrong then.
    wrong = [one.sentence for one in done.refused if one.code != "already-allocated"]
    if wrong or len(wishes) < len(pairs):
        gone = ["Some of it has changed meanwhile: look at what is left."] if len(wishes) < len(pairs) else []
        return _choosing(asked, people, QueryDict(), error=" ".join([*wrong, *gone]))
    return redirect(f"{reverse('fieldwork:cases', args=[asked.inspection.public_id])}?done=allocated")
