"""Writing down who opened a case, and what came of looking at an alarm."""

from collections.abc import Collection
from datetime import UTC, datetime

from django.db import transaction

from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import Person
from inspectorate.people.actions import note_case_opened
from inspectorate.people.models import Alarm
from inspectorate.people.queries import because_of
from inspectorate.record.actions import append
from inspectorate.sampling.models import Case


def note_reading(*, case: Case, relations: Collection[str], by: Person) -> None:
    """Write down that a person opened a page of a case, at most once a minute."""
    because = because_of(by, relations)
    note_case_opened(case=case.public_id, inspection=case.case_list.inspection.public_id, because=because, by=by)


@transaction.atomic
def answer_alarm(*, inspection: Inspection, alarm: Alarm, answer: str, by: tuple[str, str] | Person) -> Alarm:
    """Say what came of looking at an alarm; it is then nobody's task any more, and stays with the answer.

    Refused: no words; answered already; one's own reading, which another looks at.
    """
    held_inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held_inspection, action="readings.answer", by=by)
    held = Alarm.objects.select_for_update(of=("self",)).select_related("reader").get(pk=alarm.pk)
    if person.user is None or held.reader_id == person.user.pk:
        sentence = "It is about your own reading: another looks at it, the chief inspector or the lead."
        raise RefusedError(Refusal.OWN_READING, sentence)
    if not answer.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Write what you found, for whoever reads this later.")
    if held.answered_at is not None:
        raise RefusedError(Refusal.ALARM_ANSWERED, "It was answered already: read what was found.")
    held.answer, held.answered_at, held.answered_by = answer.strip()[:500], datetime.now(UTC), person.user
    held.save(update_fields=["answer", "answered_at", "answered_by"])
    append(
        stream=held_inspection.name,
        by=person.name,
        verb="readings.answered",
        subject=held.reader.name,
        payload={"kind": held.kind, "alarm": held.public_id},
        why=held.answer,
    )
    return held
