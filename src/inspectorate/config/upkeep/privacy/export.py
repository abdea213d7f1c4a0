"""Everything that is held about one person: somebody who works here, or a case; with every third party marked.

It follows what hangs on the account or the case in the database, then looks for the name in every text of every table,
so that a mention in a note is found as well. What is kept as bytes is named with its digest and read by a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from inspectorate.people.models import SecurityEvent, User
from inspectorate.record.models import Entry
from inspectorate.record.names import Name
from inspectorate.sampling.models import Case

OURS = "inspectorate."
NEVER = frozenset({"password", "session_key", "session_data"})
"""What is of no use to anybody but whoever would misuse it: whoever holds the key of a session is signed in by it."""
ANOTHER = "another person: decide before it is handed over"


@dataclass
class Found:
    """What was found: rows by table, mentions in texts of other rows, lines of the record, and every third party."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    mentions: list[dict[str, str]] = field(default_factory=list)
    record: list[dict[str, Any]] = field(default_factory=list)
    third_parties: dict[str, str] = field(default_factory=dict)
    about: str = ""
    """The public id of the person, where it is somebody who works here."""
    names: dict[str, str] = field(default_factory=dict)

    def named(self, public_id: str) -> str:
        """Return an id of a person as it is where it is theirs; anybody else by name, marked as a third party."""
        if public_id == self.about:
            return public_id
        if public_id not in self.names:
            other = User.objects.filter(public_id=public_id).first()
            self.names[public_id] = other.full_name if other else public_id
            self.third_parties[self.names[public_id]] = ANOTHER
        return f"{self.names[public_id]} (third party)"

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(len(rows) for rows in self.tables.values())


def about_user(user: User, at: datetime) -> dict[str, Any]:
    """Return everything about somebody who works here, or did."""
    found = Found(about=user.public_id)
    seen: set[tuple[str, Any]] = set()
    _take(user, found, seen, {user.pk})
    for row in _done_by(user.public_id):
        _take(row, found, seen, {user.pk}, follow=False)
    for line in SecurityEvent.objects.filter(who=user.public_id):
        _take(line, found, seen, {user.pk}, follow=False)
    words = [word for word in (user.email, user.get_full_name()) if word]
    _mentions(words, found, seen)
    named = Q(actor_kind="user", actor_id=user.public_id) | Q(subject_kind="user", subject_id=user.public_id)
    _record(Entry.objects.filter(named), found)
    return _as_data({"kind": "user", "public_id": user.public_id, "name": user.full_name}, found, at)


def about_case(reference: str, at: datetime) -> dict[str, Any] | None:
    """Return everything about the cases of that reference, on whatever list; None where there is none."""
    cases = list(Case.objects.filter(reference=reference))
    if not cases:
        return None
    found = Found()
    seen: set[tuple[str, Any]] = set()
    for case in cases:
        _take(case, found, seen, set())
    _mentions([reference], found, seen)
    ids = {row["public_id"] for rows in found.tables.values() for row in rows if "public_id" in row}
    _record(Entry.objects.filter(subject_id__in=ids), found)
    return _as_data({"kind": "case", "reference": reference, "cases": len(cases)}, found, at)


def _as_data(about: dict[str, Any], found: Found, at: datetime) -> dict[str, Any]:
    parties = [{"name": name, "note": note} for name, note in sorted(found.third_parties.items())]
    return {
        "format": "one-person@1",
        "about": about,
        "made_at": at.isoformat(),
        "third_parties": parties,
        "tables": {name: found.tables[name] for name in sorted(found.tables)},
        "mentions": found.mentions,
        "record": found.record,
    }


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith(OURS)]


def _take(row: models.Model, found: Found, seen: set[tuple[str, Any]], own: set[int], *, follow: bool = True) -> None:
    """Take a row and what hangs on it, as far as it goes; the record is asked apart."""
    label = row._meta.label  # noqa: SLF001 - Django's way to ask a model about itself
    if (label, row.pk) in seen:
        return
    seen.add((label, row.pk))
    found.tables.setdefault(label, []).append(_values(row, found, own))
    if not follow:
        return
    for relation in row._meta.related_objects:  # noqa: SLF001 - the same
        model: Any = relation.related_model
        if model.__module__.startswith(OURS):
            for other in model._base_manager.filter(**{relation.field.name: row}):  # noqa: SLF001 - past any rule
                _take(other, found, seen, own, follow=not isinstance(row, User))


def _values(row: models.Model, found: Found, own: set[int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    people = {
        name.removesuffix("_kind") for name, kind in vars(row).items() if name.endswith("_kind") and kind == "user"
    }
    for column in row._meta.concrete_fields:  # noqa: SLF001 - the same
        value = column.value_from_object(row)
        if column.name in NEVER:
            continue
        if isinstance(value, bytes | memoryview):
            value = f"{len(value)} bytes"
        elif column.related_model is User and value is not None and value not in own:
            value = found.named(User.objects.get(pk=value).public_id)
        elif column.name.removesuffix("_id") in people and column.name.endswith("_id") and value:
            value = found.named(str(value))
        elif column.name.endswith("_by_name") and value:
            found.third_parties.setdefault(str(value), "named as who wrote it: see whether it is the person themselves")
        elif column.name == "practitioner" and value:
            found.third_parties[str(value)] = f"initials of a practitioner: {ANOTHER}"
        values[column.name] = value if isinstance(value, str | int | float | bool | dict | list | None) else str(value)
    return values


def _done_by(public_id: str) -> Iterator[models.Model]:
    """Yield the rows that say that this account made or decided them."""
    for model in _models():
        names = {column.name for column in model._meta.concrete_fields}  # noqa: SLF001 - the same
        for name in sorted(names):
            kind = f"{name.removesuffix('_id')}_kind"
            if name.endswith("_id") and kind in names and model is not Entry:
                yield from model._base_manager.filter(**{name: public_id, kind: "user"})  # noqa: SLF001 - the same


def _mentions(words: list[str], found: Found, seen: set[tuple[str, Any]]) -> None:
    for model in _models():
        for column in model._meta.concrete_fields:  # noqa: SLF001 - the same
            if not isinstance(column, models.CharField | models.TextField | models.JSONField):
                continue
            wanted = Q()
            for word in words:
                wanted |= Q(**{f"{column.name}__icontains": word})
            for row in model._base_manager.filter(wanted):  # noqa: SLF001 - the same
                label = model._meta.label  # noqa: SLF001 - the same
                if (label, row.pk) not in seen:
                    text = str(column.value_from_object(row))
                    about = {"table": label, "row": str(row.pk), "column": column.name, "text": text}
                    found.mentions.append({**about, "note": "others may be named in it"})


def _record(entries: "models.QuerySet[Entry]", found: Found) -> None:
    for entry in entries.select_related("stream", "payload").order_by("id"):
        line = {"at": entry.at.isoformat(), "verb": entry.verb, "stream": str(entry.stream)}
        line |= {"actor": _whom(entry.actor, found), "subject": _whom(entry.subject, found)}
        found.record.append({**line, "why": entry.why, "payload": entry.particulars})


def _whom(name: Name, found: Found) -> str:
    return f"{name.kind}/{found.named(name.id)}" if name.kind == "user" else str(name)
