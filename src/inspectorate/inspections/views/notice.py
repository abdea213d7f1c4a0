"""The notice letter and the manual, as pages and as PDF; announcing, and further letters."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from inspectorate.inspections.actions import announce_inspection, send_further_letter
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.letters import as_pdf
from inspectorate.inspections.letters.before import held_for_announcing
from inspectorate.inspections.letters.facts import changes
from inspectorate.inspections.letters.letter import digest_of, last_letter, letter_of
from inspectorate.inspections.letters.manual import manual_of
from inspectorate.inspections.models import Letter
from inspectorate.inspections.refusals import RefusedError
from inspectorate.methodology.lifecycle import INSPECTION

UNANNOUNCED = "arranged"
DONE = {
    "announced": ("The inspection is announced", "The body sees this letter, the manual and the pages it needs."),
    "again": ("The further letter is sent", "The body sees it in place of the last one, which is kept."),
}


@require_safe
@inspection_page("notice.read")
def notice_page(asked: Asked) -> HttpResponse:
    """Show the letter: as it was sent, or as it would go, with what is missing before it can go."""
    return _notice(asked)


def _notice(asked: Asked, error: RefusedError | None = None, why: str = "") -> HttpResponse:
    inspection = asked.inspection
    letters = list(inspection.letters.order_by("-number"))
    last = letters[0] if letters else None
    given: dict[str, Any] = {
        "letters": letters,
        "error": error,
        "why": why,
        "done": DONE.get(asked.request.GET.get("done", "")),
    }
    if inspection.state == UNANNOUNCED or last is None:
        draft = letter_of(inspection, last)
        given |= {"letter": draft, "draft": True, "seen": digest_of(draft), **_announcing(asked)}
    else:
        given |= {"letter": last.content, "sent": last, **_changed(asked, last)}
    return asked.page("inspections/notice.html", given, last="Notice", status=409 if error else 200)


def _announcing(asked: Asked) -> dict[str, Any]:
    """Return what is missing before the inspection can be announced, and whether this person may announce it."""
    if not asked.may("inspection.announce") or asked.inspection.state != UNANNOUNCED:
        return {"announces": False}
    missing = INSPECTION.unmet("announce", held_for_announcing(asked.inspection, asked.by))
    return {"announces": True, "missing": [condition.sentence for condition in missing]}


def _changed(asked: Asked, last: Letter) -> dict[str, Any]:
    """Return what the body has not been told since the last letter, to those who can tell it."""
    if not asked.may("inspection.announce") or asked.inspection.announced_at is None:
        return {}
    now = letter_of(asked.inspection, last)
    return {"changes": changes(last.content["facts"], now["facts"]), "seen": digest_of(now)}


@require_POST
@inspection_page("inspection.announce")
def announce_page(asked: Asked) -> HttpResponse:
    """Announce the inspection with the letter that was looked at."""
    try:
        announce_inspection(inspection=asked.inspection, by=asked.by, seen=asked.request.POST.get("seen", ""))
    except RefusedError as error:
        asked.inspection.refresh_from_db()
        return _notice(asked, error)
    return redirect(f"{_notice_href(asked)}?done=announced")


@require_POST
@inspection_page("inspection.announce")
def further_page(asked: Asked) -> HttpResponse:
    """Send a further letter that says what changed."""
    why = asked.request.POST.get("why", "")[:500]
    try:
        send_further_letter(inspection=asked.inspection, by=asked.by, why=why, seen=asked.request.POST.get("seen", ""))
    except RefusedError as error:
        asked.inspection.refresh_from_db()
        return _notice(asked, error, why)
    return redirect(f"{_notice_href(asked)}?done=again")


@require_safe
@inspection_page("notice.read")
def letter_pdf(asked: Asked) -> HttpResponse:
    """Hand over the letter that holds, or the draft where none has been sent."""
    last = last_letter(asked.inspection)
    if last and asked.inspection.state != UNANNOUNCED:
        return _pdf(as_pdf.sent_letter_pdf(last), f"letter {last.number} {last.content['to']}")
    draft = letter_of(asked.inspection, last)
    made = as_pdf.letter_pdf(draft, sent_at=timezone.now(), draft=True)
    return _pdf(made, f"draft letter {draft['to']}")


@require_safe
@inspection_page("notice.read")
def sent_page(asked: Asked, number: int) -> HttpResponse:
    """Show one letter as it was sent."""
    letter = _letter_or_404(asked, number)
    letters = list(asked.inspection.letters.order_by("-number"))
    given = {"letter": letter.content, "sent": letter, "letters": letters, "earlier": letter != letters[0]}
    return asked.page("inspections/notice.html", given, last=f"Letter {number}")


@require_safe
@inspection_page("notice.read")
def sent_pdf(asked: Asked, number: int) -> HttpResponse:
    """Hand over one letter as it was sent."""
    letter = _letter_or_404(asked, number)
    return _pdf(as_pdf.sent_letter_pdf(letter), f"letter {number} {letter.content['to']}")


@require_safe
@inspection_page("notice.read")
def manual_page(asked: Asked) -> HttpResponse:
    """Show the manual for the body."""
    return asked.page("inspections/manual.html", {"manual": manual_of(asked.inspection)}, last="Manual")


@require_safe
@inspection_page("notice.read")
def manual_pdf(asked: Asked) -> HttpResponse:
    """Hand over the manual for the body."""
    content = manual_of(asked.inspection)
    made = as_pdf.manual_pdf(content, at=timezone.now(), inspection=asked.inspection)
    return _pdf(made, f"manual {content['to']}")


def _letter_or_404(asked: Asked, number: int) -> Letter:
    letter = asked.inspection.letters.filter(number=number).first()
    if letter is None:
        raise Http404
    return letter


def _notice_href(asked: Asked) -> str:
    return reverse("inspections:notice", args=[asked.inspection.public_id])


def _pdf(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    filename = f"{slugify(name) or 'letter'}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or "attachment"
    return response
