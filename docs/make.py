"""Make the pages of docs/reference that are generated: ``script/make-docs``. A test fails when one is stale."""

import argparse
import ast
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspectorate.methodology.lifecycle import Life, Verb

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs/reference"
SETTINGS = ROOT / "src/inspectorate/config/settings.py"
NOTE = "<!-- Made by docs/make.py: change the source and run script/make-docs. -->\n"
TYPES = {
    "str": "Text",
    "int": "Whole number",
    "bool": "True or false",
    "list": "Words separated by commas",
    "path": "Folder",
    "dj_db_url": "Address of a database",
    "dj_email_url": "Address of a mail server",
}


@dataclass(frozen=True)
class Setting:
    """One setting that is read from the environment; ``default`` is None where the words themselves state it."""

    name: str
    kind: str
    default: object
    words: str


def settings(source: str) -> Iterator[Setting]:
    """Yield the settings of a settings module in its order; the words are the comment above each."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("env."):
                words = " ".join(_comment_above(lines, node.lineno))
                try:
                    default = ast.literal_eval(call.args[1])
                except (ValueError, IndexError):
                    default = None
                name = ast.literal_eval(call.args[0])
                yield Setting(f"INSPECTORATE_{name}", ast.unparse(call.func).removeprefix("env."), default, words)


def _comment_above(lines: list[str], number: int) -> list[str]:
    """Return the comment lines that end just above the line of that number (counted from 1)."""
    first = number - 1
    while first and lines[first - 1].startswith("#"):
        first -= 1
    return [line.removeprefix("#").strip() for line in lines[first : number - 1]]


def settings_page() -> str:
    """Return the page of settings."""
    parts = [
        "# Settings\n",
        NOTE,
        "Every setting is an environment variable. `inspectorate doctor` says what is in force.\n",
    ]
    for setting in settings(SETTINGS.read_text(encoding="utf-8")):
        parts.append(f"## {setting.name}\n")
        stated = "Default:" in setting.words or setting.default is None
        default = "" if stated else f" Default: {_shown(setting.default)}."
        parts.append(f"{TYPES[setting.kind]}.{default}\n")
        parts.append(setting.words + "\n")
    return "\n".join(parts)


def _shown(default: object) -> str:
    if isinstance(default, list):
        return f"`{','.join(default)}`"
    return f"`{str(default).lower()}`" if default != "" else "none"


def command_page() -> str:
    """Return the page of commands, made from the parsers themselves."""
    sys.path.insert(0, str(ROOT / "src"))
    from inspectorate.config.cli import COMMANDS, build_parser  # noqa: PLC0415 - the path is set just above

    parts = [
        "# The command line\n",
        NOTE,
        "`script/inspectorate COMMAND` in a checkout, `inspectorate COMMAND` where the package is installed.",
        "Exit codes: 0 done, 1 something is wrong, 2 the input was refused.\n",
    ]
    parser = build_parser(None)
    for name in COMMANDS:
        parts += _command(f"inspectorate {name}", _choices(parser)[name], "##")
    return "\n".join(parts)


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no public list of what it takes
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def _command(name: str, parser: argparse.ArgumentParser, mark: str) -> list[str]:
    """Return the lines about one command and those below it; not argparse's own layout, which differs by version."""
    parts = [f"{mark} {name}\n", (parser.description or "").strip() + "\n"]
    taken = [line for action in parser._actions for line in _argument(action)]  # noqa: SLF001
    if taken:
        parts += [*taken, ""]
    if parser.epilog:
        parts.append(f"```\n{parser.epilog.strip()}\n```\n")
    for word, below in _choices(parser).items():
        parts += _command(f"{name} {word}", below, mark + "#")
    return parts


def _argument(action: argparse.Action) -> list[str]:
    if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):  # noqa: SLF001
        return []
    value = action.metavar or action.dest.upper().replace("_", "-")
    shown = " ".join(value) if isinstance(value, tuple) else str(value)
    if action.option_strings:
        shown = ", ".join(action.option_strings) + ("" if action.nargs == 0 else f" {shown}")
    choices = f" One of: {', '.join(map(str, action.choices))}." if action.choices else ""
    words = (action.help or "").replace("%(default)s", str(action.default)).replace("%%", "%")
    return [f"- `{shown}`: {words}{choices}"]


def access_page() -> str:
    """Return the page of who may do what, made from the table that the product asks."""
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - the path is set just above

    django.setup()
    from inspectorate.people.access_table import ROLES, fields, table  # noqa: PLC0415 - after Django is set up

    heads = ["what", *(str(role.label) for role in ROLES)]
    parts = [
        "# Who may do what\n",
        NOTE,
        "By role, and by what ties a person to an inspection or a case. Every page, action and list asks it.",
        "`/people/why/` says how it applies to whoever asks. In which state a thing may be done is another question.\n",
        "Whoever has an interest in a body or a case may do nothing that is about it, whatever their role.",
        "Whoever lacks a clearance or training that a case asks for reads, assesses and decides nothing of it.\n",
        f"| {' | '.join(heads)} |",
        f"|{'---|' * len(heads)}",
        *(f"| {line.title} | {' | '.join(line.cells)} |" for line in table()),
        "\n## Fields that are held back\n",
        "Shown to nobody else, in no page, list, count, search, file or message; a test looks for each as everybody.\n",
        f"| {' | '.join(['field', *heads[1:]])} |",
        f"|{'---|' * len(heads)}",
        *(f"| {line.title} | {' | '.join(line.cells)} |" for line in fields()),
    ]
    return "\n".join(parts) + "\n"


def states_page() -> str:
    """Return the page of the lives of inspections and assessments, made from their tables."""
    sys.path.insert(0, str(ROOT / "src"))
    from inspectorate.methodology.lifecycle import ASSESSMENT, INSPECTION  # noqa: PLC0415 - the path is set just above

    return "\n".join(
        [
            "# The states of an inspection\n",
            NOTE,
            "From one table, `src/inspectorate/methodology/lifecycle.py`, come the pages, the refusals and this page.",
            "Who may do a thing is another table, `src/inspectorate/people/access.py`, and is asked separately.\n",
            *_life(INSPECTION, "An inspection"),
            'An assessment of one case has a life of its own, inside the state "In fieldwork" and after it.\n',
            *_life(ASSESSMENT, "An assessment"),
        ]
    )


def _life(life: "Life", title: str) -> Iterator[str]:
    """Yield the lines about one life: its diagram, its states, its verbs, and what each needs."""
    titles = {state.code: state.title for state in life.states}
    yield f"## {title}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield from (f"    {state.code} : {state.title}" for state in life.states)
    yield f"    [*] --> {life.states[0].code}"
    for verb in life.verbs:
        if verb.to in titles:
            yield from (f"    {state} --> {verb.to} : {verb.title}" for state in verb.from_)
    yield "```\n"
    if life.aside:
        named = ", ".join(titles[code].lower() for code in life.aside)
        yield f"What is {named} goes back to the state from which it came; the diagram leaves those ways out.\n"
    yield "| state | what is going on | next | who holds it |\n|---|---|---|---|"
    yield from (f"| {s.title} | {s.says} | {s.next or '-'} | {s.holder or '-'} |" for s in life.states)
    yield "\n| verb | from | to | what must hold |\n|---|---|---|---|"
    for verb in life.verbs:
        begins = ", ".join(titles[code] for code in verb.from_)
        yield f"| {verb.title} | {begins} | {titles.get(verb.to, 'where it was')} | {', '.join(_needs(verb)) or '-'} |"
    yield "\n| refusal | what a person reads |\n|---|---|"
    yield from sorted(_refusals(life))
    yield ""


def _needs(verb: "Verb") -> list[str]:
    return [f"`{need}`" for need in verb.needs]


def _refusals(life: "Life") -> set[str]:
    from inspectorate.methodology.lifecycle import CONDITIONS  # noqa: PLC0415 - the path is set by who calls

    needed = {need for verb in life.verbs for need in verb.needs}
    return {f"| `{CONDITIONS[need].refusal}` (`{need}`) | {CONDITIONS[need].sentence} |" for need in needed}


def faults_page() -> str:
    """Return the page of the faults that are tested, made from their list and from the tests."""
    sys.path.insert(0, str(ROOT))
    from tests.faults.listed import page  # noqa: PLC0415 - the path is set just above

    return page(NOTE)


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "command-line.md": command_page,
    "access.md": access_page,
    "inspection-states.md": states_page,
    "faults.md": faults_page,
}

if __name__ == "__main__":
    REFERENCE.mkdir(exist_ok=True)
    for file, make in PAGES.items():
        (REFERENCE / file).write_text(make(), encoding="utf-8")
        print(f"docs/reference/{file}")
