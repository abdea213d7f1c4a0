"""Reading what comes of an inspection: its scores, its findings by question, and the account of each result."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.methodology.faults import Refused
from inspectorate.people.actions import note_readings
from inspectorate.people.queries import because_of
from inspectorate.ratings import explained, handed_over, laid_out, queries, shown
from inspectorate.ratings.inspected import Section, Written, rateable, scored_section, section_of, sections
from inspectorate.ratings.judged import opened, seen_cases
from inspectorate.ratings.resting import MAIN, RestsOn, rests_on
from inspectorate.ratings.scored import Scored
from inspectorate.ratings.subject import NOT_PUBLIC, Subject, of_section, provisional
from inspectorate.register.queries import barred_bodies

FIRST_BY = "provider"
"""What scores are broken down by unless somebody asks for something else."""


@dataclass(frozen=True)
class Held:
    """A section of an inspection with what comes of it."""

    asked: Asked
    section: Section
    resting: RestsOn
    scored: Scored
    subject: Subject


def held_or_404(asked: Asked, module: str, *, resting: RestsOn | None = None, written: Written | None = None) -> Held:
    """Return the section that an address names with what comes of it; raise Refused where it cannot be scored."""
    resting = resting or rests_on(asked.inspection)
    section = section_of(resting, module)
    if section is None:
        raise Http404
    scored, resting = scored_section(asked.inspection, module, resting, written=written)
    return Held(asked, section, resting, scored, of_section(asked.inspection, section, resting, scored))


@require_safe
@inspection_page("scores.read")
def scores_page(asked: Asked, module: str = MAIN) -> HttpResponse:
    """Show scores and ratings as chart and table, each opening its account."""
    try:
        held = held_or_404(asked, module)
    except Refused as refused:
        return not_scored(asked, refused)
    by = asked.request.GET.get("by", FIRST_BY)
    given = laid_out.scores(held.subject, held.scored, by=by)
    home = asked.inspection.get_absolute_url()
    given |= {
        "multiples": laid_out.multiples(given["pieces"]),
        "worst": laid_out.worst(held.scored),
        "cases_href": f"{home}cases/",
        "sample_href": f"{home}sample/",
    }
    return asked.page("ratings/of_inspection/scores.html", frame(held, "scores") | given, last="Scores")


@require_safe
@inspection_page("scores.read")
def findings_page(asked: Asked, module: str = MAIN) -> HttpResponse:
    """Show the findings by question, largest failings first, narrowed as asked."""
    try:
        held = held_or_404(asked, module)
    except Refused as refused:
        return not_scored(asked, refused)
    wanted = asked.request.GET
    given = laid_out.findings(held.subject, held.scored, wanted, wanted.urlencode())
    return asked.page("ratings/of_inspection/findings.html", frame(held, "findings") | given, last="Findings")


@require_safe
@inspection_page("scores.read")
def account_page(asked: Asked, code: str, module: str = MAIN) -> HttpResponse:
    """Show how one result came about, down to the judgements and the evidence behind it, and what would change it."""
    try:
        held = held_or_404(asked, module)
    except Refused as refused:
        return not_scored(asked, refused)
    result = held.scored.result(code)
    if result is None:
        raise Http404
    wanted = asked.request.GET
    seen = seen_cases(asked.person, asked.inspection, asked.relations) if result.step.questions else {}
    given = explained.account(held.subject, held.scored, result, which=wanted.get("show", ""), seen=seen)
    judgements = opened(held.scored, result, seen, wanted)
    if judgements:
        read = {("case", row["case"].public_id) for row in judgements.rows if row["case"].may_read}
        because = because_of(asked.person, asked.relations)
        about = {"inspection": asked.inspection.public_id, "because": because}
        note_readings(subjects=read, way="account", by=asked.person, **about)
    given |= {"opened": judgements, "moved": held.scored.moved.get(code)}
    return asked.page("ratings/of_inspection/account.html", frame(held, "") | given, last="Account")


@require_safe
@inspection_page("scores.read")
def scores_file(asked: Asked, kind: str, module: str = MAIN) -> HttpResponse:
    """Hand over the scores, broken down as on the page."""
    held = _held_or_refused(asked, module)
    return handed_over.scores(held.subject, held.scored, kind=kind, by=asked.request.GET.get("by", ""))


@require_safe
@inspection_page("scores.read")
def findings_file(asked: Asked, kind: str, module: str = MAIN) -> HttpResponse:
    """Hand over the findings, narrowed as on the page."""
    held = _held_or_refused(asked, module)
    return handed_over.findings(held.subject, held.scored, kind=kind, asked=asked.request.GET)


def _held_or_refused(asked: Asked, module: str) -> Held:
    try:
        return held_or_404(asked, module)
    except Refused as refused:
        raise Http404 from refused


def frame(held: Held, here: str) -> dict[str, Any]:
    """Return what stands around every page of the scores of an inspection."""
    edition, resting = held.scored.given.edition, held.resting
    pages = [
        {"text": "Scores", "href": held.subject.home, "current": here == "scores"},
        {"text": "Findings by question", "href": held.subject.findings, "current": here == "findings"},
    ]
    others = [section for section in sections(resting) if section.code != held.section.code]
    return {
        "scored": held.scored,
        "resting": resting,
        "edition": edition,
        "edition_href": shown.edition_address(edition.code),
        "status_tone": "plain" if edition.status == "adopted" else "care",
        "provisional": provisional(resting),
        "not_public": NOT_PUBLIC,
        "subject": held.subject,
        "pages": pages,
        "sections": [
            {"text": f"Judged by {section.edition}", "href": home_of(held.asked, section)} for section in others
        ],
        "settled": queries.standing_of(held.asked.inspection, resting),
        "is_rated": bool(held.scored.standards or held.scored.overall or rateable(held.scored)),
    }


def home_of(asked: Asked, section: Section) -> str:
    """Return the address of the scores of a section."""
    home = f"{asked.inspection.get_absolute_url()}scores/"
    return home if section.code == MAIN else f"{home}of/{section.code}/"


def not_scored(asked: Asked, refused: Refused) -> HttpResponse:
    """Say which accepted assessments cannot be scored, and why: nothing is half scored."""
    columns = [{"title": "Case"}, {"title": "Question"}, {"title": "What is wrong"}, {"title": "What to do"}]
    hidden = asked.person.interests("case") | barred_bodies(asked.person)
    rows = [[fault.file.rsplit(", ", 1)[-1], fault.column or "", fault.why, fault.remedy] for fault in refused.faults]
    given = {"columns": columns, "rows": [] if hidden else rows, "count": len(refused.faults)}
    return asked.page("ratings/of_inspection/not_scored.html", given, last="Scores", status=409)
