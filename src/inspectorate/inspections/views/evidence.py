"""Evidence and self-assessment: how they stand, writing, marking, answering, and the files."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspectorate.inspections.actions import answer_challenge, give_evidence, mark_evidence, save_evidence
from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.inspections.dates import due_date
from inspectorate.inspections.evidence.bodies import bodies_seen_by
from inspectorate.inspections.evidence.forms import AnswerChallenge, MarkEvidence, WriteEvidence
from inspectorate.inspections.evidence.opened import OPEN, refuse_closed
from inspectorate.inspections.evidence.standards import DUE, asked_standards
from inspectorate.inspections.evidence.standards import Asked as AskedStandard
from inspectorate.inspections.evidence.standing import Said, Standing, Thread, attachment_seen_by, standings, thread
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.people.security import note_file_refused
from inspectorate.ui.words import in_language

DONE = {
    "draft": ("Saved as a draft", "The inspectors do not see it until you give it."),
    "given": ("Given to the inspectors", "You can still change it, with a reason; what you gave is kept."),
    "marked": ("Marked", "The body sees it."),
    "answered": ("Answered", "The lead inspector sees your answer beside the challenge."),
}
FIELD_OF = {
    Refusal.EVIDENCE_MISSING: "text",
    Refusal.RATING_MISSING: "rating",
    Refusal.REASONS_MISSING: "reasons",
    Refusal.WHY_MISSING: "why",
    **{code: "files" for code in Refusal if code.startswith("file")},
}
"""The field at which a refusal of evidence is shown; the others stand at the top."""


@require_safe
@inspection_page("evidence.read")
def evidence_page(asked: Asked) -> HttpResponse:
    """Show how the evidence stands, standard by standard."""
    drafts = asked.may("evidence.give")
    bodies = bodies_seen_by(asked.person, asked.inspection)
    found = standings(asked.inspection, bodies, drafts=drafts)
    given = sum(one.given is not None for one in found)
    due = due_date(asked.inspection, DUE)
    return asked.page(
        "inspections/evidence.html",
        {
            "groups": _grouped(asked, found),
            "given": given,
            "total": len(found),
            "due": due,
            "late": bool(due and due < timezone.localdate() and given < len(found)),
            "open": asked.inspection.state in OPEN,
            "gives": drafts,
        },
        last="Evidence",
    )


def _grouped(asked: Asked, found: list[Standing]) -> list[dict[str, Any]]:
    """Return the rows of the list by body, edition and domain; several bodies and editions are told apart by name."""
    editions, several = {one.asked.edition for one in found}, len({one.body.pk for one in found}) > 1
    groups: dict[tuple[int, str, str], dict[str, Any]] = {}
    for one in found:
        above = str(in_language(one.asked.above)) if one.asked.above else ""
        key = (one.body.pk, one.asked.edition, above)
        words = [one.body.full_name] if several else []
        words += [one.asked.edition] if len(editions) > 1 else []
        group = groups.setdefault(key, {"title": ": ".join([*words, *([above] if above else [])]), "rows": []})
        group["rows"].append({"standing": one, "href": _href(asked, one), **_done_next(asked, one)})
    return list(groups.values())


def _done_next(asked: Asked, one: Standing) -> dict[str, str]:
    """Return what this person can do next with a standard, as the words of a link and its address."""
    if asked.inspection.state not in OPEN:
        return {"todo": "", "to": ""}
    write = _href(asked, one, "write")
    if asked.may("evidence.give"):
        words = {"missing": "Write it", "draft": "Go on writing", "challenged": "Answer the challenge"}
        return {"todo": words.get(one.state, ""), "to": write if one.given is None else _href(asked, one)}
    marks = asked.may("evidence.judge") and one.state in ("given", "answered")
    return {"todo": "Say what you make of it" if marks else "", "to": _href(asked, one)}


@require_safe
@inspection_page("evidence.read")
def standard_page(asked: Asked, programme: str, year: str, standard: str) -> HttpResponse:
    """Show one standard: what the body gave, what the lead makes of it, and what the body answered, side by side."""
    return _standard(asked, _thread_or_404(asked, programme, year, standard))


def _standard(
    asked: Asked, found: Thread, marking: Form | None = None, answering: Form | None = None, status: int = 200
) -> HttpResponse:
    standing = found.standing
    shown = _shown(asked, found)
    holds = shown is not None and shown == found.given and asked.inspection.state in OPEN
    challenge = shown.challenge if shown and standing.state == "challenged" else None
    if holds and shown and asked.may("evidence.judge"):
        marking = marking or MarkEvidence(said=shown)
    if holds and challenge and asked.may("evidence.give"):
        answering = answering or AnswerChallenge(initial={"challenge": challenge.public_id})
    return asked.page(
        "inspections/evidence_standard.html",
        {
            "standing": standing,
            "node": standing.asked.node,
            "thread": found,
            "shown": shown,
            "others": [one for one in found.said if one != shown],
            "href": _href(asked, standing),
            "write": _href(asked, standing, "write")
            if asked.may("evidence.give") and asked.inspection.state in OPEN
            else "",
            "marking": marking,
            "mark_at": _href(asked, standing, "mark"),
            "answering": answering,
            "answer_at": _href(asked, standing, "answer"),
            "done": DONE.get(asked.request.GET.get("done", "")),
            "bound": next((form for form in (marking, answering) if form and form.is_bound), None),
        },
        last=f"Evidence: {standing.asked.node.code}",
        status=status,
    )


def _shown(asked: Asked, found: Thread) -> Said | None:
    """Return the version that the address asks for; without one the version given, or the draft where none is."""
    number = asked.request.GET.get("version", "")
    chosen = next((one for one in found.said if str(one.version.number) == number), None)
    return chosen or found.given or found.latest


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("evidence.give")
def write_page(asked: Asked, programme: str, year: str, standard: str) -> HttpResponse:
    """Let the body write evidence for one standard, save it as a draft, or give it."""
    refuse_closed(asked.inspection)
    found = _thread_or_404(asked, programme, year, standard)
    if asked.request.method != "POST":
        return _writing(asked, found, _form(found, None, found.latest))
    posted = asked.request.POST
    built_on = next((one for one in found.said if str(one.version.number) == posted.get("based_on")), None)
    form = _form(found, posted, built_on)
    if not form.is_valid():
        return _writing(asked, found, form)
    act = give_evidence if "give" in posted else save_evidence
    try:
        written = form.written(asked.request.FILES.getlist("files"))
        place = found.standing
        act(inspection=asked.inspection, standard=place.asked.key, written=written, by=asked.by, body=place.body)
    except RefusedError as error:
        if error.code.startswith("file"):
            note_file_refused(asked.request, error.code)
        if error.code == Refusal.SAVED_MEANWHILE:
            return _writing(asked, found, _built_anew(found, posted, error), meanwhile=found.latest)
        field = next((field for code, field in FIELD_OF.items() if code == error.code), None)
        form.add_error(field if field in form.fields else None, error.sentence)
        return _writing(asked, found, form)
    if "give" in posted:
        return redirect(_href(asked, found.standing, done="given"))
    return redirect(_href(asked, found.standing, "write", done="draft"))


def _form(found: Thread, posted: Any, built_on: Said | None) -> WriteEvidence:
    return WriteEvidence(
        posted, asked=found.standing.asked, latest=built_on, given_before=found.standing.given is not None
    )


def _built_anew(found: Thread, posted: Any, error: RefusedError) -> WriteEvidence:
    """Return what was typed on top of the version that somebody saved meanwhile, so that it can be saved now."""
    again = posted.copy()
    again.pop("leave_out", None)
    again["based_on"] = str(found.latest.version.number) if found.latest else "0"
    form = _form(found, again, found.latest)
    form.add_error(None, error.sentence)
    return form


def _writing(asked: Asked, found: Thread, form: WriteEvidence, meanwhile: Said | None = None) -> HttpResponse:
    given = {
        "form": form,
        "node": found.standing.asked.node,
        "standing": found.standing,
        "href": _href(asked, found.standing),
        "files_chosen": bool(asked.request.FILES),
        "meanwhile": meanwhile,
        "names": found.names,
        "done": DONE.get(asked.request.GET.get("done", "")),
    }
    return asked.page("inspections/evidence_write.html", given, last="Write evidence")


@require_POST
@inspection_page("evidence.judge")
def mark_page(asked: Asked, programme: str, year: str, standard: str) -> HttpResponse:
    """Take the mark of the lead."""
    found = _thread_or_404(asked, programme, year, standard)
    said = next((one for one in found.said if one.version.public_id == asked.request.POST.get("version")), None)
    if said is None:
        raise Http404
    form = MarkEvidence(asked.request.POST, said=said)
    if form.is_valid():
        try:
            mark_evidence(
                version=said.version, kind=form.cleaned_data["kind"], reason=form.cleaned_data["reason"], by=asked.by
            )
        except RefusedError as error:
            form.add_error("reason" if error.code == Refusal.REASON_MISSING else None, error.sentence)
        else:
            return redirect(_href(asked, found.standing, done="marked"))
    return _standard(asked, found, marking=form)


@require_POST
@inspection_page("evidence.give")
def answer_page(asked: Asked, programme: str, year: str, standard: str) -> HttpResponse:
    """Take the body's answer to a challenge."""
    found = _thread_or_404(asked, programme, year, standard)
    challenges = [one.challenge for one in found.said if one.challenge]
    challenge = next((one for one in challenges if one.public_id == asked.request.POST.get("challenge")), None)
    if challenge is None:
        raise Http404
    form = AnswerChallenge(asked.request.POST)
    if form.is_valid():
        try:
            answer_challenge(challenge=challenge, text=form.cleaned_data["text"], by=asked.by)
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(_href(asked, found.standing, done="answered"))
    return _standard(asked, found, answering=form)


@require_safe
@inspection_page("evidence.read")
def file_page(asked: Asked, attachment: str) -> HttpResponse:
    """Hand over a file that the body gave: always to be saved, never shown."""
    bodies = bodies_seen_by(asked.person, asked.inspection)
    found = attachment_seen_by(asked.inspection, bodies, attachment, drafts=asked.may("evidence.give"))
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _thread_or_404(asked: Asked, programme: str, year: str, standard: str) -> Thread:
    key = (f"{programme}/{year}", standard)
    node: AskedStandard | None = next((one for one in asked_standards(asked.inspection) if one.key == key), None)
    bodies = bodies_seen_by(asked.person, asked.inspection)
    named = asked.request.GET.get("of") or (bodies[0].public_id if bodies else "")
    body = next((one for one in bodies if one.public_id == named), None)
    if node is None or body is None:
        raise Http404
    return thread(asked.inspection, node, body, drafts=asked.may("evidence.give"))


def _href(asked: Asked, standing: Standing, page: str = "standard", **more: str) -> str:
    """Return the address of a standard; in an inspection of an area it says of which body."""
    edition, code = standing.asked.key
    place = reverse(f"inspections:evidence_{page}", args=[asked.inspection.public_id, *edition.split("/"), code])
    query = more if asked.inspection.body_id else {"of": standing.body.public_id, **more}
    return f"{place}?{urlencode(query)}" if query else place
