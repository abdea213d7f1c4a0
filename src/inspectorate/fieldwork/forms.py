"""Reading what people send: a section of the case form, entries of a device, reasons, and who shall have which case."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from inspectorate.fieldwork.decided import Maker, kept
from inspectorate.fieldwork.journal import NewEntry
from inspectorate.fieldwork.models import Entry
from inspectorate.fieldwork.standing import Key, Standing

PAGE = re.compile(r"[0-9a-f]{32}")
TEXTS = ("id", "device", "question", "value", "text", "part")
LINKS = ("supersedes", "decides")
ANSWER, REASONS, NOTE = Entry.Part.ANSWER.value, Entry.Part.REASONS.value, Entry.Part.NOTE.value


class NotReadError(ValueError):
    """What was sent cannot be read; the sentence says why."""


def maker_of(given: QueryDict) -> Maker:
    """Return the page that was sent, as the device that makes its entries."""
    page, made = given.get("page", ""), parse_moment(given.get("made", ""))
    if not PAGE.fullmatch(page) or made is None:
        raise NotReadError("This page cannot be read any more: open the case again.")
    return Maker(page, made)


def parse_moment(text: str) -> datetime | None:
    """Return a moment with its zone, or None: also at the edge of the calendar, where another zone cannot tell it."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo and MINYEAR < found.year < MAXYEAR else None


@dataclass(frozen=True)
class Sent:
    """A section that was sent: what every part held that could be changed, and the entries for what is new."""

    given: Mapping[Key, tuple[str, str]]
    entries: Sequence[NewEntry]


def read_section(given: QueryDict, standing: Standing, shown: Mapping[str, Entry]) -> Sent:
    """Return the entries for whatever differs from what the page showed.

    ``shown`` holds the entries that the page showed, by id. Where the page itself has written what is current since,
    as after the back button, that is what its next change takes the place of.
    """
    maker, found, entries = maker_of(given), {}, list[NewEntry]()
    for key in _keys(given, standing):
        was = given.get(f"was:{key[1]}:{key[0]}", "")
        written = found[key] = _written(given, standing, key)
        current = standing.only(*key)
        if current is not None and current.device == f"page-{maker.page}":
            before, was = current, current.public_id
        else:
            before = shown.get(was)
        if written != ((before.value, before.text) if before else ("", "")):
            entries.append(maker.entry(key, written, was or None))
    return Sent(found, entries)


def shown_ids(given: QueryDict) -> list[str]:
    """Return the ids of the entries that a page showed."""
    return [value for name, value in given.items() if name.startswith("was:") and PAGE.fullmatch(str(value))]


def _keys(given: QueryDict, standing: Standing) -> Iterable[Key]:
    for name in given:
        word, _, rest = name.partition(":")
        part, _, question = rest.partition(":")
        if word == "was" and part in Entry.Part.values and question in standing.kind.place:
            yield question, part


def _written(given: QueryDict, standing: Standing, key: Key) -> tuple[str, str]:
    question, part = key
    if part == NOTE:
        # A browser sends line ends as CRLF; what is kept has LF.
        return "", given.get(f"note:{question}", "").replace("\r\n", "\n").replace("\0", "").strip()
    if part == ANSWER:
        return given.get(f"answer:{question}", ""), ""
    ticked = set(given.getlist(f"reasons:{question}"))
    return ";".join(reason.code for reason in standing.form.question(question).reasons if reason.code in ticked), ""


def read_settling(given: QueryDict, standing: Standing) -> list[NewEntry]:
    """Return the entries by which a person decides between entries side by side."""
    question, _, rest = given.get("settle", "").partition("|")
    part, _, choice = rest.partition("|")
    entries = standing.current.get((question, part), ())
    if len(entries) < 2:
        return []  # somebody decided already, as with a second press
    try:
        written = kept(entries, choice)
    except KeyError as error:
        raise NotReadError("Another answer has come in since: look at all of them, then decide.") from error
    ids = [entry.public_id for entry in entries]
    first = choice if choice in ids else ids[0]
    return maker_of(given).over((question, part), written, [first, *(id_ for id_ in ids if id_ != first)])


def read_entries(body: bytes) -> list[NewEntry]:
    """Return the entries that a device sent as JSON; refuse what is no list of entries."""
    try:
        data = json.loads(body)
        return [_entry(item) for item in data["entries"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotReadError("This is no batch of entries: send {entries: […]}, each as docs/reference says.") from error


def _entry(item: Mapping[str, Any]) -> NewEntry:
    texts = {name: item.get(name, "answer" if name == "part" else "") for name in TEXTS}
    links = {name: item.get(name) for name in LINKS}
    moment, counter = parse_moment(str(item["device_time"])), item["counter"]
    wrong = any(not isinstance(text, str) for text in texts.values())
    wrong |= any(link is not None and not isinstance(link, str) for link in links.values())
    if wrong or moment is None or not isinstance(counter, int) or isinstance(counter, bool):
        raise ValueError(item)
    return NewEntry(counter=counter, device_time=moment, **texts, **links)


class GiveReason(forms.Form):
    """A reason for something grave."""

    why = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write the reason: whoever reads the record later will ask."},
    )


class AnswerAlarm(forms.Form):
    """What came of looking at an unusual reading."""

    answer = forms.CharField(
        label="What you found",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Name no person whose case it is.",
        error_messages={"required": "Write what you found, for whoever reads this later."},
    )


class DeclareInterest(forms.Form):
    """How one knows the person or the case; may be left empty."""

    note = forms.CharField(
        label="How you know this person or this case",
        help_text="A few words, if you want. Write no name.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HandOver(GiveReason):
    """To whom an assessment goes, and why."""

    to = forms.ChoiceField(label="Who goes on with it", error_messages={"required": "Choose who goes on with it."})
    field_order = ("to", "why")

    def __init__(self, data: Any = None, *, people: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.fields["to"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined] - it is a choice field


class LeaveSample(GiveReason):
    """Why a case leaves the sample: a reason of the edition, and words."""

    reason = forms.ChoiceField(label="Reason", error_messages={"required": "Choose the reason."})
    field_order = ("reason", "why")

    def __init__(self, data: Any = None, *, reasons: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.fields["reason"].choices = [("", "Choose"), *reasons]  # type: ignore[attr-defined] - as above
