"""Every writing to the files that are handed in to be scored; ``by`` is (kind, public id) of who did it.

The record says that a file came, was kept or was erased, and how many cases and faults it had: never what stood in it.
"""

import hashlib
from collections import Counter
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from inspectorate.people.access import require
from inspectorate.ratings.intake import HandedIn, NotReadError
from inspectorate.ratings.invented import DEMONSTRATION, demonstration, with_faults
from inspectorate.ratings.models import HELD_FOR, LONGEST_TITLE, RefusedFile, ScoredFile
from inspectorate.ratings.scored import Scored, forget, work_out
from inspectorate.record.actions import append

Actor = tuple[str, str]


def hand_in(*, handed_in: HandedIn, by: Actor, at: datetime | None = None) -> ScoredFile | RefusedFile:
    """Score what was handed in and hold it for an hour; where it has faults, hold these instead, and no file.

    What has run out by then is erased on the way.
    """
    now = at or timezone.now()
    erase_expired(by=("system", "clock"), at=now)
    try:
        scored = work_out(handed_in)
    except NotReadError as refused:
        return _refuse(handed_in, refused.faults, by, now)
    return _hold(_described(handed_in, scored, now), scored, by)


def _described(handed_in: HandedIn, scored: Scored, now: datetime) -> ScoredFile:
    digest = hashlib.sha256(handed_in.answers.content).hexdigest()
    same = ScoredFile.objects.exclude(example="").filter(answers_digest=digest).exists()
    return ScoredFile(
        title=(handed_in.title or handed_in.answers.name)[:LONGEST_TITLE],
        edition=handed_in.edition,
        edition_digest=scored.given.edition.digest,
        answers_name=handed_in.answers.name,
        answers=handed_in.answers.content,
        answers_digest=digest,
        case_list_name=handed_in.case_list.name if handed_in.case_list else "",
        case_list=handed_in.case_list.content if handed_in.case_list else None,
        judgements=dict(handed_in.judgements),
        created_at=now,
        expires_at=now + HELD_FOR,
        invented=handed_in.invented or same,
    )


@transaction.atomic
def _hold(file: ScoredFile, scored: Scored, by: Actor) -> ScoredFile:
    file.save(force_insert=True)
    payload = {
        "edition": file.edition,
        "edition_digest": file.edition_digest,
        "answers_digest": file.answers_digest,
        "case_list_digest": file.case_list_digest,
        "cases": scored.cases,
        "listed": scored.listed,
        "invented": file.invented,
        "expires_at": file.expires_at,
    }
    _write_down(file, by, "scored-file.held" if file.expires_at else "scored-file.example_made", payload)
    return file


@transaction.atomic
def _refuse(
    handed_in: HandedIn, faults: list[dict[str, Any]], by: Actor, now: datetime, example: str = ""
) -> RefusedFile:
    choices = {"title": handed_in.title, "invented": handed_in.invented, "judgements": dict(handed_in.judgements)}
    refused = RefusedFile(
        edition=handed_in.edition,
        count=len(faults),
        packed=RefusedFile.pack(faults),
        choices=choices,
        created_at=now,
        expires_at=None if example else now + HELD_FOR,
        example=example,
    )
    refused.save(force_insert=True)
    codes = Counter(fault["code"] for fault in faults)
    _write_down(refused, by, "scored-file.refused", {"edition": refused.edition, "faults": dict(codes)})
    return refused


@transaction.atomic
def keep(*, file: ScoredFile, by: Actor, at: datetime | None = None) -> ScoredFile:
    """Keep a file until somebody erases it; one that is kept already stays as it is, and one that has run out is gone.

    Raises ScoredFile.DoesNotExist where the file has run out meanwhile.
    """
    now = at or timezone.now()
    current = ScoredFile.objects.at(now).select_for_update().defer("answers", "case_list").get(pk=file.pk)
    if current.kept_at is None:
        current.kept_at, current.expires_at = now, None
        current.kept_by_kind, current.kept_by_id = by
        current.save(update_fields=["kept_at", "expires_at", "kept_by_kind", "kept_by_id"])
        _write_down(current, by, "scored-file.kept", {"kept_at": now})
    return current


@transaction.atomic
def erase(*, file: ScoredFile, by: Actor, why: str = "") -> None:
    """Erase a file for good; the record keeps that it was there and who erased it. An example is not for erasing.

    Raises ScoredFile.DoesNotExist where it is gone already.
    """
    current = ScoredFile.objects.select_for_update().only("pk", "public_id").get(pk=file.pk, example="")
    current.delete()
    forget(file.public_id)
    _write_down(file, by, "scored-file.erased", {}, why)


@transaction.atomic
def erase_expired(*, by: Actor, at: datetime | None = None) -> int:
    """Erase everything that has run out, files and faults, and return how many; each is recorded, without content."""
    require(by, "system.run")
    now = at or timezone.now()
    lock = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    gone: list[ScoredFile | RefusedFile] = []
    for model in (ScoredFile, RefusedFile):
        rows = model.objects.run_out(now).select_for_update(**lock).only("pk", "public_id")
        gone += list(rows)
    for row in sorted(gone, key=lambda one: one.public_id):
        public_id = row.public_id
        row.delete()
        forget(public_id)
        _write_down(row, by, "scored-file.erased", {}, "It was held for its hour.")
    return len(gone)


def load_invented(*, by: Actor, at: datetime | None = None) -> list[ScoredFile]:
    """Make the invented examples, kept; one that is there stays, unless its edition or its rows have changed."""
    require(by, "system.run")
    now = at or timezone.now()
    _refused_example(by, now)
    return [_example(name, by, now) for name in DEMONSTRATION]


def _refused_example(by: Actor, now: datetime) -> None:
    """Make the example of a file with faults again where these have changed."""
    handed_in, faults = with_faults(), []
    try:
        work_out(handed_in)
    except NotReadError as refused:
        faults = refused.faults
    with transaction.atomic():
        there = RefusedFile.objects.exclude(example="").first()
        if there and there.faults == faults:
            return
        if there:
            there.delete()
            _write_down(there, by, "scored-file.erased", {}, "Its edition or its rows have changed.")
        _refuse(handed_in, faults, by, now, example="faults")


def _example(name: str, by: Actor, now: datetime) -> ScoredFile:
    handed_in = demonstration(name)
    scored = work_out(handed_in)
    file = _described(handed_in, scored, now)
    file.example, file.expires_at, file.kept_at = name, None, now
    file.kept_by_kind, file.kept_by_id = by
    same = {field: getattr(file, field) for field in ("edition_digest", "answers_digest", "title", "judgements")}
    with transaction.atomic():
        there = ScoredFile.objects.filter(example=name).defer("answers").first()
        if there and all(getattr(there, field) == value for field, value in same.items()):
            return there
        if there:
            there.delete()
            forget(there.public_id)
            _write_down(there, by, "scored-file.erased", {}, "Its edition or its rows have changed.")
        return _hold(file, scored, by)


def _write_down(file: ScoredFile | RefusedFile, by: Actor, verb: str, payload: dict[str, Any], why: str = "") -> None:
    name = ("scored-file", file.public_id)
    append(stream=name, by=by, verb=verb, subject=name, payload=payload, why=why)
