"""Facts about the installation itself: its epoch, each run of a duty, what is on hold, who was reminded."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH

THIS = ("installation", "this")
"""How the record names this installation; also the stream of what is done to it."""


class Epoch(models.Model):
    """A stretch of the life of the server without a gap: a restore ends one and begins the next.

    A device that was told of another epoch knows that the server may have forgotten what it acknowledged, and offers
    it again. The random ``public_id`` tells two restores of one backup apart, which both have the same number.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    began_at = models.DateTimeField()
    because = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="upkeep_epoch_from_one"),
            models.CheckConstraint(condition=~Q(because=""), name="upkeep_epoch_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"epoch {self.number}"


class DutyRun(models.Model):
    """One run of a duty: asked for, running, done or failed; one that was killed is found as such and run again.

    ``counts`` are plain numbers and names that the status page shows, such as the file of a backup.
    """

    class Outcome(models.TextChoices):
        """How it stands."""

        ASKED = "asked", "Asked for"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        DIED = "died", "Stopped half way"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    duty = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    asked_by_kind = models.CharField(max_length=KIND_LENGTH)
    asked_by_id = models.CharField(max_length=ID_LENGTH)
    due_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    said = models.TextField(blank=True, help_text="what came of it, in a sentence")
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["duty", "-id"], name="upkeep_runs_of_a_duty")]
        constraints = [
            models.CheckConstraint(condition=~Q(duty=""), name="upkeep_run_is_of_a_duty"),
            models.CheckConstraint(
                condition=Q(outcome__in=["asked", "running", "done", "failed", "died"]),
                name="upkeep_run_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="asked", began_at__isnull=True, ended_at__isnull=True)
                | Q(outcome="running", began_at__isnull=False, ended_at__isnull=True)
                | Q(outcome__in=["done", "failed", "died"], began_at__isnull=False, ended_at__isnull=False),
                name="upkeep_run_has_its_times",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["failed", "died"]) | ~Q(said=""), name="upkeep_failed_run_says_why"
            ),
            models.UniqueConstraint(
                fields=["duty"], condition=Q(outcome="asked"), name="upkeep_asked_for_once_at_a_time"
            ),
            models.UniqueConstraint(fields=["duty"], condition=Q(outcome="running"), name="upkeep_runs_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.outcome}"

    @property
    def name(self) -> tuple[str, str]:
        """How the record names this run."""
        return ("duty-run", self.public_id)


class Runner(models.Model):
    """When the process that runs the duties was last at work: one row, so that a page can say that none is."""

    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"last at work {self.seen_at.isoformat()}"


class Reminder(models.Model):
    """Somebody is reminded on a day of what is theirs to do: once, also where the run was stopped half way."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField()
    late = models.PositiveIntegerField()
    today = models.PositiveIntegerField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="upkeep_reminded_once_a_day"),
            models.CheckConstraint(condition=Q(late__gte=1) | Q(today__gte=1), name="upkeep_reminder_has_a_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.day.isoformat()}"


class Hold(models.Model):
    """What would be due to be erased is kept for a reason, such as a claim or an inquiry, until the hold is lifted."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    subject_kind = models.CharField(max_length=KIND_LENGTH)
    subject_id = models.CharField(max_length=ID_LENGTH)
    reason = models.CharField(max_length=500)
    placed_at = models.DateTimeField()
    placed_by_kind = models.CharField(max_length=KIND_LENGTH)
    placed_by_id = models.CharField(max_length=ID_LENGTH)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="upkeep_hold_has_a_reason"),
            models.CheckConstraint(condition=~Q(subject_id=""), name="upkeep_hold_is_on_something"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_because="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_because="")),
                name="upkeep_hold_lifted_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("placed_at")),
                name="upkeep_hold_lifted_after_it_was_placed",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(lifted_at__isnull=True),
                name="upkeep_one_hold_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.subject_kind} {self.subject_id}"

    @property
    def name(self) -> tuple[str, str]:
        """How the record names this hold."""
        return ("hold", self.public_id)


class Erasure(models.Model):
    """Something went because it was due: what kind, of what, when. What stood in it is nowhere any more."""

    kind = models.CharField(max_length=40, help_text="a kind of the retention table")
    subject_kind = models.CharField(max_length=KIND_LENGTH)
    subject_id = models.CharField(max_length=ID_LENGTH)
    due_on = models.DateField()
    erased_at = models.DateTimeField()
    rows = models.PositiveIntegerField(help_text="how many rows lost something")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_kind", "subject_id"], name="upkeep_erased_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_kind} {self.subject_id}"
