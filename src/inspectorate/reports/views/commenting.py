"""What the body says of a draft, and what is answered."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspectorate.inspections.asking import Asked
from inspectorate.methodology.small_numbers import public_results
from inspectorate.people.access import NotAllowedError
from inspectorate.record.ids import new_public_id
from inspectorate.reports import shown
from inspectorate.reports.actions import Said, answer_comment, comment_on_draft
from inspectorate.reports.content import paragraphs_of
from inspectorate.reports.forms import AnswerForm, CommentForm
from inspectorate.reports.models import Comment, Draft
from inspectorate.reports.refusals import RefusedError
from inspectorate.reports.states import is_signed
from inspectorate.reports.views.copies import copy_page
from inspectorate.reports.views.drafts import draft_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@copy_page("draft.comment")
def comment_page(asked: Asked, number: int, paragraph: str) -> HttpResponse:
    """Ask for a comment on one paragraph, and keep it."""
    draft = draft_or_404(asked, number)
    about = paragraphs_of(draft.content).get(paragraph)
    if about is None:
        raise Http404
    form = CommentForm(asked.request.POST or None, initial={"client_id": new_public_id()})
    back, status = f"{_address(asked, draft)}#p-{paragraph}", 200
    if asked.request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                comment_on_draft(draft=draft, said=Said(paragraph, **form.cleaned_data), by=asked.by)
                return redirect(back)
            except RefusedError as error:
                form.add_error(None, error.sentence)
                status = 409
    given = {
        "draft": draft,
        "paragraph": paragraph,
        "quoted": _block(draft, paragraph, about),
        "form": form,
        "back": back,
        "overdue": timezone.localdate() > draft.due_on,
    }
    return asked.page("reports/comment.html", given, last=f"Comment on {paragraph}", status=status)


def _address(asked: Asked, draft: Draft) -> str:
    return reverse("reports:draft", args=[asked.inspection.public_id, draft.number])


def _block(draft: Draft, paragraph: str, about: Any) -> dict[str, Any]:
    if paragraph.startswith("R"):
        return {"kind": "paragraph", "number": paragraph, "lines": [[[about["text"]["en"], False]]]}
    return shown.block(about, public_results(draft.content["results"]), {})


@require_http_methods(["GET", "HEAD", "POST"])
@copy_page("draft.read")
def answer_page(asked: Asked, comment_id: str) -> HttpResponse:
    """Show one comment with its answers; the lead inspector answers it here."""
    comment = _comment_or_404(asked, comment_id)
    answers = sorted(comment.answers.all(), key=lambda answer: -answer.number)
    initial = {"verdict": answers[0].verdict, "reason": answers[0].reason} if answers else {}
    form = AnswerForm(asked.request.POST or None, initial=initial)
    back, status = f"{_address(asked, comment.draft)}#comment-{comment.public_id}", 200
    if asked.request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer_comment(comment=comment, **form.cleaned_data, by=asked.by)
                return redirect(back)
            except NotAllowedError:
                raise
            except RefusedError as error:
                form.add_error(None, error.sentence)
                status = 409
    about = paragraphs_of(comment.draft.content)[comment.paragraph]
    given = {
        "comment": comment,
        "answers": answers,
        "quoted": _block(comment.draft, comment.paragraph, about),
        "form": form,
        "back": back,
        "can_answer": asked.may("draft.answer") and not is_signed(asked.inspection),
    }
    return asked.page("reports/answer.html", given, last=f"Comment on {comment.paragraph}", status=status)


def _comment_or_404(asked: Asked, comment_id: str) -> Comment:
    found = Comment.objects.filter(draft__inspection=asked.inspection, public_id=comment_id)
    comment: Comment | None = found.select_related("draft").prefetch_related("answers").first()
    if comment is None:
        raise Http404
    return comment
