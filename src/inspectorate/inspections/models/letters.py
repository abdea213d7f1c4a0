"""Letters: each notice to a body exactly as it was sent."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from inspectorate.inspections.models.inspection import DIGEST_LENGTH, Inspection
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH


class Letter(models.Model):
    """A notice letter as it went out; a later one supersedes it and says what changed. Never updated.

    ``content`` is the whole text, section by section, and the facts that it was made of; the PDF is made from it again.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=DIGEST_LENGTH, help_text="SHA-256 of the content as canonical JSON")
    sent_at = models.DateTimeField()
    sent_by_kind = models.CharField(max_length=KIND_LENGTH)
    sent_by_id = models.CharField(max_length=ID_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="inspections_letters_are_numbered"),
            models.CheckConstraint(condition=Q(number__gte=1), name="inspections_letters_begin_at_one"),
            models.CheckConstraint(
                condition=Exact(Length("digest"), DIGEST_LENGTH), name="inspections_letter_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.number}: {self.inspection}"
