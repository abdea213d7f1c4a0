"""The log of readings and the whole record, for whoever audits: who, when, what by its kind and id, and no content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspectorate.inspections.models import Inspection
from inspectorate.inspections.pages.history import named, words_of
from inspectorate.people.models import Reading, User
from inspectorate.record.models import Entry
from inspectorate.register.models import Body
from inspectorate.ui.words import written_date

LOG_HEAD = ("at", "reader", "reader_id", "role", "what", "id", "inspection", "inspection_id", "way", "because")
RECORD_HEAD = ("at", "stream", "stream_id", "number", "who", "who_id", "verb", "about", "about_id", "hash")
MOST_IN_A_FILE = 100_000
KINDS = {
    "case": _("a case"),
    "case_list": _("a case list"),
    "inspection": _("a list of assessments"),
    "draft": _("a draft report"),
    "report": _("a signed report"),
}
STREAMS = {
    ("accounts", "all"): _("Accounts"),
    ("installation", "this"): _("This installation"),
    ("record", "heads"): _("The record"),
    ("register", "published"): _("The published record"),
}
"""The streams of which there is one; the others are those of an inspection, a body, a file or a consultation."""
ABOUT = {"ldu": _("local delivery unit"), "user": _("person")}
"""The kinds of things that people call otherwise than the record."""


@dataclass(frozen=True)
class LogSearch:
    """What is asked of the log or the record: a name, a way of reading, and the days from and to."""

    words: str = ""
    way: str = ""
    first: date | None = None
    last: date | None = None


class LogSearchForm(forms.Form):
    """The filters. What it does not know it leaves out."""

    q = forms.CharField(required=False, max_length=100)
    way = forms.ChoiceField(required=False, choices=Reading.Way.choices)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)

    def search(self) -> LogSearch:
        """Return what is asked for; a value that is not known asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return LogSearch(asked.get("q", ""), asked.get("way", ""), asked.get("first"), asked.get("last"))


def between(search: LogSearch) -> Q:
    """Return the days that are asked for; the last day is in it whole."""
    zone, found = timezone.get_current_timezone(), Q()
    if search.first:
        found &= Q(at__gte=datetime.combine(search.first, time(), zone))
    if search.last:
        found &= Q(at__lt=datetime.combine(search.last + timedelta(days=1), time(), zone))
    return found


def people_named(words: str) -> "QuerySet[User]":
    """Return the people in whose name or address every word stands."""
    found = User.objects.all()
    for word in words.split():
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word))
    return found


def readings(search: LogSearch) -> "QuerySet[Reading]":
    """Return the readings asked for, the latest first."""
    found = Reading.objects.filter(between(search)).select_related("reader")
    if search.words:
        found = found.filter(reader__in=people_named(search.words))
    return (found.filter(way=search.way) if search.way else found).order_by("-at", "-pk")


def titles(ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of inspections by public id."""
    return dict(Inspection.objects.filter(public_id__in=set(ids)).values_list("public_id", "title"))


def streams(page: Iterable[Entry]) -> dict[str, str]:
    """Return what the streams of these entries are called, by public id: titles of inspections, names of bodies."""
    ids = {one.stream.public_id for one in page}
    bodies = Body.objects.filter(public_id__in=ids).values_list("public_id", "name")
    return titles(ids) | dict(bodies)


def reading_row(one: Reading, known: dict[str, str]) -> list[Any]:
    """Return one reading as a row: the case by its id alone, for a reference may say whose it is."""
    at = timezone.localtime(one.at)
    return [
        f"{written_date(at)}, {at:%H:%M}",
        {"text": one.reader.full_name, "note": one.reader.get_role_display()},
        {"text": KINDS[one.subject_kind], "note": one.subject_id[:8]},
        known.get(one.inspection, one.inspection[:8]),
        one.get_way_display(),
        one.get_because_display(),
    ]


def reading_line(one: Reading, known: dict[str, str]) -> list[str]:
    """Return one reading as a line of the file."""
    who = [one.reader.full_name, one.reader.public_id, one.reader.role]
    what = [one.subject_kind, one.subject_id, known.get(one.inspection, ""), one.inspection]
    return [one.at.isoformat(), *who, *what, one.way, one.because]


def entries(search: LogSearch) -> "QuerySet[Entry]":
    """Return the entries of the whole record asked for, the latest first, without what was said in them."""
    found = Entry.objects.filter(between(search)).select_related("stream")
    if search.words:
        who = people_named(search.words).values("public_id")
        found = found.filter(Q(actor_id__in=who) | Q(verb__icontains=search.words))
    return found.order_by("-pk")


def names(found: Iterable[Entry]) -> dict[str, str]:
    """Return the names of whoever acted, by public id."""
    people = User.objects.filter(public_id__in={one.actor_id for one in found})
    return {user.public_id: user.full_name for user in people}


def entry_row(one: Entry, known: dict[str, str], of: dict[str, str]) -> list[Any]:
    """Return one entry as a row."""
    at = timezone.localtime(one.at)
    stream = of.get(one.stream.public_id) or STREAMS.get((one.stream.kind, one.stream.public_id))
    return [
        f"{written_date(at)}, {at:%H:%M}",
        named(one.actor_kind, one.actor_id, known),
        words_of(one.verb),
        {"text": stream or f"{_kind(one.stream.kind)} {one.stream.public_id[:8]}", "note": f"entry {one.sequence}"},
        {"text": _kind(one.subject_kind), "note": one.subject_id[:8]},
    ]


def _kind(kind: str) -> str:
    return str(ABOUT.get(kind) or kind.replace("-", " ").replace("_", " "))


def entry_line(one: Entry, known: dict[str, str]) -> list[str]:
    """Return one entry as a line of the file."""
    stream = [one.stream.kind, one.stream.public_id, str(one.sequence)]
    who = [named(one.actor_kind, one.actor_id, known), one.actor_id]
    return [one.at.isoformat(), *stream, *who, one.verb, one.subject_kind, one.subject_id, one.hash]


def fields(search: LogSearch, *, ways: bool) -> list[dict[str, Any]]:
    """Return the filters, each with the value it has now."""
    options = [{"value": "", "text": _("All")}, *({"value": c, "text": w} for c, w in Reading.Way.choices)]
    way = {"name": "way", "kind": "select", "label": _("How"), "value": search.way, "options": options}
    days = [
        {"name": name, "kind": "date", "label": label, "value": day.isoformat() if day else ""}
        for name, label, day in (("first", _("From"), search.first), ("last", _("To"), search.last))
    ]
    words = {"name": "q", "kind": "search", "label": _("Name"), "value": search.words}
    return [words, *([way] if ways else []), *days]
