"""Releases: the minute from which a signed report is public, proposed by one person and confirmed by another."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspectorate.inspections.models import Inspection
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH
from inspectorate.reports.models import SignedReport


class Releases(models.QuerySet["Release"]):
    """Releases by the clock: before its minute one answers exactly as what never was."""

    def released(self, at: datetime) -> Self:
        """Return what has become public by a moment: confirmed, not ended, its minute come; also what is down now."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True, visible_from__lte=at)

    def public(self, at: datetime) -> Self:
        """Return what is public at a moment: released by then, and not taken down."""
        return self.released(at).filter(taken_down_at__isnull=True)

    def open(self) -> Self:
        """Return what is proposed or confirmed, and was not taken back."""
        return self.filter(ended_at__isnull=True)


class Release(models.Model):
    """A signed report is to be public from a minute on.

    ``public_id`` is its address among the public results. ``results`` names the results that were recorded in the
    register with it, by public id. A proposal that is withdrawn, and a release taken back before its minute, stay here
    with the moment and the reason. What is public is never taken back as if it had not been; but it can be taken down,
    at once and by one person, and is then said to be down until another puts it up again.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="releases")
    signed_report = models.ForeignKey(SignedReport, on_delete=models.PROTECT, related_name="releases")
    visible_from = models.DateTimeField()
    proposed_at = models.DateTimeField()
    proposed_by_kind = models.CharField(max_length=KIND_LENGTH)
    proposed_by_id = models.CharField(max_length=ID_LENGTH)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_kind = models.CharField(max_length=KIND_LENGTH, blank=True)
    confirmed_by_id = models.CharField(max_length=ID_LENGTH, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_because = models.TextField(blank=True)
    taken_down_by_kind = models.CharField(max_length=KIND_LENGTH, blank=True)
    taken_down_by_id = models.CharField(max_length=ID_LENGTH, blank=True)
    results = models.JSONField(default=list, blank=True)

    objects = Releases.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(ended_at__isnull=True), name="publication_one_open_release"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by_id="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by_id="")),
                name="publication_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | ~Q(confirmed_by_id=F("proposed_by_id"))
                | ~Q(confirmed_by_kind=F("proposed_by_kind"))
                | Q(proposed_by_kind="system"),
                name="publication_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__lte=F("visible_from")),
                name="publication_confirmed_before_its_minute",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="publication_ended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(ended_at__isnull=True) | Q(ended_at__lt=F("visible_from")),
                name="publication_public_is_never_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=True, taken_down_because="", taken_down_by_id="")
                | (Q(taken_down_at__isnull=False) & ~Q(taken_down_because="") & ~Q(taken_down_by_id="")),
                name="publication_taken_down_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=True)
                | Q(confirmed_at__isnull=False, ended_at__isnull=True, taken_down_at__gte=F("visible_from")),
                name="publication_taken_down_once_public",
            ),
        ]
        indexes = [models.Index(fields=["visible_from"], name="publication_release_visible")]

    def __str__(self) -> str:
        return f"{self.inspection}, public from {self.visible_from.isoformat()}"

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("publication:result", args=[self.public_id])

    @property
    def name(self) -> tuple[str, str]:
        """How the record names this release."""
        return ("release", self.public_id)
