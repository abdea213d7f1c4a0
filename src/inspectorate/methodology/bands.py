"""Bands: what a share is called. A band is decided on the exact integers, never on a rounded per cent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspectorate.methodology.criteria import Source
from inspectorate.methodology.texts import Text


@dataclass(frozen=True, slots=True)
class Level:
    """One band: from this whole per cent upwards, until the next level begins."""

    code: str
    title: Text
    from_: int
    stars: int | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """A set of bands, lowest first."""

    code: str
    title: Text
    levels: tuple[Level, ...]
    to_verify: str | None = None
    source: Source | None = None

    def of(self, sufficient: int, applicable: int) -> Level:
        """Return the band of ``sufficient`` out of ``applicable`` (which is above 0): 100·Y ≥ from·X."""
        reached = [level for level in self.levels if 100 * sufficient >= level.from_ * applicable]
        return reached[-1]

    def level(self, code: str) -> Level:
        """Return the level of that code."""
        return next(level for level in self.levels if level.code == code)

    def rank(self, code: str) -> int:
        """Return how far up a level stands, 0 being the lowest."""
        return [level.code for level in self.levels].index(code)

    def named(self, words: str) -> Level | None:
        """Return the level whose code or English title these words are, whatever the case; None where none is."""
        key = words.strip().casefold().replace(" ", "_").replace("-", "_")
        names = ((level, level.code, level.title.en) for level in self.levels)
        return next((lv for lv, code, title in names if key in {code, title.casefold().replace(" ", "_")}), None)


def per_cent(sufficient: int, applicable: int) -> int:
    """Return 100·Y/X rounded half up, from the exact integers. 31 of 48 is 64.58…, so 65; 1 of 8 is 12.5, so 13."""
    return (200 * sufficient + applicable) // (2 * applicable)


def rounding_warning(bands: Bands, sufficient: int, applicable: int) -> str | None:
    """Return a sentence where the printed, rounded per cent would fall into another band than the exact share."""
    exact, printed = bands.of(sufficient, applicable), bands.of(per_cent(sufficient, applicable), 100)
    if exact == printed:
        return None
    return (
        f"Printed as {per_cent(sufficient, applicable)} per cent, which looks like {printed.title}; the exact share, "
        f"{sufficient} of {applicable} or {100 * sufficient / applicable:.2f} per cent, is {exact.title}."
    )


def read_bands(data: Mapping[str, Any]) -> dict[str, Bands]:
    """Make the sets of bands from the checked ``bands`` of ``scoring.yaml``."""
    return {
        code: Bands(
            code=code,
            title=Text.read(item["title"]),
            levels=tuple(
                Level(level["code"], Text.read(level["title"]), level["from"], level.get("stars"))
                for level in item["levels"]
            ),
            to_verify=item.get("to_verify"),
            source=Source.read(item.get("source")),
        )
        for code, item in data.items()
    }
