"""Bodies: whom we inspect, from which day to which, and what became of them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspectorate.record.ids import new_public_id


class BodyKind(models.TextChoices):
    """What sort of body it is."""

    YOUTH_OFFENDING_TEAM = "youth_offending_team", _("Youth offending team")
    PROBATION_TRUST = "probation_trust", _("Probation trust")
    COMMUNITY_REHABILITATION_COMPANY = "community_rehabilitation_company", _("Community rehabilitation company")
    PROBATION_DIVISION = "probation_division", _("Probation division")
    NATIONAL_SERVICE = "national_service", _("National service")
    PRISON = "prison", _("Prison")
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    OTHER = "other", _("Other body")


class Nation(models.TextChoices):
    """Where it works; partners and languages differ in Wales."""

    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")
    ENGLAND_AND_WALES = "england_and_wales", _("England and Wales")


class SuccessionKind(models.TextChoices):
    """How the one followed the other."""

    RENAMED = "renamed", "Renamed"
    MERGED = "merged", "Merged"
    SPLIT = "split", "Split"
    REPLACED = "replaced", "Replaced"


SAYS_ITS_KIND = ("Service", "Services", "Team", "Trust", "Company", "Partnership")
"""Words at the end of a name after which its kind is not said again."""


class Body(models.Model):
    """One organisation that may be inspected.

    A body that is renamed, merged or split ends, and another begins: the two are joined by a ``Succession``, and what
    was said of the old one stays said of the old one. A day that is not certain is empty.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, choices=BodyKind.choices)
    nation = models.CharField(max_length=20, choices=Nation.choices)
    region = models.CharField(max_length=60, blank=True)
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="the last day of its life")
    invented = models.BooleanField(default=False, help_text="true for a body made up for a demonstration")
    provenance = models.CharField(max_length=300, blank=True, help_text="where these facts are from")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="register_body_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="register_body_kind_is_known"),
            models.CheckConstraint(condition=Q(nation__in=Nation.values), name="register_body_nation_is_known"),
            models.CheckConstraint(
                condition=Q(began_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="register_body_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["name", "kind", "invented"],
                condition=Q(ended_on__isnull=True),
                name="register_one_living_body_of_a_name",
            ),
        ]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        """Return the address of the body's page."""
        return reverse("register:body", args=[self.public_id])

    @property
    def full_name(self) -> str:
        """The name with its kind, where the name alone would not tell a trust from a team."""
        titles = {
            BodyKind.YOUTH_OFFENDING_TEAM: "Youth Offending Team",
            BodyKind.PROBATION_TRUST: "Probation Trust",
            BodyKind.COMMUNITY_REHABILITATION_COMPANY: "Community Rehabilitation Company",
        }
        title = titles.get(BodyKind(self.kind), "")
        if self.name.endswith(tuple(f" {word}" for word in SAYS_ITS_KIND)):
            return self.name
        return f"{self.name} {title}".strip()

    def lives_on(self, day: date) -> bool:
        """Whether the body was, is or will be there on a day; an unknown beginning or end stands open."""
        return (self.began_on is None or self.began_on <= day) and (self.ended_on is None or day <= self.ended_on)


class Succession(models.Model):
    """One body became, or passed its work to, another. ``on`` is the first day of the new order."""

    before = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="became")
    after = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="register_succession_said_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="register_no_body_succeeds_itself"),
            models.CheckConstraint(
                condition=Q(kind__in=SuccessionKind.values),
                name="register_succession_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after} ({self.get_kind_display()}, {self.on.isoformat()})"


class LocalDeliveryUnit(models.Model):
    """A local delivery unit (LDU) of a body."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="local_delivery_units")
    name = models.CharField(max_length=200)
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="the last day of its life")
    provenance = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="register_ldu_has_a_name"),
            models.CheckConstraint(
                condition=Q(began_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="register_ldu_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["body", "name"],
                condition=Q(ended_on__isnull=True),
                name="register_one_living_ldu_of_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.body.name})"
