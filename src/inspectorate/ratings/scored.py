"""What comes of a file or an inspection: results with their accounts, findings, breakdowns; remembered for a while.

Each process of the server remembers a few, for ten minutes at most. Whether a file may still be seen is asked of the
database every time, so that what was erased is never shown from memory; an inspection is remembered by what it
rests on.
"""

import time
from collections import Counter, OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from inspectorate.methodology.findings import Finding, findings
from inspectorate.methodology.forms import COUNTS, judged
from inspectorate.methodology.panel import Move
from inspectorate.methodology.plans import SHARES, STANDARDS
from inspectorate.methodology.rating import score, score_by
from inspectorate.methodology.results import Result
from inspectorate.ratings.intake import HandedIn, Read, read

MOST_VALUES = 20
"""A column of the case list with more different values than this is no group of cases."""
OWN_GROUPS = ("kind", "stratum", "inspection")
REMEMBERED, REMEMBERED_FOR = 16, 600.0


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case behind a score: its reference, kind and place on the list, and how its judgements count."""

    case: str
    inspection: str
    kind: str
    stratum: str
    sufficient: int
    applicable: int

    @property
    def failing(self) -> int:
        """How many of its judgements were not sufficient."""
        return self.applicable - self.sufficient


@dataclass(frozen=True)
class Scored:
    """Everything that pages and downloads show of one file, or of one inspection by one edition."""

    given: Read
    results: tuple[Result, ...]
    """What is in force: that of the rule, but where a panel moved a rating."""
    by_rule: tuple[Result, ...] = ()
    """What the rule alone gives, where a panel moved a rating."""
    moved: Mapping[str, Move] = field(default_factory=dict)
    """The moves of the panel, by step."""
    parts: dict[str, dict[str, tuple[Result, ...]]] = field(default_factory=dict)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings by question, largest failings first."""
        return findings(self.given.answers, self.given.case_list)

    @cached_property
    def cases(self) -> int:
        """How many cases were assessed."""
        return sum(len(part.keys) for part in self.given.answers.kinds)

    @property
    def listed(self) -> int | None:
        """How many cases stand on the case list; None where none was given."""
        return len(self.given.case_list.keys) if self.given.case_list else None

    def result(self, code: str) -> Result | None:
        """Return the result of a step; None where the edition has no such step."""
        return next((result for result in self.results if result.code == code), None)

    def ruled(self, code: str) -> Result | None:
        """Return what the rule alone gives at a step, whatever a panel did."""
        return next((result for result in self.by_rule or self.results if result.code == code), None)

    @property
    def shares(self) -> list[Result]:
        """The results that are shares, in the order of the edition."""
        return [result for result in self.results if result.step.method in SHARES]

    @property
    def standards(self) -> list[Result]:
        """The standards and what people rated."""
        return [result for result in self.results if result.step.method in STANDARDS]

    @property
    def overall(self) -> Result | None:
        """The overall rating; None where the edition has none."""
        return next((one for one in self.results if one.step.method not in SHARES + STANDARDS), None)

    @cached_property
    def groups(self) -> dict[str, int]:
        """The columns of the case list that cases may be grouped by, with the number of values in each."""
        listing = self.given.case_list
        if listing is None:
            return {}
        sizes = {head: len(set(listing.column(head))) for head in (*listing.characteristics, *OWN_GROUPS)}
        return {head: size for head, size in sizes.items() if 2 <= size <= MOST_VALUES}

    def by(self, head: str) -> dict[str, tuple[Result, ...]]:
        """Return the results for each value of a column; nothing where cases are not grouped by it."""
        if head not in self.groups or self.given.case_list is None:
            return {}
        if head not in self.parts:
            self.parts[head] = score_by(
                self.given.edition, self.given.answers, self.given.case_list, head, modules=self.given.modules
            )
        return self.parts[head]

    def listed_in(self, head: str) -> Counter[str]:
        """Return how many cases the list has of each value in a column."""
        listing = self.given.case_list
        return Counter(listing.column(head)) if listing and head in self.groups else Counter()

    def assessed_in(self, head: str) -> Counter[str]:
        """Return how many assessed cases there are of each value in a column of the case list."""
        listing = self.given.case_list
        if listing is None or head not in self.groups:
            return Counter()
        column = listing.column(head)
        return Counter(column[listing.place[key]] for part in self.given.answers.kinds for key in part.keys)

    def lines(self, result: Result) -> list[CaseLine]:
        """Return the cases behind a share, in the order of the file, those in which nothing applied included."""
        listing, found = self.given.case_list, []
        for part in self.given.answers.kinds:
            places = [part.kind.place[code] for code in result.step.questions if code in part.kind.place]
            if not places:
                continue
            counted = judged(part.kind, part.values)[:, places]
            y = (counted == COUNTS["sufficient"]).sum(axis=1).tolist()
            n = (counted == COUNTS["not_sufficient"]).sum(axis=1).tolist()
            for key, good, bad in zip(part.keys, y, n, strict=True):
                stratum = listing.strata[listing.place[key]] if listing else ""
                found.append(CaseLine(key[1], key[0], part.kind.code, stratum, good, good + bad))
        return found

    @property
    def warnings(self) -> list[tuple[Result, str]]:
        """Every warning with the result it belongs to, each said once."""
        seen: dict[str, Result] = {}
        for result in self.results:
            for warning in result.account.warnings:
                seen.setdefault(warning, result)
        return [(result, warning) for warning, result in seen.items()]

    @property
    def methods(self) -> list[str]:
        """The names of the methods that were used, in order."""
        rules = [line.rule for result in self.results for line in result.account.lines]
        return list(dict.fromkeys(rule for rule in rules if "@" in rule))


class _Memory:
    """The last few files that were worked out in this process."""

    def __init__(self) -> None:
        self.held: OrderedDict[Hashable, tuple[float, Scored]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable) -> Scored | None:
        with self.lock:
            for old in [old for old, (since, _) in self.held.items() if time.monotonic() - since > REMEMBERED_FOR]:
                del self.held[old]
            found = self.held.get(key)
            if found:
                self.held.move_to_end(key)
            return found[1] if found else None

    def put(self, key: Hashable, scored: Scored) -> None:
        with self.lock:
            self.held[key] = (time.monotonic(), scored)
            while len(self.held) > REMEMBERED:
                self.held.popitem(last=False)

    def forget(self, key: Hashable) -> None:
        with self.lock:
            self.held.pop(key, None)


_memory = _Memory()


def remembered(key: Hashable) -> Scored | None:
    """Return what this process worked out a short while ago, for a file by its public id."""
    return _memory.get(key)


def remember(key: Hashable, scored: Scored) -> None:
    """Keep in mind for a while what was worked out."""
    _memory.put(key, scored)


def forget(key: Hashable) -> None:
    """Forget what was worked out."""
    _memory.forget(key)


def forget_everything() -> None:
    """Forget all that was worked out in this process."""
    with _memory.lock:
        _memory.held.clear()


def work_out(handed_in: HandedIn, public_id: str | None = None) -> Scored:
    """Read and score what was handed in, and remember it under ``public_id``; raise NotReadError with every fault."""
    given = read(handed_in)
    scored = Scored(given, score(given.edition, given.answers, case_list=given.case_list, judgements=given.judgements))
    if public_id:
        _memory.put(public_id, scored)
    return scored


def as_data(scored: Scored, by: str = "") -> dict[str, Any]:
    """Return the results as plain values, under the names that ``inspectorate score --json`` promises."""
    edition = scored.given.edition
    data = {"edition": edition.code, "digest": edition.digest, "status": edition.status, **_grouped(scored.results)}
    parts = scored.by(by)
    if parts:
        data["by"] = {
            "column": by,
            "parts": [{"value": value, **_grouped(results)} for value, results in parts.items()],
        }
    return data


def _grouped(results: tuple[Result, ...]) -> dict[str, Any]:
    overall = [result for result in results if result.step.method not in SHARES + STANDARDS]
    return {
        "scores": [result.as_data() for result in results if result.step.method in SHARES],
        "standards": [result.as_data() for result in results if result.step.method in STANDARDS],
        "overall": overall[0].as_data() if overall else None,
    }
