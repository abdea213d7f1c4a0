"""``inspectorate ratings``: how an inspection is rated now, and whether settled ratings come out the same again."""

import argparse
import os
import sys
from typing import Any

from inspectorate.config.cli import inputs, show

OK, DIFFERENT, REFUSED = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``verify`` and ``show``."""
    parser.epilog = "example: inspectorate ratings verify"
    doing = parser.add_subparsers(dest="doing", metavar="verify|show", required=True)
    verify = doing.add_parser(
        "verify",
        help="score settled ratings again from what was stored with them",
        description=(
            "Score settled ratings again from the judgements, lists and ratings that were stored with them, and say "
            "whether every figure comes out the same. Exit code 0 the same, 1 not, 2 refused."
        ),
        epilog="example: inspectorate ratings verify",
    )
    verify.add_argument("settlement", nargs="?", metavar="ID", help="a settlement; all of them unless given")
    shown = doing.add_parser(
        "show",
        help="print the scores and ratings of an inspection",
        description="Print the scores and ratings of an inspection as they come out of its accepted assessments now.",
    )
    shown.add_argument("inspection", metavar="ID", help="the inspection, as in the address of its page")
    shown.add_argument("--module", default="main", metavar="M", help="a module that has an edition of its own")
    shown.add_argument("--accounts", action="store_true", help="print how each result came about")
    shown.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    try:
        return _verify(arguments.settlement) if arguments.doing == "verify" else _show(arguments)
    except DatabaseError as error:
        return _refuse(f"The database cannot be read ({error}). If it is new, run: inspectorate manage migrate")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _verify(public_id: str | None) -> int:
    from inspectorate.ratings.models import Settlement  # noqa: PLC0415 - after Django is set up
    from inspectorate.ratings.settled import verify  # noqa: PLC0415 - the same

    settlements = Settlement.objects.select_related("inspection").order_by("inspection", "number")
    if public_id:
        settlements = settlements.filter(public_id=public_id)
        if not settlements:
            return _refuse(f"There is no settlement '{public_id}': its page names the one you want.")
    worst = OK
    for settlement in settlements:
        found = verify(settlement)
        said = f"all {found.figures} values come out the same" if found.is_same else "not the same"
        print(f"{settlement}: {said}.")
        for difference in found.differences:
            print(f"  {difference}")
        worst = worst if found.is_same else DIFFERENT
    if not settlements:
        print("No ratings are settled here.")
    return worst


def _show(arguments: argparse.Namespace) -> int:
    from inspectorate.inspections.models import Inspection  # noqa: PLC0415 - after Django is set up
    from inspectorate.ratings.queries import scored_inspection  # noqa: PLC0415 - the same

    inspection = Inspection.objects.filter(public_id=arguments.inspection).first()
    if inspection is None:
        return _refuse(f"There is no inspection '{arguments.inspection}': its address ends in what is wanted here.")
    try:
        return inputs.refusing(
            lambda: _print(scored_inspection(inspection, arguments.module), arguments), as_json=arguments.json
        )
    except LookupError as error:
        return _refuse(str(error))


def _print(scored: Any, arguments: argparse.Namespace) -> int:
    from inspectorate.config.cli.score import HEADS, row  # noqa: PLC0415 - it loads what only this needs
    from inspectorate.ratings.scored import as_data  # noqa: PLC0415 - after Django is set up

    if arguments.json:
        show.as_json(as_data(scored))
        return OK
    show.as_table(HEADS, [row(result) for result in scored.results], left=(0, 1, 8))
    if arguments.accounts:
        for result in scored.results:
            print(f"\n{result.code}\n{result.account.as_text()}")
    return OK
