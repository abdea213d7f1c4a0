"""The page on OWASP ASVS 5.0 is whole: every requirement of levels 1 and 2 once, and every test it names is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/asvs.md"
# How many requirements of levels 1 and 2 each chapter of the standard has, and how many of level 1 there are in all.
CHAPTERS = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
}
CHAPTERS |= {17: 7}
LEVEL_ONE = 70
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))
READ = ("the linter and mypy", "by reading the ")


def test_every_requirement_stands_on_the_page_once():
    numbers = [row[0] for row in ROWS]
    assert len(set(numbers)) == len(numbers) == sum(CHAPTERS.values()) == 253
    assert Counter(int(number.split(".")[0]) for number in numbers) == CHAPTERS
    assert sum(row[1] == "1" for row in ROWS) == LEVEL_ONE


def test_each_is_met_not_yet_or_does_not_apply_and_says_how_or_why():
    assert {row[3] for row in ROWS} == {"met", "not yet", "does not apply"}
    assert [row[0] for row in ROWS if not row[2] or not row[4]] == []


def test_what_is_met_names_a_test_or_says_that_it_was_read():
    without = [row[0] for row in ROWS if row[3] == "met" and not row[5]]
    assert without == []
    assert all("](" in row[5] or row[5].startswith(READ) for row in ROWS if row[3] == "met")


@pytest.mark.parametrize(
    "path", sorted({path for row in ROWS for path in re.findall(r"\]\(([^)#]+)", row[4] + row[5])})
)
def test_every_file_that_the_page_names_is_there(path):
    assert (PAGE.parent / path).resolve().exists()


def test_the_counts_at_the_head_of_the_page_are_those_of_its_rows():
    words = PAGE.read_text(encoding="utf-8")
    count = Counter(row[3] for row in ROWS)
    assert (
        f"{count['met']} are met, {count['not yet']} are **not yet**, {count['does not apply']} do not apply" in words
    )
    read = sum(row[3] == "met" and row[5].startswith(READ) for row in ROWS)
    assert f"{read} rest on reading code or pages" in words
