"""Who read the cases of an inspection, and the alarms about it: for its page, the file, and "my work"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from inspectorate.inspections.models import Inspection, TeamMember, TeamRole
from inspectorate.inspections.queries import visible_to
from inspectorate.people.access import CHIEF, LEAD, Person
from inspectorate.people.models import Alarm, Reading, User
from inspectorate.sampling.models import Case
from inspectorate.sampling.queries import hidden_from
from inspectorate.ui.words import written_date

HEAD = ("at", "who", "role", "case", "way", "because")
OF_ALL = {
    "case_list": "The case list",
    "inspection": "The list of assessments",
    "draft": "A draft of the report",
    "report": "The signed report",
}
COLUMNS = ("Read at", "Who", "What", "How", "What they had to do with it")


@dataclass(frozen=True)
class ReadingSearch:
    """What the list of readings is narrowed to: a reader by public id, a way, and those that were not one's own."""

    who: str = ""
    way: str = ""
    because: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "ReadingSearch":
        """Take it from the address; what is not known asks for nothing."""
        way, because = given.get("way", ""), given.get("because", "")
        return cls(
            given.get("who", "")[:32],
            way if way in Reading.Way.values else "",
            because if because in Reading.Because.values else "",
        )


def readings_of(person: Person, inspection: Inspection, search: ReadingSearch) -> "QuerySet[Reading]":
    """Return who read what of an inspection, the latest first; not of a case in which the person has an interest."""
    found = Reading.objects.filter(inspection=inspection.public_id).select_related("reader")
    hidden = hidden_from(person, inspection)
    if hidden:
        found = found.exclude(subject_kind="case", subject_id__in=hidden)
    for name, value in (("reader__public_id", search.who), ("way", search.way), ("because", search.because)):
        found = found.filter(**{name: value}) if value else found
    return found.order_by("-at", "-pk")


def readers_of(inspection: Inspection) -> list[tuple[str, str]]:
    """Return everybody who read something of an inspection: public id and name."""
    theirs = Reading.objects.filter(inspection=inspection.public_id, reader=OuterRef("pk"))
    found = User.objects.filter(Exists(theirs)).order_by("last_name", "first_name", "pk")
    return [(user.public_id, user.full_name) for user in found]


def references(inspection: Inspection, readings: Iterable[Reading]) -> dict[str, str]:
    """Return the references of the cases that were read, by public id."""
    ids = {one.subject_id for one in readings if one.subject_kind == "case"}
    found = Case.objects.filter(case_list__inspection=inspection, public_id__in=ids)
    return dict(found.values_list("public_id", "reference"))


def what_of(one: Reading, known: Mapping[str, str]) -> str:
    """Say what was read."""
    if one.subject_kind == "case":
        return f"Case {known.get(one.subject_id, 'that was erased')}"
    return OF_ALL[one.subject_kind]


def row(one: Reading, known: Mapping[str, str]) -> list[Any]:
    """Return one reading as a row of the page."""
    at = timezone.localtime(one.at)
    who = {"text": one.reader.full_name, "note": one.reader.get_role_display()}
    return [
        f"{written_date(at)}, {at:%H:%M}",
        who,
        what_of(one, known),
        one.get_way_display(),
        one.get_because_display(),
    ]


def line(one: Reading, known: Mapping[str, str]) -> list[str]:
    """Return one reading as a line of the file."""
    reader = one.reader
    return [one.at.isoformat(), reader.full_name, reader.role, what_of(one, known), one.way, one.because]


def alarms_of(inspection: Inspection) -> "QuerySet[Alarm]":
    """Return every alarm about an inspection, those that wait for an answer first."""
    found = Alarm.objects.filter(inspection=inspection.public_id).select_related("reader", "answered_by")
    return found.order_by("answered_at", "-raised_at")


def alarms_for(person: Person) -> "QuerySet[Alarm]":
    """Return the alarms that wait for this person, each with the ``title`` of its inspection.

    One waits for the lead of the inspection; for the chief where there is none, or the lead's own reading is meant.
    """
    if person.user is None or person.role not in (LEAD, CHIEF):
        return Alarm.objects.none()
    leads = TeamMember.objects.filter(inspection__public_id=OuterRef("inspection"), role=TeamRole.LEAD)
    leads = leads.filter(left_at__isnull=True)
    waiting = Alarm.objects.filter(answered_at__isnull=True).exclude(reader=person.user)
    if person.role == LEAD:
        waiting = waiting.filter(Exists(leads.filter(user=person.user)))
    else:
        waiting = waiting.exclude(Exists(leads.exclude(user=OuterRef("reader"))))
    titles = visible_to(person).filter(public_id=OuterRef("inspection")).values("title")[:1]
    return waiting.annotate(title=titles).filter(title__isnull=False)
