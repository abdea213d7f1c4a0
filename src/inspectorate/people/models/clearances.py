"""Clearances and training: what somebody has, what was withdrawn, and from when each kind is asked for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ERASED, ID_LENGTH, KIND_LENGTH
from inspectorate.record.once import Once


class Clearance(Once):
    """Somebody got a clearance or a training: written once by somebody else, and withdrawn by a row of its own.

    ``kind`` is one of ``standards/programmes.yaml``. The certificate is not kept: ``evidence`` says where to find it.
    """

    instead = "withdraw it with the reason, and record what is right"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="clearances")
    kind = models.CharField(max_length=40)
    edition = models.CharField(max_length=80, blank=True, help_text="of training in an edition: the code of it")
    got_on = models.DateField()
    expires_on = models.DateField(help_text="the last day on which it holds")
    evidence = models.CharField(max_length=200, help_text="number of the certificate, or where the list of the day is")
    recorded_at = models.DateTimeField()
    recorded_by_kind = models.CharField(max_length=KIND_LENGTH)
    recorded_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="people_clearance_is_of_a_kind"),
            models.CheckConstraint(condition=~Q(evidence=""), name="people_clearance_has_evidence"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("got_on")), name="people_clearance_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=~Q(recorded_by_kind="") & ~Q(recorded_by_id=""), name="people_clearance_recorded_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "edition", "got_on", "expires_on", "evidence"],
                condition=~Q(evidence=ERASED),
                name="people_clearance_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.edition}".strip()


class Withdrawal(Once):
    """A clearance or training does not hold any more, or never did, with who says so and why."""

    clearance = models.OneToOneField(Clearance, on_delete=models.PROTECT, related_name="withdrawal")
    why = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField()
    withdrawn_by_kind = models.CharField(max_length=KIND_LENGTH)
    withdrawn_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="people_withdrawal_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(withdrawn_by_kind="") & ~Q(withdrawn_by_id=""), name="people_withdrawn_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clearance} withdrawn"


class Requirement(Once):
    """From which day a kind of clearance or training is asked for; the latest row of a kind holds.

    A kind without a row, or whose latest row has no day, is not asked for: an installation that was upgraded goes on as
    it did until somebody says from when.
    """

    kind = models.CharField(max_length=40)
    asked_from = models.DateField(null=True, help_text="empty: not asked for any more")
    why = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by_kind = models.CharField(max_length=KIND_LENGTH)
    set_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="people_requirement_is_of_a_kind"),
            models.CheckConstraint(condition=~Q(why=""), name="people_requirement_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(set_by_kind="") & ~Q(set_by_id=""), name="people_requirement_set_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.asked_from}"
