"""Case lists, the samples drawn from them, and the cases themselves."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from inspectorate.inspections.models import DIGEST_LENGTH, Inspection
from inspectorate.record.ids import new_public_id
from inspectorate.register.models import Body

SEED_LENGTH = 32  # hexadecimal digits: 128 bits


class CaseList(models.Model):
    """The list of all cases of one kind from which an inspection draws: frozen with its digest, then given a seed.

    From the freeze on it never changes. The seed is made by the server, once, after the freeze.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="case_lists")
    kind = models.CharField(max_length=40, help_text="a kind of case of the edition")
    frozen_at = models.DateTimeField(null=True, editable=False)
    digest = models.CharField(max_length=DIGEST_LENGTH, null=True, editable=False)  # noqa: DJ001 - absent, not empty
    seed = models.CharField(max_length=SEED_LENGTH, null=True, editable=False)  # noqa: DJ001 - absent, not empty

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "kind"], name="sampling_one_list_for_a_kind"),
            models.CheckConstraint(condition=~Q(kind=""), name="sampling_list_has_a_kind"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, digest__isnull=True)
                | (Q(frozen_at__isnull=False, digest__isnull=False) & Exact(Length("digest"), DIGEST_LENGTH)),
                name="sampling_list_frozen_with_its_digest",
            ),
            models.CheckConstraint(
                condition=Q(seed__isnull=True) | (Q(frozen_at__isnull=False) & Exact(Length("seed"), SEED_LENGTH)),
                name="sampling_seed_after_the_freeze",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.inspection}"


class Case(models.Model):
    """One case on a list: reference and stratum as handed in, never a name or an address.

    ``holder`` has the case on the day of the list, ``home`` is the body of the person's home, ``host`` supervises for
    another. The kind of case is that of the list.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="cases", db_index=False)
    reference = models.CharField(max_length=100)
    stratum = models.CharField(max_length=100, default="all")
    characteristics = models.JSONField(default=dict, blank=True)
    holder = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_held")
    home = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_at_home")
    host = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_hosted")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_list", "reference"], name="sampling_case_once_on_a_list"),
            models.CheckConstraint(condition=~Q(reference=""), name="sampling_case_has_a_reference"),
            models.CheckConstraint(condition=~Q(stratum=""), name="sampling_case_has_a_stratum"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def kind(self) -> str:
        """The kind of case, which is that of its list."""
        return self.case_list.kind


class Sample(models.Model):
    """The sample drawn from a list. There is one: it is extended from its reserve, never drawn again."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case_list = models.OneToOneField(CaseList, on_delete=models.PROTECT, related_name="sample")
    size = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="sampling_sample_is_not_empty")]

    def __str__(self) -> str:
        return f"{self.size} cases of {self.case_list}"


class DrawnCase(models.Model):
    """The place of a case in the order of the draw: among those drawn, or in the reserve."""

    class Role(models.TextChoices):
        """Whether the draw put it in the sample or in the reserve."""

        DRAWN = "drawn", "Drawn"
        RESERVE = "reserve", "Reserve"

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="drawn_cases", db_index=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="drawn")
    role = models.CharField(max_length=10, choices=Role.choices)
    order = models.PositiveIntegerField(help_text="from 1, in the order of the draw, within the role")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "role", "order"], name="sampling_one_case_at_a_place"),
            models.CheckConstraint(condition=Q(role__in=["drawn", "reserve"]), name="sampling_role_is_known"),
            models.CheckConstraint(condition=Q(order__gte=1), name="sampling_order_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.order}: {self.case}"


class Replacement(models.Model):
    """A case left the sample and the next reserve of its stratum came in, for a reason on the edition's list."""

    outgoing = models.OneToOneField(DrawnCase, on_delete=models.PROTECT, related_name="replaced_by")
    incoming = models.OneToOneField(DrawnCase, on_delete=models.PROTECT, related_name="replaces")
    reason = models.CharField(max_length=60, help_text="the code of a reason of the edition")
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(outgoing=F("incoming")), name="sampling_no_case_replaces_itself"),
            models.CheckConstraint(condition=~Q(reason=""), name="sampling_replacement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.outgoing.case} → {self.incoming.case} ({self.reason})"
