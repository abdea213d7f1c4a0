"""``inspectorate manage``: Django's own commands, in the project's settings."""

import argparse
import os


def configure(parser: argparse.ArgumentParser) -> None:
    """Take everything after the word as the management command."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the management command and its arguments")
    parser.epilog = "example: inspectorate manage migrate"


def run(arguments: argparse.Namespace) -> int:
    """Hand the words to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django loads only for commands that need it

    execute_from_command_line(["inspectorate manage", *arguments.words])
    return 0
