"""``inspectorate record``: verify the record, or print the head that is to be kept elsewhere."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspectorate.record.heads import Head

OK, BROKEN, REFUSED = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``verify`` and ``head``."""
    parser.epilog = "example: inspectorate record verify"
    doing = parser.add_subparsers(dest="doing", metavar="verify|head", required=True)
    verify = doing.add_parser(
        "verify",
        help="read the whole record again and name the first bad row",
        description="Read the whole record again and name the first bad row. Exit code 0 whole, 1 broken, 2 refused.",
        epilog="example: inspectorate record verify --json",
    )
    verify.add_argument("--head", metavar="FILE", type=Path, help="an exported head that the record must still contain")
    verify.add_argument("--json", action="store_true", help="print the verdict as JSON")
    head = doing.add_parser(
        "head",
        help="seal the record and print its head",
        description="Seal the record and print its head, to be kept where administrators of this system cannot write.",
        epilog="example: inspectorate record head",
    )
    head.add_argument("--out", metavar="FILE", type=Path, help="write the head to a new file instead of printing it")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    try:
        return _head(arguments.out) if arguments.doing == "head" else _verify(arguments.head, as_json=arguments.json)
    except DatabaseError as error:
        return _refuse(f"The database cannot be read ({error}). If it is new, run: inspectorate manage migrate")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _verify(file: Path | None, *, as_json: bool) -> int:
    from inspectorate.record.heads import read_head  # noqa: PLC0415 - after Django is set up
    from inspectorate.record.names import RefusedError  # noqa: PLC0415 - the same
    from inspectorate.record.queries import verify  # noqa: PLC0415 - the same

    head: Head | None = None
    if file is not None:
        try:
            head = read_head(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            return _refuse(
                f"The head {file} cannot be read ({error}). Give a file that 'inspectorate record head' wrote."
            )
        except RefusedError as refusal:
            return _refuse(f"{file}: {refusal.sentence}")
    verdict = verify(head)
    if as_json:
        print(json.dumps(verdict.as_data(), indent=2))
    elif verdict.first_fault:
        print(f"The record is broken. {verdict.first_fault.sentence}\n{verdict.first_fault.remedy}")
    else:
        held = f", and it contains the head of {head['at']}" if head else ""
        counts = f"{verdict.entries} entries in {verdict.streams} streams, {verdict.seals} seals"
        print(f"The record is whole: {counts}{held}.")
    return OK if verdict.ok else BROKEN


def _head(out: Path | None) -> int:
    from inspectorate.record.actions import export_head, seal  # noqa: PLC0415 - after Django is set up

    seal()
    text = json.dumps(export_head(), indent=2) + "\n"
    if out is None:
        print(text, end="")
        return OK
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        return _refuse(f"The head was not written ({error}). Heads are kept, never overwritten: give a new file.")
    print(f"The head is in {out}. Keep it where the administrators of this system cannot write.")
    return OK
