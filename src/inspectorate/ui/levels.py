"""The levels of a set of bands, however they are handed over: frozen values, dictionaries or rows of YAML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

TONES = ("lowest", "low", "high", "highest")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a set of bands, lowest first, as the pages need it."""

    code: str
    title: Any
    start: int
    end: int
    rank: int
    of: int

    @property
    def tone(self) -> str:
        """Return one of four tones; the word and the shape say the same without it."""
        return tone(self.rank, self.of)


def take(thing: Any, *names: str) -> Any:
    """Return the first of the names that a mapping holds or an object has; None where there is none."""
    for name in names:
        found = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
        if found is not None:
            return found
    return None


def tone(rank: int, of: int) -> str:
    """Return the tone of the level that is ``rank`` steps above the lowest of ``of`` levels."""
    return TONES[round(rank * (len(TONES) - 1) / (of - 1))] if of > 1 else TONES[-1]


def read(bands: Any) -> list[Level]:
    """Return the levels of bands given as a list of levels, or as something with ``levels``; none for None."""
    rows: Iterable[Any] = (take(bands, "levels") if not isinstance(bands, list | tuple) else bands) or ()
    found = [(str(take(row, "code")), take(row, "title"), int(take(row, "from_", "from") or 0)) for row in rows]
    ends = [start for _, _, start in found[1:]] + [100]
    return [
        Level(code, title, start, end, rank, len(found))
        for rank, ((code, title, start), end) in enumerate(zip(found, ends, strict=False))
    ]


def named(code: Any, bands: Any) -> Level | None:
    """Return the level of that code; None where the bands have no such level."""
    wanted = take(code, "code") or code
    return next((level for level in read(bands) if level.code == wanted), None)
