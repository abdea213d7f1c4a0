"""What the scores of an inspection rest on at this moment, by name, and the digest of that.

One query reads it: the accepted assessments of the cases that are in the sample, each with how many entries its journal
has and the last of them (a journal only ever grows); the frozen lists with their samples and what was replaced; ratings
by people; moves of the panel; the editions. Whatever changes a score, or the evidence behind it, changes one of these.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from inspectorate.fieldwork.models import Entry
from inspectorate.inspections.models import Inspection, Module
from inspectorate.ratings.in_database import counting
from inspectorate.ratings.models import Judgement, PanelMove, Settlement
from inspectorate.record.chain import canonical
from inspectorate.sampling.models import CaseList, Replacement

FORMAT = "rests-on@1"
MAIN = "main"
BETWEEN = "|"
ANY_INSPECTION = -(2**40) - 20
"""Stands for the key of the inspection in the query that is made once; no row has such a key."""
Row = tuple[int, int]


@dataclass(frozen=True)
class RestsOn:
    """What an inspection's scores rest on, each part as names with two numbers."""

    assessments: Mapping[str, Row]
    """By public id of case and assessment: how many entries were journalled, and the sequence of the last."""
    lists: Mapping[str, Row]
    """By kind and digest: how many cases were drawn from it, the sample's extensions included."""
    replacements: Mapping[str, Row]
    """By public id of the case that left and of the one that came in: 1, or 0 where none came in."""
    judgements: Mapping[str, Row]
    """By module, standard and public id of the version that counts: its number."""
    moves: Mapping[str, Row]
    """By public id and state: those that wait or are confirmed."""
    editions: Mapping[str, Row]
    """By module, edition and its digest."""
    settlements: Mapping[str, Row]
    """By the digest of what they rested on: the number of the settlement. They are no part of the digest."""

    @property
    def accepted(self) -> int:
        """How many cases of the sample have an accepted assessment."""
        return len({key.split(BETWEEN)[0] for key in self.assessments})

    @property
    def sampled(self) -> int:
        """How many cases are in the samples."""
        left = sum(not came_in for came_in, _ in self.replacements.values())
        return sum(cases for cases, _ in self.lists.values()) - left

    @property
    def is_provisional(self) -> bool:
        """Whether cases of the sample are still to be accepted."""
        return self.accepted < self.sampled

    @cached_property
    def pinned(self) -> dict[str, tuple[str, str]]:
        """The edition of each module and its digest, the main one first."""
        found = [key.split(BETWEEN) for key in self.editions]
        found.sort(key=lambda part: (part[0] != MAIN, part[0]))
        return {module: (edition, digest) for module, edition, digest in found}

    @property
    def waiting(self) -> int:
        """How many moves wait for their second person."""
        return sum(key.endswith(f"{BETWEEN}{PanelMove.State.PROPOSED}") for key in self.moves)

    @property
    def settled(self) -> tuple[int, str] | None:
        """The number of the latest settlement, and the digest of what it rested on; None where there is none."""
        found = [(row[0], key.split(BETWEEN)[0]) for key, row in self.settlements.items()]
        return max(found) if found else None

    def as_data(self) -> dict[str, Any]:
        """Return what counts as plain values, in order; a move that nobody has confirmed yet does not."""
        confirmed = {key: row for key, row in self.moves.items() if key.endswith(PanelMove.State.CONFIRMED)}
        parts = {
            "assessments": self.assessments,
            "lists": self.lists,
            "replacements": self.replacements,
            "judgements": self.judgements,
            "moves": confirmed,
            "editions": self.editions,
        }
        ordered = {part: {key: list(rows[key]) for key in sorted(rows)} for part, rows in parts.items()}
        return {"format": FORMAT, **ordered}

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of what it rests on, as canonical JSON."""
        return hashlib.sha256(canonical(self.as_data()).encode()).hexdigest()


PARTS = ("assessments", "lists", "replacements", "judgements", "moves", "editions", "settlements")


def rests_on(inspection: Inspection) -> RestsOn:
    """Return what the scores of an inspection rest on now, in one query."""
    found: dict[str, dict[str, Row]] = {part: {} for part in PARTS}
    sql, given = _compiled(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [inspection.pk if value == ANY_INSPECTION else value for value in given])
        for part, key, one, two in cursor.fetchall():
            found[part][key] = (one, two)
    found["judgements"] = _latest(found["judgements"])
    return RestsOn(**found)


@cache
def _compiled(vendor: str) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG001 - each kind of database has SQL of its own
    """Return the query for any inspection, made once a process: making it takes longer than asking it."""
    first, *others = (_rows(part, rows) for part, rows in _parts(Inspection(pk=ANY_INSPECTION)).items())
    together = first.union(*others, all=True)
    sql, given = together.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(given)


def _parts(inspection: Inspection) -> dict[str, "QuerySet[Any, Any]"]:
    """Return the rows of each part, with ``key``, ``one`` and ``two``."""
    written = Entry.objects.filter(assessment=OuterRef("pk"))
    counted = written.order_by().values("assessment").annotate(entries=Count("pk")).values("entries")
    assessments = counting().filter(case__case_list__inspection=inspection)
    extended = Coalesce(Sum("sample__extensions__cases"), Value(0))
    came_in = Case(When(incoming__isnull=False, then=Value(1)), default=Value(0), output_field=BigIntegerField())
    return {
        "assessments": assessments.annotate(
            key=_joined("case__public_id", "public_id"),
            one=Coalesce(Subquery(counted), Value(0), output_field=BigIntegerField()),
            two=Coalesce(Subquery(written.order_by("-sequence").values("sequence")[:1]), Value(0)),
        ),
        "lists": CaseList.objects.filter(inspection=inspection, superseded_at__isnull=True).annotate(
            key=_joined("kind", Coalesce("digest", Value(""))),
            one=Coalesce(F("sample__size"), Value(0)) + extended,
            two=Value(0),
        ),
        "replacements": Replacement.objects.filter(outgoing__sample__case_list__inspection=inspection).annotate(
            key=_joined("outgoing__case__public_id", Coalesce("incoming__case__public_id", Value(""))),
            one=came_in,
            two=Value(0),
        ),
        "judgements": Judgement.objects.filter(inspection=inspection).annotate(
            key=_joined("module", "standard", "public_id"), one=F("number"), two=Value(0)
        ),
        "moves": PanelMove.objects.filter(inspection=inspection, state__in=PanelMove.STANDING).annotate(
            key=_joined("module", "standard", "public_id", "state"), one=Value(1), two=Value(0)
        ),
        "editions": Module.objects.filter(inspection=inspection).annotate(
            key=_joined("code", "edition", "edition_digest"), one=Value(1), two=Value(0)
        ),
        "settlements": Settlement.objects.filter(inspection=inspection).annotate(
            key=_joined("inputs_digest", "public_id"), one=F("number"), two=Value(0)
        ),
    }


def _rows(part: str, rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    numbers = {name: Cast(F(name), BigIntegerField()) for name in ("one", "two")}
    named = {"part": Value(part, CharField()), "name": Cast(F("key"), CharField())}
    shown = rows.annotate(**named, **{f"n_{name}": number for name, number in numbers.items()})
    return shown.order_by().values_list("part", "name", "n_one", "n_two")


def _joined(first: Any, *others: Any) -> Any:
    parts: list[Any] = [first]
    for other in others:
        parts += [Value(BETWEEN), other]
    return Concat(*parts, output_field=CharField())


def _latest(judgements: Mapping[str, Row]) -> dict[str, Row]:
    """Keep the latest version of each rating by people."""
    kept: dict[str, tuple[str, Row]] = {}
    for key, row in sorted(judgements.items(), key=lambda item: item[1]):
        kept[key.rsplit(BETWEEN, 1)[0]] = (key, row)
    return dict(kept.values())


def since(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return, in sentences, how what is rested on now differs from what was rested on then."""
    before, after = then["assessments"], now["assessments"]
    replaced = {key.split(BETWEEN)[0] for key in now["replacements"].keys() - then["replacements"].keys()}
    answered = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    returned = [key for key in before.keys() - after.keys() if key.split(BETWEEN)[0] not in replaced]
    said = [
        _said(len(replaced), "case of the sample was replaced", "cases of the sample were replaced"),
        _said(len(returned), "assessment was returned", "assessments were returned"),
        _said(len(after.keys() - before.keys()), "assessment was accepted", "assessments were accepted"),
        _said(len(answered), "assessment was answered otherwise", "assessments were answered otherwise"),
        _said(_differ(then, now, "judgements"), "rating by people changed", "ratings by people changed"),
        _said(_differ(then, now, "moves"), "move of the panel changed", "moves of the panel changed"),
        _said(_differ(then, now, "lists"), "case list changed", "case lists changed"),
        _said(_differ(then, now, "editions"), "edition changed", "editions changed"),
    ]
    return [f"{words} since" for words in said if words]


def _differ(then: Mapping[str, Any], now: Mapping[str, Any], part: str) -> int:
    keys = {key for key in then[part].keys() | now[part].keys() if then[part].get(key) != now[part].get(key)}
    names = {key.rsplit(BETWEEN, 2 if part == "moves" else 1)[0] for key in keys}
    return len(names)


def _said(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}" if number else ""
