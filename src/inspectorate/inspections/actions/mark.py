"""What the lead makes of the evidence of a body: seen, agreed, or challenged with a reason."""

from datetime import UTC, datetime

from django.db import transaction

from inspectorate.inspections.actions.advance import require_in
from inspectorate.inspections.actions.give import MOST_TEXT
from inspectorate.inspections.evidence.opened import open_inspection, refuse_superseded
from inspectorate.inspections.models import EvidenceVersion, Mark
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.record.actions import append


@transaction.atomic
def mark_evidence(*, version: EvidenceVersion, kind: str, reason: str = "", by: tuple[str, str]) -> Mark:
    """Say of a given version that it was seen, that the lead agrees, or that it is challenged and why.

    Refused: a draft; a version that a later one supersedes; no such mark; the same mark as now; a challenge without a
    reason, or a second challenge of one version.
    """
    require_in(inspection=version.inspection, action="evidence.judge", by=by)
    held = open_inspection(version.inspection)
    if not version.given:
        raise RefusedError(Refusal.NOT_GIVEN, "This is a draft of the body: wait until it is given.")
    refuse_superseded(version)
    marks = list(version.marks.order_by("number"))
    _refuse_unfit(marks, kind, reason)
    mark = Mark.objects.create(
        version=version,
        number=len(marks) + 1,
        kind=kind,
        reason=reason.strip(),
        marked_at=datetime.now(UTC),
        marked_by_kind=by[0],
        marked_by_id=by[1],
    )
    append(
        stream=held.name,
        by=by,
        verb="evidence.marked",
        subject=version.name,
        payload={"edition": version.edition, "standard": version.standard, "number": version.number, "mark": kind},
        why=mark.reason,
    )
    return mark


def _refuse_unfit(marks: list[Mark], kind: str, reason: str) -> None:
    if kind not in Mark.Kind.values:
        raise RefusedError(Refusal.MARK_UNKNOWN, "Choose what you make of it: seen, agreed or challenged.")
    if len(reason.strip()) > MOST_TEXT:
        raise RefusedError(Refusal.TEXT_TOO_LONG, f"A reason may have {MOST_TEXT:,} characters: shorten it.")
    if marks and marks[-1].kind == kind:
        sentence = f"It is marked as {marks[-1].get_kind_display().lower()} already: nothing was changed."
        raise RefusedError(Refusal.MARKED_ALREADY, sentence)
    if kind != Mark.Kind.CHALLENGED:
        return
    if any(mark.kind == Mark.Kind.CHALLENGED for mark in marks):
        sentence = (
            "This version has been challenged once: say whether you agree by now, or leave it at seen. The report is "
            "the place for what stays open."
        )
        raise RefusedError(Refusal.CHALLENGED_ALREADY, sentence)
    if not reason.strip():
        raise RefusedError(
            Refusal.REASON_MISSING, "Say why you challenge it: what is missing, or what speaks against it."
        )
