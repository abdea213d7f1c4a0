"""``inspectorate editions xform``: the form of an edition for ODK Collect, ODK Web Forms or Enketo."""

import argparse
import sys
from pathlib import Path
from typing import Any

from inspectorate.config.cli import inputs, show
from inspectorate.methodology import editions
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Kind

WRONG = 1
"""The exit code where the check that was asked for refused the form or could not be made."""


def configure(words: Any) -> None:
    """Add the word xform."""
    one = words.add_parser("xform", help="the form of one kind of case as an XForm, for ODK and Enketo")
    one.add_argument("edition", metavar="E", help="the edition, such as iaow/2013")
    one.add_argument("--kind", metavar="K", help="the kind of case; needed where the edition has several")
    one.add_argument("--out", metavar="FILE", type=Path, help="write the form there, not to standard output")
    one.add_argument("--validate", action="store_true", help="have ODK Validate check the form; this needs Java")


def _xform(arguments: argparse.Namespace) -> int:
    from inspectorate.standards import xform  # noqa: PLC0415 - pyxform loads only here: the base install has none

    edition = editions.load(arguments.edition)
    kind = _kind(edition, arguments.kind)
    made = xform.as_xform(edition, kind)
    _write(made, arguments)
    checked = xform.odk_validate([made]) if arguments.validate else None
    about = {
        "edition": edition.code,
        "kind": kind.code,
        "form": xform.form_id(edition, kind),
        "version": xform.version(edition, kind),
        "bytes": len(made),
        "file": str(arguments.out) if arguments.out else None,
        "validate": {"accepted": checked.accepted, "says": checked.says} if checked else None,
    }
    if arguments.json:
        show.as_json(about if arguments.out else {**about, "xform": made.decode()})
    elif arguments.out:
        print(f"{arguments.out}: {about['form']}, version {about['version']}, {len(made):,} bytes.")
    if checked:
        print(f"ODK Validate: {checked.says}", file=sys.stderr)
    return WRONG if checked and not checked.accepted else 0


def _kind(edition: Edition, code: str | None) -> Kind:
    """Return the kind of that code, or the only one there is; refuse in words otherwise."""
    kinds = {kind.code: kind for kind in edition.form.kinds}
    if code is None and len(kinds) > 1:
        why = f"{edition.code} has {len(kinds)} kinds of case."
        inputs.refuse("--kind", why, f"Choose one of: {', '.join(kinds)}.")
    if code is not None and code not in kinds:
        inputs.refuse("--kind", f"{edition.code} has no kind '{code}'.", f"Its kinds are: {', '.join(kinds)}.")
    return kinds[code] if code else edition.form.kinds[0]


def _write(made: bytes, arguments: argparse.Namespace) -> None:
    if arguments.out:
        try:
            arguments.out.write_bytes(made)
        except OSError as error:
            inputs.refuse("--out", f"{arguments.out} cannot be written ({error.strerror}).", "Check the path.")
    elif not arguments.json:
        sys.stdout.buffer.write(made)


RUNS = {"xform": _xform}
