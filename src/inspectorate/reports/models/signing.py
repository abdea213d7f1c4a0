"""Signed reports, and the reopening of one, which takes two people."""

from django.db import models
from django.db.models import F, Q

from inspectorate.inspections.models import DIGEST_LENGTH, Inspection
from inspectorate.ratings.models import Settlement
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH
from inspectorate.record.once import Once
from inspectorate.reports.models.checking import Draft


class SignedReport(Once):
    """A report as it was signed off: what the draft said that the body last checked. The latest is in force.

    One that was reopened stays; the one that is signed after it names it in ``supersedes``.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="signed_reports", db_index=False)
    number = models.PositiveIntegerField(help_text="from 1, the latest is in force")
    content = models.JSONField()
    digest = models.CharField(max_length=DIGEST_LENGTH)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="signed")
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="signed_reports")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    signed_at = models.DateTimeField()
    signed_by_kind = models.CharField(max_length=KIND_LENGTH)
    signed_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="reports_one_signed_report_of_a_number"),
            models.CheckConstraint(
                condition=Q(number=1, supersedes__isnull=True) | Q(number__gte=2, supersedes__isnull=False),
                name="reports_later_report_supersedes_one",
            ),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="reports_signed_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"Report {self.number} on {self.inspection}"


class Reopening(models.Model):
    """Somebody asks to reopen a signed report, with the reason; somebody else agrees or declines. Every one is kept."""

    class Decision(models.TextChoices):
        """What became of it."""

        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        TAKEN_BACK = "taken_back", "Taken back"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    report = models.ForeignKey(SignedReport, on_delete=models.PROTECT, related_name="reopenings")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by_kind = models.CharField(max_length=KIND_LENGTH)
    asked_by_id = models.CharField(max_length=ID_LENGTH)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_kind = models.CharField(max_length=KIND_LENGTH, blank=True)
    decided_by_id = models.CharField(max_length=ID_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reports_reopening_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decision__in=["", "agreed", "declined", "taken_back"]),
                name="reports_reopening_decision_is_known",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by_id="")
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(decided_by_id="")),
                name="reports_reopening_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["agreed", "declined"])
                | ~Q(asked_by_kind=F("decided_by_kind"), asked_by_id=F("decided_by_id")),
                name="reports_reopening_takes_two_people",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(decision__in=["", "agreed"]),
                name="reports_one_open_reopening_of_a_report",
            ),
        ]

    def __str__(self) -> str:
        return f"Reopening of {self.report}"
