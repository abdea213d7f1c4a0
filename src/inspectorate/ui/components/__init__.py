"""The components, one folder each.

A folder holds ``template.html``, ``component.yaml`` and, where it must work out more than a template should,
``prepare.py``.
``component.yaml`` is at once the reference, the review page at ``/components/``, the examples of the tests and the
check at rendering: a parameter that it does not name is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from inspectorate.methodology.documents import values_in

FOLDER = Path(__file__).parent


class UnknownParameterError(TypeError):
    """A component was given a parameter that its ``component.yaml`` does not name, or not given one that it needs."""


@dataclass(frozen=True, slots=True)
class Component:
    """One component as its ``component.yaml`` describes it."""

    name: str
    purpose: str
    parameters: tuple[Mapping[str, Any], ...]
    examples: tuple[Mapping[str, Any], ...]
    prepare: Callable[[dict[str, Any]], dict[str, Any]] | None

    def fill(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters with their defaults; refuse one that is unknown and miss none that is required."""
        known = {row["name"]: row for row in self.parameters}
        if unknown := sorted(set(given) - set(known)):
            raise UnknownParameterError(
                f"The component {self.name} has no parameter {', '.join(unknown)}. It has: {', '.join(known)}."
            )
        absent = sorted(name for name, row in known.items() if row.get("required") and name not in given)
        if absent:
            raise UnknownParameterError(f"The component {self.name} needs {', '.join(absent)}.")
        return {name: given.get(name, row.get("default")) for name, row in known.items()}


@cache
def find(name: str) -> Component:
    """Read the component of this name; raise FileNotFoundError where there is none."""
    data = values_in((FOLDER / f"{name}/component.yaml").read_text("utf-8"))
    module = f"{__name__}.{name}.prepare"
    prepare = import_module(module).prepare if (FOLDER / f"{name}/prepare.py").exists() else None
    return Component(name, data["purpose"], tuple(data["parameters"]), tuple(data["examples"]), prepare)


def names() -> list[str]:
    """Return the names of all components, in the order of the alphabet."""
    return sorted(path.parent.name for path in FOLDER.glob("*/component.yaml"))


def render(name: str, /, **given: Any) -> SafeString:
    """Render one component to HTML; views use it to put a component into the cell of a table."""
    component = find(name)
    filled = component.fill(given)
    if component.prepare:
        filled |= component.prepare(filled)
    return mark_safe(get_template(f"components/{name}/template.html").render(filled).strip())  # noqa: S308 - a template's own output
