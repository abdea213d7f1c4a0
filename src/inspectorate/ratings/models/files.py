"""Files that somebody handed in to be scored, held for an hour or kept, and what was refused of them."""

import hashlib
import json
import zlib
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from inspectorate.record.ids import new_public_id

HELD_FOR = timedelta(hours=1)
"""How long a file is held unless somebody keeps it."""
LONGEST_TITLE = 120


class Held(models.QuerySet):
    """Files by the clock: what has run out answers exactly as what never was."""

    def at(self, now: datetime) -> Self:
        """Return what is there at a time; from the very second it runs out, it is not."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))

    def run_out(self, now: datetime) -> Self:
        """Return what has run out and may be erased."""
        return self.filter(expires_at__lte=now)


class ScoredFile(models.Model):
    """A file of judgements that was scored: the bytes as they came, and the edition they were scored under.

    No score is stored: it is worked out again from these, so that page, download and command line cannot differ.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    title = models.CharField(max_length=LONGEST_TITLE)
    edition = models.CharField(max_length=60, help_text="the code of the edition, such as iaow/2013")
    edition_digest = models.CharField(max_length=64)
    answers_name = models.CharField(max_length=200)
    answers = models.BinaryField()
    answers_digest = models.CharField(max_length=64, help_text="SHA-256 of the answers as they came")
    case_list_name = models.CharField(max_length=200, blank=True)
    case_list = models.BinaryField(null=True)
    judgements = models.JSONField(default=dict, help_text="ratings made by people, by the code of the standard")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="empty once it is kept")
    kept_at = models.DateTimeField(null=True)
    kept_by_kind = models.CharField(max_length=30, blank=True)
    kept_by_id = models.CharField(max_length=120, blank=True)
    invented = models.BooleanField(default=False, help_text="true for judgements that were made up")
    example = models.CharField(max_length=20, blank=True, help_text="which example of the product it is, if one")

    objects = Held.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True, expires_at__isnull=False, kept_by_id="")
                | (Q(kept_at__isnull=False, expires_at__isnull=True) & ~Q(kept_by_id="")),
                name="ratings_scored_file_is_held_or_kept",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
                name="ratings_scored_file_expires_after_it_came",
            ),
            models.CheckConstraint(
                condition=Q(case_list__isnull=True, case_list_name="")
                | (Q(case_list__isnull=False) & ~Q(case_list_name="")),
                name="ratings_scored_file_names_its_case_list",
            ),
            models.CheckConstraint(
                condition=Q(edition_digest__regex="^[0-9a-f]{64}$") & Q(answers_digest__regex="^[0-9a-f]{64}$"),
                name="ratings_scored_file_has_digests",
            ),
            models.CheckConstraint(
                condition=Q(example="") | Q(invented=True, expires_at__isnull=True),
                name="ratings_example_is_invented_and_kept",
            ),
            models.UniqueConstraint(fields=["example"], condition=~Q(example=""), name="ratings_one_file_an_example"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="ratings_scored_file_expiry")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its scores."""
        return reverse("ratings:scores", args=[self.public_id])

    @property
    def case_list_digest(self) -> str:
        """The SHA-256 of the case list as it came; empty where there is none."""
        return hashlib.sha256(self.case_list).hexdigest() if self.case_list is not None else ""


class RefusedFile(models.Model):
    """A file that was refused: its faults with the rows they stand in, and what else the person had chosen.

    The file itself is not held. After an hour this is erased too, and nobody can keep it; only the example of the
    product stays.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    edition = models.CharField(max_length=60)
    count = models.PositiveIntegerField(help_text="how many faults there are")
    packed = models.BinaryField(help_text="the faults as JSON, compressed")
    choices = models.JSONField(default=dict, help_text="what was chosen on the form, files apart")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="empty for the example alone")
    example = models.CharField(max_length=20, blank=True, help_text="which example of the product it is, if one")

    objects = Held.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="ratings_refused_file_has_faults"),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=False, expires_at__gt=F("created_at"), example="")
                | (Q(expires_at__isnull=True) & ~Q(example="")),
                name="ratings_refused_file_expires_after_it_came",
            ),
            models.UniqueConstraint(
                fields=["example"], condition=~Q(example=""), name="ratings_one_refusal_an_example"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="ratings_refused_file_expiry")]

    def __str__(self) -> str:
        return f"{self.count} faults"

    def get_absolute_url(self) -> str:
        """Return the address of its faults."""
        return reverse("ratings:refused", args=[self.public_id])

    @property
    def faults(self) -> list[dict[str, Any]]:
        """Every fault as plain values, with ``cells``: the row as it was handed in."""
        found: list[dict[str, Any]] = json.loads(zlib.decompress(self.packed))
        return found

    @staticmethod
    def pack(faults: list[dict[str, Any]]) -> bytes:
        """Return faults as they are stored."""
        return zlib.compress(json.dumps(faults, ensure_ascii=False, separators=(",", ":")).encode())
