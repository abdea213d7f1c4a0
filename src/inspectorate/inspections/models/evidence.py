"""What the body gives by standard: evidence, self-assessment and files; and what the lead makes of it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from inspectorate.inspections.models.inspection import DIGEST_LENGTH, Inspection
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH
from inspectorate.register.models import Body

NAME_LENGTH = 150  # characters of the name of a file
MOST_BYTES = 10 * 2**20  # of one file


class EvidenceVersion(models.Model):
    """Evidence and self-assessment of one body for one standard, as saved once: a draft, or given to the inspectors.

    Every saving is a version; a later one supersedes it and it is kept. ``replaces`` is the given version that this one
    changes: what has been given is changed with a reason.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="evidence")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="evidence", help_text="whose evidence it is")
    edition = models.CharField(max_length=80, help_text="the code of the edition, such as iaow/2013")
    standard = models.CharField(max_length=40, help_text="the code of the standard in that edition")
    number = models.PositiveIntegerField()
    given = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    rating = models.CharField(max_length=40, blank=True, help_text="how the body rates its own work")
    reasons = models.TextField(blank=True, help_text="why it rates it so")
    why = models.TextField(blank=True, help_text="why what had been given was changed")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    saved_at = models.DateTimeField()
    saved_by_kind = models.CharField(max_length=KIND_LENGTH)
    saved_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "body", "edition", "standard", "number"],
                name="inspections_evidence_versions_are_numbered",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="inspections_evidence_versions_begin_at_one"),
            models.CheckConstraint(
                condition=~Q(edition="") & ~Q(standard=""), name="inspections_evidence_is_for_a_standard"
            ),
            models.CheckConstraint(
                condition=Q(given=False) | (~Q(rating="") & ~Q(reasons="")),
                name="inspections_given_evidence_has_a_self_assessment",
            ),
            models.CheckConstraint(
                condition=Q(given=False) | Q(replaces__isnull=True) | ~Q(why=""),
                name="inspections_changed_evidence_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.standard}, version {self.number}"

    @property
    def name(self) -> tuple[str, str]:
        """How the record names this version."""
        return ("evidence", self.public_id)


class EvidenceFile(models.Model):
    """The bytes of a file, once for an inspection; never shown, only handed over."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="evidence_files")
    kind = models.CharField(max_length=10, help_text="what it is by its content, such as pdf")
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=DIGEST_LENGTH, help_text="SHA-256 of the bytes")
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "digest"], name="inspections_the_same_file_is_kept_once"),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_BYTES), name="inspections_file_is_neither_empty_nor_too_large"
            ),
            models.CheckConstraint(
                condition=Exact(Length("digest"), DIGEST_LENGTH), name="inspections_file_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.size} bytes"


class Attachment(models.Model):
    """A file in a version of the evidence, under the name that it came with."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    version = models.ForeignKey(EvidenceVersion, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "file"], name="inspections_a_file_stands_once_in_a_version"),
            models.CheckConstraint(condition=~Q(name=""), name="inspections_attachment_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """What the lead says of a given version: seen, agreed, or challenged with a reason. The latest holds."""

    class Kind(models.TextChoices):
        """What is said."""

        SEEN = "seen", "Seen"
        AGREED = "agreed", "Agreed"
        CHALLENGED = "challenged", "Challenged"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    version = models.ForeignKey(EvidenceVersion, on_delete=models.PROTECT, related_name="marks")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.TextField(blank=True)
    marked_at = models.DateTimeField()
    marked_by_kind = models.CharField(max_length=KIND_LENGTH)
    marked_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="inspections_marks_are_numbered"),
            models.CheckConstraint(
                condition=Q(kind__in=["seen", "agreed", "challenged"]), name="inspections_mark_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="challenged") | ~Q(reason=""), name="inspections_challenge_has_a_reason"
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(kind="challenged"), name="inspections_a_version_is_challenged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.version}"


class ChallengeAnswer(models.Model):
    """What the body answers to a challenge, once."""

    challenge = models.OneToOneField(Mark, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField()
    answered_at = models.DateTimeField()
    answered_by_kind = models.CharField(max_length=KIND_LENGTH)
    answered_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="inspections_answer_to_a_challenge_has_words"),
        ]

    def __str__(self) -> str:
        return f"answer: {self.challenge}"
