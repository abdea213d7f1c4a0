"""Recommendations: added, changed, put in order and taken out until the draft is sent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection
from inspectorate.record.actions import append
from inspectorate.register.models import Body
from inspectorate.reports.figures import unknown_in
from inspectorate.reports.models import Recommendation
from inspectorate.reports.queries import building_of, recommendations_of
from inspectorate.reports.refusals import Refusal, RefusedError
from inspectorate.reports.states import refuse_unless_written

FAR = 100_000
"""Places that are taken only while others are being given."""


@dataclass(frozen=True)
class Recommended:
    """A recommendation as somebody hands it in: to a body of the register, or to an organisation by name."""

    text: str
    body: Body | None = None
    organisation: str = ""
    by_when: date | None = None
    rests_on: str = ""


@transaction.atomic
def add_recommendation(*, inspection: Inspection, recommended: Recommended, by: tuple[str, str]) -> Recommendation:
    """Add a recommendation at the end, and return it; one that stands there already, word for word, is returned.

    Refused: a report that is not being written; no text; nobody addressed; a figure that there is not.
    """
    held = _held(inspection, by)
    facts = _fit(held, recommended)
    same = recommendations_of(held).filter(**facts).first()
    if same:
        return same
    last = recommendations_of(held).aggregate(last=Max("place"))["last"] or 0
    made = Recommendation.objects.create(inspection=held, place=last + 1, **facts)
    _note(made, "recommendation.added", by, _told(facts))
    return made


@transaction.atomic
def change_recommendation(
    *, recommendation: Recommendation, recommended: Recommended, revision: int, by: tuple[str, str]
) -> Recommendation:
    """Change a recommendation; ``revision`` is the one that its writer had before them.

    Refused besides: somebody has changed it since; it was taken out.
    """
    _held(recommendation.inspection, by)
    row = _standing(recommendation)
    facts = _fit(row.inspection, recommended)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    if row.revision != revision:
        sentence = "Somebody has changed this recommendation since you opened it: compare the two, then save again."
        raise RefusedError(Refusal.CHANGED_MEANWHILE, sentence)
    before = _told({name: getattr(row, name) for name in facts})
    for name, value in facts.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
    _note(row, "recommendation.changed", by, {"before": before, "after": _told(facts), "revision": row.revision})
    return row


@transaction.atomic
def move_recommendation(*, recommendation: Recommendation, to: int, by: tuple[str, str]) -> Recommendation:
    """Put a recommendation at another place, from 1; the others close up. Past either end it stands at that end."""
    held = _held(recommendation.inspection, by)
    row = _standing(recommendation)
    others = list(recommendations_of(held).exclude(pk=row.pk))
    others.insert(max(0, min(to - 1, len(others))), row)
    before = row.place
    if others.index(row) + 1 != before:
        _place(others)
        row.refresh_from_db()
        _note(row, "recommendation.moved", by, {"from": before, "to": row.place})
    return row


@transaction.atomic
def take_out_recommendation(*, recommendation: Recommendation, by: tuple[str, str]) -> Recommendation:
    """Take a recommendation out; it is kept, without a place. Refused where it was taken out already."""
    held = _held(recommendation.inspection, by)
    row = _standing(recommendation)
    row.place = None
    row.revision += 1
    row.save(update_fields=["place", "revision"])
    _place(list(recommendations_of(held)))
    _note(row, "recommendation.taken-out", by, {"revision": row.revision})
    return row


def _held(inspection: Inspection, by: tuple[str, str]) -> Inspection:
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    require_in(inspection=held, action="report.write", by=by)
    refuse_unless_written(held)
    return held


def _standing(recommendation: Recommendation) -> Recommendation:
    row = Recommendation.objects.select_related("inspection").get(pk=recommendation.pk)
    if row.place is None:
        raise RefusedError(Refusal.TAKEN_OUT, "This recommendation was taken out: add it again if it is needed.")
    return row


def _fit(inspection: Inspection, recommended: Recommended) -> dict[str, Any]:
    text, rests_on = recommended.text.strip(), recommended.rests_on.strip()
    named = recommended.body.full_name if recommended.body else recommended.organisation.strip()
    if not text:
        raise RefusedError(Refusal.TEXT_MISSING, "A recommendation says what should be done: write it.")
    if not named:
        sentence = "A recommendation is addressed to somebody: choose a body, or name an organisation."
        raise RefusedError(Refusal.ADDRESSEE_MISSING, sentence)
    faults = unknown_in(f"{text}\n\n{rests_on}", building_of(inspection).figures)
    if faults:
        raise RefusedError(Refusal.FIGURE_UNKNOWN, " ".join(faults))
    return {
        "text": text,
        "addressee_body": recommended.body,
        "addressee": named[:200],
        "by_when": recommended.by_when,
        "rests_on": rests_on,
    }


def _place(rows: list[Recommendation]) -> None:
    """Give the places anew, by way of places that nobody has: each is unique at every moment."""
    for start in (FAR, 0):
        for place, row in enumerate(rows, start=1):
            Recommendation.objects.filter(pk=row.pk).update(place=start + place)


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    body, by_when = facts["addressee_body"], facts["by_when"]
    return {
        "text": facts["text"],
        "addressee": facts["addressee"],
        "body": body.public_id if body else None,
        "by_when": by_when.isoformat() if by_when else None,
        "rests_on": facts["rests_on"],
    }


def _note(row: Recommendation, verb: str, by: tuple[str, str], payload: dict[str, Any]) -> None:
    subject = ("recommendation", row.public_id)
    append(stream=row.inspection.name, by=by, verb=verb, subject=subject, payload={"place": row.place, **payload})
