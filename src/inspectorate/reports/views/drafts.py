"""Reading a draft as it was sent to the body, with its comments, and what changed between two drafts."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspectorate.inspections.asking import Asked
from inspectorate.people.models import Reading
from inspectorate.reports import shown
from inspectorate.reports.documents import draft_pdf
from inspectorate.reports.models import Draft
from inspectorate.reports.queries import comments_of, latest_draft
from inspectorate.reports.states import is_signed
from inspectorate.reports.views.copies import copy_page, note_copy


@require_safe
@copy_page("draft.read")
def drafts_page(asked: Asked) -> HttpResponse:
    """Show the latest draft, or say that there is none yet."""
    draft = latest_draft(asked.inspection)
    if draft is None:
        return asked.page("reports/no_draft.html", last="Draft")
    return _shown(asked, draft, latest=draft.number)


@require_safe
@copy_page("draft.read")
def draft_page(asked: Asked, number: int) -> HttpResponse:
    """Show one draft by its number."""
    draft, latest = draft_or_404(asked, number), latest_draft(asked.inspection)
    return _shown(asked, draft, latest=latest.number if latest else number)


def draft_or_404(asked: Asked, number: int) -> Draft:
    """Return a draft of the inspection; one that there is not is not found."""
    draft: Draft | None = (
        Draft.objects.filter(inspection=asked.inspection, number=number).select_related("correction").first()
    )
    if draft is None:
        raise Http404
    return draft


def _shown(asked: Asked, draft: Draft, *, latest: int) -> HttpResponse:
    every = list(comments_of(asked.inspection))
    own = [comment for comment in every if comment.draft.number == draft.number]
    open_now = not is_signed(asked.inspection)
    given: dict[str, Any] = {
        "draft": draft,
        "mark": note_copy(asked, "draft", draft.public_id),
        "sees_readers": asked.may("report.read"),
        "doc": shown.document(draft.content, own),
        "latest": latest,
        "others": [number for number in range(1, latest + 1) if number != draft.number],
        "earlier": [comment for comment in every if comment.draft.number < draft.number],
        "comments": own,
        "unanswered": sum(not comment.answers.all() for comment in every),
        "correction": getattr(draft, "correction", None),
        "can_comment": asked.may("draft.comment") and draft.number == latest and open_now,
        "can_answer": asked.may("draft.answer") and open_now,
        "overdue": timezone.localdate() > draft.due_on,
        "downloads": [
            {
                "format": "PDF",
                "href": reverse("reports:draft_pdf", args=[asked.inspection.public_id, draft.number]),
                "about": f"draft {draft.number}",
            }
        ],
    }
    return asked.page("reports/draft.html", given, last=f"Draft {draft.number}")


@require_safe
@copy_page("draft.read")
def draft_pdf_page(asked: Asked, number: int) -> HttpResponse:
    """Hand out a draft as PDF, marked on every page as not for publication."""
    draft = draft_or_404(asked, number)
    mark = note_copy(asked, "draft", draft.public_id, Reading.Way.FILE)
    return as_pdf(draft_pdf(draft, mark), f"draft-{number}")


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """Return a PDF as a file to keep."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@require_safe
@copy_page("draft.read")
def changes_page(asked: Asked, number: int) -> HttpResponse:
    """Show what changed between a draft and the one before it, word by word."""
    old, new = draft_or_404(asked, number - 1), draft_or_404(asked, number)
    given = {
        "mark": note_copy(asked, "draft", new.public_id),
        "old": old,
        "new": new,
        "correction": getattr(old, "correction", None),
        "changed": shown.changes(old.content, new.content),
    }
    return asked.page("reports/changes.html", given, last=f"Draft {number - 1} and draft {number}")
