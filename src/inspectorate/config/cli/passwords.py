"""``inspectorate passwords``: make the list of breached passwords from a file that the operator brings."""

import argparse
import os
import sys
from pathlib import Path

OK, REFUSED = 0, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``load``."""
    parser.epilog = "example: inspectorate passwords load docs/examples/breached-passwords.txt"
    doing = parser.add_subparsers(dest="doing", metavar="load", required=True)
    words = "make a compact list from a file of passwords, or of their SHA-1 and how often each was seen"
    load = doing.add_parser(
        "load",
        help=words,
        description=f"{words[0].upper()}{words[1:]}, one a line, as Have I Been Pwned offers it. No password can be "
        "read from what is made; one in a million others is taken for one of the list. Nothing is fetched.",
        epilog="example: inspectorate passwords load docs/examples/breached-passwords.txt",
    )
    load.add_argument("file", metavar="FILE", type=Path)
    load.add_argument(
        "--at-least", metavar="N", type=int, default=1, help="leave out what was seen less often (default: 1)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make it, and say what was made."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - the settings say where it belongs

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - the same

    from inspectorate.people.passwords import ListError, make_list  # noqa: PLC0415 - the same

    target = Path(settings.BREACHED_PASSWORDS)
    try:
        made = make_list(arguments.file, target, at_least=arguments.at_least)
    except (ListError, OSError) as error:
        print(f"inspectorate: {error}", file=sys.stderr)
        return REFUSED
    print(f"{made.entries:,} passwords, {target.stat().st_size:,} bytes: {target}")
    return OK
