"""The check of a draft: what the body says of its facts, and what is answered."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection
from inspectorate.record.actions import append
from inspectorate.record.ids import new_public_id
from inspectorate.reports.content import paragraphs_of
from inspectorate.reports.models import Answer, Comment, Draft
from inspectorate.reports.queries import latest_draft
from inspectorate.reports.refusals import Refusal, RefusedError
from inspectorate.reports.states import refuse_if_signed


@dataclass(frozen=True)
class Said:
    """What the body says of one paragraph. ``client_id`` is made with the form: sent twice, it is kept once."""

    paragraph: str
    wrong: str
    should_say: str = ""
    evidence: str = ""
    client_id: str = ""


@transaction.atomic
def comment_on_draft(*, draft: Draft, said: Said, by: tuple[str, str]) -> Comment:
    """Keep a comment on a paragraph of the draft. After its last day it is kept too, and marked as late.

    Refused: a report that is signed off; a draft that is not the latest; a paragraph that it has not; nothing said.
    """
    held = Inspection.objects.select_for_update().get(pk=draft.inspection_id)
    person = require_in(inspection=held, action="draft.comment", by=by)
    same = Comment.objects.filter(client_id=said.client_id, draft__inspection=held).first() if said.client_id else None
    if same:
        return same
    refuse_if_signed(held)
    latest = latest_draft(held)
    if latest is None or latest.pk != draft.pk:
        raise RefusedError(Refusal.NO_DRAFT, "There is a later draft: say it of that one.")
    if said.paragraph not in paragraphs_of(latest.content):
        sentence = f"The draft has no paragraph '{said.paragraph}': give the number that stands beside it."
        raise RefusedError(Refusal.PARAGRAPH_UNKNOWN, sentence)
    if not said.wrong.strip():
        raise RefusedError(Refusal.TEXT_MISSING, "Say what is wrong in this paragraph.")
    comment = Comment.objects.create(
        client_id=said.client_id or new_public_id(),
        draft=latest,
        paragraph=said.paragraph,
        wrong=said.wrong.strip(),
        should_say=said.should_say.strip(),
        evidence=said.evidence.strip(),
        late=timezone.localdate() > latest.due_on,
        made_at=datetime.now(UTC),
        made_by_kind=person.name[0],
        made_by_id=person.name[1],
        made_by_name=person.full_name,
    )
    append(
        stream=held.name,
        by=by,
        verb="draft.commented",
        subject=("comment", comment.public_id),
        payload={"draft": latest.public_id, "paragraph": comment.paragraph, "late": comment.late},
    )
    return comment


@transaction.atomic
def answer_comment(*, comment: Comment, verdict: str, reason: str, by: tuple[str, str]) -> Answer:
    """Answer a comment of the body: accepted, and the report is changed; or not, with the reason.

    A later answer takes the place of the one before. Refused: a report that is signed off; no such verdict; no reason.
    """
    held = Inspection.objects.select_for_update().get(pk=comment.draft.inspection_id)
    person = require_in(inspection=held, action="draft.answer", by=by)
    refuse_if_signed(held)
    if verdict not in Answer.Verdict.values:
        raise RefusedError(Refusal.VERDICT_UNKNOWN, "Say whether the comment is accepted or not.")
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Write what is changed, or why nothing is: the body reads it.")
    last = comment.answers.order_by("-number").first()
    if last and (last.verdict, last.reason) == (verdict, reason.strip()):
        return last
    answer = Answer.objects.create(
        comment=comment,
        number=(last.number if last else 0) + 1,
        verdict=verdict,
        reason=reason.strip(),
        answered_at=datetime.now(UTC),
        answered_by_kind=person.name[0],
        answered_by_id=person.name[1],
    )
    append(
        stream=held.name,
        by=by,
        verb="draft.answered",
        subject=("comment", comment.public_id),
        payload={"verdict": verdict, "number": answer.number},
    )
    return answer
