"""Exports of all that an inspection holds: asked for by one person, agreed to by another, taken once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspectorate.inspections.models.inspection import Inspection
from inspectorate.record.ids import new_public_id


class Export(models.Model):
    """Somebody asks to take out everything of an inspection, cases included; a second person agrees, and it is taken.

    It ends by itself at ``expires_at``: some days after it was asked for, and hours after it was agreed to.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="exports")
    why = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it was declined, or taken back")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="inspections_export_has_a_reason"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="inspections_export_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")),
                name="inspections_export_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(agreed_at__isnull=False),
                name="inspections_export_taken_if_agreed",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, taken_at__isnull=True),
                name="inspections_export_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection}, asked for by {self.asked_by}"

    @property
    def name(self) -> tuple[str, str]:
        """How the record names this export."""
        return ("export", self.public_id)
