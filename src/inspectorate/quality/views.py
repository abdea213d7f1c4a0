"""The pages on which an assessment is read as a whole, and accepted or returned."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.fieldwork.history import changes_of
from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.queries import live_assessment
from inspectorate.fieldwork.shown import Card, parts_of, plain_cards
from inspectorate.fieldwork.standing import standing_of
from inspectorate.fieldwork.views.asking import CaseAsked, case_page
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.methodology.lifecycle import ASSESSMENT, INSPECTION
from inspectorate.people.access import NotAllowedError
from inspectorate.people.actions import note_readings
from inspectorate.people.models import User
from inspectorate.people.queries import because_of
from inspectorate.quality import queries
from inspectorate.quality.actions import accept_assessment, return_assessment
from inspectorate.quality.forms import ReturnAssessment
from inspectorate.quality.models import Decision
from inspectorate.quality.refusals import RefusedError
from inspectorate.register.downloads import as_csv
from inspectorate.ui.words import written_date

LONGEST_LIST = 100
DONE = {"accepted": "Accepted: scores rest on it now.", "returned": "Returned: its assessor sees the reason."}
HEAD = ("case", "verdict", "reason", "question", "guidance", "decided_by", "decided_at")


def _language() -> str:
    return (translation.get_language() or "en")[:2]


@require_safe
@case_page("assessment.read")
def check_page(asked: CaseAsked) -> HttpResponse:
    """Show an assessment as a whole: every question that is asked, its answer, the evidence and the reasons."""
    assessment = _assessment(asked)
    if assessment is None:
        return asked.page("quality/check.html", {"assessment": None})
    standing = standing_of(assessment)
    parts = parts_of(standing, assessment.edition, assessment.edition_digest, _language())
    only = asked.asked.request.GET.get("only") == "short"
    own = queries.is_own(assessment, asked.asked.person)
    decides = asked.may("assessment.decide") and not own
    decisions = list(Decision.objects.filter(assessment=assessment).order_by("-decided_at", "-pk"))
    names = _names({assessment.assessor_id, *(one.decided_by_id for one in decisions)})
    given = {
        "assessment": assessment,
        "state": ASSESSMENT.state(assessment.state),
        "sections": _sections(parts, only_short=only),
        "only": only,
        "short": sum(card.short and card.asked for part in parts for card in part.cards),
        "answered": standing.progress[0],
        "asked_number": standing.progress[1],
        "who": names.get(assessment.assessor_id, assessment.assessor_id),
        "decisions": [{"decision": one, "by": names.get(one.decided_by_id, "the system")} for one in decisions],
        "may_accept": decides and assessment.state == "submitted" and asked.asked.inspection.state == "fieldwork",
        "may_return": decides and assessment.state in ASSESSMENT.verb("return").from_ and _can_return(asked.asked),
        "own": own and asked.may("assessment.decide") and assessment.state == "submitted",
        "done": DONE.get(asked.asked.request.GET.get("done", "")),
        "just_accepted": asked.asked.request.GET.get("done") == "accepted",
    }
    return asked.page("quality/check.html", given)


def _can_return(asked: Asked) -> bool:
    return asked.inspection.state in {"fieldwork", *INSPECTION.verb("reopen_fieldwork").from_}


def _assessment(asked: CaseAsked) -> Assessment | None:
    """Return the assessment that is read on these pages, as this person may see it."""
    found = queries.assessment_for(asked.asked.person, asked.case, asked.relations)
    if found is not None:
        found.case = asked.case
    return found


def _sections(parts: Any, *, only_short: bool) -> list[dict[str, Any]]:
    found = []
    for part in parts:
        cards = [card for card in part.cards if card.asked and (card.short or not only_short)]
        if cards:
            found.append({"code": part.code, "title": part.title, "cards": [_read(card) for card in cards]})
    return found


def _read(card: Card) -> dict[str, Any]:
    words, reasons = {code: text for _, code, text in card.plain.options}, dict(card.plain.reasons)
    return {
        "code": card.code,
        "text": card.plain.text,
        "answer": words.get(card.value, "Two answers stand side by side" if card.doubts else "No answer"),
        "short": card.short,
        "reasons": [reasons.get(code, code) for code in card.ticked] if card.short else [],
        "note": card.note,
        "guidance": card.plain.guidance,
    }


def _names(ids: Collection[str]) -> dict[str, str]:
    return {user.public_id: user.full_name for user in User.objects.filter(public_id__in=ids)}


@require_safe
@case_page("assessment.read")
def changes_page(asked: CaseAsked) -> HttpResponse:
    """Show every entry of the journal in the order in which it came."""
    assessment = _assessment(asked)
    rows: list[list[Any]] = []
    if assessment is not None:
        plains = plain_cards(assessment.edition, assessment.edition_digest, asked.case.kind, _language())
        asked_for = asked.asked.request.GET.get("question", "")
        rows = [
            [one.question, one.part, one.says, one.by, _at(one.entry.received_at)]
            for one in changes_of(assessment, plains)
            if asked_for in {"", one.question}
        ]
    columns = [{"title": title} for title in ("Question", "What", "Says", "By", "Received")]
    return asked.page("quality/changes.html", {"columns": columns, "rows": rows, "back": _href(asked, "check")})


def _at(moment: datetime) -> str:
    """Return a moment as people write it, to the second: entries of one case come close together."""
    return f"{written_date(moment)}, {timezone.localtime(moment):%H:%M:%S}"


def _href(asked: CaseAsked, page: str) -> str:
    return reverse(f"quality:{page}", args=[asked.asked.inspection.public_id, asked.case.public_id])


@require_http_methods(["POST"])
@case_page("assessment.decide")
def accept_view(asked: CaseAsked) -> HttpResponse:
    """Accept with one press; a second press of the same person is harmless."""
    assessment = live_assessment(asked.case)
    if assessment is not None and not _accepted_by(assessment, asked.asked.by):
        seen = asked.asked.request.POST.get("handed_in", "")
        accept_assessment(assessment=assessment, by=asked.asked.person, seen=seen)
    return redirect(f"{_href(asked, 'check')}?done=accepted" if assessment else _href(asked, "check"))


def _accepted_by(assessment: Assessment, by: tuple[str, str]) -> bool:
    last = assessment.decisions.order_by("-decided_at", "-pk").first()
    return assessment.state == "accepted" and last is not None and (last.decided_by_kind, last.decided_by_id) == by


@require_http_methods(["GET", "HEAD", "POST"])
@case_page("assessment.decide")
def return_page(asked: CaseAsked) -> HttpResponse:
    """Ask for the reason and the line of guidance, and return the assessment."""
    assessment = live_assessment(asked.case)
    if assessment is None:
        return redirect(_href(asked, "check"))
    assessment.case = asked.case
    standing = standing_of(assessment)
    question = asked.asked.request.GET.get("question", "")
    plain = next((one for one in standing.kind.questions if one.code == question), None)
    lines = queries.guidance_lines_of(assessment, question) if plain else ()
    over = asked.asked.inspection.state != "fieldwork"
    form = ReturnAssessment(asked.asked.request.POST or None, lines=lines)
    if asked.asked.request.method == "POST" and form.is_valid():
        given = form.cleaned_data | ({"question": question} if plain else {})
        try:
            return_assessment(assessment=assessment, by=asked.asked.person, **given)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(f"{_href(asked, 'check')}?done=returned")
    page = {"form": form, "question": plain, "back": _href(asked, "check"), "over": over}
    return asked.page("quality/return.html", page, status=422 if form.errors else 200)


@require_safe
@inspection_page("assessment.decide")
def checks_page(asked: Asked) -> HttpResponse:
    """List what waits for a decision of this person, and what was decided."""
    waiting = list(queries.waiting_for(asked.person, asked.inspection))
    decided = list(queries.decisions_in(asked.person, asked.inspection)[: LONGEST_LIST + 1])
    people = User.objects.filter(
        public_id__in={one.assessor_id for one in waiting} | {d.decided_by_id for d in decided}
    )
    names = {user.public_id: user.full_name for user in people}
    page = {
        "waiting_columns": _columns("Case", "Provider", "Assessor", day="Handed in"),
        "waiting": [
            [
                {"text": one.case.reference, "href": _check_href(asked, one)},
                one.case.holder.name if one.case.holder else "",
                names.get(one.assessor_id, ""),
                written_date(timezone.localdate(one.state_at)) if one.state_at else "",
            ]
            for one in waiting
        ],
        "decided_columns": _columns("Case", "Decision", "Reason", "Question", "By", day="On"),
        "decided": [_decided_row(asked, one, names) for one in decided[:LONGEST_LIST]],
        "more": len(decided) > LONGEST_LIST,
        "csv": [
            {
                "format": "CSV",
                "href": reverse("quality:decisions_csv", args=[asked.inspection.public_id]),
                "about": "all decisions",
            }
        ],
    }
    return asked.page("quality/checks.html", page, last="Quality")


def _columns(*titles: str, day: str) -> list[dict[str, Any]]:
    return [*({"title": title} for title in titles), {"title": day, "dates": True}]


def _check_href(asked: Asked, assessment: Assessment) -> str:
    return reverse("quality:check", args=[asked.inspection.public_id, assessment.case.public_id])


def _decided_row(asked: Asked, one: Decision, names: dict[str, str]) -> list[Any]:
    case = {"text": one.assessment.case.reference, "href": _check_href(asked, one.assessment)}
    on = written_date(timezone.localdate(one.decided_at))
    return [case, one.get_verdict_display(), one.reason, one.question, names.get(one.decided_by_id, ""), on]


@require_safe
@inspection_page("assessment.decide")
def decisions_csv(asked: Asked) -> HttpResponse:
    """Return every decision about a case that the person may know of as CSV, to whoever said lately who they are."""
    asked.ask_again()
    decided = list(queries.decisions_in(asked.person, asked.inspection))
    names = _names({one.decided_by_id for one in decided})
    rows = (
        [
            d.assessment.case.reference,
            d.verdict,
            d.reason,
            d.question,
            d.guidance,
            names.get(d.decided_by_id, ""),
            d.decided_at,
        ]
        for d in decided
    )
    about = {"inspection": asked.inspection.public_id, "because": because_of(asked.person, asked.relations)}
    read = {("case", d.assessment.case.public_id) for d in decided}
    note_readings(subjects=read, way="file", by=asked.person, **about)
    return as_csv("decisions", HEAD, rows)
