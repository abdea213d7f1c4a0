"""Sending a draft to the body, and taking it back to be corrected."""

from datetime import UTC, date, datetime

from django.db import transaction
from django.utils import timezone

from inspectorate.inspections.actions import advance, require_in
from inspectorate.inspections.models import Inspection
from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.reports.content import digest_of
from inspectorate.reports.models import Correction, Draft
from inspectorate.reports.queries import Building, building_of, latest_draft
from inspectorate.reports.refusals import Refusal, RefusedError


@transaction.atomic
def send_draft(*, inspection: Inspection, due_on: date, by: tuple[str, str]) -> Draft:
    """Freeze the report as it stands as the next draft, and send it to the body to check its facts by a day.

    Refused: a part that no report may leave out is empty; ratings out of date; two texts of a section side by side; a
    figure that there is not; a day that is over.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="report.send", by=by)
    building = building_of(held)
    INSPECTION.after("send_draft", state=held.state, before=held.state_before, holds=building.holds)
    _refuse_unfit(building)
    if due_on <= timezone.localdate():
        raise RefusedError(Refusal.DUE_PASSED, "The body needs time to check the draft: give a day that is to come.")
    assert building.settlement  # noqa: S101 - its ratings are current
    content, last = building.content, latest_draft(held)
    draft = Draft.objects.create(
        inspection=held,
        number=(last.number if last else 0) + 1,
        content=content,
        digest=digest_of(content),
        settlement=building.settlement,
        due_on=due_on,
        sent_at=datetime.now(UTC),
        sent_by_kind=person.name[0],
        sent_by_id=person.name[1],
    )
    told = {"draft": draft.public_id, "number": draft.number, "digest": draft.digest, "due_on": due_on.isoformat()}
    advance(inspection=held, verb="send_draft", by=by, holds=building.holds, payload=told)
    return draft


def _refuse_unfit(building: Building) -> None:
    """Refuse to freeze what is not ready: two texts side by side, or a figure that there is not."""
    if building.side_by_side:
        names = ", ".join(f"'{section.title['en']}'" for section in building.side_by_side)
        sentence = f"Two texts stand side by side in {names}: decide which holds first."
        raise RefusedError(Refusal.SIDE_BY_SIDE, sentence)
    if building.unknown:
        sentence = " ".join(f"{name}: {fault}" for name, fault in building.unknown)
        raise RefusedError(Refusal.FIGURE_UNKNOWN, sentence)


@transaction.atomic
def correct_draft(*, inspection: Inspection, reason: str, by: tuple[str, str]) -> Correction:
    """Take the draft back to be written again, with the reason; its comments are kept. Refused: no reason."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="report.send", by=by)
    given = {"reason_given"} if reason.strip() else set()
    INSPECTION.after("correct_draft", state=held.state, before=held.state_before, holds=given)
    draft = latest_draft(held)
    if draft is None:
        raise RefusedError(Refusal.NO_DRAFT, "No draft was sent, so there is none to correct: write and send one.")
    correction, _ = Correction.objects.get_or_create(
        draft=draft,
        defaults={
            "reason": reason.strip(),
            "corrected_at": datetime.now(UTC),
            "corrected_by_kind": person.name[0],
            "corrected_by_id": person.name[1],
        },
    )
    told = {"draft": draft.public_id, "number": draft.number}
    advance(inspection=held, verb="correct_draft", by=by, why=reason, payload=told)
    return correction
