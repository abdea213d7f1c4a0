"""``inspectorate record``: verify the record, export it, and let its signed heads leave."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspectorate.record.heads import Head

OK, BROKEN, REFUSED = 0, 1, 2
KEEP = "Keep a copy of the database as it is, then compare this place with the backups from before and after."


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``verify``, ``head``, ``send``, ``export``, ``key`` and ``verifier``."""
    parser.epilog = "example: inspectorate record verify"
    doing = parser.add_subparsers(dest="doing", metavar="verify|head|send|export|key|verifier", required=True)
    _configure_leaving(doing)
    verify = doing.add_parser(
        "verify",
        help="read the whole record again and name the first bad row",
        description="Read the whole record again and name the first bad row. Exit code 0 whole, 1 broken, 2 refused.",
        epilog="example: inspectorate record verify --json",
    )
    verify.add_argument("--head", metavar="FILE", type=Path, help="an exported head that the record must still contain")
    verify.add_argument("--key", metavar="KEY", default="", help="the public key that must have signed the head")
    verify.add_argument("--json", action="store_true", help="print the verdict as JSON")
    head = doing.add_parser(
        "head",
        help="seal the record and print its signed head",
        description="Seal the record and print its signed head, to be kept where no administrator of it can write.",
        epilog="example: inspectorate record head",
    )
    head.add_argument("--out", metavar="FILE", type=Path, help="write the head to a new file instead of printing it")


def _configure_leaving(doing: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "let the signed head leave by every way that is set: a folder, e-mail, a line"
    send = doing.add_parser("send", help=words, description=f"{words[0].upper()}{words[1:]}. To be run every day.")
    send.epilog = "example: inspectorate record send"
    export = doing.add_parser(
        "export",
        help="write the record for a verifier that runs without the product",
        description="Write the record as lines of JSON, for 'verify_record.py'. Without --payloads it holds "
        "commitments only, from which nobody can tell what was written.",
    )
    export.epilog = "example: inspectorate record export"
    export.add_argument("--out", metavar="FILE", type=Path, help="write to a new file instead of printing")
    export.add_argument("--payloads", action="store_true", help="with particulars and reasons: personal data")
    key = doing.add_parser("key", help="print the public key that signs heads", description="Print the public key.")
    key.epilog = "example: inspectorate record key"
    verifier = doing.add_parser(
        "verifier",
        help="print the verifier: one Python file that needs nothing else",
        description="Print the verifier, one Python file that needs nothing else: save it as verify_record.py.",
    )
    verifier.epilog = "example: inspectorate record verifier"


def run(arguments: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    from inspectorate.record.names import RefusedError  # noqa: PLC0415 - the same

    try:
        return DOING[arguments.doing](arguments)
    except RefusedError as refusal:
        return _refuse(refusal.sentence)
    except DatabaseError as error:
        return _refuse(f"The database cannot be read ({error}). If it is new, run: inspectorate manage migrate")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _verify(arguments: argparse.Namespace) -> int:
    from inspectorate.fieldwork.proved import answer_faults  # noqa: PLC0415 - after Django is set up
    from inspectorate.record.heads import read_head  # noqa: PLC0415 - the same
    from inspectorate.record.names import RefusedError  # noqa: PLC0415 - the same
    from inspectorate.record.queries import verify  # noqa: PLC0415 - the same

    head: Head | None = None
    file: Path | None = arguments.head
    if file is not None:
        try:
            head = read_head(file.read_text(encoding="utf-8"), arguments.key)
        except (OSError, UnicodeDecodeError) as error:
            return _refuse(
                f"The head {file} cannot be read ({error}). Give a file that 'inspectorate record head' wrote."
            )
        except RefusedError as refusal:
            return _refuse(f"{file}: {refusal.sentence}")
    verdict = verify(head)
    wrong = next(answer_faults(), None) if verdict.ok else None
    if arguments.json:
        answer = asdict(wrong) | {"sentence": wrong.sentence} if wrong else None
        print(json.dumps(verdict.as_data() | {"ok": verdict.ok and not wrong, "first_answer": answer}, indent=2))
    elif verdict.first_fault:
        print(f"The record is broken. {verdict.first_fault.sentence}\n{verdict.first_fault.remedy}")
    elif wrong:
        print(f"The record is whole, and an answer is not as recorded. {wrong.sentence}\n{KEEP}")
    else:
        held = f", and it contains the head of {head['at']}" if head else ""
        counts = f"{verdict.entries} entries in {verdict.streams} streams, {verdict.seals} seals"
        print(f"The record is whole: {counts}{held}.")
    return OK if verdict.ok and not wrong else BROKEN


def _head(arguments: argparse.Namespace) -> int:
    from inspectorate.record.actions import export_head, seal  # noqa: PLC0415 - after Django is set up
    from inspectorate.record.signing import file_of, sign  # noqa: PLC0415 - the same

    seal()
    return _write("head", [file_of(sign(export_head()))], arguments.out)


def _export(arguments: argparse.Namespace) -> int:
    from inspectorate.record.queries.handing_out import lines  # noqa: PLC0415 - after Django is set up

    return _write("export", lines(payloads=arguments.payloads), arguments.out)


def _write(what: str, lines: Iterable[str], out: Path | None) -> int:
    if out is None:
        sys.stdout.writelines(lines)
        return OK
    try:
        with open(out, "x", encoding="utf-8", opener=_for_its_owner) as file:
            file.writelines(lines)
    except OSError as error:
        return _refuse(f"The {what} was not written ({error}). Heads are kept, never overwritten: give a new file.")
    print(f"The {what} is in {out}. Keep it where the administrators of this system cannot write.")
    return OK


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _send(_: argparse.Namespace) -> int:
    from inspectorate.record.leaving import NotSentError, send_heads  # noqa: PLC0415 - after Django is set up

    try:
        leaving = send_heads(by=("system", "operator"))
    except NotSentError as error:
        print(error.sentence, file=sys.stderr)
        return BROKEN
    for one in leaving.ways:
        print(f"The head left by {one.way}: {one.to}.")
    return OK


def _key(_: argparse.Namespace) -> int:
    from inspectorate.record.signing import public_key  # noqa: PLC0415 - after Django is set up

    print(public_key())
    return OK


def _verifier(_: argparse.Namespace) -> int:
    from inspectorate.record import standalone  # noqa: PLC0415 - loaded for this alone

    print(Path(standalone.__file__).read_text(encoding="utf-8"), end="")
    return OK


DOING = {"verify": _verify, "head": _head, "send": _send, "export": _export, "key": _key, "verifier": _verifier}
