"""Guidance in Markdown, found by the code of its question; and Welsh that is laid over English afterwards."""

from collections.abc import Iterator, Mapping
from typing import Any


def split_guidance(name: str, text: str) -> Iterator[tuple[str, tuple[str, int], str]]:
    """Yield (code, (file, line), Markdown) for each ``## CODE`` heading of a guidance file."""
    code, start, words = "", 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            if start:
                yield code, (name, start), "\n".join(words).strip()
            code, start, words = (line[3:].split() or [""])[0], number, []
        elif start:
            words.append(line)
    if start:
        yield code, (name, start), "\n".join(words).strip()


def introduction(text: str) -> str:
    """Return what stands before the first ``## CODE``, the ``# Title`` left out: it introduces the whole section."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("## "):
            break
        if not line.startswith("# "):
            lines.append(line)
    return "\n".join(lines).strip()


def with_welsh(data: Any, welsh: Mapping[str, str]) -> Any:
    """Return the data with Welsh from the supplement wherever a text has English only and the supplement knows it.

    ``welsh`` maps English text to Welsh, so that translating never touches a frozen file.
    """
    if not welsh:
        return data
    if isinstance(data, Mapping):
        if "en" in data and not data.get("cy"):
            return {**data, "cy": welsh.get(data["en"])}
        return {key: with_welsh(value, welsh) for key, value in data.items()}
    return [with_welsh(item, welsh) for item in data] if isinstance(data, list) else data
