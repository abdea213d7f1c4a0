"""What people need before a case opens to them: clearances and training, read from ``standards/programmes.yaml``.

Pure: who holds what, and the day, are given. From which day a kind is asked for stands in the database: see ``gate``.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from inspectorate.methodology.documents import Document
from inspectorate.methodology.editions import standards_folder

FILE = "programmes.yaml"
NUMBER = re.compile(r"\d+")
BY_TEAM = "team"
ALWAYS, CHILDREN, EDITION = "always", "children", "edition"


@dataclass(frozen=True)
class Kind:
    """One kind of clearance or training: of which roles it is asked, when, and how long it holds."""

    code: str
    title: str
    words: str
    says: str
    roles: tuple[str, ...]
    when: str
    months: int
    source: str
    to_verify: str

    def named(self, edition: str = "") -> str:
        """Return its title, with the edition where it is for one."""
        return f"{self.title} {edition}" if edition else self.title

    def in_words(self, edition: str = "") -> str:
        """Return it as it stands within a sentence."""
        return f"{self.words} {edition}" if edition else self.words


@dataclass(frozen=True)
class Programmes:
    """The whole file."""

    kinds: Mapping[str, Kind]
    warn_days: int
    children: frozenset[str]
    youngest_adult: int
    age_columns: tuple[str, ...]
    marks: Mapping[str, frozenset[str]]
    interests: Mapping[str, str]
    usual_interest: str
    interest_rules: Mapping[str, Mapping[str, str]]
    author: str
    next_review: str


@dataclass(frozen=True)
class Held:
    """What somebody holds: a kind, the edition where it is for one, and the last day; None where there is none."""

    kind: str
    edition: str
    expires_on: date | None

    def holds(self, on: date) -> bool:
        """Say whether it holds on a day; the last day is in it."""
        return self.expires_on is None or on <= self.expires_on


@dataclass(frozen=True)
class Lack:
    """Something that is needed and does not hold: ``ended_on`` where it was held and has ended."""

    kind: str
    edition: str
    ended_on: date | None


@lru_cache(maxsize=1)
def programmes() -> Programmes:
    """Return what the file says, read once."""
    said = Document(FILE, (standards_folder() / FILE).read_text(encoding="utf-8")).data
    children, interests = said["children"], said["interests"]
    return Programmes(
        kinds={code: _kind(code, about) for code, about in said["kinds"].items()},
        warn_days=said["warn_days"],
        children=frozenset(children["programmes"]),
        youngest_adult=children["youngest_adult"],
        age_columns=tuple(children["age_columns"]),
        marks={column: frozenset(words) for column, words in children["marks"].items()},
        interests=interests["programmes"],
        usual_interest=interests["usual"],
        interest_rules=interests["rules"],
        author=said["author"],
        next_review=said["next_review"],
    )


def _kind(code: str, about: Mapping[str, Any]) -> Kind:
    return Kind(code, **{**about, "roles": tuple(about["roles"])})


def programme_of(edition: str) -> str:
    """Return the programme of an edition."""
    return edition.partition("/")[0]


def bars_by_team(editions: Iterable[str]) -> bool:
    """Say whether an inspection judged by these editions bars a local assessor from their own team alone."""
    said = programmes()
    rules = {said.interests.get(programme_of(edition), said.usual_interest) for edition in editions}
    return rules == {BY_TEAM}


def of_a_child(edition: str, facts: Mapping[str, str]) -> bool:
    """Say whether a case is that of a child: by its programme, or by what its list says of it."""
    said = programmes()
    if programme_of(edition) in said.children:
        return True
    if any(str(facts.get(column, "")).strip().casefold() in words for column, words in said.marks.items()):
        return True
    return any(_young(str(facts.get(column, "")), said.youngest_adult) for column in said.age_columns)


def _young(age: str, adult: int) -> bool:
    if age.strip().casefold().startswith("under"):
        return True
    first = NUMBER.search(age)
    return first is not None and int(first.group()) < adult


def kinds_needed(role: str, edition: str, *, child: bool) -> tuple[tuple[str, str], ...]:
    """Return what somebody of a role needs for a case judged by an edition: kinds, each with the edition it is for."""
    return tuple(
        (kind.code, edition if kind.when == EDITION else "")
        for kind in programmes().kinds.values()
        if role in kind.roles and (kind.when != CHILDREN or child)
    )


def lacks(needed: Iterable[tuple[str, str]], held: Iterable[Held], on: date) -> tuple[Lack, ...]:
    """Return what of the needed does not hold on a day, each with the last day of the latest that was held."""
    held = tuple(held)
    found = []
    for kind, edition in needed:
        mine = [one for one in held if (one.kind, one.edition) == (kind, edition)]
        if not any(one.holds(on) for one in mine):
            found.append(Lack(kind, edition, max((one.expires_on for one in mine if one.expires_on), default=None)))
    return tuple(found)


def last_day(kind: str, got_on: date) -> date:
    """Return the last day of something got on a day, as long as its kind holds."""
    months = got_on.month - 1 + programmes().kinds[kind].months
    year, month = got_on.year + months // 12, months % 12 + 1
    return date(year, month, min(got_on.day, monthrange(year, month)[1]))
