"""The import contracts hold in the tree, and each one bites: a planted violation is reported by the contract's name."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STORY = "Stages look back, never forward"
PURE = "The methodology is pure"
INSIDE = "Inside a stage imports run from urls down to models"


PLANTED = [
    ("programme/planted_ratings.py", "import inspectorate.ratings\n", STORY),
    ("record/planted_people.py", "import inspectorate.people\n", STORY),
    ("people/planted_ui.py", "import inspectorate.ui\n", STORY),
    ("methodology/planted_django.py", "import django.db\n", PURE),
    ("methodology/planted_random.py", "import random\n", PURE),
    ("methodology/planted_time.py", "from time import time\n", PURE),
    ("methodology/planted_record.py", "import inspectorate.record\n", STORY),
]


def copied(folder):
    ignore = shutil.ignore_patterns("__pycache__", "static", "templates", "*.pyc")
    shutil.copytree(ROOT / "src/inspectorate", folder / "inspectorate", ignore=ignore)
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


@pytest.fixture
def tree(tmp_path):
    return copied(tmp_path)


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """What is reported of a tree with all that is planted, contract by contract: each takes seconds to be looked at."""
    tree = copied(tmp_path_factory.mktemp("planted"))
    for module, text, _ in PLANTED:
        plant(tree, module, text)
    code, words = lint(tree)
    assert code == 1, words
    _, *sections = re.split(f"^({STORY}|{PURE}|{INSIDE})\n-+$", words, flags=re.MULTILINE)
    return dict(zip(sections[::2], sections[1::2], strict=True))


def lint(tree):
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"}
    done = subprocess.run(
        [program, "--no-cache"], cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


def plant(tree, module, text):
    path = tree / "inspectorate" / module
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_the_tree_keeps_its_three_contracts(tree):
    code, words = lint(tree)
    assert (code, "Contracts: 3 kept, 0 broken." in words) == (0, True), words


@pytest.mark.parametrize(("module", "text", "contract"), PLANTED)
def test_a_planted_import_is_reported_by_the_name_of_its_contract(broken, module, text, contract):
    planted = module.removesuffix(".py").replace("/", ".")
    imported = text.split()[1].removesuffix(".db")
    assert f"inspectorate.{planted} -> {imported} (l.1)" in broken[contract]


def test_a_query_that_imports_a_view_is_reported(tree):
    stage = tree / "inspectorate/followup"
    for name in ("queries", "views"):
        shutil.rmtree(stage / name, ignore_errors=True)
    plant(tree, "followup/views.py", "")
    plant(tree, "followup/queries.py", "import inspectorate.followup.views\n")
    code, words = lint(tree)
    assert (code, f"{INSIDE} BROKEN" in words) == (1, True), words


def test_a_seventeenth_package_is_reported_until_it_has_a_place(tree):
    plant(tree, "stray/__init__.py", "")
    code, words = lint(tree)
    assert (code, "stray" in words) == (1, True), words
