"""Writing the files of an edition: plain YAML that a person can read and that every reader reads alike."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from inspectorate.methodology.documents import Document

WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """Writes everything out: no aliases, lists set in under their key, small maps on one line."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - YAML asks of each value
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - set in always
        super().increase_indent(flow, indentless=False)


def as_yaml(data: Mapping[str, Any]) -> str:
    """Return data as YAML; text that another reader might take for a number, a day or a truth is quoted."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, default_flow_style=None, sort_keys=False, allow_unicode=True, width=WIDTH
    )
    return text


def replace_file(path: Path, text: str) -> None:
    """Write a file whole or not at all: what stood there stays until the new text is on the disk."""
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def contents_of(folder: Path) -> dict[str, Any]:
    """Return what every file of a folder holds: YAML as plain values, guidance as text by file."""
    found: dict[str, Any] = {
        path.stem: Document(path.name, path.read_text(encoding="utf-8")).data for path in sorted(folder.glob("*.yaml"))
    }
    found["examples"] = {
        path.name: Document(path.name, path.read_text(encoding="utf-8")).data
        for path in sorted((folder / "examples").glob("*.yaml"))
    }
    for name in ("guidance", "guidance/cy"):
        found[name] = {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / name).glob("*.md"))}
    return found


def write_contents(folder: Path, contents: Mapping[str, Any]) -> None:
    """Write every file of an edition into a folder."""
    texts = {f"{kind}/{name}": text for kind in ("guidance", "guidance/cy") for name, text in contents[kind].items()}
    texts |= {f"examples/{name}": as_yaml(data) for name, data in contents["examples"].items()}
    parts = contents.keys() - {"guidance", "guidance/cy", "examples"}
    for name, text in (texts | {f"{part}.yaml": as_yaml(contents[part]) for part in parts}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        replace_file(folder / name, text)
