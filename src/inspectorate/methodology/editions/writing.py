"""Writing the files of an edition: plain YAML that a person can read and that every reader reads alike."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

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
