"""Guidance as HTML: Markdown with every tag of HTML switched off, and links between questions made whole."""

from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Whatever looks like HTML is shown as text; addresses such as javascript: are no links.
MARKDOWN = MarkdownIt("commonmark", {"html": False})


def as_html(markdown: str, places: Mapping[str, str]) -> SafeString:
    """Return the HTML of a Markdown text; ``places`` gives the address of each question, by its code in small letters.

    Editions write a link to another question as ``[A07](#a07)``.
    """
    tokens = MARKDOWN.parse(markdown)
    for block in tokens:
        for token in block.children or ():
            target = str(token.attrGet("href") or "") if token.type == "link_open" else ""
            if target.startswith("#") and target[1:].casefold() in places:
                token.attrSet("href", places[target[1:].casefold()])
    html: str = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return mark_safe(html)  # noqa: S308 - HTML in the text is off
