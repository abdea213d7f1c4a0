"""The retention table and the other files of data about privacy, read and checked."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from inspectorate.methodology.accounts import counted

HERE = Path(__file__).parent
DAYS_OF_A_YEAR = 365


@dataclass(frozen=True)
class Kind:
    """One kind of data: whose, what goes and stays, the ground, and so many days from what."""

    code: str
    title: str
    whose: str
    goes: str
    stays: str
    ground: str
    since: str
    days: int

    @property
    def how_long(self) -> str:
        """Return how long it is kept, in days and, where they are whole, in years."""
        years, more = divmod(self.days, DAYS_OF_A_YEAR)
        return f"{counted(self.days, 'day')} ({counted(years, 'year')})" if not more else counted(self.days, "day")


@dataclass(frozen=True)
class Retention:
    """The table: who wrote it, on what it rests, when it is looked at again, every kind, and what is kept."""

    author: str
    source: str
    review_on: date
    kinds: tuple[Kind, ...]
    kept: tuple[dict[str, str], ...]

    def kind(self, code: str) -> Kind:
        """Return a kind by its code."""
        return next(kind for kind in self.kinds if kind.code == code)


def retention() -> Retention:
    """Return the table in force: that of the installation where it has one, else that of the project."""
    return _read(settings.RETENTION or HERE / "retention.yaml")


@cache
def _read(path: Path) -> Retention:
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = [
        Kind(**{"since" if name == "from" else name: value for name, value in row.items()}) for row in given["kinds"]
    ]
    ours = {row["code"] for row in yaml.safe_load((HERE / "retention.yaml").read_text(encoding="utf-8"))["kinds"]}
    if {kind.code for kind in kinds} != ours or any(kind.days < 1 for kind in kinds):
        raise ValueError(f"{path} must have each of {', '.join(sorted(ours))} once, with one day or more.")
    return Retention(given["author"], given["source"], given["review_on"], tuple(kinds), tuple(given["kept"]))


@cache
def told(name: str) -> dict[str, Any]:
    """Return one of the files that a page shows: ``processing`` or ``impact``."""
    found: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
