"""Erasing what is due, by kind; and holding something past its day for a reason."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from inspectorate.config.upkeep.models import THIS, Erasure, Hold
from inspectorate.config.upkeep.privacy.due import Item, items
from inspectorate.config.upkeep.privacy.schedule import retention
from inspectorate.config.upkeep.refusals import Refusal, RefusedError
from inspectorate.fieldwork.actions import forget_notes
from inspectorate.inspections.actions import forget_arrangements, forget_evidence
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import require
from inspectorate.people.actions import forget_interests_in, forget_person, forget_readings, forget_security_events
from inspectorate.people.models import User
from inspectorate.publication.actions import forget_why_ended
from inspectorate.publication.models import Release
from inspectorate.quality.actions import forget_reasons
from inspectorate.ratings.actions import erase, forget_reasoning, forget_references
from inspectorate.ratings.models import ScoredFile
from inspectorate.record.actions import append, erase_payload, erase_words
from inspectorate.record.models import Entry
from inspectorate.reports.actions import forget_drafts
from inspectorate.sampling.actions import forget_cases
from inspectorate.sampling.models import Case
from inspectorate.standards.actions import erase_comment
from inspectorate.standards.models import Comment, Consultation

WHY = "due by the retention table"
Actor = tuple[str, str]
# Entries whose payload holds ids, hashes and counts alone; without a reason they stay.
WITHOUT_WORDS = frozenset(
    {
        "entries.received",
        "assessment.begun",
        "case-list.frozen",
        "case-list.seeded",
        "settle_ratings",
        "release.proposed",
        "release.became_public",
        "case-list.erased",
        "entries.erased",
        "decisions.erased",
        "settlements.erased",
        "evidence.erased",
        "drafts.erased",
        "reasoning.erased",
        "arrangements.erased",
        "releases.erased",
    }
)


def erase_due(*, by: Actor, at: datetime) -> dict[str, int]:
    """Erase everything whose day has come and that nothing holds; return how much of each kind.

    Each is one transaction: a run that was stopped half way goes on with the rest.
    """
    require(by, "privacy.erase")
    today, counts = timezone.localdate(at), dict.fromkeys((kind.code for kind in retention().kinds), 0)
    for item in items(at):
        if item.is_due(today):
            counts[item.kind.code] += _erase(item, by)
    before = at - timedelta(days=retention().kind("readings").days)
    counts["readings"] = forget_readings(before=before, by=by)
    before = at - timedelta(days=retention().kind("security").days)
    counts["security"] = forget_security_events(before=before, by=by)
    counts["mail"] = _erase_mail(at, by)
    return {code: count for code, count in counts.items() if count}


@transaction.atomic
def _erase(item: Item, by: Actor) -> int:
    rows = ERASERS[item.kind.code](item.subject[1], by)
    about = {"kind": item.kind.code, "subject_kind": item.subject[0], "subject_id": item.subject[1]}
    Erasure.objects.create(**about, due_on=item.due_on, erased_at=datetime.now(UTC), rows=rows)
    told = {"kind": item.kind.code, "due_on": item.due_on.isoformat(), "rows": rows}
    append(stream=THIS, by=by, verb="retention.erased", subject=item.subject, payload=told)
    return 1


def _case_details(public_id: str, by: Actor) -> int:
    held = Inspection.objects.select_for_update().get(public_id=public_id)
    cases = list(Case.objects.filter(case_list__inspection=held).values_list("public_id", flat=True))
    forget_interests_in(cases=cases, by=by)
    names = forget_cases(inspection=held, by=by)
    rows = len(names) + forget_notes(inspection=held, by=by) + forget_reasons(inspection=held, by=by)
    rows += forget_references(inspection=held, names=names, by=by)
    return rows + erase_words(stream=held.name, but=WITHOUT_WORDS, by=by, why=WHY)


def _evidence(public_id: str, by: Actor) -> int:
    return forget_evidence(inspection=Inspection.objects.select_for_update().get(public_id=public_id), by=by)


def _report_work(public_id: str, by: Actor) -> int:
    """Erase what a report was written from, but for what a public one tells; and the words of the record since."""
    held = Inspection.objects.select_for_update().get(public_id=public_id)
    shown = Release.objects.filter(inspection=held, confirmed_at__isnull=False, ended_at__isnull=True)
    public = list(shown.values_list("signed_report__public_id", "signed_report__settlement__public_id"))
    rows = forget_drafts(inspection=held, public=[report for report, _ in public], by=by)
    rows += forget_reasoning(inspection=held, public=[settled for _, settled in public], by=by)
    rows += forget_arrangements(inspection=held, by=by) + forget_why_ended(inspection=held, by=by)
    return rows + erase_words(stream=held.name, but=WITHOUT_WORDS, by=by, why=WHY)


def _comments(public_id: str, by: Actor) -> int:
    left = list(Comment.objects.filter(consultation__public_id=public_id, erased_at__isnull=True))
    for comment in left:
        erase_comment(comment=comment, why=WHY, by=by, answers_too=True)
    return len(left)


def _scored_file(public_id: str, by: Actor) -> int:
    erase(file=ScoredFile.objects.get(public_id=public_id), by=by, why=WHY)
    return 1


def _account(public_id: str, by: Actor) -> int:
    """Erase an account, and the words of the record about it, whoever wrote them."""
    forget_person(user=User.objects.get(public_id=public_id), by=by)
    lines = Entry.objects.filter(subject_kind="user", subject_id=public_id, payload__isnull=False)
    found = list(lines.exclude(verb="people.erased").select_related("stream", "payload").order_by("id"))
    for line in found:
        erase_payload(entry=line, by=by, why=WHY)
    return 1 + len(found)


ERASERS: dict[str, Callable[[str, Actor], int]] = {
    "case_details": _case_details,
    "evidence": _evidence,
    "report_work": _report_work,
    "comments": _comments,
    "scored_files": _scored_file,
    "account": _account,
}


HELD: dict[str, Any] = {
    "inspection": Inspection,
    "user": User,
    "consultation": Consultation,
    "scored-file": ScoredFile,
}
"""What has a clock and can be held, by how the record names it."""


def _erase_mail(at: datetime, by: Actor) -> int:
    """Erase e-mail that is kept as files and old enough."""
    folder, oldest = Path(settings.VAR) / "mail", at - timedelta(days=retention().kind("mail").days)
    old = [path for path in folder.glob("*") if path.is_file() and path.stat().st_mtime < oldest.timestamp()]
    for path in old:
        _overwrite(path)
        path.unlink()
    if old:
        with transaction.atomic():
            append(stream=THIS, by=by, verb="mail.erased", subject=THIS, payload={"files": len(old)})
    return len(old)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()


def hold(*, subject: tuple[str, str], reason: str, by: Actor) -> Hold:
    """Keep an inspection's or an account's data past their day, with the reason that the page will show.

    Refused: no reason; something that there is not, or that has no clock; one that is on hold.
    """
    require(by, "privacy.hold")
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why it is held, such as the claim or the inquiry.")
    model = HELD.get(subject[0])
    if model is None or not model.objects.filter(public_id=subject[1]).exists():
        raise RefusedError(Refusal.NOTHING_TO_HOLD, "There is no such thing to hold: choose one from the list.")
    try:
        with transaction.atomic():
            about = {"subject_kind": subject[0], "subject_id": subject[1], "reason": reason.strip()[:500]}
            placed = {"placed_at": datetime.now(UTC), "placed_by_kind": by[0], "placed_by_id": by[1]}
            made = Hold.objects.create(**about, **placed)
            append(stream=THIS, by=by, verb="hold.placed", subject=subject, payload={}, why=reason.strip())
    except IntegrityError:
        raise RefusedError(Refusal.HELD_ALREADY, "It is on hold already: the page says why.") from None
    return made


@transaction.atomic
def lift(*, held: Hold, reason: str, by: Actor) -> Hold:
    """End a hold with the reason; what is due goes the next night. Refused: no reason; one that has ended."""
    require(by, "privacy.hold")
    if not reason.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why the hold ends.")
    locked = Hold.objects.select_for_update().get(pk=held.pk)
    if locked.lifted_at is not None:
        raise RefusedError(Refusal.NOT_HELD, "This hold has ended already.")
    locked.lifted_at, locked.lifted_because = datetime.now(UTC), reason.strip()[:500]
    locked.save(update_fields=["lifted_at", "lifted_because"])
    subject = (locked.subject_kind, locked.subject_id)
    append(stream=THIS, by=by, verb="hold.lifted", subject=subject, payload={}, why=reason.strip())
    return locked
