"""The manual cannot lie: its examples are run, and every method has its place in it."""

import doctest
import re
import runpy

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.scoring import METHODS
from tests.methodology.small import ROOT

PAGES = ("docs/how-to/score-in-python.md", "docs/reference/methods.md", "docs/explanation/how-sure.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_come_out_as_they_say(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8")
    assert (failed, tried > 0) == (0, True)


def test_the_example_in_the_loader_comes_out():
    assert doctest.testmod(editions).failed == 0


def test_every_method_and_rule_that_the_code_names_is_explained():
    page = (ROOT / "docs/reference/methods.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^### (.+)$", page, re.MULTILINE))
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/inspectorate/methodology").rglob("*.py"))
    named = set(re.findall(r'"([a-z-]+@\d)"', source))
    assert set(METHODS) <= named
    assert named - headings == set()


def test_the_page_of_states_is_made_from_the_table_as_it_is_now():
    page = (ROOT / "docs/reference/inspection-states.md").read_text(encoding="utf-8")
    assert page == runpy.run_path(str(ROOT / "docs/make.py"))["states_page"]()
