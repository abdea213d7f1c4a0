"""The ratings of an inspection: what people judged, what the panel moved, and what was settled."""

import json
import zlib
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspectorate.inspections.models import DIGEST_LENGTH, Inspection
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH
from inspectorate.record.once import Once

CODE_LENGTH = 60
LONGEST_NAME = 150


class Judgement(Once):
    """A standard that people rate without cases: one version of its rating, with the reasons; the latest counts.

    An empty ``rating`` takes the rating back.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="judgements", db_index=False)
    module = models.CharField(max_length=40, default="main", help_text="the module whose edition has the standard")
    standard = models.CharField(max_length=CODE_LENGTH)
    number = models.PositiveIntegerField(help_text="from 1, the latest counts")
    rating = models.CharField(max_length=CODE_LENGTH, blank=True, help_text="code of the level; empty: taken back")
    reason = models.TextField()
    judged_by_kind = models.CharField(max_length=KIND_LENGTH)
    judged_by_id = models.CharField(max_length=ID_LENGTH)
    judged_by_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    judged_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "module", "standard", "number"], name="ratings_one_judgement_a_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="ratings_judgement_number_from_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="ratings_judgement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {self.rating or 'taken back'} ({self.number})"


class PanelMove(models.Model):
    """A rating that the panel is asked to move: proposed by one person, decided by another; every one is kept.

    ``basis`` is what the rule's result rested on then: where it rests on something else now, the move has lapsed and
    no longer counts, until somebody takes it back.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", "Waits for a second person"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Taken back"

    STANDING = ("proposed", "confirmed")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="panel_moves")
    module = models.CharField(max_length=40, default="main")
    standard = models.CharField(max_length=CODE_LENGTH)
    from_level = models.CharField(max_length=CODE_LENGTH, help_text="what the rule gave")
    to_level = models.CharField(max_length=CODE_LENGTH)
    reason = models.TextField()
    grounds = models.JSONField(help_text="the grounds that the edition gave, in sentences")
    basis = models.JSONField(help_text="what the rule's result rested on")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by_kind = models.CharField(max_length=KIND_LENGTH)
    proposed_by_id = models.CharField(max_length=ID_LENGTH)
    proposed_by_name = models.CharField(max_length=LONGEST_NAME)
    proposed_at = models.DateTimeField()
    decided_by_kind = models.CharField(max_length=KIND_LENGTH, blank=True)
    decided_by_id = models.CharField(max_length=ID_LENGTH, blank=True)
    decided_by_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True, help_text="why it was confirmed or declined")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "confirmed", "declined", "withdrawn"]),
                name="ratings_move_state_is_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ratings_move_has_a_reason"),
            models.CheckConstraint(condition=~Q(from_level=F("to_level")), name="ratings_move_moves"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"])
                | (Q(decided_at__isnull=False) & ~Q(decided_by_id="") & ~Q(decision_reason="")),
                name="ratings_decided_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by_kind=F("decided_by_kind"), proposed_by_id=F("decided_by_id")),
                name="ratings_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="ratings_withdrawn_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["inspection", "module", "standard"],
                condition=Q(state__in=["proposed", "confirmed"]),
                name="ratings_one_standing_move_of_a_rating",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {self.from_level} → {self.to_level} ({self.state})"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("inspection_ratings:move", args=[self.inspection.public_id, self.public_id])


class Settlement(Once):
    """The ratings of an inspection as they were settled: every figure, and the inputs from which they come again.

    ``rests_on`` names what it rested on, and ``inputs_digest`` is the digest of that: where it is another now, the
    settlement is out of date. ``inputs`` holds the judgements, lists and ratings by people themselves.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="settlements", db_index=False)
    number = models.PositiveIntegerField(help_text="from 1, the latest counts")
    payload = models.JSONField(help_text="every figure, as later stages take it")
    inputs_digest = models.CharField(max_length=DIGEST_LENGTH)
    rests_on = models.JSONField(help_text="what it rested on, by name")
    inputs = models.BinaryField(help_text="what was scored, as JSON, compressed")
    settled_at = models.DateTimeField()
    settled_by_kind = models.CharField(max_length=KIND_LENGTH)
    settled_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="ratings_one_settlement_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="ratings_settlement_number_from_one"),
            models.CheckConstraint(
                condition=Q(inputs_digest__regex="^[0-9a-f]{64}$"), name="ratings_settlement_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"Settlement {self.number} of {self.inspection}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("inspection_ratings:settlement", args=[self.inspection.public_id, self.number])

    @property
    def stored(self) -> dict[str, Any]:
        """What was scored, as plain values."""
        found: dict[str, Any] = json.loads(zlib.decompress(self.inputs))
        return found

    @staticmethod
    def pack(inputs: dict[str, Any]) -> bytes:
        """Return inputs as they are stored."""
        return zlib.compress(json.dumps(inputs, ensure_ascii=False, separators=(",", ":")).encode(), 9)
