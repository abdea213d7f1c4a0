"""The wide sheet: the same answers as one a row, and every fault at the cell where the sheet has it."""

import pytest

from inspectorate.methodology.answers import HELP, is_wide, read_wide
from inspectorate.methodology.answers.wide import cells_beside, letters
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.findings import findings
from tests.methodology.small import FIXTURE, answers, case_list, told

HEADS = ["case fixture/2000", "F01 Where does it stand?", "A01", "A02: was it done?", "A04"]
HELPED = [HELP, "community / custody", "Sufficient / Not sufficient", "as before", "fully"]
K1, K2 = ["K1", "community", "sufficient", "sufficient", "fully"], ["K2", "community", "Sufficient", "", "fully"]
LONG = """
case  question  judgement
K1    F01       community
K1    A01       sufficient
K1    A02       sufficient
K1    A04       fully
"""


def read(*rows, heads=HEADS, **more):
    return read_wide("march.xlsx", [heads, *rows], FIXTURE.form, edition="fixture/2000", **more)


def refused(*rows, **more):
    with pytest.raises(Refused) as found:
        read(*rows, **more)
    return found.value.faults


def test_a_wide_sheet_says_the_same_as_one_answer_a_row():
    wide, long = read(HELPED, K1).of("case"), answers(LONG).of("case")
    assert (wide.keys, wide.values.tolist()) == (long.keys, long.values.tolist())


def test_empty_rows_and_the_row_of_help_are_no_cases():
    assert read(HELPED, ["", "", "", "", ""], K1, [" ", "", "", "", ""]).of("case").keys == (("", "K1"),)


def test_the_help_counts_as_help_in_its_own_row_alone():
    assert ("outside-options", 3, "B (F01)") in told(refused(K1, HELPED))


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([["K1", "community", "maybe", "sufficient", "fully"]], [("outside-options", 2, "C (A01)")]),
        ([HELPED, K1, ["K2", "community", "sufficient", "", "fully"]], [("unanswered", 4, "D (A02)")]),
        ([["", *K1[1:]], K1], [("empty-cell", 2, "A (case)")]),
        ([K1, K1], [("repeated-case", 3, "A (case)")]),
        ([K1, ["K2", "", "", "", ""]], [("unanswered", 3, "A (case)")]),
        ([K1, ["K2", "community"]], [("uneven-row", 3, None)]),
        ([HELPED], [("no-rows", None, None)]),
    ],
)
def test_a_fault_is_told_at_its_cell(rows, faults):
    assert told(refused(*rows)) == faults


def test_an_answer_to_what_was_not_asked_is_told_at_its_own_cell():
    routed = next(question for question in FIXTURE.form.kinds[0].questions if question.asked_when)
    faults = refused([*K1, routed.options[0].code], heads=[*HEADS, routed.code])
    assert told(faults) == [("routed-out", 2, f"F ({routed.code})")]


def test_a_question_that_is_asked_and_has_no_column_is_told():
    faults = refused(["K1", "community", "sufficient", "fully"], heads=["case", "F01", "A01", "A04"])
    assert told(faults) == [("unanswered", 2, "A02 (not in the sheet)")]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("Z99 Nobody knows", ("unknown-question", 1, "F (Z99)")),
        ("A01 again", ("repeated-column", 1, "F (A01)")),
        ("", ("missing-column", 1, "F (no head)")),
    ],
)
def test_a_head_that_is_not_understood_is_told(head, fault):
    assert told(refused([*K1, "sufficient"], heads=[*HEADS, head])) == [fault]


def test_a_column_with_neither_head_nor_cells_is_passed_over():
    assert read([*K1, ""], heads=[*HEADS, ""]).of("case").keys == (("", "K1"),)


def test_a_sheet_made_for_another_edition_is_refused():
    assert told(refused(K1, heads=["case iaow/2013", *HEADS[1:]])) == [("unknown-edition", 1, "A (case)")]


def test_a_case_that_is_not_on_the_list_is_told_at_its_reference():
    listed = case_list("case  kind\nK1  case")
    assert ("not-on-list", 3, "A (case)") in told(refused(K1, ["K9", *K1[1:]], case_list=listed))


def test_every_fault_is_told_from_the_top_left_to_the_bottom_right():
    rows = [["K1", "nowhere", "maybe", "sufficient", "fully"], K2, ["", *K1[1:]]]
    places = [(row, column) for _, row, column in told(refused(*rows))]
    assert places == [(2, "B (F01)"), (2, "C (A01)"), (3, "D (A02)"), (4, "A (case)")]


@pytest.mark.parametrize(
    ("heads", "wide"),
    [
        (["Case", "A01 Was it done?"], True),
        (["case", "question", "judgement"], False),
        (["case", "kind", "stratum"], False),
        (["A01"], False),
        ([], False),
    ],
)
def test_a_wide_sheet_is_known_by_its_heads(heads, wide):
    assert is_wide([heads], FIXTURE.form.kind_of) is wide


TICKED = [*HEADS, "Reasons A02", "reasons: A01"]
WEAK = ["K1", "community", "not sufficient", "not sufficient", "fully"]


def test_reasons_are_ticked_in_a_column_of_their_own_as_codes_or_words():
    part = read([*WEAK, "It came too late; thin;late", ""], [*K2[:3], "sufficient", "fully", "", ""], heads=TICKED)
    case = part.of("case")
    assert case.reasons == {(0, case.kind.place["A02"]): ("late", "thin")}


def test_reasons_are_counted_in_the_findings_where_the_work_was_not_sufficient():
    found = {one.question.code: one for one in findings(read([*WEAK, "late", "thin"], heads=TICKED))}
    assert (found["A02"].reasons, found["A01"].reasons) == ({"late": 1}, {"thin": 1})


@pytest.mark.parametrize(
    ("row", "heads", "faults"),
    [
        ([*WEAK, "late; lazy", ""], TICKED, [("unknown-reason", 2, "F (reasons A02)")]),
        (["K1", "community", "sufficient", "", "fully", "late", ""], TICKED,
         [("unanswered", 2, "D (A02)"), ("unanswered", 2, "F (reasons A02)")]),
        ([*WEAK, "late"], [*HEADS, "Reasons A04"], [("unknown-reason", 2, "F (reasons A04)")]),
        ([*WEAK, "late"], [*HEADS, "Reasons Z99"], [("unknown-question", 1, "F (reasons Z99)")]),
        ([*WEAK, "", "late"], [*HEADS, "Reasons A01", "Reasons A01"], [("repeated-column", 1, "G (reasons A01)")]),
    ],
)  # fmt: skip
def test_a_fault_in_reasons_is_told_at_their_cell(row, heads, faults):
    assert told(refused(row, heads=heads)) == faults


def test_columns_are_named_as_spreadsheets_name_them():
    assert [letters(number) for number in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("column", "cells"), [("C (A01)", ["K1", "x"]), ("A (case)", K1), ("judgement", K1), (None, K1)]
)
def test_a_fault_is_shown_beside_its_case(column, cells):
    row = [*K1[:2], "x", *K1[3:]] if cells != K1 else K1
    assert cells_beside(row, column) == cells
