"""What the body does with its evidence: save a draft, give it to the inspectors, answer a challenge."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from inspectorate.inspections.actions.advance import require_in
from inspectorate.inspections.evidence.bodies import body_written_for
from inspectorate.inspections.evidence.files import (
    MOST_OF_AN_INSPECTION,
    CheckedFile,
    NewFile,
    checked_file,
    refuse_too_many,
)
from inspectorate.inspections.evidence.opened import open_inspection, refuse_superseded
from inspectorate.inspections.evidence.standards import Asked, asked_standards
from inspectorate.inspections.models import Attachment, ChallengeAnswer, EvidenceFile, EvidenceVersion, Inspection, Mark
from inspectorate.inspections.refusals import Refusal, RefusedError
from inspectorate.record.actions import append
from inspectorate.register.models import Body

MOST_TEXT = 20_000
MOST_WHY = 1_000


@dataclass(frozen=True, slots=True)
class Written:
    """What a person of the body wrote for one standard, and on which version it builds (0 for the first).

    ``kept`` names by their digests the files of that version that stay; ``files`` are new.
    """

    text: str = ""
    rating: str = ""
    reasons: str = ""
    why: str = ""
    files: Sequence[NewFile] = ()
    kept: Collection[str] = ()
    based_on: int = 0


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a standard stands before something is saved: its latest version, the latest given, the latest's files."""

    latest: EvidenceVersion | None
    given: EvidenceVersion | None
    attached: tuple[Attachment, ...]

    @property
    def number(self) -> int:
        return self.latest.number if self.latest else 0


def save_evidence(
    *,
    inspection: Inspection,
    standard: tuple[str, str],
    written: Written,
    by: tuple[str, str],
    body: Body | None = None,
) -> EvidenceVersion:
    """Save a draft of the evidence of a body for one standard, ``(edition, code)``; the inspectors do not see it.

    ``body`` is named where the person speaks for several that are inspected. Refused: another's body, or none named of
    several; outside the states in which evidence is given; a standard that is not asked for; a text too long; a file
    that cannot be taken; somebody else saved meanwhile.
    """
    return _saved(inspection, standard, written, give=False, by=by, body=body)


def give_evidence(
    *,
    inspection: Inspection,
    standard: tuple[str, str],
    written: Written,
    by: tuple[str, str],
    body: Body | None = None,
) -> EvidenceVersion:
    """Give evidence and self-assessment of a body for one standard to the inspectors.

    Refused as for a draft, and: neither text nor file; no rating of their own, or without reasons; a change of what was
    given that says not why, or changes nothing.
    """
    return _saved(inspection, standard, written, give=True, by=by, body=body)


@transaction.atomic
def _saved(
    inspection: Inspection,
    standard: tuple[str, str],
    written: Written,
    *,
    give: bool,
    by: tuple[str, str],
    body: Body | None,
) -> EvidenceVersion:
    person = require_in(inspection=inspection, action="evidence.give", by=by)
    held = open_inspection(inspection)
    of = body_written_for(person, held, body)
    asked = _asked(held, standard)
    standing = _standing(held, of, asked)
    files = _checked(written.files)
    if standing.latest and _is_again(standing, written, files, give=give):
        return standing.latest
    _refuse_meanwhile(standing, written)
    _refuse_unfit(asked, written)
    kept = [one for one in standing.attached if one.file.digest in written.kept]
    if give:
        _refuse_unready(standing, written, [*(one.file.digest for one in kept), *(file.digest for file in files)])
    version = _version(held, of, asked, standing, written, give=give, by=by)
    names = _attach(version, kept, files)
    gone = _erase_left_out(standing, version)
    append(
        stream=held.name,
        by=by,
        verb="evidence.given" if give else "evidence.drafted",
        subject=version.name,
        payload={
            "body": of.public_id,
            "edition": version.edition,
            "standard": version.standard,
            "number": version.number,
            "erased": gone,
            **({"rating": version.rating, "files": names} if give else {}),
        },
        why=version.why if give else "",
    )
    return version


def _version(
    inspection: Inspection, body: Body, asked: Asked, standing: _Standing, written: Written, **how: Any
) -> EvidenceVersion:
    kind, id_ = how["by"]
    return EvidenceVersion.objects.create(
        inspection=inspection,
        body=body,
        edition=asked.edition,
        standard=asked.node.code,
        number=standing.number + 1,
        given=how["give"],
        text=written.text.strip(),
        rating=written.rating,
        reasons=written.reasons.strip(),
        why=written.why.strip(),
        replaces=standing.given,
        saved_at=datetime.now(UTC),
        saved_by_kind=kind,
        saved_by_id=id_,
    )


def _asked(inspection: Inspection, standard: tuple[str, str]) -> Asked:
    for asked in asked_standards(inspection):
        if asked.key == standard:
            return asked
    sentence = f"This inspection asks for no evidence on {' '.join(standard)}: choose a standard from the list."
    raise RefusedError(Refusal.STANDARD_UNKNOWN, sentence)


def _standing(inspection: Inspection, body: Body, asked: Asked) -> _Standing:
    versions = inspection.evidence.filter(body=body, edition=asked.edition, standard=asked.node.code).order_by(
        "-number"
    )
    latest = versions.first()
    attached = latest.attachments.select_related("file").defer("file__content").order_by("pk") if latest else ()
    return _Standing(latest, versions.filter(given=True).first(), tuple(attached))


def _checked(files: Sequence[NewFile]) -> list[CheckedFile]:
    refuse_too_many(len(files))
    checked: dict[str, CheckedFile] = {}
    for file in map(checked_file, files):
        checked.setdefault(file.digest, file)
    return list(checked.values())


def _is_again(standing: _Standing, written: Written, files: Sequence[CheckedFile], *, give: bool) -> bool:
    """Say whether the very same was saved just before: the second press of a button, or the way back in a browser."""
    latest = standing.latest
    if latest is None or latest.number != written.based_on + 1 or latest.given is not give:
        return False
    same = (latest.text, latest.rating, latest.reasons, latest.why) == (
        written.text.strip(),
        written.rating,
        written.reasons.strip(),
        written.why.strip(),
    )
    return same and {one.file.digest for one in standing.attached} >= {file.digest for file in files}


def _refuse_meanwhile(standing: _Standing, written: Written) -> None:
    if standing.number != written.based_on:
        sentence = (
            "Somebody saved something for this standard meanwhile, so that yours was not saved over it. Your words are "
            "still here: look at what was saved, take over what you need, and save again."
        )
        raise RefusedError(Refusal.SAVED_MEANWHILE, sentence)


def _refuse_unfit(asked: Asked, written: Written) -> None:
    for words, text, most in (
        ("The evidence", written.text, MOST_TEXT),
        ("The reasons", written.reasons, MOST_TEXT),
        ("The reason for the change", written.why, MOST_WHY),
    ):
        if len(text.strip()) > most:
            sentence = (
                f"{words} may have {most:,} characters and has {len(text.strip()):,}: shorten the text, or add it as "
                "a file."
            )
            raise RefusedError(Refusal.TEXT_TOO_LONG, sentence)
    if written.rating and asked.rating(written.rating) is None:
        raise RefusedError(Refusal.RATING_MISSING, "Choose one of the ratings: there is no other in this edition.")


def _refuse_unready(standing: _Standing, written: Written, digests: Collection[str]) -> None:
    if not written.text.strip() and not digests:
        sentence = "Write what shows how well you do, or add a file: one of the two is needed before it is given."
        raise RefusedError(Refusal.EVIDENCE_MISSING, sentence)
    if not written.rating:
        raise RefusedError(Refusal.RATING_MISSING, "Choose how you rate your own work at this standard.")
    if not written.reasons.strip():
        raise RefusedError(Refusal.REASONS_MISSING, "Say why you rate your work so: the reasons are what is looked at.")
    before = standing.given
    if before is None:
        return
    if not written.why.strip():
        sentence = "This was given before: say why it changes, so that the inspectors know what to look at again."
        raise RefusedError(Refusal.WHY_MISSING, sentence)
    old = set(before.attachments.values_list("file__digest", flat=True))
    if (before.text, before.rating, before.reasons, old) == (
        written.text.strip(),
        written.rating,
        written.reasons.strip(),
        set(digests),
    ):
        raise RefusedError(
            Refusal.NOTHING_CHANGED, "Nothing differs from what you gave before: there is nothing to give."
        )


def _attach(version: EvidenceVersion, kept: Sequence[Attachment], files: Sequence[CheckedFile]) -> list[str]:
    """Attach the files that stay and the new ones, each once; return their names as they stand in the version."""
    rows = [Attachment(version=version, file=one.file, name=one.name) for one in kept]
    there = {one.file.digest for one in kept}
    for file in files:
        if file.digest not in there:
            rows.append(Attachment(version=version, file=_stored(version.inspection, file), name=file.name))
            there.add(file.digest)
    return [one.name for one in Attachment.objects.bulk_create(rows)]


def _stored(inspection: Inspection, file: CheckedFile) -> EvidenceFile:
    """Return the row with these bytes: the one that is there, or a new one where the inspection has room for it."""
    stored = inspection.evidence_files.filter(digest=file.digest).defer("content").first()
    if stored:
        return stored
    taken = inspection.evidence_files.aggregate(sum=Sum("size"))["sum"] or 0
    if taken + len(file.content) > MOST_OF_AN_INSPECTION:
        left = max(0, MOST_OF_AN_INSPECTION - taken) / 2**20
        sentence = (
            f"'{file.name}' does not fit: the files of an inspection may have {MOST_OF_AN_INSPECTION // 2**20} MB "
            f"together, and {left:.1f} MB are left. Give fewer pages, or a smaller picture, or ask the lead inspector."
        )
        raise RefusedError(Refusal.FILES_TOO_LARGE, sentence)
    return EvidenceFile.objects.create(
        inspection=inspection, kind=file.kind, size=len(file.content), digest=file.digest, content=file.content
    )


def _erase_left_out(standing: _Standing, version: EvidenceVersion) -> int:
    """Erase files of the draft before that were left out and never given; return how many."""
    left_out = [
        one
        for one in standing.attached
        if not Attachment.objects.filter(version=version, file=one.file_id).exists()
        and not Attachment.objects.filter(file=one.file_id, version__given=True).exists()
    ]
    for one in left_out:
        Attachment.objects.filter(
            file=one.file_id,
            version__body=version.body_id,
            version__edition=version.edition,
            version__standard=version.standard,
        ).delete()
        if not Attachment.objects.filter(file=one.file_id).exists():
            EvidenceFile.objects.filter(pk=one.file_id).delete()
    return len(left_out)


@transaction.atomic
def answer_challenge(*, challenge: Mark, text: str, by: tuple[str, str]) -> ChallengeAnswer:
    """Answer a challenge of the lead, once.

    Refused: it is no challenge, or what was challenged has been replaced or marked otherwise since; no words; answered
    already.
    """
    inspection = challenge.version.inspection
    person = require_in(inspection=inspection, action="evidence.give", by=by)
    held = open_inspection(inspection)
    body_written_for(person, held, challenge.version.body)
    latest = challenge.version.marks.order_by("-number").first()
    if challenge.kind != Mark.Kind.CHALLENGED or latest is None or latest.pk != challenge.pk:
        raise RefusedError(Refusal.NO_CHALLENGE, "There is no open challenge here: look at the standard again.")
    refuse_superseded(challenge.version)
    if ChallengeAnswer.objects.filter(challenge=challenge).exists():
        sentence = "This challenge has its answer, and is answered once. To say more, give the evidence anew."
        raise RefusedError(Refusal.ANSWERED_ALREADY, sentence)
    if not text.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Write your answer: what the inspectors should look at, and why.")
    if len(text.strip()) > MOST_TEXT:
        raise RefusedError(Refusal.TEXT_TOO_LONG, f"An answer may have {MOST_TEXT:,} characters: shorten it.")
    answer = ChallengeAnswer.objects.create(
        challenge=challenge,
        text=text.strip(),
        answered_at=datetime.now(UTC),
        answered_by_kind=by[0],
        answered_by_id=by[1],
    )
    payload = {
        "edition": challenge.version.edition,
        "standard": challenge.version.standard,
        "mark": challenge.public_id,
    }
    append(stream=held.name, by=by, verb="evidence.answered", subject=challenge.version.name, payload=payload)
    return answer
