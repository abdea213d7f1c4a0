"""What was decided about an assessment: accepted, or returned with the line of guidance it rests on."""

from django.db import models
from django.db.models import Q

from inspectorate.fieldwork.models import Assessment
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH


class Decision(models.Model):
    """One decision about an assessment as it stood then; a later one supersedes it, and both are kept."""

    class Verdict(models.TextChoices):
        """What was decided."""

        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField(blank=True, help_text="why it was returned")
    question = models.CharField(max_length=60, blank=True, help_text="the question it is about, if one")
    guidance = models.TextField(blank=True, help_text="the line of guidance it rests on, as it read then")
    decided_by_kind = models.CharField(max_length=KIND_LENGTH)
    decided_by_id = models.CharField(max_length=ID_LENGTH)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=["accepted", "returned"]), name="quality_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(verdict="accepted") | ~Q(reason=""), name="quality_returned_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.verdict}"
