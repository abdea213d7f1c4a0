"""Accounts, and the ties of a person to a body or a case."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH


class Role(models.TextChoices):
    """What a person is here for; what each may do stands in ``access``."""

    CHIEF_INSPECTOR = "chief_inspector", "Chief inspector"
    LEAD_INSPECTOR = "lead_inspector", "Lead inspector"
    INSPECTOR = "inspector", "Inspector"
    LOCAL_ASSESSOR = "local_assessor", "Local assessor"
    BODY_CONTACT = "body_contact", "Body contact"
    NONE = "none", "No role yet"


STAFF = (Role.CHIEF_INSPECTOR, Role.LEAD_INSPECTOR, Role.INSPECTOR)


class User(AbstractUser):
    """A person with an account. Named in the record by ``("user", public_id)``."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.NONE)
    demonstration = models.BooleanField(default=False, help_text="an invented person of a demonstration")

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="people_role_is_known"),
            # People sign in by their address: it is one person's alone, however it is typed.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="people_address_in_small_letters"),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="people_one_account_for_an_address"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as people say it."""
        return self.get_full_name() or self.username

    @property
    def name(self) -> tuple[str, str]:
        """How the record names this person."""
        return ("user", self.public_id)


class Tie(models.Model):
    """What ties a person to a body or a case: works there, worked there, is family, knows the case.

    For a body contact, working for a body opens the pages of that body. For everybody else any tie is an interest, and
    bars the person from the inspections of that body and from that case.
    """

    class Kind(models.TextChoices):
        """What the tie is."""

        WORKS_FOR = "works_for", "Works for it"
        WORKED_FOR = "worked_for", "Worked for it"
        FAMILY = "family", "Family"
        FRIENDSHIP = "friendship", "Friendship"
        CASE_KNOWN = "case_known", "Knows the case"
        OTHER = "other", "Another interest"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject_kind = models.CharField(max_length=KIND_LENGTH)
    subject_id = models.CharField(max_length=ID_LENGTH)
    note = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["works_for", "worked_for", "family", "friendship", "case_known", "other"]),
                name="people_tie_kind_is_known",
            ),
            models.CheckConstraint(condition=Q(subject_kind__in=["body", "case"]), name="people_tie_to_body_or_case"),
            models.CheckConstraint(condition=~Q(subject_id=""), name="people_tie_has_a_subject"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("declared_at")),
                name="people_tie_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "subject_kind", "subject_id"],
                condition=Q(ended_at__isnull=True),
                name="people_one_open_tie_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()} ({self.subject_kind} {self.subject_id})"
