"""The report of a scene: its sections, its recommendations, the check of its facts, and the signature."""

from datetime import timedelta

from django.utils import timezone

from inspectorate.config.story import words
from inspectorate.config.story.cast import Cast
from inspectorate.inspections.models import Inspection
from inspectorate.methodology import editions
from inspectorate.reports.actions import (
    Recommended,
    Said,
    Written,
    add_recommendation,
    answer_comment,
    comment_on_draft,
    correct_draft,
    send_draft,
    sign_off_report,
    write_section,
)
from inspectorate.reports.queries import current_versions, latest_draft
from inspectorate.reports.sections import sections_of

TO_CHECK = timedelta(days=14)
"""How long the body has to check the facts of a draft."""


def written(cast: Cast, inspection: Inspection) -> None:
    """Write every section, and the recommendations."""
    edition = editions.load(inspection.modules.order_by("pk")[0].edition)
    for section in sections_of(edition):
        text = words.SECTIONS.get(section.code) or words.AREA
        write_section(inspection=inspection, written=Written(section.code, text), by=cast.lead.name)
    today = timezone.localdate()
    for organisation, text, months in words.RECOMMENDATIONS:
        told = Recommended(
            text,
            body=None if organisation else cast.bodies[0],
            organisation=organisation,
            by_when=today + timedelta(days=30 * months),
        )
        add_recommendation(inspection=inspection, recommended=told, by=cast.lead.name)


def sent(cast: Cast, inspection: Inspection) -> None:
    """Send the draft, and have the body comment on one paragraph."""
    draft = send_draft(inspection=inspection, due_on=timezone.localdate() + TO_CHECK, by=cast.lead.name)
    wrong, should_say, evidence = words.COMMENT
    paragraph = next(
        one["number"]
        for section in draft.content["sections"]
        for one in section["paragraphs"]
        if words.TAKEN_IN[0] in (one["text"]["en"] or "")
    )
    comment_on_draft(draft=draft, said=Said(paragraph, wrong, should_say, evidence), by=cast.contact.name)


def answered(cast: Cast, inspection: Inspection) -> None:
    """Accept the comment, correct the report, and send it again."""
    draft = latest_draft(inspection)
    for comment in draft.comments.all():
        answer_comment(comment=comment, verdict="accepted", reason=words.ANSWER, by=cast.lead.name)
    correct_draft(inspection=inspection, reason=words.ANSWER, by=cast.lead.name)
    inspection.refresh_from_db()
    text = words.SECTIONS["context"].replace(*words.TAKEN_IN)
    before = next(one for one in current_versions(inspection) if one.section == "context")
    corrected = Written("context", text, after=before.public_id)
    write_section(inspection=inspection, written=corrected, by=cast.lead.name)
    send_draft(inspection=inspection, due_on=timezone.localdate() + TO_CHECK, by=cast.lead.name)
    inspection.refresh_from_db()


def signed(cast: Cast, inspection: Inspection) -> None:
    """Sign the report off."""
    sign_off_report(inspection=inspection, by=cast.chief.name)
