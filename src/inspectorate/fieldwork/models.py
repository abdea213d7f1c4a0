"""Assessments of cases, and the journal of what was answered in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from inspectorate.inspections.models import DIGEST_LENGTH, Inspection
from inspectorate.methodology.lifecycle import ASSESSMENT
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH
from inspectorate.record.once import Once
from inspectorate.sampling.models import Case

ENTRY_ID_LENGTH = 32  # hexadecimal digits: 128 bits, made on the device
DEVICE_LENGTH = 64
CODE_LENGTH = 60
VALUE_LENGTH = 400


class Allocation(models.Model):
    """A case of the sample is given to somebody to assess; one that has ended stays, with the reason."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allocations")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="allocations")
    allocated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="fieldwork_case_with_one_assessor_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="fieldwork_ended_allocation_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} with {self.assessor}"


class Assessment(models.Model):
    """One person's assessment of a case, in the edition it was begun in. A case may have several.

    ``state`` moves by the verbs of ``methodology.lifecycle.ASSESSMENT`` alone; scores rest on accepted ones.
    """

    class Purpose(models.TextChoices):
        """What it is made for; scores rest on live ones."""

        LIVE = "live", "Live"
        DOUBLE = "double", "Blind double"
        BENCHMARK = "benchmark", "Benchmark"
        SELF = "self", "Self-assessment"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    assessor_kind = models.CharField(max_length=KIND_LENGTH)
    assessor_id = models.CharField(max_length=ID_LENGTH)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.LIVE)
    edition = models.CharField(max_length=80)
    edition_digest = models.CharField(max_length=DIGEST_LENGTH)
    begun_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="begun")
    state_at = models.DateTimeField(null=True, blank=True, help_text="when it came into this state")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "assessor_kind", "assessor_id", "purpose"], name="fieldwork_assessed_once_by_a_person"
            ),
            models.UniqueConstraint(
                fields=["case", "edition"],
                condition=Q(purpose="live") & ~Q(state="withdrawn"),
                name="fieldwork_one_live_assessment_of_a_case",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["live", "double", "benchmark", "self"]), name="fieldwork_purpose_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(assessor_kind="") & ~Q(assessor_id=""), name="fieldwork_assessment_has_an_assessor"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.code for state in ASSESSMENT.states]),
                name="fieldwork_assessment_state_is_known",
            ),
            models.CheckConstraint(condition=~Q(edition=""), name="fieldwork_assessment_has_an_edition"),
            models.CheckConstraint(
                condition=Exact(Length("edition_digest"), DIGEST_LENGTH), name="fieldwork_assessment_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} assessment of {self.case}"

    @property
    def name(self) -> tuple[str, str]:
        """How the record names this assessment."""
        return ("assessment", self.public_id)

    @property
    def assessor(self) -> tuple[str, str]:
        """Whose it is now, as the record names people."""
        return (self.assessor_kind, self.assessor_id)


class Entry(Once):
    """One line of a device's journal: an answer, the reasons ticked beside it, or a note.

    ``public_id`` is made on the device. ``supersedes`` names the entry that this one takes the place of; it may arrive
    before that one, so it is no foreign key. Where two entries stand side by side, the entry that decides supersedes
    the one and names the other in ``decides``. An empty ``value`` takes an answer back. ``sequence`` (the primary key)
    and ``hash`` are the server's receipt; ``batch`` is the delivery in which it came.
    """

    class Part(models.TextChoices):
        """What of the question it speaks of; each part has a current entry of its own."""

        ANSWER = "answer", "Answer"
        REASONS = "reasons", "Reasons"
        NOTE = "note", "Note"

    instead = "append one that supersedes the entry"

    sequence = models.BigAutoField(primary_key=True)
    public_id = models.CharField(max_length=ENTRY_ID_LENGTH, unique=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="entries")
    device = models.CharField(max_length=DEVICE_LENGTH)
    counter = models.PositiveBigIntegerField()
    question = models.CharField(max_length=CODE_LENGTH)
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.ANSWER)
    value = models.CharField(max_length=VALUE_LENGTH, blank=True)
    text = models.TextField(blank=True)
    supersedes = models.CharField(max_length=ENTRY_ID_LENGTH, null=True, blank=True)  # noqa: DJ001 - absent
    decides = models.CharField(max_length=ENTRY_ID_LENGTH, null=True, blank=True)  # noqa: DJ001 - absent
    device_time = models.DateTimeField()
    received_at = models.DateTimeField()
    batch = models.CharField(max_length=32, db_index=False)
    hash = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        verbose_name_plural = "entries"
        # Few entries supersede another: an index of those alone is small, and what nothing supersedes is found at once.
        indexes = [
            models.Index(
                fields=[link, "assessment"], condition=Q(**{f"{link}__isnull": False}), name=f"fieldwork_{link}"
            )
            for link in ("supersedes", "decides")
        ]
        constraints = [
            models.UniqueConstraint(fields=["device", "counter"], name="fieldwork_entry_once_in_a_journal"),
            models.CheckConstraint(
                condition=Exact(Length("public_id"), ENTRY_ID_LENGTH), name="fieldwork_entry_id_has_128_bits"
            ),
            models.CheckConstraint(condition=~Q(device=""), name="fieldwork_entry_has_a_device"),
            models.CheckConstraint(condition=Q(counter__gte=1), name="fieldwork_entry_counter_from_one"),
            models.CheckConstraint(condition=~Q(question=""), name="fieldwork_entry_has_a_question"),
            models.CheckConstraint(
                condition=Q(part="note", value="") | Q(part__in=["answer", "reasons"], text=""),
                name="fieldwork_entry_is_value_or_text",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("public_id")),
                name="fieldwork_entry_not_superseding_itself",
            ),
            models.CheckConstraint(
                condition=Q(decides__isnull=True)
                | (Q(supersedes__isnull=False) & ~Q(decides=F("supersedes")) & ~Q(decides=F("public_id"))),
                name="fieldwork_entry_decides_between_two_others",
            ),
            models.CheckConstraint(condition=Exact(Length("hash"), DIGEST_LENGTH), name="fieldwork_entry_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.question} ({self.part}): {self.value or self.text}"


class FieldworkReopening(models.Model):
    """Somebody asks that fieldwork be reopened, with the reason; another agrees or declines. Every one is kept."""

    class Decision(models.TextChoices):
        """What became of it."""

        AGREED = "agreed", "Agreed"
        DECLINED = "declined", "Declined"
        TAKEN_BACK = "taken_back", "Taken back"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="fieldwork_reopenings")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by_kind = models.CharField(max_length=KIND_LENGTH)
    asked_by_id = models.CharField(max_length=ID_LENGTH)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_kind = models.CharField(max_length=KIND_LENGTH, blank=True)
    decided_by_id = models.CharField(max_length=ID_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="fieldwork_reopening_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decision__in=["", "agreed", "declined", "taken_back"]),
                name="fieldwork_reopening_decision_is_known",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by_id="")
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(decided_by_id="")),
                name="fieldwork_reopening_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["agreed", "declined"])
                | ~Q(asked_by_kind=F("decided_by_kind"), asked_by_id=F("decided_by_id")),
                name="fieldwork_reopening_takes_two_people",
            ),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(decision=""), name="fieldwork_one_open_reopening"
            ),
        ]

    def __str__(self) -> str:
        return f"Reopening of the fieldwork of {self.inspection}"

    @property
    def asked_by(self) -> tuple[str, str]:
        """Who asked."""
        return (self.asked_by_kind, self.asked_by_id)
