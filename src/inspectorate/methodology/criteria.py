"""The criteria of an edition: domains, standards, key questions and criteria, as a tree with stable codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from inspectorate.methodology.texts import Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact is from: one of the five documents, or the project's own notes."""

    document: str
    paragraph: str | None = None
    says: Text | None = None

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> Self | None:
        """Make a source from its entry in a file; None stays None."""
        if data is None:
            return None
        says = data.get("says")
        return cls(data["document"], data.get("paragraph"), Text.read(says) if says else None)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One node of the tree."""

    code: str
    level: Literal["domain", "standard", "key_question", "criterion"]
    title: Text
    text: Text | None
    source: Source | None
    to_verify: str | None
    children: tuple["Criterion", ...]

    def walk(self) -> Iterator["Criterion"]:
        """Yield this node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_criteria(data: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """Make the tree from the checked contents of ``criteria.yaml``."""
    return tuple(_node(item) for item in data["criteria"])


def _node(item: Mapping[str, Any]) -> Criterion:
    text = item.get("text")
    return Criterion(
        code=item["code"],
        level=item["level"],
        title=Text.read(item["title"]),
        text=Text.read(text) if text else None,
        source=Source.read(item.get("source")),
        to_verify=item.get("to_verify"),
        children=tuple(_node(child) for child in item.get("children", ())),
    )
