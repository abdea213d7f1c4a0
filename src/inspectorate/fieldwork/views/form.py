"""The case form: opened, saved section by section without script, two answers decided between, handed in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.fieldwork.actions import (
    Delivery,
    append_entries,
    begin_assessment,
    submit_assessment,
    take_back_assessment,
)
from inspectorate.fieldwork.drawn import draw, fixed_cards
from inspectorate.fieldwork.forms import (
    GiveReason,
    NotReadError,
    Sent,
    maker_of,
    read_section,
    read_settling,
    shown_ids,
)
from inspectorate.fieldwork.history import Returned, last_return, name_sides
from inspectorate.fieldwork.journal import NewEntry
from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.fieldwork.queries import WRITABLE, module_of, own_assessment
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.fieldwork.shown import Part, overlaid, parts_of, routing
from inspectorate.fieldwork.standing import Standing, edition_of, standing_of, title_of
from inspectorate.fieldwork.views.about import about
from inspectorate.fieldwork.views.asking import CaseAsked, case_page
from inspectorate.people.access import NotAllowedError
from inspectorate.record.ids import new_public_id

Given = Mapping[tuple[str, str], tuple[str, str]]


@require_safe
@case_page("assessment.list")
def case_page_(asked: CaseAsked) -> HttpResponse:
    """Show a case: the form to whoever assesses it, how it stands to everybody else who may know of it."""
    if not asked.may("assessment.write"):
        return about(asked)
    assessment = own_assessment(asked.case, asked.asked.person)
    if assessment is None:
        return asked.page("fieldwork/before.html", _before(asked))
    return form_page(asked, assessment)


def _before(asked: CaseAsked) -> dict[str, Any]:
    case, module = asked.case, module_of(asked.case)
    bodies = [("Held by", case.holder), ("Home", case.home), ("Supervised for another by", case.host)]
    words = [(name.replace("_", " ").capitalize(), value) for name, value in case.characteristics.items() if value]
    hidden = {"Provider", "Ldu"}
    return {
        "facts": [
            *([{"key": "Stratum", "value": case.stratum}] if case.stratum != "all" else []),
            *({"key": name, "value": body.name} for name, body in bodies if body),
            *({"key": name, "value": value} for name, value in words if name not in hidden),
            *([{"key": "Judged by", "value": title_of(module.edition)}] if module else []),
        ],
        "open": asked.asked.inspection.state == "fieldwork",
    }


def form_page(
    asked: CaseAsked, assessment: Assessment, given: Given | None = None, faults: tuple[str, ...] = ()
) -> HttpResponse:
    """Render the form; ``given`` is what could not be stored, put back where it was typed."""
    language = (translation.get_language() or "en")[:2]
    standing = standing_of(assessment)
    parts = parts_of(standing, assessment.edition, assessment.edition_digest, language)
    writable = assessment.state in WRITABLE and asked.asked.inspection.state == "fieldwork"
    name_sides((card for part in parts for card in part.cards), assessment)
    unsent = "" if writable else _unsent(given or {})
    if given and writable:
        overlaid(parts, given)
    decision = _returned(assessment, parts)
    fixed = fixed_cards(assessment.edition, assessment.edition_digest, standing.kind.code, language)
    page = {
        "assessment": assessment,
        "sections": [
            {
                "code": part.code,
                "title": part.title,
                "asked": part.asked,
                "answered": part.answered,
                "drawn": draw(part.cards, fixed, writable=writable),
            }
            for part in parts
        ],
        "writable": writable,
        "faults": [{"text": fault, "href": ""} for fault in faults],
        "unsent": unsent,
        "answered": standing.progress[0],
        "asked_number": standing.progress[1],
        "first_missing": next((question.code for question in standing.missing), ""),
        "missing": len(standing.missing),
        "conflicts": len(standing.conflicts),
        "most_options": max(len(question.options) for question in standing.kind.questions),
        "decision": decision,
        "page": new_public_id(),
        "made": datetime.now(UTC).isoformat(),
        "saved": asked.asked.request.GET.get("saved") == "yes",
        "script": _script(asked, assessment, standing) if writable else None,
        "about_href": asked.href("about") if asked.may("case.allocate") else "",
    }
    return asked.page("fieldwork/form.html", page, status=409 if faults else 200)


def _script(asked: CaseAsked, assessment: Assessment, standing: Standing) -> dict[str, Any]:
    held = {f"{part}:{code}": all_[0] for (code, part), all_ in standing.current.items() if len(all_) == 1}
    return routing(standing.form, standing.kind) | {
        "url": asked.href("entries"),
        "token": get_token(asked.asked.request),
        "assessment": assessment.public_id,
        "shown": {key: entry.public_id for key, entry in held.items()},
        "doubt": [f"{part}:{code}" for code, part in standing.conflicts],
    }


def _returned(assessment: Assessment, parts: tuple[Part, ...]) -> Returned | None:
    """Return why a returned assessment came back, and mark the question it is about."""
    if assessment.state != "returned":
        return None
    found = last_return(assessment)
    for part in parts:
        for card in part.cards:
            if found and card.code == found.question:
                card.decision = found
    return found


def _unsent(given: Given) -> str:
    """Return what a person wrote that can no longer be stored, as text to copy."""
    written = ((*key, value or text) for key, (value, text) in given.items() if value or text)
    return "\n\n".join(f"{code} ({part})\n{words}" for code, part, words in written)


@require_http_methods(["POST"])
@case_page("assessment.write")
def begin_view(asked: CaseAsked) -> HttpResponse:
    """Begin the assessment; a second press goes on with the first."""
    if own_assessment(asked.case, asked.asked.person) is None:
        module = module_of(asked.case)
        code = module.code if module else "main"
        begin_assessment(case=asked.case, assessor=asked.asked.by, by=asked.asked.person, module=code)
    return redirect(asked.href())


@require_http_methods(["POST"])
@case_page("assessment.write")
def save_view(asked: CaseAsked) -> HttpResponse:
    """Store what differs from what the page showed, then decide between two answers where that was pressed."""
    assessment = _own(asked)
    given = asked.asked.request.POST
    rows = Entry.objects.filter(assessment=assessment, public_id__in=shown_ids(given))
    shown = {entry.public_id: entry for entry in rows}
    try:
        maker_of(given)
        sent = read_section(given, standing_of(assessment), shown)
        faults = _stored(asked, assessment, sent.entries)
        if given.get("settle") and not faults:
            faults = _stored(asked, assessment, read_settling(given, standing_of(assessment)))
    except NotReadError as error:
        sent, faults = Sent({}, ()), (str(error),)
    if faults:
        assessment.refresh_from_db()
        return form_page(asked, assessment, _changed(sent), faults)
    place = f"#{anchor}" if (anchor := given.get("place", "")).replace("-", "").replace("_", "").isalnum() else ""
    return redirect(f"{asked.href()}?saved=yes{place}")


def _changed(sent: Sent) -> Given:
    return {(entry.question, entry.part): (entry.value, entry.text) for entry in sent.entries}


def _stored(asked: CaseAsked, assessment: Assessment, entries: Sequence[NewEntry]) -> tuple[str, ...]:
    """Store entries; return the sentences of those that were refused."""
    if not entries:
        return ()
    delivery: Delivery = append_entries(assessment=assessment, entries=entries, by=asked.asked.person)
    return tuple(dict.fromkeys(refused.sentence for refused in delivery.refused))


@require_http_methods(["GET", "HEAD", "POST"])
@case_page("assessment.write")
def submit_page(asked: CaseAsked) -> HttpResponse:
    """Say what is missing, with links, or hand the assessment in."""
    assessment = _own(asked)
    error = ""
    if asked.asked.request.method == "POST":
        if assessment.state == "submitted":  # a second press
            return redirect(asked.href())
        try:
            submit_assessment(assessment=assessment, by=asked.asked.person)
        except NotAllowedError:
            raise
        except RefusedError as refused:
            error = refused.sentence
        else:
            return redirect(asked.href())
    standing = standing_of(assessment)
    doubtful = list(dict.fromkeys(code for code, _ in standing.conflicts))
    page = {
        "errors": [{"text": error, "href": ""}] if error else [],
        "missing": [
            {"code": one.code, "text": one.text, "doubt": one.code in doubtful}
            for one in standing.kind.questions
            if one in standing.missing or one.code in doubtful
        ],
        "left_over": sorted({code for code, _ in standing.left_over}),
        "answered": standing.progress[0],
        "asked_number": standing.progress[1],
        "open": assessment.state in WRITABLE,
    }
    return asked.page("fieldwork/submit.html", page, status=409 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@case_page("assessment.write")
def take_back_page(asked: CaseAsked) -> HttpResponse:
    """Ask for the reason, and take the assessment back."""
    assessment = _own(asked)
    form = GiveReason(asked.asked.request.POST or None)
    if asked.asked.request.method == "POST" and form.is_valid():
        try:
            take_back_assessment(assessment=assessment, why=form.cleaned_data["why"], by=asked.asked.person)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(asked.href())
    given = {
        "form": form,
        "title": f"Take back the assessment of case {asked.case.reference}",
        "says": "You can change it again, and hand it in anew. The lead sees the reason.",
        "do": "Take it back",
        "back": asked.href(),
    }
    return asked.page("fieldwork/reason.html", given, status=422 if form.errors else 200)


def _own(asked: CaseAsked) -> Assessment:
    assessment = own_assessment(asked.case, asked.asked.person)
    if assessment is None:
        raise RefusedError(Refusal.NOT_BEGUN, f"You have no assessment of case {asked.case} yet: begin it first.")
    edition_of(assessment)
    return assessment
