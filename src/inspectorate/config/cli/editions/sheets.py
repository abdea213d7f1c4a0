"""``inspectorate editions to-spreadsheet`` and ``from-spreadsheet``: writing an edition without a programmer."""

import argparse
from pathlib import Path
from typing import Any

from inspectorate.config.cli import inputs, show
from inspectorate.methodology import editions, spreadsheet
from inspectorate.methodology.editions.writing import contents_of, write_contents
from inspectorate.sampling.files import sheets_of


def configure(words: Any) -> None:
    """Add the words to-spreadsheet and from-spreadsheet."""
    out = words.add_parser(
        "to-spreadsheet", help="an edition as a workbook: survey, choices, criteria, scoring and so on"
    )
    out.add_argument("edition", metavar="E", help="the edition, such as iaow/2013")
    out.add_argument("file", metavar="FILE.xlsx", type=Path, help="the file to write; it must not be there yet")
    back = words.add_parser("from-spreadsheet", help="a folder from such a workbook, checked")
    back.add_argument("file", metavar="FILE.xlsx", type=Path, help="the workbook")
    back.add_argument("folder", metavar="DIR", type=Path, help="the folder to write; it must not be there yet")


def _to(arguments: argparse.Namespace) -> int:
    from inspectorate.standards.workbook import as_workbook  # noqa: PLC0415 - the base install writes no workbooks

    _refuse_what_is_there(arguments.file)
    edition = editions.load(arguments.edition)
    folder = editions.standards_folder() / edition.code
    arguments.file.write_bytes(as_workbook(spreadsheet.as_sheets(contents_of(folder))))
    return _told(arguments, {"file": str(arguments.file)}, f"{arguments.file}: {edition.code}, sheet by sheet.")


def _from(arguments: argparse.Namespace) -> int:
    _refuse_what_is_there(arguments.folder)
    name = arguments.file.name
    contents = spreadsheet.from_sheets(name, sheets_of(name, inputs.content_of(str(arguments.file))))
    write_contents(arguments.folder, contents)
    words = f"{arguments.folder}: written. Now check it: inspectorate editions check {arguments.folder}"
    return _told(arguments, {"folder": str(arguments.folder)}, words)


def _refuse_what_is_there(path: Path) -> None:
    if path.exists():
        inputs.refuse(str(path), "it is there already, and nothing is written over.", "Give another name.")


def _told(arguments: argparse.Namespace, data: dict[str, str], words: str) -> int:
    if arguments.json:
        show.as_json(data)
    else:
        print(words)
    return 0


RUNS = {"to-spreadsheet": _to, "from-spreadsheet": _from}
