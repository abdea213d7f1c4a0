"""The commands that the front page names are there and can be run."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def commands(text):
    return set(re.findall(r"(?<![\w/.-])script/[a-z-]+", text))


def test_the_front_page_names_the_demo_and_the_test():
    assert {"script/demo", "script/test"} <= commands((ROOT / "README.md").read_text(encoding="utf-8"))


def test_every_script_that_a_page_names_is_there_and_can_be_run():
    sourced = {"script/environment", "script/make-environment", "script/system-needs"}
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "justfile"]:
        for command in commands(page.read_text(encoding="utf-8")) - sourced:
            assert os.access(ROOT / command, os.X_OK), f"{page.name} names {command}"


def test_ci_runs_the_tests_and_nothing_else():
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert lines == ["#!/bin/sh", 'exec "$(dirname "$0")/../script/test"']


def dead_links(page):
    """Return the links of a page to files of ours that are not there."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    return [target for target in targets if ":" not in target and not (page.parent / target).exists()]


def test_every_link_and_picture_of_a_page_is_there():
    pages = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "standards/README.md",
        ROOT / "published/README.md",
    ]
    assert {page.relative_to(ROOT).as_posix(): dead for page in pages if (dead := dead_links(page))} == {}


def test_a_dead_link_is_caught(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[here](page.md#top) [gone](gone.md) ![gone](a/b.png) [away](https://example.org)")
    assert dead_links(page) == ["gone.md", "a/b.png"]
