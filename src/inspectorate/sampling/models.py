"""Case lists and how they were handed in, the samples drawn from them, and the cases themselves."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from inspectorate.inspections.models import DIGEST_LENGTH, Inspection
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH
from inspectorate.register.models import Body

SEED_LENGTH = 32  # hexadecimal digits: 128 bits
REASON_LENGTH = 500
FILE_NAME_LENGTH = 200


class CaseList(models.Model):
    """The list of all cases of one kind from which an inspection draws: frozen with its digest, then given a seed.

    From the freeze on it never changes. The seed is made by the server, once, after the freeze. A list that is closed
    (frozen, or settled because no case is eligible) and wrong is superseded by its next version, with a reason and
    only before the seed; the old one stays. From the seed on there is no other: who has seen it knows the draw.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="case_lists")
    kind = models.CharField(max_length=40, help_text="a kind of case of the edition")
    version = models.PositiveSmallIntegerField(default=1)
    frozen_at = models.DateTimeField(null=True, editable=False)
    digest = models.CharField(max_length=DIGEST_LENGTH, null=True, editable=False)  # noqa: DJ001 - absent, not empty
    seed = models.CharField(max_length=SEED_LENGTH, null=True, editable=False)  # noqa: DJ001 - absent, not empty
    none_eligible_at = models.DateTimeField(null=True, editable=False)
    none_eligible_because = models.CharField(max_length=REASON_LENGTH, blank=True, editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    superseded_because = models.CharField(max_length=REASON_LENGTH, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "kind"],
                condition=Q(superseded_at__isnull=True),
                name="sampling_one_list_for_a_kind",
            ),
            models.UniqueConstraint(fields=["inspection", "kind", "version"], name="sampling_one_list_of_a_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="sampling_version_from_one"),
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
            models.CheckConstraint(
                condition=Q(none_eligible_at__isnull=True, none_eligible_because="")
                | (Q(none_eligible_at__isnull=False, frozen_at__isnull=True) & ~Q(none_eligible_because="")),
                name="sampling_none_eligible_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, superseded_because="")
                | (Q(superseded_at__isnull=False, seed__isnull=True) & ~Q(superseded_because="")),
                name="sampling_superseded_with_a_reason_before_the_seed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.inspection}"

    @property
    def is_open(self) -> bool:
        """Whether cases may still come in and go."""
        return self.frozen_at is None and self.none_eligible_at is None and self.superseded_at is None


class ListUpload(models.Model):
    """A file that was handed in for a list: who, when, its digest, and what was found in it. The file is not kept.

    ``faults`` are plain values with row, column, why and remedy. ``faulty_rows`` are the rows that were not accepted,
    kept for the corrected file until the list is closed; a cell that looked personal is not among them.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="uploads")
    file_name = models.CharField(max_length=FILE_NAME_LENGTH)
    digest = models.CharField(max_length=DIGEST_LENGTH)
    whole = models.BooleanField(default=False, help_text="it took the place of all that was on the list")
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0, help_text="cases that were there, with other facts; whole only")
    unchanged = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0, help_text="cases that the file no longer has; whole only")
    faults = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    heads = models.JSONField(default=list, blank=True)
    faulty_rows = models.JSONField(default=list, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by_kind = models.CharField(max_length=KIND_LENGTH)
    uploaded_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(file_name=""), name="sampling_upload_has_a_file_name"),
            models.CheckConstraint(
                condition=Exact(Length("digest"), DIGEST_LENGTH), name="sampling_upload_has_a_digest"
            ),
            models.CheckConstraint(
                condition=~Q(uploaded_by_kind="") & ~Q(uploaded_by_id=""), name="sampling_upload_has_an_uploader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} for {self.case_list}"


class Case(models.Model):
    """One case on a list: reference and stratum as handed in, never a name or an address.

    ``holder`` has the case on the day of the list, ``home`` is the body of the person's home, ``host`` supervises for
    another. The kind of case is that of the list. ``practitioner`` is initials, so that an interview can be arranged.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="cases", db_index=False)
    reference = models.CharField(max_length=100)
    stratum = models.CharField(max_length=100, default="all")
    characteristics = models.JSONField(default=dict, blank=True)
    practitioner = models.CharField(max_length=10, blank=True, help_text="initials")
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
    """The sample drawn from a list. There is one: it is extended from its reserve, never drawn again.

    ``by_rule`` is the size that the edition's plan works out; where the lead chose another, the reason stands here.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case_list = models.OneToOneField(CaseList, on_delete=models.PROTECT, related_name="sample")
    size = models.PositiveIntegerField()
    by_rule = models.PositiveIntegerField(null=True)
    size_because = models.CharField(max_length=REASON_LENGTH, blank=True)
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1), name="sampling_sample_is_not_empty"),
            models.CheckConstraint(
                condition=Q(by_rule__isnull=True) | Q(size=F("by_rule")) | ~Q(size_because=""),
                name="sampling_other_size_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.size} cases of {self.case_list}"


class Extension(models.Model):
    """Cases that came into a sample from its reserve after the draw, with the reason."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="extensions")
    cases = models.PositiveIntegerField()
    why = models.CharField(max_length=REASON_LENGTH)
    extended_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cases__gte=1) & ~Q(why=""), name="sampling_extension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.cases} more cases for {self.sample}"


class DrawnCase(models.Model):
    """The place of a case in the order of the draw: among those drawn, or in the reserve.

    The place never changes, so that a draw can be compared with what anybody draws again; what came in later says so
    by ``extension`` or by its replacement.
    """

    class Role(models.TextChoices):
        """Whether the draw put it in the sample or in the reserve."""

        DRAWN = "drawn", "Drawn"
        RESERVE = "reserve", "Reserve"

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="drawn_cases", db_index=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="drawn")
    role = models.CharField(max_length=10, choices=Role.choices)
    order = models.PositiveIntegerField(help_text="from 1, in the order of the draw, within the role")
    extension = models.ForeignKey(
        Extension, null=True, blank=True, on_delete=models.PROTECT, related_name="drawn_cases", editable=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "role", "order"], name="sampling_one_case_at_a_place"),
            models.CheckConstraint(condition=Q(role__in=["drawn", "reserve"]), name="sampling_role_is_known"),
            models.CheckConstraint(condition=Q(order__gte=1), name="sampling_order_from_one"),
            models.CheckConstraint(
                condition=Q(extension__isnull=True) | Q(role="reserve"), name="sampling_extended_from_the_reserve"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.order}: {self.case}"


class Replacement(models.Model):
    """A case left the sample and the next reserve of its stratum came in.

    ``reason`` is the code of a reason of the edition, or ``OTHER``, for which two people are named in the record.
    ``incoming`` is empty where the reserve of the stratum was used up; that too takes two people.
    """

    OTHER = "other"

    outgoing = models.OneToOneField(DrawnCase, on_delete=models.PROTECT, related_name="replaced_by")
    incoming = models.OneToOneField(DrawnCase, null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    reason = models.CharField(max_length=60, help_text="the code of a reason of the edition, or other")
    why = models.CharField(max_length=REASON_LENGTH, blank=True)
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(outgoing=F("incoming")), name="sampling_no_case_replaces_itself"),
            models.CheckConstraint(condition=~Q(reason=""), name="sampling_replacement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(incoming__isnull=False) | ~Q(why=""), name="sampling_left_without_another_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outgoing.case} → {self.incoming.case if self.incoming else 'nobody'} ({self.reason})"


class Proposal(models.Model):
    """Somebody asks for a change of a drawn sample that takes two people; another decides.

    Either a case (``drawn_case``) is to leave for a reason that is not on the edition's list, or ``cases`` more are to
    come into ``sample`` from its reserve.
    """

    class Decision(models.TextChoices):
        """What the second person said."""

        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        TAKEN_BACK = "taken_back", "Taken back"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    drawn_case = models.ForeignKey(DrawnCase, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    sample = models.ForeignKey(Sample, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    cases = models.PositiveIntegerField(null=True, blank=True, help_text="how many more cases are to come in")
    reason = models.CharField(max_length=60, default=Replacement.OTHER)
    why = models.CharField(max_length=REASON_LENGTH)
    proposed_at = models.DateTimeField()
    proposed_by_kind = models.CharField(max_length=KIND_LENGTH)
    proposed_by_id = models.CharField(max_length=ID_LENGTH)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_kind = models.CharField(max_length=KIND_LENGTH, blank=True)
    decided_by_id = models.CharField(max_length=ID_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["drawn_case"], condition=Q(decision=""), name="sampling_one_open_proposal_for_a_case"
            ),
            models.UniqueConstraint(
                fields=["sample"], condition=Q(decision=""), name="sampling_one_open_proposal_to_extend"
            ),
            models.CheckConstraint(
                condition=Q(drawn_case__isnull=False, sample__isnull=True, cases__isnull=True)
                | Q(drawn_case__isnull=True, sample__isnull=False, cases__gte=1),
                name="sampling_proposal_is_of_a_case_or_of_more",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="sampling_proposal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by_id="")
                | (
                    Q(decision__in=["agreed", "declined", "taken_back"], decided_at__isnull=False)
                    & ~Q(decided_by_id="")
                ),
                name="sampling_proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision="agreed") | ~Q(decided_by_id=F("proposed_by_id")),
                name="sampling_proposal_agreed_by_another",
            ),
        ]

    def __str__(self) -> str:
        what = f"{self.drawn_case.case} to leave" if self.drawn_case else f"{self.cases} more to come in"
        return f"{what}: {self.why}"
