"""YAML as an edition writes it: plain values, with the line of each, and no surprises.

Unlike a common YAML reader it refuses a key that stands twice, keeps dates as text, and leaves it to the schema to
refuse a code such as 1.10 that was not quoted and so became a number.
"""

from collections.abc import Callable
from typing import Any

import yaml

from inspectorate.methodology.faults import Fault, FaultCode, Refused

PLAIN: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda word: word.lower() in {"yes", "true", "on"},
    "tag:yaml.org,2002:int": lambda word: int(word) if word.lstrip("-").isdigit() else word,
    "tag:yaml.org,2002:float": float,
}
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document:
    """One YAML file: its ``data`` as plain values, and the line on which each part of it stands."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        try:
            self.node = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            why = f"this is not YAML: {error.problem or error.context}."
            remedy = "Check indents, quotes and colons; put text with a colon in quotes."
            raise Refused([Fault(FaultCode.UNREADABLE, name, why, remedy, mark.line + 1 if mark else None)]) from error
        self.repeated: list[Fault] = []
        self.data: Any = self._value(self.node) if self.node else {}
        if self.repeated:
            raise Refused(self.repeated)

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
        if isinstance(node, yaml.MappingNode):
            found: dict[Any, Any] = {}
            for key_node, value_node in node.value:
                key = key_node.value
                if key in found:
                    line = key_node.start_mark.line + 1
                    why = f"'{key}' stands twice in the same place."
                    self.repeated.append(Fault(FaultCode.REPEATED_CODE, self.name, why, "Keep one of them.", line))
                found[key] = self._value(value_node)
            return found
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item) for item in node.value]
        make = PLAIN.get(node.tag, str)
        return make(node.value)


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None
