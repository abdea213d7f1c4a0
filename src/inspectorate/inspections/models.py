"""Inspections: what is visited, by which edition each module is judged, and whose work is looked at."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from inspectorate.record.ids import new_public_id
from inspectorate.register.models import Body

DIGEST_LENGTH = 64  # hexadecimal digits of a SHA-256


class Inspection(models.Model):
    """One inspection: it visits one body, or one area whose bodies it names as providers.

    ``parent`` joins the units of a region to it, and the parts of a joint inspection. ``state`` moves by the verbs of
    ``methodology.lifecycle`` alone.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    title = models.CharField(max_length=200)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections")
    area = models.CharField(max_length=200, blank=True, help_text="an area by name, where no single body is visited")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    focus = models.CharField(max_length=200, blank=True, help_text="what this inspection looks at more closely")
    state = models.CharField(max_length=40, default="arranged")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="inspections_inspection_has_a_title"),
            models.CheckConstraint(
                condition=Q(body__isnull=False, area="") | (Q(body__isnull=True) & ~Q(area="")),
                name="inspections_visits_a_body_or_an_area",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="inspections_not_its_own_parent"
            ),
            models.CheckConstraint(condition=~Q(state=""), name="inspections_inspection_has_a_state"),
        ]

    def __str__(self) -> str:
        return self.title


class Module(models.Model):
    """A module of an inspection and the edition it is judged by, pinned by code and digest for the whole inspection."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="modules")
    code = models.CharField(max_length=40, default="main")
    edition = models.CharField(max_length=80, help_text="the code of the edition, such as iaow/2013")
    edition_digest = models.CharField(max_length=DIGEST_LENGTH)
    partner = models.CharField(max_length=200, blank=True, help_text="the inspectorate that leads it, where not ours")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "code"], name="inspections_one_edition_for_a_module"),
            models.CheckConstraint(condition=~Q(code=""), name="inspections_module_has_a_code"),
            models.CheckConstraint(condition=~Q(edition=""), name="inspections_module_has_an_edition"),
            models.CheckConstraint(
                condition=Exact(Length("edition_digest"), DIGEST_LENGTH), name="inspections_module_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.edition}"


class InspectedProvider(models.Model):
    """A body whose work is looked at in an inspection; there may be several."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="inspected_providers")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="inspected_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "body"], name="inspections_provider_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body} in {self.inspection}"
