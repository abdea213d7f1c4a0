"""Everything of one inspection in one file, at any stage: what every table of every stage holds of it, as JSON and CSV.

The tables are found by following the foreign keys back to the inspection, so that a stage that comes later is in the
file as soon as it has a table; no stage has to think of it, and none can forget it.
"""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import IO, Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from inspectorate.fieldwork.queries import closed_to
from inspectorate.inspections.models import Attachment, EvidenceFile, EvidenceVersion, Inspection
from inspectorate.people.access import Person
from inspectorate.people.models import User
from inspectorate.record.queries import entries_in
from inspectorate.register.models import Body
from inspectorate.sampling.models import Case
from inspectorate.sampling.queries import hidden_from
from inspectorate.ui.neutral import for_csv

STAGES = (
    *("programme", "inspections", "sampling", "fieldwork", "quality"),
    *("ratings", "reports", "publication", "followup"),
)
NOT_OF_AN_INSPECTION = {
    "ratings.scoredfile": "a file that somebody handed in to be scored, without an inspection",
    "ratings.refusedfile": "a file that was refused, without an inspection",
}
"""Tables of the stages that hang on no inspection, each with the reason; a test holds this list complete."""
GIVEN: dict[type[models.Model], models.Q] = {
    EvidenceVersion: models.Q(given=True),
    Attachment: models.Q(version__given=True),
    EvidenceFile: models.Q(pk__in=Attachment.objects.filter(version__given=True).values("file")),
}
"""Of what the body writes, only what it has given: a draft is its own, and those who export are inspectors."""
IN_MEMORY = 8_000_000
RECORD = (
    *("sequence", "at", "actor_kind", "actor_id", "verb", "subject_kind", "subject_id", "why", "particulars"),
    *("commitment", "salt", "payload", "previous", "hash", "format"),
)
Row = dict[str, Any]


@dataclass
class Export:
    """One export in the making: of what, for whom, and what was left out as it does not open to them."""

    inspection: Inspection
    person: Person
    at: datetime
    barred: frozenset[str] = frozenset()
    left_out: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    sums: list[str] = field(default_factory=list)


def _about(model: type[models.Model]) -> Any:
    return model._meta  # noqa: SLF001 - Django documents it under this name


def _all(model: type[models.Model]) -> "models.QuerySet[Any]":
    return model._base_manager.all()  # noqa: SLF001 - as above; it hides no row


def stage_models() -> list[type[models.Model]]:
    """Return every table of the stages, in the order of the story."""
    return [model for stage in STAGES for model in apps.get_app_config(stage).get_models()]


@cache
def ways_to(target: type[models.Model]) -> dict[type[models.Model], str]:
    """Return every table that hangs on ``target``, with the way there through its foreign keys, the shortest first.

    A key that may be empty is followed only where no other leads there.
    """
    found = {target: ""}
    for may_be_empty in (False, True):
        grown = True
        while grown:
            fresh = {
                model: way
                for model in stage_models()
                if model not in found and (way := _way(model, found, may_be_empty=may_be_empty))
            }
            found |= fresh
            grown = bool(fresh)
    return found


def _way(model: type[models.Model], found: dict[type[models.Model], str], *, may_be_empty: bool) -> str:
    for one in _about(model).concrete_fields:
        if one.is_relation and one.related_model in found and (may_be_empty or not one.null):
            beyond = found[one.related_model]
            return f"{one.name}__{beyond}" if beyond else one.name
    return ""


def make(inspection: Inspection, person: Person, at: datetime) -> IO[bytes]:
    """Return the export as a ZIP file, opened to be read from its beginning; what does not open to them is left out."""
    left_out = hidden_from(person, inspection) | closed_to(person, inspection)
    export = Export(inspection, person, at, left_out)
    kept: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever answers the request closes it
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        tables: dict[str, list[Row]] = {}
        for model in ways_to(Inspection):
            rows = list(_rows(model, export, made))
            if rows:
                tables[_about(model).label_lower.replace(".", "_")] = rows
        tables["record"] = list(_record(export))
        who, what = ("public_id", "first_name", "last_name", "role"), ("public_id", "name", "kind", "nation")
        tables["people"] = list(User.objects.filter(public_id__in=export.people).order_by("pk").values(*who))
        tables["bodies"] = list(Body.objects.filter(public_id__in=export.bodies).order_by("pk").values(*what))
        for name, rows in tables.items():
            _write(made, export, f"{name}.csv", _as_csv(rows))
        _write(made, export, "everything.json", _as_json(export, tables))
        _write(made, export, "README.txt", _readme(export, tables).encode())
        made.writestr("SHA256SUMS", "".join(export.sums))
    kept.seek(0)
    return kept


def _rows(model: type[models.Model], export: Export, made: zipfile.ZipFile) -> Iterator[Row]:
    way = ways_to(Inspection)[model]
    found = (
        _all(model).filter(**{way or "pk": export.inspection.pk}).filter(GIVEN.get(model, models.Q())).order_by("pk")
    )
    to_case = ways_to(Case).get(model)
    if export.barred and to_case is not None:
        of_interest = f"{to_case}__public_id__in" if to_case else "public_id__in"
        out = _all(model).filter(**{way: export.inspection.pk, of_interest: export.barred})
        found = found.exclude(pk__in=out.values("pk"))
        export.left_out |= _ids(model, out)
    columns = _columns(model)
    for values in found.values_list(*columns.values()).iterator(chunk_size=2000):
        yield {name: _plain(value, name, model, export, made) for name, value in zip(columns, values, strict=True)}


def _ids(model: type[models.Model], out: models.QuerySet[Any]) -> set[str]:
    return set(out.values_list("public_id", flat=True)) if _has_public_id(model) else set()


def _has_public_id(model: type[models.Model]) -> bool:
    return any(one.name == "public_id" for one in _about(model).concrete_fields)


def _columns(model: type[models.Model]) -> dict[str, str]:
    """Return the columns of a table, each with what is read: of another table its public id, where it has one."""
    columns = {}
    for one in _about(model).concrete_fields:
        if one.primary_key and _has_public_id(model):
            continue
        public = one.is_relation and any(
            other.name == "public_id" for other in _about(one.related_model).concrete_fields
        )
        columns[one.name] = f"{one.name}__public_id" if public else one.attname
    return columns


def _plain(value: Any, name: str, model: type[models.Model], export: Export, made: zipfile.ZipFile) -> Any:
    """Return a value as it is written; bytes go into a file of their own, unless they may speak of a barred case."""
    of = _about(model).get_field(name)
    if value and of.is_relation and of.related_model is User:
        export.people.add(value)
    elif value and of.is_relation and of.related_model is Body:
        export.bodies.add(value)
    if not isinstance(value, bytes | memoryview):
        return value
    if export.barred:
        return "left out: it may speak of a case that does not open to you"
    content = bytes(value)
    path = f"files/{_about(model).model_name}-{hashlib.sha256(content).hexdigest()}"
    if path not in made.namelist():
        _write(made, export, path, content)
    return path


def _record(export: Export) -> Iterator[Row]:
    """Return the record of the inspection with what it takes to verify each entry elsewhere."""
    for entry in entries_in(export.inspection.name):
        text = "" if entry.erased else entry.payload.text
        if export.left_out & {entry.subject_id} or any(one in text for one in export.left_out):
            continue
        export.people.add(entry.actor_id)
        salt = "" if entry.erased else entry.payload.salt
        told = {"particulars": entry.particulars, "salt": salt, "payload": text, "why": entry.why}
        yield {name: told[name] if name in told else getattr(entry, name) for name in RECORD}


def _as_csv(rows: Sequence[Row]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(rows[0] if rows else ["nothing"])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return for_csv(value)
    if isinstance(value, dict | list):
        return for_csv(json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _as_json(export: Export, tables: dict[str, list[Row]]) -> bytes:
    about = {"inspection": export.inspection.public_id, "made_at": export.at, "made_for": export.person.name[1]}
    whole = {**about, "tables": tables}
    return json.dumps(whole, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def _readme(export: Export, tables: dict[str, list[Row]]) -> str:
    left = (
        "Cases in which you have declared an interest, or that do not open to you for want of a clearance or training, "
        "and files that may speak of them, are left out.\n"
    )
    lines = (f"  {name}.csv: {len(rows)} rows\n" for name, rows in tables.items())
    return (
        f'Everything of the inspection "{export.inspection.title}", as it stood on {export.at:%Y-%m-%d %H:%M UTC}.\n\n'
        "everything.json holds all tables; the same tables are here as CSV. Other tables are named by public id.\n"
        "A cell that begins with an apostrophe before =, +, - or @ has it so that no spreadsheet runs it.\n"
        "record.csv has, for each entry, what it takes to verify it: docs/reference/record-format.md of the product.\n"
        f"SHA256SUMS holds the digest of every file.\n{left if export.barred else ''}\n{''.join(lines)}"
    )


def _write(made: zipfile.ZipFile, export: Export, name: str, content: bytes) -> None:
    made.writestr(name, content)
    export.sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
