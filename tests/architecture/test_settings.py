"""Each setting that an operator may change is documented, and the page is made from the settings module itself."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKE = runpy.run_path(str(ROOT / "docs/make.py"))
SETTINGS = list(MAKE["settings"](MAKE["SETTINGS"].read_text(encoding="utf-8")))


def documented(page):
    return set(re.findall(r"^## (INSPECTORATE_\w+)$", page, re.MULTILINE))


def test_the_page_of_settings_is_current():
    assert (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8") == MAKE["settings_page"]()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_setting_says_what_it_means_and_its_default(setting):
    assert setting.words.endswith(".")
    assert setting.default is not None or "Default:" in setting.words


def test_a_setting_without_a_comment_is_caught():
    (bare,) = MAKE["settings"]('X = env.bool("X", False)\n')
    assert bare.words == ""


def test_every_variable_that_is_named_anywhere_is_a_documented_setting():
    found = set()
    for tree in ("src", "script", "docs", "tests/stages", "tests/journeys"):
        for path in (ROOT / tree).rglob("*"):
            if path.is_file() and path.suffix in {"", ".py", ".md", ".html"} and "vendor" not in path.parts:
                found |= set(re.findall(r"INSPECTORATE_[A-Z][A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert found == documented(page)
