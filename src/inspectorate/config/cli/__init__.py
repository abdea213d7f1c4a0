"""The command line: ``inspectorate COMMAND``. One module a command, loaded only when that command is called."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

# command -> one line of help; the module of the same name (dash as underscore) has ``configure`` and ``run``.
COMMANDS = {
    "editions": "list the editions, show or compare them, or check a folder that is to become one",
    "score": "score a file of judgements: scores, intervals, ratings and the account of each",
    "findings": "the results question by question, largest failings first",
    "self-assess": "score your own cases: a sheet to fill in, and your scores beside the inspectors'",
    "rate": "work out the points and the overall rating from the ratings of the standards",
    "ratings": "how an inspection is rated, and whether settled ratings come out the same again",
    "sample-size": "how many cases to inspect",
    "draw": "draw a sample that anyone can draw again",
    "published": "the published record of a programme and year",
    "passwords": "load a list of breached passwords, which nobody may take",
    "people": "add somebody, or print a link to set a password",
    "record": "verify the record, export it, or let its signed heads leave",
    "backup": "make a backup, read one back, rehearse restoring it",
    "archive": "keep the changes of PostgreSQL as they are written, and make bases",
    "restore": "restore a backup, or the archive of PostgreSQL up to a moment, into an empty installation",
    "duties": "what is done by the clock: run it, or see how it stands",
    "supply": "what the product is made of, known flaws in it, and whether a file was altered",
    "demo": "set everything up and serve it on this machine",
    "doctor": "what is in force here, and what is wrong",
    "manage": "run a Django management command",
}


class Version(argparse.Action):
    """Print which version is installed; it is looked up only when somebody asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it and stop."""
        from importlib import metadata  # noqa: PLC0415 - it takes 20 ms, which no other command should pay

        print(f"inspectorate {metadata.version('inspectorate')}")
        parser.exit()


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """Return the parser; only the module of ``command`` is loaded (all of them for None), so that a call is quick."""
    parser = argparse.ArgumentParser(
        prog="inspectorate",
        description="From the year's plan to proof that inspection helped.",
        epilog="'inspectorate COMMAND --help' explains one command, with an example.",
    )
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, words in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=words,
            description=words[0].upper() + words[1:] + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if command in (None, name):
            module = import_module(f"{__name__}.{name.replace('-', '_')}")
            module.configure(sub)
            sub.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something is wrong, 2 the input was refused."""
    words = list(sys.argv[1:] if argv is None else argv)
    command = next((word for word in words if word in COMMANDS), "")
    arguments = build_parser(command).parse_args(words)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe has seen enough, which is no fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ModuleNotFoundError as error:
        if error.name not in {"django", "environs", "pyxform"}:
            raise
        print("inspectorate: this command needs the server's part: install inspectorate[server].", file=sys.stderr)
        return 2
    except ValueError as error:
        if type(error).__module__ != "environs.exceptions":  # by name: the base install reads no settings
            raise
        print(f"inspectorate: {error}", file=sys.stderr)
        return 2
    return code
