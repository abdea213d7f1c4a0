"""Guidance in Markdown as plain text: field clients show hints as they are, or read marks in ways of their own."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark", {"html": False})


def paragraphs(markdown: str) -> list[str]:
    """Return the paragraphs and the points of lists as plain lines; a link is told by its words."""
    found, point = [], ""
    for token in MARKDOWN.parse(markdown):
        if token.type == "list_item_open":
            point = "• "
        elif token.type == "inline":
            found.append(point + "".join(_words(token.children or [])).strip())
            point = ""
        elif token.type in {"fence", "code_block"}:
            found.append(token.content.strip())
    return [line for line in found if line]


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield " "
        elif token.type in {"text", "code_inline"}:
            yield token.content
