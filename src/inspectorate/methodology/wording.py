"""How two texts differ, word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

ALIKE = 0.5
"""The share of words, in order, that two texts must have in common for one to count as the other reworded."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stand in both texts, only in the old one, or only in the new one."""

    stands: Literal["both", "old", "new"]
    text: str


@dataclass(frozen=True)
class Wording:
    """A text that differs; ``of`` says what text it is. One of the two may be empty."""

    of: str
    old: str
    new: str

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The difference, word by word, in the order of reading."""
        old, new = self.old.split(), self.new.split()
        found: list[Piece] = []
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                found.append(Piece("both", " ".join(old[a:b])))
                continue
            found += [Piece("old", " ".join(old[a:b]))] if b > a else []
            found += [Piece("new", " ".join(new[c:d]))] if d > c else []
        return tuple(found)


def plain(text: str) -> str:
    """Return the text with single spaces: how it is laid out over lines makes no difference."""
    return " ".join(text.split())


def alike(old: str, new: str) -> float:
    """Return how far two texts have the same words in the same order: 0 nothing, 1 all."""
    matcher = SequenceMatcher(None, old.casefold().split(), new.casefold().split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
