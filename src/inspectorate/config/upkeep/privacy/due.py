"""What is due to be erased, and when: per inspection, per account; and what is on hold."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from inspectorate.config.upkeep.models import Erasure, Hold
from inspectorate.config.upkeep.privacy.schedule import Kind, retention
from inspectorate.inspections.models import Inspection
from inspectorate.people.models import User
from inspectorate.publication.models import Release
from inspectorate.ratings.models import ScoredFile
from inspectorate.record.models import Entry
from inspectorate.standards.models import Consultation

OF_INSPECTIONS, OF_ACCOUNTS = ("case_details", "evidence", "report_work"), ("account",)
LEFT, CANCELLED = "people.left", "inspection.cancel"


@dataclass(frozen=True)
class Item:
    """One thing that will be due: the kind, what of, from which day it counts, when it is due, and what holds it."""

    kind: Kind
    subject: tuple[str, str]
    title: str
    since: date
    due_on: date
    hold: Hold | None

    def is_due(self, today: date) -> bool:
        """Say whether its day has come and nothing holds it."""
        return self.due_on <= today and self.hold is None


def items(at: datetime) -> list[Item]:
    """Return everything whose clock has begun and that is not erased yet, the earliest first; eight queries."""
    return items_and_gone(at)[0]


def items_and_gone(at: datetime) -> tuple[list[Item], int]:
    """Return the same, and how many things have gone so far."""
    erased = set(Erasure.objects.values_list("kind", "subject_kind", "subject_id"))
    holds = {(hold.subject_kind, hold.subject_id): hold for hold in Hold.objects.filter(lifted_at__isnull=True)}
    table, found = retention(), []
    begun = [(code, *one) for one in _ended_inspections(at) for code in OF_INSPECTIONS]
    begun += [(code, *one) for one in _closed_accounts() for code in OF_ACCOUNTS]
    begun += [("comments", *one) for one in _closed_consultations(at)]
    begun += [("scored_files", *one) for one in _kept_files()]
    for code, subject, title, since in begun:
        kind = table.kind(code)
        if (code, *subject) not in erased:
            due = since + timedelta(days=kind.days)
            found.append(Item(kind, subject, title, since, due, holds.get(subject)))
    return sorted(found, key=lambda one: (one.due_on, one.title, one.kind.code)), len(erased)


def _ended_inspections(at: datetime) -> list[tuple[tuple[str, str], str, date]]:
    """Return the inspections that are public or cancelled, each with its title and the day from which it counts."""
    ends: dict[str, datetime] = {}
    public = Release.objects.released(at)
    titles: dict[str, str] = {}
    for public_id, title, minute in public.values_list("inspection__public_id", "inspection__title", "visible_from"):
        titles[public_id] = title
        ends[public_id] = min(minute, ends.get(public_id, minute))
    cancelled = dict(Inspection.objects.filter(state="cancelled").values_list("public_id", "title"))
    lines = Entry.objects.filter(verb=CANCELLED, subject_kind="inspection", subject_id__in=cancelled)
    ends |= dict(lines.order_by("id").values_list("subject_id", "at"))
    titles |= cancelled
    return [(("inspection", public_id), titles[public_id], timezone.localdate(day)) for public_id, day in ends.items()]


def _closed_consultations(at: datetime) -> list[tuple[tuple[str, str], str, date]]:
    """Return the consultations that are over and hold what somebody wrote; an invented one holds nobody's."""
    over = Consultation.objects.filter(closes_at__lte=at, invented=False, comments__erased_at__isnull=True)
    found = over.exclude(comments__isnull=True).order_by("pk").distinct()
    return [(("consultation", one.public_id), one.edition, timezone.localdate(one.closes_at)) for one in found]


def _kept_files() -> list[tuple[tuple[str, str], str, date]]:
    """Return the files that somebody kept, without their titles, which are for whoever has the address."""
    kept = ScoredFile.objects.filter(kept_at__isnull=False, example="").order_by("pk")
    found = kept.values_list("public_id", "edition", "kept_at")
    return [
        (("scored-file", id_), f"A file scored by {edition}", timezone.localdate(since))
        for id_, edition, since in found
    ]


def _closed_accounts() -> list[tuple[tuple[str, str], str, date]]:
    gone = {user.public_id: user for user in User.objects.filter(is_active=False)}
    lines = Entry.objects.filter(verb=LEFT, subject_kind="user", subject_id__in=gone).order_by("id")
    left = dict(lines.values_list("subject_id", "at"))
    return [(user.name, user.full_name, timezone.localdate(left[id_])) for id_, user in gone.items() if id_ in left]
