"""What people write in a report: a small part of Markdown (paragraphs, lists, bold, sub-headings), read into blocks.

Nothing else is markup: a tag of HTML, a link or a table stands there as the characters that were typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("zero").enable(["heading", "list", "emphasis", "newline", "escape"])
TYPED = re.compile(r"\d+(?:\.\d+)?\s*(?:%|per\s?cent\b)", re.IGNORECASE)
"""A share that somebody typed by hand."""

Kind = Literal["paragraph", "bullets", "numbers", "heading"]
LISTS: dict[str, Kind] = {"bullet_list_open": "bullets", "ordered_list_open": "numbers"}


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a sub-heading with its one line, or a list with a line for each entry."""

    kind: Kind
    lines: tuple[tuple[Run, ...], ...]

    @property
    def plain(self) -> str:
        """The words without marks; the entries of a list on lines of their own."""
        return "\n".join("".join(run.text for run in line) for line in self.lines)


def blocks(text: str) -> list[Block]:
    """Read a text into blocks; the entries of a list within a list stand in the outer one."""
    found: list[Block] = []
    lines: list[tuple[Run, ...]] = []
    kinds: list[Kind] = []
    heading = False
    for token in MARKDOWN.parse(text):
        if token.type in {"heading_open", "heading_close"}:
            heading = token.type == "heading_open"
        elif token.type in LISTS:
            kinds.append(LISTS[token.type])
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            kind = kinds.pop()
            if not kinds:
                found.append(Block(kind, tuple(lines)))
                lines = []
        elif token.type == "inline":
            line = tuple(_runs(token.children or []))
            if kinds:
                lines.append(line)
            else:
                found.append(Block("heading" if heading else "paragraph", (line,)))
    return [block for block in found if block.plain.strip()]


def _runs(children: list[Token]) -> Iterator[Run]:
    depth = 0
    for child in children:
        if child.type in {"strong_open", "strong_close"}:
            depth += 1 if child.type == "strong_open" else -1
        elif child.type in {"softbreak", "hardbreak"}:
            yield Run(" ", bold=depth > 0)
        elif child.content:
            yield Run(child.content, bold=depth > 0)


def words_in(text: str) -> int:
    """Return how many words a text has; marks of lists and headings are none."""
    return sum(len(block.plain.split()) for block in blocks(text))


def typed_by_hand(text: str) -> list[tuple[int, str]]:
    """Return every share that was typed rather than drawn from the scores, with the number of its line from 1."""
    return [
        (number, found[0]) for number, line in enumerate(text.splitlines(), start=1) for found in TYPED.finditer(line)
    ]
