"""Erasing what was given and arranged in an inspection, once it is due: that it was, when, and digests stay."""

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from inspectorate.inspections.models import (
    Attachment,
    ChallengeAnswer,
    EvidenceFile,
    EvidenceVersion,
    Export,
    Inspection,
    Letter,
    Mark,
    MovedDate,
    TeamMember,
)
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


@transaction.atomic
def forget_arrangements(*, inspection: Inspection, by: tuple[str, str]) -> int:
    """Erase why dates, modules and people changed, who asked for a file and why, and the names in letters.

    What was decided stays, and of each letter its number, its day, its digest and what it asked for. Returns the rows.
    """
    require(by, "privacy.erase")
    _forget(inspection.modules.all(), "reason")
    _forget(TeamMember.objects.filter(inspection=inspection), "left_because")
    _forget(MovedDate.objects.filter(inspection=inspection), "reason")
    _forget(Export.objects.filter(inspection=inspection), "why")
    letters = list(Letter.objects.filter(inspection=inspection))
    for letter in letters:
        Letter.objects.filter(pk=letter.pk).update(content=_without_names(letter))
    told = {"letters": len(letters)}
    append(stream=inspection.name, by=by, verb="arrangements.erased", subject=inspection.name, payload=told)
    return len(letters)


def _without_names(letter: Letter) -> dict[str, Any]:
    """Return the content of a letter without the lead inspector, and without why a later one was sent."""
    lead = letter.content["facts"]["lead"] or {}
    content: dict[str, Any] = _replaced(
        letter.content, [word for word in (lead.get("email"), lead.get("name")) if word]
    )
    if letter.number > 1:
        for block in content["sections"][0]["blocks"]:
            block.update({"text": ERASED} if "text" in block else {})
    return content


def _replaced(value: Any, words: list[str]) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, words) for one in value]
    for word in words if isinstance(value, str) else []:
        value = value.replace(word, ERASED)
    return value
