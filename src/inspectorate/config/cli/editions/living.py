"""``inspectorate editions new``, ``pilot`` and ``adopt``: the life of an edition, from a starter to the lock."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from inspectorate.config.cli import show
from inspectorate.methodology import editions
from inspectorate.methodology.editions import life, starting

SAID = {
    "pilot": "an edition is being tried from now on: who says so, on which day and why",
    "adopt": "freeze an edition: from now on it can only be replaced by another",
}


def configure(words: Any) -> None:
    """Add the words new, pilot and adopt."""
    new = words.add_parser("new", help="the folder of a new edition: a starter, or a copy of one that it replaces")
    new.add_argument("edition", metavar="PROGRAMME/YEAR", help="its code, such as court-work/2027")
    new.add_argument("--from", dest="like", metavar="E", help="the edition to copy and to replace")
    _add_folder(new)
    for name, said in SAID.items():
        word = words.add_parser(name, help=said)
        word.add_argument("edition", metavar="E", help="the edition, such as court-work/2027")
        word.add_argument("--by", required=True, metavar="NAME", help="who answers for it")
        word.add_argument("--reason", required=True, metavar="TEXT", help="why, in a sentence")
        word.add_argument("--on", metavar="DAY", help="the day, such as 2026-11-21; left out: today")
        _add_folder(word)


def _add_folder(word: argparse.ArgumentParser) -> None:
    word.add_argument(
        "--standards", type=Path, metavar="DIR", help="the folder of all editions; left out: the one that is in use"
    )


def _root(arguments: argparse.Namespace) -> Path:
    return arguments.standards or editions.standards_folder()


def _new(arguments: argparse.Namespace) -> int:
    folder = starting.start(arguments.edition, root=_root(arguments), like=arguments.like)
    if arguments.json:
        show.as_json({"folder": str(folder), "status": "draft", "replaces": arguments.like})
        return 0
    print(f"{folder}: a new draft, which passes the check.\n\nWhat to do next:")
    if arguments.like:
        print(f"  Change what is to change. The crosswalk says that everything can be compared with {arguments.like}:")
        print("  whoever changes a question or a score corrects its line there.")
        print(f"  See what differs: inspectorate editions compare {arguments.like} {arguments.edition}")
    else:
        print("  Replace the words of the starter by your own; standards/README.md says what each file holds.")
    print(f"  Rather work in a spreadsheet? inspectorate editions to-spreadsheet {arguments.edition} FILE.xlsx")
    print(f"  Check it as often as you like: inspectorate editions check {folder}")
    print(f'  When it is ready to be tried: inspectorate editions pilot {arguments.edition} --by NAME --reason "…"')
    return 0


def _pilot(arguments: argparse.Namespace) -> int:
    day = arguments.on or date.today().isoformat()  # noqa: DTZ011 - the day where the person is who says it
    moment = life.pilot(arguments.edition, root=_root(arguments), by=arguments.by, on=day, reason=arguments.reason)
    return _told(arguments, "piloted", moment)


def _adopt(arguments: argparse.Namespace) -> int:
    day = arguments.on or date.today().isoformat()  # noqa: DTZ011 - the day where the person is who says it
    entry = life.adopt(arguments.edition, root=_root(arguments), by=arguments.by, on=day, reason=arguments.reason)
    return _told(arguments, "adopted", entry)


def _told(arguments: argparse.Namespace, state: str, entry: Any) -> int:
    if arguments.json:
        show.as_json(
            {"edition": arguments.edition, "state": state, "on": entry.on, "by": entry.by, "digest": entry.digest}
        )
        return 0
    print(f"{arguments.edition} is {state} since {entry.on}, says {entry.by}. Digest {entry.digest}.")
    if state == "adopted":
        print(
            "Its files are frozen. Commit them with adopted.lock; a change needs a new edition that replaces this one."
        )
    return 0


RUNS = {"new": _new, "pilot": _pilot, "adopt": _adopt}
