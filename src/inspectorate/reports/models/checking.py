"""Drafts as they were sent to the body, what the body said of their facts, and what was answered."""

from django.db import models
from django.db.models import Q

from inspectorate.inspections.models import DIGEST_LENGTH, Inspection
from inspectorate.ratings.models import Settlement
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH
from inspectorate.record.once import Once
from inspectorate.reports.models.writing import NAME_LENGTH

PARAGRAPH_LENGTH = 20


class Draft(Once):
    """A draft as the body got it: every figure in its place, frozen with its digest. A corrected one is a new one."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="drafts", db_index=False)
    number = models.PositiveIntegerField(help_text="from 1")
    content = models.JSONField()
    digest = models.CharField(max_length=DIGEST_LENGTH)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="drafts")
    due_on = models.DateField(help_text="the last day for comments")
    sent_at = models.DateTimeField()
    sent_by_kind = models.CharField(max_length=KIND_LENGTH)
    sent_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="reports_one_draft_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reports_draft_number_from_one"),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="reports_draft_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"Draft {self.number} of {self.inspection}"


class Correction(Once):
    """Why a draft was taken back to be written again."""

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="correction")
    reason = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by_kind = models.CharField(max_length=KIND_LENGTH)
    corrected_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reports_correction_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.draft} is corrected"


class Comment(Once):
    """What the body says of one paragraph of a draft: what is wrong, what it should say, on what evidence.

    ``client_id`` is made with the form, so that sending it twice leaves one comment.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    client_id = models.CharField(max_length=32, unique=True, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="comments")
    paragraph = models.CharField(max_length=PARAGRAPH_LENGTH)
    wrong = models.TextField(help_text="what is wrong")
    should_say = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    late = models.BooleanField(default=False, help_text="it came after the last day for comments")
    made_at = models.DateTimeField()
    made_by_kind = models.CharField(max_length=KIND_LENGTH)
    made_by_id = models.CharField(max_length=ID_LENGTH)
    made_by_name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(wrong=""), name="reports_comment_says_what_is_wrong"),
            models.CheckConstraint(condition=~Q(paragraph=""), name="reports_comment_names_a_paragraph"),
        ]

    def __str__(self) -> str:
        return f"{self.draft}, paragraph {self.paragraph}"


class Answer(Once):
    """What the lead inspector answers to a comment. A later answer to the same comment takes the place of this one."""

    class Verdict(models.TextChoices):
        """What becomes of the comment."""

        ACCEPTED = "accepted", "Accepted: the report is changed"
        NOT_ACCEPTED = "not_accepted", "Not accepted"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="answers", db_index=False)
    number = models.PositiveIntegerField(help_text="from 1, the latest counts")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    reason = models.TextField()
    answered_at = models.DateTimeField()
    answered_by_kind = models.CharField(max_length=KIND_LENGTH)
    answered_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="reports_one_answer_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reports_answer_number_from_one"),
            models.CheckConstraint(
                condition=Q(verdict__in=["accepted", "not_accepted"]), name="reports_answer_verdict_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reports_answer_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.verdict}"
