"""``inspectorate editions``: what there is, what one holds, how two differ, writing a new one, forms for the field."""

import argparse

from inspectorate.config.cli import inputs
from inspectorate.config.cli.editions import comparing, fieldforms, living, reading, sheets

WORDS = (reading, comparing, living, sheets, fieldforms)
"""The modules that each take some words: ``configure`` adds them, ``RUNS`` says what runs each."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Take one word and what it needs."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
    for module in WORDS:
        module.configure(words)
    said = {action.dest: action.help or "" for action in words._choices_actions}  # noqa: SLF001 - argparse keeps them there
    for name, word in words.choices.items():
        word.description = f"{said[name][:1].upper()}{said[name][1:]}."
        word.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    parser.epilog = "example: inspectorate editions check standards/iaow/2013"


def run(arguments: argparse.Namespace) -> int:
    """Run the word; 2 where an edition is refused."""
    runs = {word: run for module in WORDS for word, run in module.RUNS.items()}
    return inputs.refusing(lambda: runs[arguments.word](arguments), as_json=arguments.json)
