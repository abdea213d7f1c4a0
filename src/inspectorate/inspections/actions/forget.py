"""Erasing the evidence that a body gave, once it is due: that it was given, when, and its digests stay."""

from typing import TYPE_CHECKING

from django.db import models, transaction

from inspectorate.inspections.models import Attachment, ChallengeAnswer, EvidenceFile, EvidenceVersion, Inspection, Mark
from inspectorate.people.access import require
from inspectorate.record.actions import append
from inspectorate.record.names import ERASED

if TYPE_CHECKING:
    from django.db.models import QuerySet


@transaction.atomic
def forget_evidence(*, inspection: Inspection, by: tuple[str, str]) -> int:
    """Erase texts, files and their names, and what was said of them; return how many versions there were.

    The rating that the body gave itself stays, and of each file its kind, size and digest.
    """
    require(by, "privacy.erase")
    versions = EvidenceVersion.objects.filter(inspection=inspection)
    for field in ("text", "reasons", "why"):
        _forget(versions, field)
    EvidenceFile.objects.filter(inspection=inspection).update(content=b"")
    _forget(Attachment.objects.filter(version__in=versions), "name")
    _forget(Mark.objects.filter(version__in=versions), "reason")
    _forget(ChallengeAnswer.objects.filter(challenge__version__in=versions), "text")
    told = {"versions": versions.count()}
    append(stream=inspection.name, by=by, verb="evidence.erased", subject=inspection.name, payload=told)
    return int(told["versions"])


def _forget(rows: "QuerySet[models.Model]", field: str) -> None:
    rows.exclude(**{field: ""}).update(**{field: ERASED})
