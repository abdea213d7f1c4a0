"""What is said of an edition: a draft put out for comment, the comments and their answers, and what reviews taught.

Nothing here is updated: a decision or an answer is superseded by a further version, and the newest counts. Only what
has to be forgotten is erased, which says when.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from inspectorate.record.ids import new_public_id

LONGEST_COMMENT, LONGEST_NAME = 5000, 120


class Consultation(models.Model):
    """An edition as it stood on a day, put out for comment from one moment to another."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    edition = models.CharField(max_length=60, help_text="the code of the edition, such as iaow/2013")
    edition_digest = models.CharField(max_length=64, help_text="which words and rules the comments are about")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    lead = models.TextField(help_text="what is asked, and what will come of it")
    invented = models.BooleanField(default=False, help_text="whether it is made up, to show how one works")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "opens_at"], name="standards_consultation_opens_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="standards_consultation_lasts"),
            models.CheckConstraint(condition=~Q(lead=""), name="standards_consultation_says_what_is_asked"),
        ]

    def __str__(self) -> str:
        return self.edition

    def is_open(self, now: datetime) -> bool:
        """Say whether comments are taken at a moment; from the second it closes, they are not."""
        return self.opens_at <= now < self.closes_at


class Comments(models.QuerySet):
    """Comments with what was decided of them and answered to them last."""

    def as_they_stand(self) -> Self:
        """Return comments with ``shown`` (None until read), ``reply``, ``signed`` and ``replied_at``."""
        decision = Decision.objects.filter(comment=OuterRef("pk")).order_by("-version")
        answer = Answer.objects.filter(comment=OuterRef("pk")).order_by("-version")
        return self.annotate(
            shown=Subquery(decision.values("shown")[:1]),
            reply=Subquery(answer.values("text")[:1]),
            signed=Subquery(answer.values("signed")[:1]),
            replied_at=Subquery(answer.values("at")[:1]),
        )


class Comment(models.Model):
    """What somebody said of a clause, or of the edition as a whole where ``clause`` is empty."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    sent_id = models.CharField(max_length=32, help_text="made with the form, so that sending twice is one comment")
    clause = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    organisation = models.CharField(max_length=LONGEST_NAME, blank=True)
    text = models.TextField(max_length=LONGEST_COMMENT)
    received_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True, help_text="when text, name and organisation were erased")

    objects = Comments.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "sent_id"], name="standards_comment_is_sent_once"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False) | ~Q(text=""), name="standards_comment_says_something"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(text="", name="", organisation=""),
                name="standards_comment_erased_is_gone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} {self.clause}".strip()


class Version(models.Model):
    """One version of what was decided of a comment or answered to it: who wrote it, and when."""

    version = models.PositiveSmallIntegerField(default=1)
    by_kind = models.CharField(max_length=30)
    by_id = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Decision(Version):
    """Whether a comment is shown; where it is not, why."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="decisions")
    shown = models.BooleanField()
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "version"], name="standards_decision_version_once"),
            models.CheckConstraint(condition=Q(shown=True) | ~Q(why=""), name="standards_decision_to_hide_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {'shown' if self.shown else 'not shown'}"


class Answer(Version):
    """A public answer to a comment, under the name or office of whoever gives it."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    signed = models.CharField(max_length=LONGEST_NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "version"], name="standards_answer_version_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(signed=""), name="standards_answer_is_given_and_signed"),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.signed}"


class ReviewKind(models.TextChoices):
    """When an edition was looked at again."""

    PILOT = "pilot", _("Pilot")
    MID_PROGRAMME = "mid_programme", _("Mid-programme review")


class Review(models.Model):
    """What a pilot or a mid-programme review taught about an edition as it then stood."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    edition = models.CharField(max_length=60)
    edition_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=ReviewKind.choices)
    held_on = models.DateField()
    learned = models.TextField()
    signed = models.CharField(max_length=LONGEST_NAME)

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "held_on"], name="standards_review_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=ReviewKind.values), name="standards_review_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(learned="") & ~Q(signed=""), name="standards_review_says_what_was_learned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {self.held_on}"
