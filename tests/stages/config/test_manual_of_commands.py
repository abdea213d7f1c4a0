"""The manual of the command line cannot lie: it is made from the parsers, and every example in it is run."""

import os
import re
import runpy
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from inspectorate.config.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs/reference/command-line.md"


RUN_BY_THE_DEMO = "inspectorate demo --check"
"""It takes as long as a whole demo; ``tests/stages/config/test_demo.py`` runs it and looks at what it shows."""


def examples():
    """Return the examples of the manual, each once; that the manual is current is a test of its own."""
    found = re.findall(r"^example: (inspectorate .+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Run the program as an operator does, in an installation of its own with its tables made."""
    folder = tmp_path_factory.mktemp("installation")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("INSPECTORATE_")}
    environment |= {"INSPECTORATE_VAR": str(folder)}

    def run(line):
        words = [sys.executable, "-m", "inspectorate.config.cli", *shlex.split(line)[1:]]
        return subprocess.run(
            words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=600
        )

    assert run("inspectorate manage migrate").returncode == 0
    return run


def test_the_page_of_commands_is_current():
    assert PAGE.read_text(encoding="utf-8") == runpy.run_path(str(ROOT / "docs/make.py"))["command_page"]()


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_module_and_an_example(name):
    module = import_module(f"inspectorate.config.cli.{name.replace('-', '_')}")
    assert callable(module.configure)
    assert callable(module.run)
    assert [line for line in examples() if line.startswith(f"inspectorate {name}")] != []


@pytest.mark.parametrize("line", [line for line in examples() if line != RUN_BY_THE_DEMO])
def test_each_example_runs(program, line):
    done = program(line)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_command_that_is_not_there_is_refused(program):
    done = program("inspectorate nonsense")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
