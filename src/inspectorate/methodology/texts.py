"""Words for readers, in English and Welsh."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; ``cy`` is None where no Welsh has been written yet."""

    en: str
    cy: str | None = None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Make a text from ``{en: …, cy: …}``."""
        return cls(en=str(data["en"]), cy=data.get("cy"))

    def __str__(self) -> str:
        return self.en
