"""Every writing about an edition: a consultation opens; a comment comes, is shown, answered, erased; a review.

``by`` is (kind, public id) of who did it. The record never holds what a commenter wrote or is called.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from inspectorate.people.access import require
from inspectorate.record.actions import append, erase_payload
from inspectorate.record.models import Entry
from inspectorate.standards import invented_comments as made_up
from inspectorate.standards.models import Answer, Comment, Consultation, Decision, Review
from inspectorate.standards.queries import shelf

Actor = tuple[str, str]
MOST_WAITING = 500
"""Comments that may wait to be read; more than that are no consultation but a flood."""
ERASED = "(erased)"


class NotDoneError(Exception):
    """It was not done; ``code`` is a public word, and the sentence says why and what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as somebody sends it."""

    sent_id: str
    clause: str
    text: str
    name: str = ""
    organisation: str = ""


@transaction.atomic
def open_consultation(
    *, edition: str, opens_at: datetime, closes_at: datetime, lead: str, by: Actor, invented: bool = False
) -> Consultation:
    """Put an edition as it now stands out for comment; raise NotDoneError where times or words are missing."""
    require(by, "edition.consult")
    if closes_at <= opens_at or not lead.strip():
        raise NotDoneError("no-consultation", "A consultation closes after it opens and says what is asked.")
    if Consultation.objects.filter(edition=edition, opens_at__lt=closes_at, closes_at__gt=opens_at).exists():
        raise NotDoneError("open-already", f"Another consultation on {edition} is open then: choose other days.")
    digest = shelf.held(edition).edition.digest
    times = {"opens_at": opens_at, "closes_at": closes_at}
    named = {"edition": edition, "edition_digest": digest}
    made = Consultation.objects.create(**named, **times, lead=lead.strip(), invented=invented)
    _write_down(made, by, "consultation.opened", {**named, **times, **({"invented": True} if invented else {})})
    return made


@transaction.atomic
def receive_comment(*, consultation: Consultation, said: Said, by: Actor, at: datetime | None = None) -> Comment:
    """Take a comment; the same one sent again is the one there is. It is shown once somebody has read it.

    Raises NotDoneError where the consultation is not open, the clause is none of the edition, nothing is said, or too
    many comments wait.
    """
    now = at or timezone.now()
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    there = locked.comments.filter(sent_id=said.sent_id).first()
    if there:
        return there
    _refuse_comment(locked, said, now)
    comment = Comment.objects.create(
        consultation=locked,
        sent_id=said.sent_id,
        clause=said.clause,
        name=said.name.strip(),
        organisation=said.organisation.strip(),
        text=said.text.strip(),
        received_at=now,
    )
    _write_down(locked, by, "comment.received", {"comment": comment.public_id, "clause": comment.clause})
    return comment


def _refuse_comment(consultation: Consultation, said: Said, now: datetime) -> None:
    if not consultation.is_open(now):
        raise NotDoneError("closed", "This consultation does not take comments now.")
    if said.clause and said.clause not in shelf.held(consultation.edition).edition.nodes:
        raise NotDoneError("unknown-clause", "The edition has no such clause: choose one of those listed.")
    if not said.text.strip():
        raise NotDoneError("nothing-said", "Write what you want to say.")
    waiting = consultation.comments.as_they_stand().filter(shown__isnull=True, erased_at__isnull=True)
    if waiting.count() >= MOST_WAITING:
        raise NotDoneError("too-many-waiting", "Too many comments wait to be read. Try again in a few days.")


@transaction.atomic
def decide(*, comment: Comment, shown: bool, by: Actor, why: str = "", at: datetime | None = None) -> Decision:
    """Show a comment, or keep it from being shown and say why; a later decision supersedes this one."""
    require(by, "edition.consult")
    _refuse_erased(comment)
    if not shown and not why.strip():
        raise NotDoneError("no-reason", "Say why the comment is not shown.")
    made = Decision.objects.create(comment=comment, shown=shown, why=why.strip(), **_version(comment, Decision, by, at))
    verb = "comment.shown" if shown else "comment.hidden"
    _write_down(comment.consultation, by, verb, {"comment": comment.public_id, "version": made.version}, why.strip())
    return made


@transaction.atomic
def answer(*, comment: Comment, text: str, signed: str, by: Actor, at: datetime | None = None) -> Answer:
    """Answer a comment in public; a later answer supersedes this one, which stays on record."""
    require(by, "edition.consult")
    _refuse_erased(comment)
    if not text.strip() or not signed.strip():
        raise NotDoneError("no-answer", "An answer has words, and the name or office of whoever gives it.")
    given = {"text": text.strip(), "signed": signed.strip()}
    made = Answer.objects.create(comment=comment, **given, **_version(comment, Answer, by, at))
    payload = {"comment": comment.public_id, "version": made.version, **given}
    _write_down(comment.consultation, by, "comment.answered", payload)
    return made


@transaction.atomic
def erase_comment(
    *, comment: Comment, why: str, by: Actor, answers_too: bool = False, at: datetime | None = None
) -> Comment:
    """Erase what a commenter wrote and is called, and why it was once not shown; that there was a comment stays.

    ``answers_too`` erases the answers as well, where these say what has to be forgotten. The reason goes on record, so
    it must hold nothing of that. Raises NotDoneError without a reason, and where it is erased already.
    """
    require(by, "edition.consult")
    if not why.strip():
        raise NotDoneError("no-reason", "Say why the comment is erased, such as the request that this answers.")
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    _refuse_erased(locked)
    locked.text = locked.name = locked.organisation = ""
    locked.erased_at = at or timezone.now()
    locked.save(update_fields=["text", "name", "organisation", "erased_at"])
    locked.decisions.exclude(why="").update(why=ERASED)
    if answers_too:
        locked.answers.update(text=ERASED)
    told = ("comment.hidden", *(["comment.answered"] if answers_too else []))
    for entry in _entries_of(locked, told):
        erase_payload(entry=entry, by=by, why=why.strip())
    given = {"comment": locked.public_id, "answers_too": answers_too}
    _write_down(locked.consultation, by, "comment.erased", given, why.strip())
    return locked


def _refuse_erased(comment: Comment) -> None:
    if Comment.objects.filter(pk=comment.pk, erased_at__isnull=False).exists():
        raise NotDoneError("erased", "That comment is erased: nothing is left to show, answer or erase.")


def _entries_of(comment: Comment, verbs: tuple[str, ...]) -> list[Entry]:
    """Return the entries on a comment whose payload is still there."""
    name = ("consultation", comment.consultation.public_id)
    found = Entry.objects.filter(subject_kind=name[0], subject_id=name[1], verb__in=verbs)
    return list(found.filter(payload__text__contains=comment.public_id).select_related("stream"))


@transaction.atomic
def load_invented_consultation(*, by: Actor, at: datetime | None = None) -> Consultation:
    """Put the invented consultation of the demonstration out, comments and answers included, and marked as such.

    Where that edition has had a consultation already, invented or not, it is left as it is.
    """
    require(by, "edition.consult")
    there = Consultation.objects.filter(edition=made_up.EDITION).first()
    if there:
        return there
    now = at or timezone.now()
    opens = now - timedelta(days=made_up.OPENED_DAYS_AGO)
    times = {"opens_at": opens, "closes_at": now + timedelta(days=made_up.CLOSES_IN_DAYS)}
    made = open_consultation(edition=made_up.EDITION, lead=made_up.LEAD, by=by, invented=True, **times)
    for number, one in enumerate(made_up.COMMENTS):
        said = Said(f"{number:032x}", one.clause, one.text, one.name, one.organisation)
        came = opens + timedelta(days=one.day)
        comment = receive_comment(consultation=made, said=said, by=by, at=came)
        if one.shown is not None:
            decide(comment=comment, shown=one.shown, why=one.why, by=by, at=came + timedelta(days=1))
        if one.answer:
            answer(comment=comment, text=one.answer, signed=made_up.SIGNED, by=by, at=came + timedelta(days=2))
    return made


@transaction.atomic
def record_review(*, edition: str, kind: str, held_on: date, learned: tuple[str, str], by: Actor) -> Review:
    """Write down what a pilot or a mid-programme review taught; ``learned`` is the words and who signs them."""
    require(by, "edition.consult")
    words, signed = (text.strip() for text in learned)
    if not words or not signed:
        raise NotDoneError("nothing-learned", "Say what was learned, and who says so.")
    if Review.objects.filter(edition=edition, kind=kind, held_on=held_on).exists():
        raise NotDoneError("there-already", "A review of that kind and day is on record: it is not changed.")
    digest = shelf.held(edition).edition.digest
    given = {"edition": edition, "edition_digest": digest, "kind": kind, "held_on": held_on}
    made = Review.objects.create(**given, learned=words, signed=signed)
    name = ("edition-review", made.public_id)
    payload = {**given, "held_on": held_on.isoformat(), "learned": words, "signed": signed}
    append(stream=name, by=by, verb="edition.reviewed", subject=name, payload=payload)
    return made


def _version(comment: Comment, model: type[Decision | Answer], by: Actor, at: datetime | None) -> dict[str, Any]:
    Comment.objects.select_for_update().get(pk=comment.pk)
    newest = model.objects.filter(comment=comment).aggregate(newest=Max("version"))["newest"] or 0
    return {"version": newest + 1, "by_kind": by[0], "by_id": by[1], "at": at or timezone.now()}


def _write_down(consultation: Consultation, by: Actor, verb: str, payload: dict[str, Any], why: str = "") -> None:
    name = ("consultation", consultation.public_id)
    append(stream=name, by=by, verb=verb, subject=name, payload=payload, why=why)
