"""YAML as an edition writes it: plain values, with the line of each, and no surprises.

Unlike a common YAML reader it refuses a key that stands twice and an alias, keeps dates as text, and leaves it to the
schema to refuse a code such as 1.10 that was not quoted and so became a number.
"""

from collections.abc import Callable
from typing import Any

import yaml

from inspectorate.methodology.faults import Fault, FaultCode, Refused


def _number(word: str) -> float | str:
    """Return a number with a point; ``.nan``, ``.inf`` and the like stay text, which no schema takes for a number."""
    try:
        return float(word)
    except ValueError:
        return word


PLAIN: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda word: word.lower() in {"yes", "true", "on"},
    "tag:yaml.org,2002:int": lambda word: int(word) if word.lstrip("-").isdigit() else word,
    "tag:yaml.org,2002:float": _number,
}
SPECIAL = frozenset("-+.0123456789=~<yYnNtTfFoO&!*")
"""What a word may begin with that YAML takes for a number, a truth, a day, nothing, or a sign of its own."""


Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def values_in(text: str) -> Any:
    """Return what a YAML file of our own says, by the reader that is ten times as fast where it is there."""
    return yaml.load(text, Loader=Fast)  # noqa: S506 - either of the two is a safe one


class Loader(Fast):  # type: ignore[misc]  # whichever of the two there is, YAML's own words say nothing of its types
    """Knows text when it sees it: asking of every word whether it is a number takes a third of the time of reading."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """Return the tag of a node; words in quotes, and plain ones that can be nothing but text, are text."""
        if kind is yaml.ScalarNode and (not implicit[0] or (value and value[0] not in SPECIAL)):
            return "tag:yaml.org,2002:str"
        return super().resolve(kind, value, implicit)


class Document:
    """One YAML file: its ``data`` as plain values, and the line on which each part of it stands."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self._met: set[int] = set()
        try:
            self.node = yaml.compose(text, Loader=Loader)
            self.data: Any = self._value(self.node) if self.node else {}
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            why = f"this is not YAML: {error.problem or error.context}."
            remedy = "Check indents, quotes and colons; put text with a colon in quotes."
            raise Refused([Fault(FaultCode.UNREADABLE, name, why, remedy, mark.line + 1 if mark else None)]) from error
        except (yaml.YAMLError, RecursionError) as error:
            why = "it holds signs that no text has, or is nested far too deeply."
            raise Refused([Fault(FaultCode.UNREADABLE, name, why, "Write it again as plain YAML.")]) from error
        if self.faults:
            raise Refused(self.faults)

    def line(self, path: list[str | int]) -> int:
        """Return the line, counting from 1, of the part at ``path``, or of the nearest part that is there."""
        node = self.node
        if node is None:
            return 1
        for step in path:
            below = _child(node, step)
            if below is None:
                break
            node = below
        return int(node.start_mark.line) + 1

    def _value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return PLAIN.get(node.tag, str)(node.value)
        if id(node) in self._met:  # an alias: the same part met again, perhaps inside itself
            self._fault(node, FaultCode.WRONG_SHAPE, "an alias stands for another part.", "Write the part out.")
            return None
        self._met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        return [self._value(item) for item in node.value]

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(
                    key_node, FaultCode.WRONG_SHAPE, "a key is no plain word.", "Write a code before the colon."
                )
                continue
            key = key_node.value
            if key in found:
                why = f"'{key}' stands twice in the same place."
                self._fault(key_node, FaultCode.REPEATED_CODE, why, "Keep one of them.")
            found[key] = self._value(value_node)
        return found

    def _fault(self, node: yaml.Node, code: FaultCode, why: str, remedy: str) -> None:
        self.faults.append(Fault(code, self.name, why, remedy, node.start_mark.line + 1))


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None
