"""``inspectorate duties``: what is done by the clock: run it, run what is due once, or see how it stands."""

import argparse
import os
import signal
import sys
import threading

OK, FAILED, REFUSED = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what can be done."""
    parser.epilog = "example: inspectorate duties once\nexample: inspectorate duties list"
    doing = parser.add_subparsers(dest="doing", metavar="run|once|list", required=True)
    words = {
        "run": "run the duties until stopped; one process of an installation does",
        "once": "run what is due now, and stop",
        "list": "print each duty: how its last run ended, and when it is due",
    }
    for name, says in words.items():
        sub = doing.add_parser(name, help=says, description=f"{says.capitalize()}.")
        if name == "run":
            sub.add_argument(
                "--beside", type=int, metavar="PROCESS", help="stop when that process, which began it, ends"
            )


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 where a duty failed, 2 where another process is at work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    from inspectorate.methodology.refusals import RefusedError  # noqa: PLC0415 - the same

    try:
        return {"run": _run, "once": _once, "list": _list}[arguments.doing](arguments)
    except RefusedError as refusal:
        print(refusal.sentence, file=sys.stderr)
    except DatabaseError as error:
        print(f"The database cannot be read ({error}). If it is new, run: inspectorate manage migrate", file=sys.stderr)
    return REFUSED


def _run(arguments: argparse.Namespace) -> int:
    from inspectorate.config.upkeep.duties.runner import run_until  # noqa: PLC0415 - after Django is set up

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    beside = arguments.beside
    run_until(stop, lambda: beside is None or os.getppid() == beside)
    return OK


def _once(_: argparse.Namespace) -> int:
    from inspectorate.config.upkeep.duties.runner import run_once  # noqa: PLC0415 - after Django is set up

    runs = run_once()
    for one in runs:
        print(f"{one.duty:<10} {one.outcome:<7} {one.said}")
    return FAILED if any(one.outcome != "done" for one in runs) else OK


def _list(_: argparse.Namespace) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415 - the same

    from inspectorate.config.upkeep.duties.standing import standings  # noqa: PLC0415 - after Django is set up

    for one in standings(datetime.now(UTC)):
        last = f"{one.last.outcome} {one.last.ended_at:%Y-%m-%d %H:%M}" if one.last else "has not run yet"
        late = ", late" if one.late else ""
        print(
            f"{one.duty.code:<10} {last:<22} due {one.due_at:%Y-%m-%d %H:%M}{late}  {one.last.said if one.last else ''}"
        )
    return OK
