"""``inspectorate supply``: the bill of materials, the audit of known flaws, the manifest of installed files."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from inspectorate.config.supply import installed
from inspectorate.config.supply.audit import CLEAN, FLAWED, audit
from inspectorate.config.supply.bill import bill
from inspectorate.config.supply.locked import LockError, lock_file, pins

OK, WRONG, REFUSED = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``bill``, ``audit``, ``manifest`` and ``check``."""
    parser.epilog = "example: inspectorate supply bill"
    doing = parser.add_subparsers(dest="doing", metavar="bill|audit|manifest|check", required=True)
    words = "print every package with version, licence and hashes, as CycloneDX JSON"
    one = doing.add_parser("bill", help=words, description=f"{words[0].upper()}{words[1:]}.")
    one.epilog = "example: inspectorate supply bill"
    words = "ask a feed whether a package has a known flaw"
    two = doing.add_parser(
        "audit",
        help=words,
        description=f"{words[0].upper()}{words[1:]}. Exit code 0 clean, 1 flawed, 2 not checked: where the feed did "
        "not answer for every package, it is never called clean.",
    )
    two.add_argument("--feed", metavar="ADDRESS", default=os.environ.get("INSPECTORATE_ADVISORIES", ""))
    for each in (one, two):
        each.add_argument(
            "--lock", metavar="FILE", type=Path, default=None, help="a lock file other than the product's"
        )
    three = doing.add_parser(
        "manifest",
        help="print the hash of every installed file",
        description="Print the hash of every installed file. Keep it where the server's account cannot write.",
        epilog="example: inspectorate supply manifest",
    )
    three.add_argument("--out", metavar="FILE", type=Path, help="write to a new file instead of printing")
    four = doing.add_parser(
        "check",
        help="hold the installed files against a manifest",
        description="Hold every installed file, those of other packages too, against a manifest. "
        "Exit code 0 the same, 1 altered, 2 not compared.",
    )
    four.add_argument("manifest", metavar="FILE", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    try:
        return DOING[arguments.doing](arguments)
    except (LockError, installed.AlteredError) as error:
        print(error, file=sys.stderr)
        return REFUSED


def _bill(arguments: argparse.Namespace) -> int:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    print(json.dumps(bill(pins(arguments.lock or lock_file()), at=at), indent=2))
    return OK


def _audit(arguments: argparse.Namespace) -> int:
    asked = pins(arguments.lock or lock_file())
    found = audit(asked, arguments.feed)
    if found.verdict == CLEAN:
        print(f"Clean: the feed knows no flaw of any of the {found.checked} packages.")
        return OK
    if found.verdict == FLAWED:
        for name, ids in found.flaws:
            print(f"{name}: {', '.join(ids)}")
        print(
            f"Flawed: {len(found.flaws)} of {found.checked} packages. Take a corrected version: script/lock --upgrade."
        )
        return WRONG
    print(f"Not checked: {found.why}. This says nothing about the {len(asked)} packages.", file=sys.stderr)
    return REFUSED


def _manifest(arguments: argparse.Namespace) -> int:
    text = json.dumps(installed.manifest(), indent=1, sort_keys=True) + "\n"
    if arguments.out is None:
        print(text, end="")
        return OK
    try:
        with arguments.out.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        print(f"The manifest was not written ({error}). Give a new file.", file=sys.stderr)
        return REFUSED
    print(f"The manifest is in {arguments.out}. Set INSPECTORATE_MANIFEST to it, where the server cannot write.")
    return OK


def _check(arguments: argparse.Namespace) -> int:
    found = installed.differences(installed.read_manifest(arguments.manifest), whole=True)
    for one in found:
        print(one)
    print(
        "The installed files are not those of the manifest." if found else "The installed files are as in the manifest."
    )
    return WRONG if found else OK


DOING = {"bill": _bill, "audit": _audit, "manifest": _manifest, "check": _check}
