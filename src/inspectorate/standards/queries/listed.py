"""The list of editions."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from inspectorate.methodology.faults import Refused
from inspectorate.standards.queries import sentences, shelf
from inspectorate.standards.queries.sentences import said
from inspectorate.standards.queries.shelf import Held

SORTS = ("edition", "year", "questions")
SHORT = 12


@dataclass(frozen=True, slots=True)
class EditionsAsked:
    """What the list is narrowed to, as it stands in the address; a sort that begins with a minus runs downwards."""

    q: str = ""
    state: str = ""
    sort: str = "edition"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Take it from the address; what it does not know it leaves out."""
        state, sort = given.get("state", ""), given.get("sort", "")
        return cls(
            q=given.get("q", "").strip()[:100],
            state=state if state in sentences.STATES else "",
            sort=sort if sort.removeprefix("-") in SORTS else "edition",
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition as a line of the list; ``fault`` says why its folder cannot be read, and then the rest is empty."""

    code: str
    programme: str
    title: str
    year: str
    state: str
    in_force_from: str = ""
    in_force_to: str = ""
    kinds: tuple[str, ...] = ()
    questions: int | None = None
    digest: str = ""
    about: str = ""
    fault: str = ""


def editions_page(asked: EditionsAsked, root: Path | None = None) -> dict[str, Any]:
    """Return the editions asked for, how many there are in all, and what the states mean."""
    every = [_listed(code, root) for code in shelf.codes(root)]
    return {
        "asked": asked,
        "editions": _sorted([one for one in every if _wanted(one, asked)], asked.sort),
        "all": len(every),
        "states": [(state, words, sentences.TONES[state]) for state, words in sentences.STATES.items()],
    }


def _listed(code: str, root: Path | None) -> Listed:
    programme, year = code.split("/")
    try:
        held = shelf.held(code, root)
    except Refused as refused:
        return Listed(code, programme, code, year, "unreadable", fault=str(refused.faults[0]))
    return _row(held, programme)


def _row(held: Held, programme: str) -> Listed:
    edition = held.edition
    return Listed(
        code=edition.code,
        programme=programme,
        title=said(edition.title),
        year=held.year,
        state=edition.status,
        in_force_from=edition.about["in_force_from"],
        in_force_to=edition.about["in_force_to"] or "",
        kinds=tuple(said(kind.title) for kind in held.kinds),
        questions=len(held.questions),
        digest=edition.digest,
        about=edition.about["about"]["en"],
    )


def _wanted(one: Listed, asked: EditionsAsked) -> bool:
    text = f"{one.code} {one.title} {one.about}".casefold()
    return all(word in text for word in asked.q.casefold().split()) and asked.state in {"", one.state}


def _sorted(rows: list[Listed], sort: str) -> list[Listed]:
    keys = {
        "edition": lambda one: (one.title.casefold(), one.year),
        "year": lambda one: (one.year, one.title.casefold()),
        "questions": lambda one: (one.questions or 0, one.title.casefold()),
    }
    return sorted(rows, key=keys[sort.removeprefix("-")], reverse=sort.startswith("-"))
