"""Following the links of the demonstration as one person: every kind of page that can be reached, a few of each kind.

The test of the whole demonstration follows the same links, so that what is measured is what was looked at.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
STARTS = ("/", "/my-work/", "/inspections/", "/results/")
OF_A_KIND = 3
"""How many pages of one kind are followed."""


@dataclass(frozen=True)
class Page:
    """One answer: the name of the view, its address, the status, how many queries it took, and where the link stood."""

    kind: str
    path: str
    status: int
    queries: int
    content: bytes
    linked_from: str
    redirect: str = ""


def crawl(client: Client, *, of_a_kind: int = OF_A_KIND) -> Iterator[Page]:
    """Yield every page that links lead to from the first ones, at most so many of a kind."""
    waiting = deque((path, "") for path in STARTS)
    seen, times = set(STARTS), Counter[str]()
    while waiting:
        path, origin = waiting.popleft()
        kind = kind_of(path)
        if times[kind] >= of_a_kind:
            continue
        times[kind] += 1
        page = look(client, path, kind, origin)
        yield page
        for found in links(page):
            if found not in seen:
                seen.add(found)
                waiting.append((found, path))


def look(client: Client, path: str, kind: str, origin: str = "") -> Page:
    """Fetch one page and count its queries."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Page(kind, path, answer.status_code, len(asked), content, origin, answer.headers.get("Location", ""))


def links(page: Page) -> list[str]:
    """Return the addresses of this product that a page links to, without fragment."""
    if not page.content.lstrip().startswith(b"<!doctype html"):
        return [page.redirect] if page.redirect else []
    found = (urljoin(page.path, unescape(link)) for link in LINK.findall(page.content.decode()))
    inside = [urlsplit(link) for link in found if not urlsplit(link).netloc]
    return [f"{link.path}?{link.query}" if link.query else link.path for link in inside]


def kind_of(path: str) -> str:
    """Return the name of the view that answers at an address; of one that nothing answers, the address itself."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return f"nothing at {path}"
