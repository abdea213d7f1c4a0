"""Writing down who was shown which case, and raising an alarm where somebody reads in an unusual way.

A reading is a line of its own and not an entry of the record: it is no event in the story of an inspection, and a page
must not wait for the chain of its record. An alarm is one, and stands in the record.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from inspectorate.people.access import Person
from inspectorate.people.models import Alarm, Reading, User
from inspectorate.record.actions import append

# Ours, to be looked at again once a year of readings is there. An assessor opens one case for an hour; who decides on
# assessments some ten an hour.
MANY_CASES, MANY_WITHIN = 50, timedelta(minutes=5)
NOT_OWN_CASES = 5
"""Pages of so many cases that are not one's own, in one inspection on one day, without having to decide on them."""
WATCH = ("system", "readings")


def note_readings(
    *,
    subjects: Collection[tuple[str, str]],
    inspection: str,
    way: str,
    because: str,
    by: Person,
) -> None:
    """Write down that a person was shown cases or lists, each at most once a minute; it asks for no rule of its own.

    The system and visitors are no readers. A page that shows the thing fails where this cannot be written.
    """
    if by.user is None or not subjects:
        return
    at = datetime.now(UTC)
    made = [_line(by.user, subject, inspection, way, because, at) for subject in subjects]
    Reading.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)


def note_case_opened(*, case: str, inspection: str, because: str, by: Person) -> None:
    """Write down that a person opened a page of one case, and raise an alarm where their reading is unusual.

    One question of the database; a line only where there is none of this minute.
    """
    if by.user is None:
        return
    at = datetime.now(UTC)
    minute = _minute(at)
    seen = _opened(by.user, at).aggregate(
        now=Count("pk", filter=Q(minute=minute, subject_id=case)),
        many=_cases(at__gt=at - MANY_WITHIN),
        not_own=_cases(**_not_own(inspection, at)),
    )
    if seen["now"]:
        return
    line = _line(by.user, ("case", case), inspection, Reading.Way.PAGE, because, at)
    Reading.objects.bulk_create([line], ignore_conflicts=True)
    if seen["many"] >= MANY_CASES - 1 or seen["not_own"] >= NOT_OWN_CASES - 1:
        _raise_alarms(by.user, inspection, at)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _line(reader: User, subject: tuple[str, str], inspection: str, way: str, because: str, at: datetime) -> Reading:
    return Reading(
        reader=reader,
        subject_kind=subject[0],
        subject_id=subject[1],
        inspection=inspection,
        way=way,
        because=because,
        at=at,
        minute=_minute(at),
    )


def _morning(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _opened(reader: User, at: datetime) -> "QuerySet[Reading]":
    """Return the pages of cases that somebody opened today, or in the last minutes; by the index of the constraint."""
    since = _minute(min(_morning(at), at - MANY_WITHIN))
    return Reading.objects.filter(reader=reader, minute__gte=since, subject_kind="case", way=Reading.Way.PAGE)


def _cases(**narrowed: object) -> Count:
    return Count("subject_id", distinct=True, filter=Q(**narrowed))


def _not_own(inspection: str, at: datetime) -> dict[str, object]:
    return {"inspection": inspection, "because": Reading.Because.TEAM, "at__gte": _morning(at)}


@transaction.atomic
def _raise_alarms(reader: User, inspection: str, at: datetime) -> None:
    """Raise what is unusual by now, once a day for each inspection and kind."""
    opened = _opened(reader, at)
    recent = opened.filter(at__gt=at - MANY_WITHIN)
    if recent.aggregate(many=_cases())["many"] >= MANY_CASES:
        for one in sorted(set(recent.values_list("inspection", flat=True))):
            _raise(reader, one, Alarm.Kind.MANY, at)
    if opened.filter(**_not_own(inspection, at)).aggregate(cases=_cases())["cases"] >= NOT_OWN_CASES:
        _raise(reader, inspection, Alarm.Kind.NOT_OWN, at)


def _raise(reader: User, inspection: str, kind: str, at: datetime) -> None:
    about = {"reader": reader, "inspection": inspection, "kind": kind, "day": timezone.localdate(at)}
    alarm, new = Alarm.objects.get_or_create(**about, defaults={"raised_at": at})
    if new:
        told = {"kind": kind, "alarm": alarm.public_id}
        append(stream=("inspection", inspection), by=WATCH, verb="readings.unusual", subject=reader.name, payload=told)
