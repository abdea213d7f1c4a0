"""``inspectorate doctor``: what is in force here, and what is wrong."""

import argparse
import json
import os
from dataclasses import asdict


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the one choice: words or JSON."""
    parser.add_argument("--json", action="store_true", help="print JSON: a list of name, value, verdict and advice")
    parser.epilog = (
        "Exit code 1 when something is wrong.\n\nexample: inspectorate doctor\nexample: inspectorate doctor --json"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every fact, what is wrong below its line; return 1 when something is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from inspectorate.config.in_force import facts  # noqa: PLC0415 - it reads the settings

    found = facts()
    if arguments.json:
        print(json.dumps([asdict(fact) for fact in found], indent=2, ensure_ascii=False))
    else:
        width = max(len(fact.name) for fact in found)
        for fact in found:
            print(f"{fact.verdict:<6}  {fact.name:<{width}}  {fact.value}")
            if fact.advice:
                print(f"{'':<6}  {'':<{width}}  {fact.advice}")
    wrong = sum(fact.verdict == "wrong" for fact in found)
    if wrong and not arguments.json:
        print(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")
    return 1 if wrong else 0
