"""A draw repeats from seed and list, byte for byte, also by a script that shares no code with the program."""

import csv
import hashlib
import re
import subprocess
import sys

import pytest

from inspectorate.methodology.faults import Refused
from inspectorate.methodology.sampling.draw import Listed, allocate, draw, draw_digest, place, share_out
from tests.methodology.small import ROOT, told

# The golden vector of docs/reference/draw-format.md.
GOLDEN = [
    Listed("B-2", "case", "low"),
    Listed("A-1", "case", "high"),
    Listed("Zoe\u0308", "case", "high"),  # an e and a diaeresis of its own: composed before it is counted
    Listed("C,3", "case", "low"),
    Listed('D"4', "case", "low"),
    Listed("É-5", "case", "high"),
]
GOLDEN_TEXT = (
    'case,kind,stratum\nA-1,case,high\nB-2,case,low\n"C,3",case,low\n"D""4",case,low\nZoë,case,high\nÉ-5,case,high\n'
)


def test_the_golden_list_has_the_bytes_and_the_digest_of_the_docs():
    page = (ROOT / "docs/reference/draw-format.md").read_text(encoding="utf-8")
    digest = draw_digest(GOLDEN)
    assert digest == hashlib.sha256(GOLDEN_TEXT.encode()).hexdigest()
    assert GOLDEN_TEXT in page
    assert digest in page


def test_the_golden_draw_is_that_of_the_docs():
    page = (ROOT / "docs/reference/draw-format.md").read_text(encoding="utf-8")
    found = draw(GOLDEN, "00ff", 4)
    for case in GOLDEN:
        assert place("00ff", found.digest, case.case) in page
    block = re.search(r"<!-- golden draw -->\n```\n(.*?)```", page, re.DOTALL).group(1)
    assert block == printed(found)


def printed(found):
    """A draw as docs/reference/redraw.py prints it."""
    lines = []
    for name in sorted(found.allocation):
        taken = [case.case for case in found.drawn if name in (case.stratum, "the whole list")]
        rest = [case.case for case in found.reserve if name in (case.stratum, "the whole list")]
        lines.append(f"{name}: drawn {' '.join(taken)} | reserve {' '.join(rest)}\n")
    return "".join(lines) + found.digest + "\n"


def redrawn(path, seed, size, *more):
    script = [sys.executable, "-I", "-S", "-X", "utf8", ROOT / "docs/reference/redraw.py", path, seed, str(size), *more]
    return subprocess.run(script, capture_output=True, check=True, encoding="utf-8").stdout


def test_the_script_of_the_docs_draws_the_golden_list_alike(tmp_path):
    path = tmp_path / "cases.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("case", "kind", "stratum"), *((c.case, c.kind, c.stratum) for c in GOLDEN)])
    assert redrawn(path, "00ff", 4, "strata") == printed(draw(GOLDEN, "00ff", 4))


@pytest.mark.parametrize(("name", "size"), [("iaow", 37), ("fji", 20), ("youth", 50)])
def test_the_script_of_the_docs_draws_the_example_lists_alike(name, size):
    path = ROOT / f"docs/examples/{name}-cases.csv"
    with path.open(encoding="utf-8", newline="") as file:
        listed = [Listed(row["case"], row["kind"], row["stratum"]) for row in csv.DictReader(file)]
    assert redrawn(path, "5eed", size, "strata") == printed(draw(listed, "5eed", size))
    assert redrawn(path, "5eed", size) == printed(draw(listed, "5eed", size, stratified=False))


def test_the_script_of_the_docs_has_about_thirty_lines_and_needs_nothing_but_python():
    text = (ROOT / "docs/reference/redraw.py").read_text(encoding="utf-8")
    assert "inspectorate" not in text
    assert len([line for line in text.splitlines() if line.strip()]) <= 36


@pytest.mark.parametrize(
    ("sizes", "size", "shares"),
    [
        ({"a": 50, "b": 30, "c": 20}, 10, {"a": 4, "b": 3, "c": 3}),
        ({"a": 100, "b": 1}, 10, {"a": 9, "b": 1}),
        ({"a": 5, "b": 5}, 5, {"a": 3, "b": 2}),  # a tie goes by the name
        ({"b": 5, "B": 5}, 5, {"B": 3, "b": 2}),  # in code-point order
        ({"a": 3, "b": 3}, 6, {"a": 3, "b": 3}),
        ({"a": 9, "b": 5, "c": 2}, 4, {"a": 2, "b": 1, "c": 1}),  # too few for two from each
        ({"a": 9, "b": 5, "c": 2}, 1, {"a": 1, "b": 0, "c": 0}),
        ({"a": 1, "b": 1}, 2, {"a": 1, "b": 1}),
    ],
)
def test_two_from_each_stratum_and_the_rest_by_largest_remainder(sizes, size, shares):
    assert allocate(sizes, size) == shares


def test_the_account_says_where_there_are_too_few_for_two_from_each():
    listed = [Listed(f"{name}{number}", "case", name) for name in "abc" for number in range(4)]
    assert "At least two from each stratum" in draw(listed, "s", 6).account.lines[2].text
    assert draw(listed, "s", 4).account.lines[2].text == (
        "4 is too few for two from each stratum, so the larger strata come first: a 2 of 4, b 1 of 4, c 1 of 4."
    )


def test_the_drawn_and_the_reserve_are_the_whole_list():
    found = draw(GOLDEN, "any", 4)
    assert sorted(case.case for case in (*found.drawn, *found.reserve)) == sorted(
        ["A-1", "B-2", "C,3", 'D"4', "Zoë", "É-5"]
    )


@pytest.mark.parametrize(
    ("listed", "seed", "size", "faults"),
    [
        ([], "s", 1, [("out-of-range", None, None)]),
        (GOLDEN, "s", 0, [("out-of-range", None, None)]),
        (GOLDEN, "s", 7, [("out-of-range", None, None)]),
        (GOLDEN, "", 1, [("empty-cell", None, None)]),
        ([*GOLDEN, Listed("É-5", "case", "low")], "s", 1, [("repeated-case", None, "case")]),
        ([Listed("", "case", "a")], "s", 1, [("empty-cell", None, "case")]),
    ],
)
def test_what_cannot_be_drawn_is_refused(listed, seed, size, faults):
    with pytest.raises(Refused) as refused:
        draw(listed, seed, size)
    assert told(refused.value.faults) == faults


@pytest.mark.parametrize(
    ("room", "cases", "shares"),
    [
        ({"high": 30, "low": 10}, 4, {"high": 3, "low": 1}),
        ({"high": 1, "low": 1}, 1, {"high": 1, "low": 0}),
        ({"high": 0, "low": 5}, 2, {"high": 0, "low": 2}),
        ({"high": 0, "low": 0}, 0, {"high": 0, "low": 0}),
    ],
)
def test_more_cases_come_from_the_reserve_in_proportion_to_what_is_left(room, cases, shares):
    assert share_out(room, cases) == shares


@pytest.mark.parametrize("cases", [-1, 3])
def test_no_more_cases_come_than_the_reserve_has(cases):
    with pytest.raises(Refused):
        share_out({"high": 2}, cases)
