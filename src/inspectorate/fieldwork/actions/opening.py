"""Writing down who opened a case."""

from datetime import UTC, datetime

from django.utils import timezone

from inspectorate.fieldwork.models import CaseReading
from inspectorate.people.access import Person
from inspectorate.sampling.models import Case


def note_reading(*, case: Case, by: Person) -> None:
    """Write down that a person opened a case, once a day; the system and visitors are no readers.

    It is a line of its own and not of the record: reading is no event in the story of an inspection, and a page must
    not wait for the chain of its record.
    """
    if by.user is not None:
        CaseReading.objects.bulk_create(
            [CaseReading(case=case, reader=by.user, day=timezone.localdate(), first_at=datetime.now(UTC))],
            ignore_conflicts=True,
        )
