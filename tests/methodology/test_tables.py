"""Tables of text: the shape is checked before anybody reads meaning into it."""

import pytest

from inspectorate.methodology.faults import Refused
from inspectorate.methodology.tables import read_table
from tests.methodology.small import told

HEADS = ("case", "question")


def test_heads_are_known_whatever_their_case_and_spaces_and_cells_are_trimmed():
    found = read_table("a.csv", [("\ufeffCase ", " QUESTION"), (" K1", "A01 ")], HEADS)
    assert {head: list(cells) for head, cells in found.columns.items()} == {"case": ["K1"], "question": ["A01"]}


def test_empty_rows_at_the_end_and_empty_columns_without_a_head_are_passed_over():
    rows = [("case", "question", "", ""), ("K1", "A01", "", ""), ("", "", "", ""), ()]
    found = read_table("a.csv", rows, HEADS)
    assert (list(found.columns), found.rows) == (["case", "question"], 1)


def test_a_column_left_out_gives_its_default():
    found = read_table("a.csv", [("case", "question"), ("K1", "A01")], HEADS)
    assert list(found.column("inspection")) == [""]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([], [("no-rows", None, None)]),
        ([("", "")], [("no-rows", None, None)]),
        ([HEADS], [("no-rows", None, None)]),
        ([("case",), ("K1",)], [("missing-column", 1, "question")]),
        ([("case", "question", "Case"), ("K1", "A01", "K1")], [("repeated-column", 1, "case")]),
        ([("case", "question"), ("K1",), ("K1", "A01", "x")], [("uneven-row", 2, None), ("uneven-row", 3, None)]),
        ([("case", "question"), (), ("K1", "A01")], [("uneven-row", 2, None)]),
        (
            [("case", "question", "", ""), ("K1", "A01", "x", "y")],
            [("repeated-column", 1, "(no head)")],
        ),
    ],
)
def test_faults_of_shape_are_told_at_once(rows, faults):
    with pytest.raises(Refused) as refused:
        read_table("a.csv", rows, HEADS)
    assert told(refused.value.faults) == faults


def test_a_part_of_a_table_keeps_the_row_numbers_of_the_file():
    found = read_table("a.csv", [("case",), ("K1",), ("K2",), ("K3",)], ("case",)).part([0, 2])
    assert (found.columns["case"], [found.row(index) for index in range(found.rows)]) == (["K1", "K3"], [2, 4])


def test_a_fault_says_where_it_is_in_words():
    with pytest.raises(Refused, match=r"a.csv, row 1, column case: there is no column 'case'\. The first row must"):
        read_table("a.csv", [("x",), ("1",)], ("case",))
