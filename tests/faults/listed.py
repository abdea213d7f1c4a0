"""The numbered faults and the tests of each, read from the list and from the tests themselves."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("faults.yaml")
OF_A_FAULT = re.compile(r"test_f(\d+)_")
CLASSES = {"c": "with every change", "n": "every night", "r": "before a release"}
MARKS = {"nightly": "n", "release": "r"}


@dataclass(frozen=True)
class Fault:
    """One numbered fault: what goes wrong, what must happen, and in which classes it is tested."""

    number: str
    fault: str
    must: str
    classes: tuple[str, ...]
    not_yet: str = ""


@dataclass(frozen=True)
class Tested:
    """One test of a fault: its file below the root, its name, and its class."""

    number: str
    path: str
    name: str
    kind: str


def faults() -> list[Fault]:
    """Return the faults in the order of their list."""
    given = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return [
        Fault(number, about["fault"], about["must"], tuple(about["class"]), about.get("not_yet", ""))
        for number, about in given.items()
    ]


def tests(root: Path) -> list[Tested]:
    """Return every test that is of a fault, by its own name or by that of its file."""
    return [found for path in sorted(root.rglob("test_*.py")) for found in _in_file(path)]


def _in_file(path: Path) -> Iterator[Tested]:
    text = path.read_text(encoding="utf-8")
    if not re.search(r"test_f\d", path.name + text):
        return
    tree = ast.parse(text)
    whole = _marked(next((node.value for node in tree.body if _is_mark(node)), None))
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        number = OF_A_FAULT.match(node.name) or OF_A_FAULT.match(path.name)
        if number:
            kinds = {_marked(mark) for mark in node.decorator_list} - {""}
            kind = (sorted(kinds) or [whole or "c"])[0]
            shown = path.relative_to(ROOT).as_posix() if ROOT in path.parents else path.name
            yield Tested(f"F{number[1]}", shown, node.name, kind)


def _is_mark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(ast.unparse(target) == "pytestmark" for target in node.targets)


def _marked(node: ast.expr | None) -> str:
    """Return the class that a mark, or a list of marks, stands for; nothing where it says nothing of it."""
    words = ast.unparse(node) if node else ""
    return next((kind for mark, kind in MARKS.items() if re.search(rf"\bmark\.{mark}\b", words)), "")


def page(note: str) -> str:
    """Return docs/reference/faults.md."""
    found = tests(ROOT / "tests")
    parts = [
        "# Faults and attacks\n",
        note,
        "What goes wrong, what must happen then, and the tests that try it.",
        f"Classes: {'; '.join(f'**{kind}** {when}' for kind, when in CLASSES.items())}.\n",
    ]
    for fault in faults():
        parts.append(f"## {fault.number}: {fault.fault[0].lower()}{fault.fault[1:]}\n")
        parts.append(fault.must + "\n")
        mine = [one for one in found if one.number == fault.number]
        parts += [f"- **{one.kind}** {_sentence(one)} (`{one.path}`)" for one in mine]
        parts += [""] if mine else []
        if fault.not_yet:
            parts.append(f"Not yet: {fault.not_yet}\n")
    return "\n".join(parts)


def _sentence(one: Tested) -> str:
    words = OF_A_FAULT.sub("", one.name).removeprefix("test_").replace("_", " ")
    return words[0].upper() + words[1:]
